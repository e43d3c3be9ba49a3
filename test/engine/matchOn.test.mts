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

	it.each<[string, unknown, string]>([
		[
			'a word for nothing',
			'N/A',
			"'custom.CRM' takes a value that records can be found by, not 'N/A'. Words and signs for nothing",
		],
		['a number without its last digits', '6.1E+23', 'A spreadsheet has shortened the number'],
		['nothing', '\u00a0', "The row has no value in 'custom.CRM', the field of 'Match On'"],
		['an object', { a: 1 }, "'CRM' takes text, not '{\"a\":1}'"],
	])('are refused where the value is %s: the next run would find them all in one', async (_what, value, words) => {
		planhat.server.insert('customfields', [{ parent: 'company', name: 'CRM', type: 'text' }]);
		planhat.server.insert('companies', [{ name: 'Acme', custom: { CRM: 'N/A' } }]);
		const rows = [{ CRM: value, name: 'New' }] as IDataObject[];
		const { errors } = await upsert('company', rows, { matchOn: 'custom.CRM' });
		expect(errors[0]?.json.error).toContain(words);
		expect(planhat.server.records('companies')).toHaveLength(1);
	});

	it('go out after rows that name the record by a key which they change', async () => {
		planhat.server.insert('companies', [{ externalId: 'a', name: 'Acme', phase: 'Lead', slug: 'acme', domains: [] }]);
		// The last row is refused without a name in the answer, so that only the counts tell of the first.
		const rows = [{ externalId: 'a', name: 'Acme' }, { externalId: 'd', phase: 'Lead' }, { sourceId: 's' }];
		const { output, errors } = await upsert('company', rows, { matchOn: 'phase' });
		expect(output.map(({ json }) => json.outcome)).toEqual(['unchanged', 'updated']);
		expect(errors).toHaveLength(1);
		expect(planhat.server.records('companies').map(({ externalId }) => externalId)).toEqual(['d']);
	});

	it('go out after rows that name the record by a key which counts within their company', async () => {
		const [a, b] = planhat.server.insert('companies', [{ name: 'A' }, { name: 'B' }]);
		const [idOfA, idOfB] = [String(a?._id), String(b?._id)];
		planhat.server.insert('endusers', [
			{ externalId: '1', email: 'ann@a.com', phone: '7', companyId: idOfA },
			{ externalId: '1', email: 'bob@b.com', phone: '8', companyId: idOfB },
		]);
		const rows = [
			{ externalId: '1', companyId: idOfA, position: 'CTO' },
			{ externalId: '1', companyId: idOfB, position: 'CFO' },
			{ externalId: '9', phone: '7' },
		];
		const { output } = await upsert('enduser', rows, { matchOn: 'phone' });
		expect(output.map(({ json }) => json.outcome)).toEqual(['updated', 'updated', 'updated']);
		const bodies = planhat.server.requests.filter(({ method }) => method === 'PUT').map(({ body }) => body);
		expect(bodies.map((body) => (body as IDataObject[]).map(({ externalId }) => externalId))).toEqual([
			['1', '1'],
			['9'],
		]);
	});

	it('go by a name with a character that nobody sees, and by a field in another spelling', async () => {
		const name = '\u{1f469}\u200d\u{1f467} Ltd';
		planhat.server.insert('companies', [{ name }]);
		const { output } = await upsert('company', [{ name, phase: 'Live' }], { matchOn: 'Name' });
		expect(output[0]?.json.outcome).toBe('updated');
	});

	it('with several values fail where these are in several records', async () => {
		planhat.server.insert('companies', [
			{ name: 'A', domains: ['a.example'] },
			{ name: 'B', domains: ['b.example', 'c.example'] },
		]);
		const rows = [
			{ domains: 'b.example; c.example', phase: 'Live' },
			{ domains: ['b.example', 'a.example'], phase: 'Lost' },
		];
		const { output, errors } = await upsert('company', rows, { matchOn: 'domains' });
		expect(output.map(({ json }) => json.outcome)).toEqual(['updated']);
		expect(errors[0]?.json.error).toContain("2 companies have 'b.example, a.example' in domains");
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
