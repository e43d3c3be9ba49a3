import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { companyOf, keysOf } from '../../../../nodes/Planhat/rows/keys.ts';
import type { NamedCompany } from '../../../../nodes/Planhat/rows/row.ts';
import { columnsOf, type FakeRun } from '../columns/fakeColumns.mts';
import { runs } from '../../../runs.mts';

const acme = '61006bc89a3e0b702ed8ea49';

/** The keys of each row, as name and value. */
async function keys(rows: IDataObject[], run: FakeRun = {}) {
	const columns = await columnsOf(rows, run);
	return rows.map((row) => keysOf(row, columns).map(({ name, value }) => `${name} ${value}`));
}

/** Whether the first keys of two rows say that they are one record. */
async function areOne(one: IDataObject, other: IDataObject, run: FakeRun): Promise<boolean> {
	const columns = await columnsOf([one, other], run);
	const [first, second] = [one, other].map((row) => keysOf(row, columns)[0]);
	return first !== undefined && first.name === second?.name && first.identity === second.identity;
}

describe('The keys of a row', () => {
	it('are those of the model, best first, as text without blanks around them', async () => {
		const row = { name: 'A', externalId: ' a ', sourceId: 7, _id: acme.toUpperCase(), email: 'a@b.io' };
		expect(await keys([row])).toEqual([[`_id ${acme}`, 'sourceId 7', 'externalId a']]);
		expect(await keys([row], { resource: 'enduser' })).toEqual([
			[`_id ${acme}`, 'sourceId 7', 'externalId a', 'email a@b.io'],
		]);
		expect(await keys([{ extId: 'i', externalId: 'x' }], { resource: 'invoice' })).toEqual([['extId i']]);
		expect(await keys([row], { resource: 'userActivity', writes: 'new' })).toEqual([[]]);
	});

	it('are found under other spellings and names', async () => {
		const rows = [
			{ '\ufeffexternalId': 'a' },
			{ ExternalID: 'b' },
			{ external_id: 0 },
			{ ExternalID: 'x', externalId: 'c' },
		];
		expect(await keys(rows)).toEqual([['externalId a'], ['externalId b'], ['externalId 0'], ['externalId c']]);
		expect(await keys([{ externalId: 'i' }], { resource: 'invoice' })).toEqual([['extId i']]);
		expect(await keys([{ ExternalID: 'b' }], { isAutomatic: false })).toEqual([[]]);
	});

	it.each(['N/A', '-', 'null', '#N/A', 'none', '', ' ', null, true, { value: 1 }, ['a'], Number.NaN])(
		'do not hold %p',
		async (value) => {
			expect(await keys([{ externalId: value as string, sourceId: 's' }])).toEqual([['sourceId s']]);
		},
	);

	it('of a row whose value fails when it is looked at are the others', async () => {
		const bad = Object.defineProperty({ sourceId: 's' } as IDataObject, 'externalId', {
			enumerable: true,
			get: () => {
				throw new Error('No such node');
			},
		});
		expect(await keys([bad])).toEqual([['sourceId s']]);
	});
});

describe('Two rows are one record', () => {
	const enduser = { resource: 'enduser' };

	it('when their emails differ in capitals only', async () => {
		expect(await areOne({ email: 'KIM@b.io' }, { email: ' kim@B.io' }, enduser)).toBe(true);
		expect(await areOne({ email: 'kim@b.io' }, { email: 'lee@b.io' }, enduser)).toBe(false);
	});

	it('when other keys are the same, capitals too', async () => {
		expect(await areOne({ externalId: 7 }, { externalId: '7' }, {})).toBe(true);
		expect(await areOne({ externalId: 'a' }, { externalId: 'A' }, {})).toBe(false);
		expect(await areOne({ externalId: '7' }, { externalId: '007' }, {})).toBe(false);
	});

	it('unless they name two companies, for keys that count within one', async () => {
		const [one, other] = [
			{ externalId: 'x', companyId: 'extid-a' },
			{ externalId: 'x', companyId: 'extid-b' },
		];
		expect(await areOne(one, other, enduser)).toBe(false);
		expect(await areOne(one, { ...other, companyId: ' extid-a ' }, enduser)).toBe(true);
		expect(await areOne(one, { ...other, companyId: acme }, enduser)).toBe(false);
		expect(await areOne({ ...one, companyId: '' }, { externalId: 'x' }, enduser)).toBe(true);
		const license = { resource: 'license' };
		expect(await areOne({ externalId: 'x', cId: 'extid-a' }, { externalId: 'x', cId: 'extid-b' }, license)).toBe(false);
		const sources = [one, other].map(({ companyId }) => ({ sourceId: 'x', companyId }));
		expect(await areOne(sources[0] ?? {}, sources[1] ?? {}, enduser)).toBe(true);
	});

	it('perhaps, where one names no company or both name it in different forms: the key alone is told too', async () => {
		const row = { externalId: 'x', sourceId: 's', email: 'KIM@b.io', companyId: 'extid-a' };
		const columns = await columnsOf([row], enduser);
		expect(keysOf(row, columns).map(({ name, anywhere }) => [name, anywhere])).toEqual([
			['sourceId', undefined],
			['externalId', 'x'],
			['email', 'kim@b.io'],
		]);
	});

	it('whether a company is named by its external ID or by a reference with it', async () => {
		const conversation = { resource: 'conversation' };
		const one = { externalId: 'x', companyExternalId: 'a' };
		expect(await areOne(one, { externalId: 'x', companyId: 'extid-a' }, conversation)).toBe(true);
		expect(await areOne(one, { externalId: 'x', companyId: 'extid-b' }, conversation)).toBe(false);
	});

	it('as often as in the other order, and with themselves', async () => {
		const row = fc.record(
			{
				externalId: fc.constantFrom<unknown>('a', 'A', ' a', 7, '7', 'N/A', null),
				email: fc.constantFrom('a@b.io', 'A@b.io', ''),
				companyId: fc.constantFrom('extid-a', 'srcid-a', acme, ''),
			},
			{ requiredKeys: [] },
		) as fc.Arbitrary<IDataObject>;
		await fc.assert(
			fc.asyncProperty(row, row, async (one, other) => {
				const both = [await areOne(one, other, enduser), await areOne(other, one, enduser)];
				const hasKey = (await keys([one], enduser))[0]?.length !== 0;
				return both[0] === both[1] && (await areOne(one, { ...one }, enduser)) === hasKey;
			}),
			{ numRuns: runs(500) },
		);
	});
});

describe('The company of a row', () => {
	it.each<[string, IDataObject, NamedCompany | undefined]>([
		['license', { companyId: ' extid-a ' }, { form: 'extid', value: 'a' }],
		['license', { 'Company ID': 'srcid-a-1' }, { form: 'srcid', value: 'a-1' }],
		['invoice', { companyId: { _id: acme } }, { form: '_id', value: acme }],
		['ticket', { companyExternalId: 'a', companyId: '' }, { form: 'extid', value: 'a' }],
		['ticket', { companyExternalId: 'a', companyId: acme }, { form: '_id', value: acme }],
		['license', { companyId: 'Acme' }, undefined],
		['company', { externalId: 'a' }, undefined],
	])('of the model %s in %j is %j', async (resource, row, company) => {
		expect(companyOf(row, await columnsOf([row], { resource }))).toEqual(company);
	});
});
