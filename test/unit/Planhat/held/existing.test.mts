import { describe, expect, it } from '@jest/globals';

import { fetchExisting } from '../../../../nodes/Planhat/held/existing.ts';
import { fakeRun } from './fakeRun.mts';

const idOf = (at: number) => at.toString(16).padStart(24, '0');
const companies = Array.from({ length: 100_000 }, (_, at) => ({
	_id: idOf(at),
	externalId: `c-${at}`,
	name: `C ${at}`,
}));
const rowsOf = (count: number) => companies.slice(0, count).map(({ externalId }) => ({ fields: { externalId } }));
const names = new Set(['name']);

describe('The records of rows', () => {
	it('of 100,000 companies take 20 requests, and one more where some are new', async () => {
		const all = fakeRun('company', { '/companies': companies });
		const index = await fetchExisting(all.run, rowsOf(100_000), names);
		expect(index.match({ externalId: 'c-99999' })?.record._id).toBe(idOf(99_999));
		expect(all.asked).toHaveLength(20);
		const some = fakeRun('company', { '/companies': companies });
		await fetchExisting(some.run, [...rowsOf(100_000), { fields: { externalId: 'new' } }], names);
		expect(some.asked).toHaveLength(21);
	});

	it('are the only ones that are kept', async () => {
		const { run } = fakeRun('company', { '/companies': companies.slice(0, 10) });
		const index = await fetchExisting(run, rowsOf(3), names);
		expect(index.records().map(({ externalId }) => externalId)).toEqual(['c-0', 'c-1', 'c-2']);
	});

	it('are read one by one where that takes fewer requests', async () => {
		const { run, sent } = fakeRun('company', { '/companies/extid-c-1': [] });
		await fetchExisting(run, [{ fields: { externalId: 'c-1' } }], names);
		expect(sent()).toEqual(['/companies/extid-c-1']);
	});

	it('are asked for once in a run, and are to each stage as Planhat holds them', async () => {
		const { run, sent } = fakeRun('company', { '/companies': companies.slice(0, 10) });
		const first = await fetchExisting(run, rowsOf(3), names, true);
		first.write({ name: 'Changed' }, first.match({ externalId: 'c-1' })?.record);
		const second = await fetchExisting(run, rowsOf(3), names);
		expect(second.match({ externalId: 'c-1' })?.record.name).toBe('C 1');
		expect(sent()).toEqual(['/companies']);
		await fetchExisting({ ...run }, rowsOf(3), names);
		expect(sent()).toHaveLength(2);
	});
});
