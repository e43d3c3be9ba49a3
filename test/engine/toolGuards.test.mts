import { beforeEach, describe, expect, it } from '@jest/globals';
import { NodeHelpers, type IDataObject, type INodeParameters } from 'n8n-workflow';

import { models } from '../../dist/nodes/Planhat/resources/index.js';
import { loadPlanhat, planhatNode } from './harness.mts';
import { bench, record } from './planhat.mts';

const planhat = bench({ forEachTest: true });
const owner = '5f0000000000000000000001';

let acme: IDataObject;

beforeEach(() => {
	planhat.server.insert('users', [{ _id: owner, email: 'ada@team.example.com', nickName: 'Ada' }] as never);
	const [company] = planhat.server.insert('companies', [
		{
			name: 'Acme',
			externalId: 'acme-1',
			phase: 'Live',
			owner,
			h: 7,
			mrr: 1_200,
			custom: { Plan: 'Team', Notes: 'x'.repeat(400) },
		},
	]);
	acme = company as IDataObject;
});

async function asTool(parameters: INodeParameters) {
	const { output, error } = await planhat.run({ output: 'simplified', ...parameters }, { isTool: true });
	return { items: output.map(({ json }) => json), said: error?.message ?? '' };
}

const recordId = () => record('id', String(acme._id));
const update = (fields: IDataObject) => ({
	...{ resource: 'company', operation: 'update', recordId: recordId(), json: JSON.stringify(fields) },
});

describe('what a model reads', () => {
	it('of a company is short: the owner by name, no custom fields, nothing empty', async () => {
		for (const operation of ['get', 'getAll']) {
			const { items } = await asTool({ resource: 'company', operation, recordId: recordId() });
			expect(items).toEqual([
				{
					_id: acme._id,
					name: 'Acme',
					externalId: 'acme-1',
					phase: 'Live',
					owner: 'Ada',
					health: '7 of 10',
					mrr: 1_200,
				},
			]);
			// About three characters a token in such texts: 80 tokens at most.
			expect(JSON.stringify(items[0]).length).toBeLessThan(240);
		}
	});

	it('of a company does without names where users cannot be read', async () => {
		planhat.server.order({ path: '/users', times: 'always', answer: { status: 403 } });
		const { items } = await asTool({ resource: 'company', operation: 'get', recordId: recordId() });
		expect(items).toMatchObject([{ owner }]);
	});

	it('of a note is its text, without HTML', async () => {
		const note = { type: 'note', subject: 'Call', description: '<p>All <b>well</b></p>', companyId: acme._id };
		planhat.server.insert('conversations', [note] as never);
		const { items } = await asTool({ resource: 'note', operation: 'getAll' });
		expect(items).toMatchObject([{ subject: 'Call', description: 'All well' }]);
	});

	it('of a write is ID, name and what changed', async () => {
		planhat.server.insert('customfields', [{ name: 'Plan', parent: 'company', type: 'text' }] as never);
		const { items } = await asTool(update({ phase: 'Renewal', owner: 'Ada', custom: { Plan: 'Basic' } }));
		expect(items).toEqual([{ _id: acme._id, name: 'Acme', phase: 'Renewal', owner: 'Ada', custom: { Plan: 'Basic' } }]);
	});
});

describe('Name to Confirm', () => {
	const remove = () => ({ resource: 'company', operation: 'delete', recordId: recordId() });
	const given = (name: string) => ({ nameToConfirm: `={{ ${JSON.stringify(name)} }}` });

	it.each(['Acme Ltd', 'acme', ''])('keeps the record where it is %p', async (name) => {
		const deleted = await asTool({ ...remove(), ...given(name) });
		expect(deleted).toEqual({ items: [], said: expect.stringContaining("is called 'Acme', so nothing was done") });
		const changed = await asTool({ ...update({ phase: 'Lost' }), ...given(name) });
		expect(changed.said).toContain('so nothing was done');
		expect(planhat.server.records('companies')).toMatchObject([{ name: 'Acme', phase: 'Live' }]);
	});

	it('lets through what is meant, and Delete answers with the name', async () => {
		expect((await asTool({ ...update({ phase: 'Lost' }), ...given('Acme') })).items).toMatchObject([{ phase: 'Lost' }]);
		const { items } = await asTool({ ...remove(), ...given('Acme') });
		expect(items).toEqual([{ deleted: true, _id: acme._id, name: 'Acme' }]);
		expect(planhat.server.records('companies')).toEqual([]);
	});

	it('is not asked for where the builder leaves it out', async () => {
		expect((await asTool(remove())).items).toMatchObject([{ deleted: true, name: 'Acme' }]);
	});
});

describe('rows of a JSON list', () => {
	it('are a hundred at most', async () => {
		const rows = Array.from({ length: 101 }, (_value, at) => ({ name: `N${at}`, externalId: `n-${at}` }));
		const { said } = await asTool({ resource: 'company', operation: 'upsert', json: JSON.stringify(rows) });
		expect(said).toContain('has 101 rows, and a tool takes 100 at most');
		expect(planhat.server.records('companies')).toHaveLength(1);
		const taken = await asTool({ resource: 'company', operation: 'upsert', json: JSON.stringify(rows.slice(1)) });
		expect(taken.items).toHaveLength(100);
	});
});

describe('the description of a tool', () => {
	it('says what each operation does, needs and gives, in Planhat', () => {
		const type = loadPlanhat();
		type.description.name = 'planhatTool';
		for (const { resource, operations } of models)
			for (const operation of operations) {
				const node = { ...planhatNode({ parameters: { resource, operation } }), type: 'n8n-nodes-planhat.planhatTool' };
				const { properties } = type.description;
				const parameters = NodeHelpers.getNodeParameters(
					properties,
					node.parameters,
					true,
					false,
					node,
					type.description,
				);
				const said = NodeHelpers.getToolDescriptionForNode({ ...node, parameters: parameters ?? {} }, type);
				expect([resource, operation, said]).toEqual([resource, operation, expect.stringMatching(/Planhat.{0,300}\.$/)]);
			}
	});
});
