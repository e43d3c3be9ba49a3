import { beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { bench, itemsOf } from './planhat.mts';

const planhat = bench();

let acme = '';

beforeEach(() => {
	acme = String(planhat.server.insert('companies', [{ name: 'Acme', externalId: 'acme' }])[0]?._id);
});

const year = (start: number, more: IDataObject = {}): IDataObject => ({
	externalId: 'sub-1',
	companyId: 'extid-acme',
	_currency: 'EUR',
	mrr: 5,
	fromDate: `${start}-01-01`,
	...more,
});

async function upsert(
	rows: IDataObject[],
	options: INodeParameters,
	onError: 'continueErrorOutput' | undefined = 'continueErrorOutput',
) {
	const fields = { mappingMode: 'autoMapInputData', value: null };
	const parameters = { resource: 'license', operation: 'upsert', fields, options };
	return await planhat.run(parameters, { items: itemsOf(rows), onError });
}

const both = { keyPerPeriod: true, closePrevious: true };

function licenses(): IDataObject[] {
	return planhat.server.records('licenses') as IDataObject[];
}

const shortly = ({ externalId, fromDate, toDate = null, renewalStatus }: IDataObject) =>
	[externalId, fromDate, toDate, renewalStatus].map((value) => String(value).slice(0, 16));

describe('Key per Period', () => {
	it('makes a license of each period, says so, and finds it again', async () => {
		const rows = [year(2025), year(2026)];
		const { output, hints } = await upsert(rows, { keyPerPeriod: true });
		expect(output.map(({ json }) => [json.outcome, json.externalId])).toEqual([
			['created', 'sub-1_2025-01-01'],
			['created', 'sub-1_2026-01-01'],
		]);
		expect(hints[0]?.message).toContain(
			"The external IDs of 2 rows hold the start day of the period, such as 'sub-1_2025-01-01'.",
		);
		const again = await upsert([...rows, year(2026, { externalId: 'sub-1_2026-01-01', mrr: 6 })], {
			keyPerPeriod: true,
		});
		expect(again.output.map(({ json }) => json.outcome)).toEqual(['unchanged', 'unchanged', 'updated']);
		expect(licenses()).toHaveLength(2);
	});

	it('refuses a start that is no date for that, and not for a missing one', async () => {
		const { errors } = await upsert([year(2026, { fromDate: '31.03.2026' }), year(2026, { fromDate: ' ' })], both);
		expect(errors.map(({ json }) => json.error)).toEqual([
			expect.stringContaining("'fromDate' takes a date such as"),
			expect.stringContaining("With Key per Period a row needs 'fromDate'"),
		]);
		expect(licenses()).toEqual([]);
	});

	it('gives the license from before its key, in its company alone', async () => {
		const other = String(planhat.server.insert('companies', [{ name: 'B' }])[0]?._id);
		const held = { ...year(2025), fromDate: '2025-01-01T00:00:00.000Z' };
		const [old] = planhat.server.insert('licenses', [
			{ ...held, companyId: acme },
			{ ...held, companyId: other },
		] as never);
		const { output } = await upsert([year(2025, { mrr: 9 }), year(2026)], { keyPerPeriod: true });
		expect(output.map(({ json }) => [json.outcome, json._id === old?._id])).toEqual([
			['updated', true],
			['created', false],
		]);
		expect(licenses().map(({ externalId, mrr }) => [externalId, mrr])).toEqual([
			['sub-1_2025-01-01', 9],
			['sub-1', 5],
			['sub-1_2026-01-01', 5],
		]);
	});

	it('refuses rows without a start, and those that name one license in all periods', async () => {
		const { errors } = await upsert(
			[year(2026, { fromDate: '' }), year(2026, { sourceId: 'crm-1' }), year(2026, { externalId: '' })],
			{ keyPerPeriod: true },
		);
		expect(errors.map(({ json }) => json.error)).toEqual([
			expect.stringContaining("a row needs 'fromDate', the start of its period"),
			expect.stringContaining("a row has no 'sourceId', which is the same license in every period"),
			expect.stringContaining('The row has no key'),
		]);
		expect(licenses()).toEqual([]);
	});

	it('does not go with Match On, nor Close Previous without it', async () => {
		const run = async (options: INodeParameters) => (await upsert([year(2026)], options)).errors[0]?.json.error;
		expect(await run({ keyPerPeriod: true, matchOn: 'product' })).toContain("'Match On' cannot be used together");
		expect(await run({ closePrevious: true })).toContain("'Close Previous' needs 'Key per Period'");
	});
});

describe('Close Previous', () => {
	it('ends the license before, in Planhat or in the run, and changes nothing the second time', async () => {
		planhat.server.insert('licenses', [
			{ ...year(2024), companyId: acme, fromDate: '2024-01-01T00:00:00.000Z', renewalStatus: 'ongoing' },
		] as never);
		const rows = [year(2026), year(2025, { toDateIncluded: true, toDate: '2026-06-30' })];
		const first = await upsert(rows, both);
		expect(licenses().map(shortly)).toEqual([
			['sub-1', '2024-01-01T00:00', '2025-01-01T00:00', 'renewed'],
			['sub-1_2026-01-01', '2026-01-01T00:00', 'null', 'ongoing'],
			['sub-1_2025-01-01', '2025-01-01T00:00', '2025-12-31T00:00', 'renewed'],
		]);
		expect(first.output.map(({ json }) => [json.outcome, json.closedFor])).toEqual([
			['created', undefined],
			['updated', 'sub-1_2026-01-01'],
			['created', undefined],
			['updated', 'sub-1_2025-01-01'],
		]);
		const before = licenses().map(shortly);
		const again = await upsert([year(2026), year(2025)], both);
		expect(again.output.map(({ json }) => json.outcome)).toEqual(['unchanged', 'unchanged']);
		expect(licenses().map(shortly)).toEqual(before);
	});

	it('says beforehand how many it would end, and sends nothing', async () => {
		for (const option of ['dryRun', 'preview']) {
			const { hints } = await upsert([year(2025), year(2026)], { ...both, [option]: true });
			expect(hints[0]?.message).toContain('Close Previous would end 1 license.');
		}
		expect(licenses()).toEqual([]);
	});

	it('leaves one that is lost or ended already, and another subscription', async () => {
		const held = { ...year(2025), companyId: acme, fromDate: '2025-01-01T00:00:00.000Z' };
		const ended = { toDate: '2025-06-30T00:00:00.000Z', renewalStatus: 'lost' };
		planhat.server.insert('licenses', [
			{ ...held, ...ended },
			{ ...held, externalId: 'sub-2' },
		] as never);
		const { output } = await upsert([year(2026)], both);
		expect(output).toHaveLength(1);
		expect(licenses()[0]).toMatchObject(ended);
		expect(licenses()[1]).not.toHaveProperty('toDate');
	});

	it('closes nothing for a renewal that Planhat refuses, and says which license it could not close', async () => {
		planhat.server.insert('licenses', [
			{ ...year(2025), companyId: acme, fromDate: '2025-01-01T00:00:00.000Z', renewalStatus: 'ongoing' },
		] as never);
		const refused = await upsert([year(2026, { companyId: 'extid-acme', mrr: '' })], both);
		expect(refused.errors).toHaveLength(1);
		expect(licenses()[0]?.renewalStatus).toBe('ongoing');
		const isClosing = (body: unknown) => JSON.stringify(body).includes('renewed');
		planhat.server.order({ method: 'PUT', body: isClosing, answer: { status: 400, body: 'Locked' } } as never);
		const { output, errors } = await upsert([year(2026)], both);
		expect(output.map(({ json }) => json.outcome)).toEqual(['created']);
		expect(errors[0]?.json).toMatchObject({ error: expect.stringContaining('Locked') });
		expect(JSON.stringify(errors[0]?.json.details)).toContain('"closedFor":"sub-1_2026-01-01"');
		expect((await upsert([year(2026)], both)).output.map(({ json }) => json.outcome)).toEqual(['unchanged', 'updated']);
	});
});

describe('Stop Above', () => {
	it('counts the licenses that Close Previous would end', async () => {
		await upsert([year(2025)], both);
		const before = planhat.sent().length;
		const { errors } = await upsert([year(2026)], { ...both, stopAbove: '1' });
		expect(errors[0]?.json.error).toContain(
			"2 of 1 rows are more than 'Stop Above' allows (1): 1 would be created, 0 changed (and 1 license before them ended)",
		);
		const since = planhat.sent().slice(before);
		expect(since.filter((request) => !request.startsWith('GET'))).toEqual([]);
		const { output } = await upsert([year(2026)], { ...both, stopAbove: '2' });
		expect(output.map(({ json }) => json.outcome)).toEqual(['created', 'updated']);
	});
});

describe('Report Missing with Key per Period', () => {
	it('takes all periods of an agreement for named, and reports other agreements', async () => {
		await upsert([year(2025), year(2025, { externalId: 'sub-2' })], { keyPerPeriod: true });
		const reportMissing = { conditions: [{ field: 'companyId', value: acme }] };
		const { output } = await upsert([year(2026)], { keyPerPeriod: true, reportMissing });
		expect(output.map(({ json }) => [json.outcome, json.externalId])).toEqual([
			['created', 'sub-1_2026-01-01'],
			['notInInput', 'sub-2_2025-01-01'],
		]);
	});
});
