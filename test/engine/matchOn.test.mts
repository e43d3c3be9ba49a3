import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { bench, itemsOf } from './planhat.mts';

const planhat = bench();

async function upsert(resource: string, rows: IDataObject[], options: INodeParameters) {
	const fields = { mappingMode: 'autoMapInputData', value: null };
	const parameters = { resource, operation: 'upsert', fields, options };
	return await planhat.run(parameters, { items: itemsOf(rows), onError: 'continueErrorOutput' });
}

describe('rows that match on a field', () => {
	it('change the records that have its value, and make the others once', async () => {
		planhat.server.insert('customfields', [{ parent: 'timeentry', name: 'Jira ID', type: 'text' }]);
		const [known] = planhat.server.insert('timeentries', [
			{ hours: 1, date: '2026-01-05', custom: { 'Jira ID': 'J-1' } },
		]);
		const rows = ['J-1', 'J-2', 'J-2'].map((id) => ({ 'Jira ID': id, hours: 2, date: '2026-01-05' }));
		const first = await upsert('timeEntry', rows, { matchOn: 'custom.Jira ID' });
		expect(first.output.map(({ json }) => json.outcome)).toEqual(['updated', 'created']);
		expect(first.output[0]?.json._id).toBe(known?._id);
		expect(first.errors[0]?.json.error).toContain("It has the same custom.Jira ID 'J-2' as row 2");
		const again = await upsert('timeEntry', rows.slice(0, 2), { matchOn: 'custom.Jira ID' });
		expect(again.output.map(({ json }) => json.outcome)).toEqual(['unchanged', 'unchanged']);
		expect(again.hints).toEqual([]);
		expect(planhat.server.records('timeentries')).toHaveLength(2);
	});

	it('that several records have fail, or change the first of them', async () => {
		const [one] = planhat.server.insert('companies', [{ name: 'Acme' }, { name: 'Acme' }]);
		const rows = [{ name: 'Acme', phase: 'Live' }];
		const { errors } = await upsert('company', rows, { matchOn: 'name' });
		expect(errors[0]?.json.error).toContain("2 companies have 'Acme' in name");
		const { output } = await upsert('company', rows, { matchOn: 'name', manyMatches: 'first' });
		expect(output[0]?.json).toMatchObject({ outcome: 'updated', _id: one?._id });
	});

	it('take the record of the company that they name, and one that is archived', async () => {
		const [a, b] = planhat.server.insert('companies', [{ name: 'A' }, { name: 'B' }]);
		planhat.server.insert('endusers', [{ phone: '7', companyId: String(a?._id) }]);
		const [other] = planhat.server.insert('endusers', [{ phone: '7', companyId: String(b?._id), archived: true }]);
		const rows = [{ phone: '7', companyId: String(b?._id), position: 'CTO' }];
		const { output } = await upsert('enduser', rows, { matchOn: 'phone' });
		expect(output[0]?.json).toMatchObject({ outcome: 'updated', _id: other?._id });
	});

	it('send nothing where no column is the field', async () => {
		const { errors } = await upsert('company', [{ name: 'Acme', externalId: 'a' }], { matchOn: 'custom.CRM' });
		expect(errors[0]?.json.error).toContain("'Match On' is 'custom.CRM', and no column is that field of a company");
		expect(planhat.server.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
	});
});

describe('rows of one record that hold other values', () => {
	it('are named in a warning where they go out in order, within their company', async () => {
		const [a, b] = planhat.server.insert('companies', [{ name: 'A' }, { name: 'B' }]);
		const license = (companyId: unknown, year: number) => ({
			externalId: 'sub-1',
			companyId: String(companyId),
			_currency: 'EUR',
			mrr: 5,
			fromDate: `${year}-01-01`,
		});
		const renewed = await upsert('license', [license(a?._id, 2025), license(a?._id, 2026)], {});
		expect(renewed.hints[0]).toMatchObject({
			type: 'warning',
			message: expect.stringContaining('A later row with the same key overwrote other values (row 1).'),
		});
		const apart = await upsert('license', [license(a?._id, 2026), license(b?._id, 2025)], {});
		expect(apart.hints).toEqual([]);
	});

	it('are no loss where the later one says the same, or leaves it', async () => {
		const rows = [
			{ externalId: 'a', name: 'A', phase: 'Live' },
			{ externalId: 'a', name: 'A' },
		];
		expect((await upsert('company', rows, {})).hints).toEqual([]);
	});
});
