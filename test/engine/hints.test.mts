import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import type { RunOptions } from './harness.mts';
import { bench, itemsOf, record } from './planhat.mts';

const planhat = bench();

describe('above the output', () => {
	const fields = { mappingMode: 'autoMapInputData', value: null };
	const rows = [
		{ externalId: 'a', name: 'A', 'CRM ID': '1', 'custom.plan': 'Pro', mrr: 5, Phase: 'Live', status: 'Gold' },
		{ externalId: 'a', name: 'B', 'CRM ID': '2' },
	];

	it('one warning says all that was lost, in the words of the columns', async () => {
		planhat.server.insert('customfields', [{ parent: 'company', name: 'Plan', type: 'text' }]);
		const { output, hints } = await planhat.run(
			{ resource: 'company', operation: 'upsert', fields, options: { duplicateKeys: 'sendLast' } },
			{ items: itemsOf(rows) },
		);
		expect(output.map(({ json }) => json.outcome)).toEqual(['superseded', 'created']);
		expect(hints).toEqual([expect.objectContaining({ type: 'warning', location: 'outputPane' })]);
		const [{ message } = { message: '' }] = hints;
		expect(message).toContain('Rows with other values were replaced by a later row');
		expect(message).toContain('1 column matches no company field, and Planhat ignores them: CRM ID.');
		expect(message).toContain("keeps the values where nobody sees them: custom.plan (did you mean 'Plan'?)");
		expect(message).toContain('These were left out, since only Planhat sets them: mrr.');
		expect(message).toContain("'Phase' as 'phase'");
		expect(message.indexOf('CRM ID')).toBeLessThan(message.indexOf('Phase'));
	});

	it.each(['create', 'update', 'upsert'])('%s says it in one hint', async (operation) => {
		const [company] = planhat.server.insert('companies', [{ externalId: 'b', name: 'A' }]);
		const recordId = record('id', company?._id);
		const { hints } = await planhat.run(
			{ resource: 'company', operation, recordId, fields },
			{ items: itemsOf(rows.slice(0, 1)) },
		);
		expect(hints).toHaveLength(1);
		expect(hints[0]).toMatchObject({ type: 'warning', message: expect.stringContaining('CRM ID') });
		if (operation !== 'upsert')
			expect(hints[0]?.message).toContain(
				"'status' has values that are not in the field's list (prospect, coming, customer, canceled, lost). They are not changed: Gold.",
			);
	});

	it.each(['create', 'update', 'upsert'])(
		'%s says which fields are mapped to a column that no item has',
		async (operation) => {
			const [company] = planhat.server.insert('companies', [{ externalId: 'a', name: 'A' }]);
			const value = {
				externalId: operation === 'update' ? null : '={{ $json.ID }}',
				name: '={{ $json.Company }}',
				phase: '={{ $json.Stage }}',
				city: '={{ $json.City }}',
				zip: "={{ $('Start').item.json['Zip code'] }}",
				address: '={{ $json.Street || undefined }}',
			};
			const items = itemsOf([
				{ ID: operation === 'create' ? 'c1' : 'a', Company: 'A', City: null },
				{ ID: operation === 'create' ? 'c2' : 'b', Company: 'B', City: null },
			]);
			const { hints } = await planhat.run(
				{
					resource: 'company',
					operation,
					recordId: record('id', company?._id),
					fields: { mappingMode: 'defineBelow', value },
				},
				{ items },
			);
			expect(hints.map(({ type }) => type)).toEqual(['warning']);
			expect(hints[0]?.message).toBe(
				"No item has what these fields are mapped to, so that they were left out: 'phase' ({{ $json.Stage }}), 'zip' ({{ $('Start').item.json['Zip code'] }}). Check the names of the columns.",
			);
		},
	);

	it('what is no loss is no warning', async () => {
		const { hints } = await planhat.run(
			{ resource: 'company', operation: 'upsert', fields },
			{ items: itemsOf([{ externalId: 'a', Name: 'A' }]) },
		);
		expect(hints.map(({ type }) => type)).toEqual(['info']);
	});

	it.each<[string, INodeParameters, number]>([
		['is cut at the limit that nobody set', {}, 1],
		['is cut where the limit was set', { limit: 7 }, 0],
		['is read to its end', { returnAll: true }, 0],
		['has fewer records than the limit', { filters: { status: 'lost' } }, 0],
	])('a list that %s', async (_what, parameters, told) => {
		planhat.server.insert(
			'companies',
			Array.from({ length: 51 }, (_, index) => ({ name: `C ${index}`, status: index < 3 ? 'lost' : 'customer' })),
		);
		const list = async (options: Partial<RunOptions> = {}) =>
			await planhat.run({ resource: 'company', operation: 'getAll', ...parameters }, options);
		const { hints } = await list();
		expect(hints.map(({ type }) => type)).toEqual(told === 1 ? ['warning'] : []);
		if (told === 1) expect(hints[0]?.message).toMatch(/^The list was cut at the Limit of 50, and there may be more/);
	});
});

it('the reasons of a row are told one by one, and a row that was not sent has no code of Planhat’s', async () => {
	const rows = [
		{ externalId: 'a', email: 'x', timeSpent: 'y' },
		{ externalId: 'b', sourceId: 's', timeSpent: 'z' },
		{ sourceId: 's', companyId: 'c' },
	];
	const ticket = { resource: 'ticket', operation: 'upsert', fields: { mappingMode: 'autoMapInputData', value: null } };
	const { error } = await planhat.run(ticket, { items: itemsOf(rows) });
	expect(error?.message).toContain("'timeSpent' takes a number such as 1200 or 1200.5, not 'y' or 'z' (rows 1 and 2)");
	expect(error?.message).toContain("'email' takes one email address, such as name@email.com, not 'x' (row 1)");
	expect(error).not.toHaveProperty('httpCode');
	expect(planhat.sent()).toEqual([]);
});
