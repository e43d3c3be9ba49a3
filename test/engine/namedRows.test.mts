import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { bench, itemsOf } from './planhat.mts';

const planhat = bench();

const plan = { name: 'Plan', parent: 'company', type: 'list', isHidden: false, listValues: ['Basic', 'Pro'] };

async function upsert(rows: IDataObject[], options: INodeParameters = {}, onError = 'continueErrorOutput' as const) {
	const fields = { mappingMode: 'autoMapInputData', value: null };
	const parameters = { resource: 'customField', operation: 'upsert', fields, options };
	return await planhat.run(parameters, { items: itemsOf(rows), onError });
}

async function outcomes(rows: IDataObject[], options: INodeParameters = {}) {
	return (await upsert(rows, options)).output.map(({ json }) => json.outcome);
}

function stored(): IDataObject[] {
	return planhat.server.records('customfields') as IDataObject[];
}

function writes(): string[] {
	return planhat.sent().filter((request) => !request.startsWith('GET'));
}

describe('Create or Update of custom fields', () => {
	it('makes each once, changes what differs, and reads all of them by one request', async () => {
		const rows = [plan, { ...plan, name: 'Tier', type: 'text' }];
		const first = await upsert(rows);
		expect(first.output.map(({ json }) => [json.outcome, json.name])).toEqual([
			['created', 'Plan'],
			['created', 'Tier'],
		]);
		expect(first.output.map(({ json }) => json._id)).toEqual(stored().map(({ _id }) => _id));
		expect(planhat.sent()).toEqual(['GET /customfields', 'POST /customfields', 'POST /customfields']);
		expect(first.hints).toEqual([]);
		expect(await outcomes(rows)).toEqual(['unchanged', 'unchanged']);
		expect(writes()).toHaveLength(2);
		const values = ['Basic', 'Pro', 'Team'];
		expect(await outcomes([{ name: 'Plan', parent: 'Company', listValues: values }])).toEqual(['updated']);
		expect(writes().at(-1)).toBe(`PUT /customfields/${String(stored()[0]?._id)}`);
		expect(planhat.lastRequest().body).toEqual({ listValues: values });
		expect(stored()).toHaveLength(2);
		expect(stored()[0]).toMatchObject({ ...plan, listValues: values });
	});

	it('adds list values with List Mode, and takes another order of them for a change', async () => {
		planhat.server.insert('customfields', [plan]);
		expect(await outcomes([{ name: 'Plan', parent: 'companies', listValues: 'Team' }], { listMode: 'add' })).toEqual([
			'updated',
		]);
		expect(stored()[0]?.listValues).toEqual(['Basic', 'Pro', 'Team']);
		expect(planhat.sent().filter((request) => request === 'GET /customfields')).toHaveLength(1);
		const turned = { name: 'Plan', parent: 'company', listValues: ['Team', 'Pro', 'Basic'] };
		expect(await outcomes([turned, { ...turned, parent: 'enduser' }])).toEqual(['updated']);
		expect(stored().map(({ listValues }) => listValues)).toEqual([['Team', 'Pro', 'Basic']]);
	});

	it('tells models apart, and refuses names that nobody can tell', async () => {
		planhat.server.insert('customfields', [
			plan,
			{ ...plan, name: 'Twice' },
			{ ...plan, name: 'Twice' },
			{ ...plan, name: 'NPS', parent: 'conversation' },
		]);
		const { output, errors } = await upsert([
			{ ...plan, parent: 'enduser' },
			{ ...plan, name: 'plan' },
			{ ...plan, name: 'Twice' },
			{ ...plan, name: 'nps', parent: 'note' },
			{ ...plan, name: 'New' },
			{ ...plan, name: 'NEW' },
			{ ...plan, name: undefined, _id: '61006bc89a3e0b702ed8ea49', isHidden: true } as never,
			{ parent: 'asset', name: 'Bare' },
		]);
		expect(output.map(({ json }) => [json.outcome, json.name])).toEqual([
			['created', 'Plan'],
			['created', 'New'],
		]);
		expect(errors.map(({ json }) => String(json.error).replace('The custom field was not applied: ', ''))).toEqual([
			expect.stringContaining("There is a custom field 'Plan', which differs from 'plan' only in capitals"),
			expect.stringContaining("2 custom fields of company are called 'Twice'. Name one by its _id"),
			expect.stringContaining("There is a custom field 'NPS', which differs from 'nps' only in capitals"),
			expect.stringContaining("There is a custom field 'New', which differs from 'NEW' only in capitals"),
			expect.stringContaining('Planhat has no such custom field'),
			expect.stringMatching(/A new custom field needs 'type' and 'isHidden'/),
		]);
	});

	it('sends rows of one name in their order, or the last one', async () => {
		const later = { name: 'Plan', parent: 'company', isFeatured: true };
		expect(await outcomes([plan, later])).toEqual(['created', 'updated']);
		expect(stored()).toMatchObject([{ ...plan, isFeatured: true }]);
		planhat.server.reset();
		expect(await outcomes([later, plan], { duplicateKeys: 'sendLast' })).toEqual(['superseded', 'created']);
		expect(stored()).toHaveLength(1);
	});

	it('makes no second one where an answer was lost, and says what Planhat refuses', async () => {
		planhat.server.order({ method: 'POST', path: '/customfields', cut: 'afterApplying' });
		const lost = await upsert([plan, { ...plan, isShared: true }], { maxWait: 0 });
		expect(lost.errors[0]?.json.error).toContain('may have been applied');
		expect(lost.output.map(({ json }) => json.outcome)).toEqual(['updated']);
		expect(stored()).toMatchObject([{ isShared: true }]);
		planhat.server.order({ method: 'PUT', answer: { status: 400, body: 'No such type' } });
		const same = { ...plan, formula: 'a' };
		const { errors, output } = await upsert([same, same]);
		expect([errors.length, output.map(({ json }) => json.outcome)]).toEqual([1, ['updated']]);
		planhat.server.order({ method: 'PUT', answer: { status: 400, body: 'No such type' } });
		const refused = await upsert([
			{ ...plan, type: 'text' },
			{ ...plan, name: 'Other' },
		]);
		expect(refused.errors[0]?.json).toMatchObject({ error: expect.stringContaining('No such type') });
		expect(refused.output[0]?.json).toMatchObject({ outcome: 'created', name: 'Other' });
	});

	it('shows what would change, writes none or only those that are there, and reads back', async () => {
		planhat.server.insert('customfields', [plan]);
		const rows = [
			{ ...plan, isHidden: true },
			{ ...plan, name: 'New' },
		];
		const { output } = await upsert(rows, { preview: true });
		expect(output.map(({ json }) => [json.preview, json.changes])).toEqual([
			['update', { isHidden: { old: false, new: true } }],
			['create', expect.objectContaining({ name: { old: null, new: 'New' } })],
		]);
		const [dry] = (await upsert(rows, { dryRun: true })).output;
		expect(dry?.json).toMatchObject({ rowsToSend: 2, requests: 2, reads: expect.stringContaining('1 request') });
		expect(writes()).toEqual([]);
		expect(await outcomes(rows, { writeMode: 'createOnly' })).toEqual(['skipped', 'created']);
		expect(await outcomes(rows, { writeMode: 'updateOnly', verify: true })).toEqual(['updated', 'unchanged']);
	});

	it('sends nothing with On Error = Stop where a row is refused', async () => {
		planhat.server.insert('customfields', [plan]);
		const { error } = await planhat.run(
			{
				resource: 'customField',
				operation: 'upsert',
				fields: { mappingMode: 'autoMapInputData', value: null },
			},
			{
				items: itemsOf([
					{ ...plan, name: 'New' },
					{ ...plan, name: 'PLAN' },
				]),
			},
		);
		expect(error?.message).toContain('No rows were sent');
		expect(writes()).toEqual([]);
	});
});
