import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { models } from '../../dist/nodes/Planhat/resources/index.js';
import { cases } from './cases.mts';
import { changePlanhat, withDefaults, type Way } from './harness.mts';
import { bench, itemsOf, record } from './planhat.mts';

const planhat = bench();
const simplify = true;
const simplifiedOf = (resource: string) => models.find((model) => model.resource === resource)?.simplified ?? [];

const simplifiedBefore = (resource: string) =>
	models.find((model) => model.resource === resource)?.simplifiedBefore ?? [];

/** What a model gets of a company: no custom fields, and no keys but one. */
const forModel = ['_id', 'name', 'externalId', 'phase', 'status', 'owner', 'health', 'mrr', 'renewalDate'];

/** The node as n8n makes it for AI agents: the same under a name that ends with Tool. */
async function asTool<Result>(run: () => Promise<Result>): Promise<Result> {
	changePlanhat(({ description }) => (description.name = 'planhatTool'));
	try {
		return await run();
	} finally {
		changePlanhat(() => {});
	}
}

function wholeCompanies(count: number) {
	const { fields } = models.find(({ resource }) => resource === 'company') ?? { fields: [] };
	const whole = Object.fromEntries(fields.map(({ name }) => [name, `${name} of it`]));
	const rows = Array.from({ length: count }, (_, index) => ({
		...whole,
		name: `Company ${index}`,
		custom: { Plan: 'Pro' },
	}));
	return planhat.server.insert('companies', rows);
}

describe.each<Way>(['customOperations', 'routing'])('the node, run through %s,', (way) => {
	const run = async (parameters: INodeParameters) => await planhat.run(parameters, { way });

	it.each(cases.filter(({ resource }) => simplifiedOf(resource).length > 0))(
		'$resource: Get and Get Many of the first version return ten fields at most, in one order',
		async ({ resource, path, readPath, given, sent, stored }) => {
			const run = async (parameters: INodeParameters) => await planhat.run(parameters, { way, typeVersion: 1 });
			const row = { ...(sent ?? given), ...stored, __v: 3, custom: { Plan: 'Pro' } } as IDataObject;
			const [seeded] = planhat.server.insert(path.slice(1), [row as never]);
			const whole: IDataObject = planhat.server.records((readPath ?? path).slice(1))[0] ?? {};
			const wanted = simplifiedBefore(resource).filter((name) => whole[name] !== undefined);
			const one = await run({ resource, operation: 'get', recordId: record('id', seeded?._id), simplify });
			const many = await run({ resource, operation: 'getAll', simplify });
			for (const { output, error } of [one, many]) {
				expect(error).toBeUndefined();
				expect(Object.keys(output[0]?.json ?? {})).toEqual(wanted);
				expect(output[0]?.json).toEqual(Object.fromEntries(wanted.map((name) => [name, whole[name]])));
				expect(output[0]?.pairedItem).toEqual({ item: 0 });
			}
			expect(wanted).toContain('_id');
		},
	);

	it.each(cases.filter(({ resource }) => simplifiedOf(resource).length > 0))(
		'$resource: Get and Get Many return flat fields, custom fields among them',
		async ({ resource, path, readPath, given, sent, stored }) => {
			const row = { ...(sent ?? given), ...stored, h: 7, custom: { Plan: 'Pro', _id: 5 } } as IDataObject;
			const [seeded] = planhat.server.insert(path.slice(1), [row as never]);
			const whole: IDataObject = planhat.server.records((readPath ?? path).slice(1))[0] ?? {};
			const hasCustom = simplifiedOf(resource).includes('custom');
			const flat = Object.fromEntries(
				simplifiedOf(resource)
					.filter((name) => name !== 'custom' && whole[name] !== undefined)
					.map((name) => [name === 'h' ? 'health' : name, whole[name]]),
			);
			const one = await run({ resource, operation: 'get', recordId: record('id', seeded?._id), simplify });
			const many = await run({ resource, operation: 'getAll', simplify });
			for (const { output } of [one, many])
				expect(output[0]?.json).toEqual({ ...flat, ...(hasCustom && { Plan: 'Pro', 'custom._id': 5 }) });
			const asked = String(planhat.lastRequest().query.select).split(',');
			expect(asked).toEqual(expect.arrayContaining(simplifiedOf(resource).slice(1)));
			const { output } = await run({ resource, operation: 'getAll', simplify: false });
			expect(output[0]?.json).toEqual(whole);
		},
	);

	it('asks Planhat for nothing that is not needed', async () => {
		wholeCompanies(1_999);
		const lists = { resource: 'company', operation: 'getAll', returnAll: true };
		const raw = await run({ ...lists, simplify: false });
		const simple = await run({ ...lists, simplify });
		const select = simplifiedOf('company').slice(1).join(',');
		expect(planhat.server.requests.map(({ query }) => query.select)).toEqual([undefined, select]);
		expect(simple.output.map(({ json }) => json._id)).toEqual(raw.output.map(({ json }) => json._id));
		const bytes = (items: typeof raw.output) => JSON.stringify(items.map(({ json }) => json)).length;
		expect(bytes(simple.output)).toBeLessThan(bytes(raw.output) / 5);
	});

	it('returns the chosen fields in place of the simplified ones, single custom fields too', async () => {
		const [company] = wholeCompanies(1);
		const chosen = { resource: 'company', simplify, options: { select: ['zip', 'custom.Plan'] } };
		const json = { _id: company?._id, zip: 'zip of it', custom: { Plan: 'Pro' } };
		const one = await run({ ...chosen, operation: 'get', recordId: record('id', company?._id) });
		expect(one.output.map((item) => item.json)).toEqual([json]);
		const many = await run({ ...chosen, operation: 'getAll' });
		expect(planhat.lastRequest().query.select).toBe('zip,custom');
		expect(many.output.map((item) => item.json)).toEqual([json]);
	});

	it('reduces records on our side too, should Planhat not honour select', async () => {
		const whole = { _id: '1', zip: '1', name: 'A', phase: 'Live', type: 'x' };
		planhat.server.order({ path: '/companies', answer: { status: 200, body: [whole] } });
		const { output } = await run({ resource: 'company', operation: 'getAll', simplify });
		expect(output.map(({ json }) => json)).toEqual([{ _id: '1', name: 'A', phase: 'Live' }]);
	});

	it.each([
		['simplified', [], ['_id', 'name', 'phase', 'h']],
		['raw', [], undefined],
		['selected', ['zip', 'phase'], ['_id', 'zip', 'phase']],
		['selected', [], ['_id']],
	])('as a tool with the output %s %j', async (output, outputFields, wanted) => {
		const [company] = wholeCompanies(1);
		const parameters = { resource: 'company', output, outputFields };
		const recordId = record('id', company?._id);
		const one = await asTool(() => run({ ...parameters, operation: 'get', recordId }));
		const many = await asTool(() => run({ ...parameters, operation: 'getAll' }));
		for (const found of [one, many]) {
			const names = Object.keys(found.output[0]?.json ?? {});
			if (output === 'selected') expect(names).toEqual(wanted);
			else if (output === 'simplified') expect(names).toEqual(forModel);
			else expect(names.length).toBeGreaterThan(70);
		}
	});
	it('names the owner where the users were read anyway', async () => {
		planhat.server.insert('users', [{ email: 'kim@example.com', nickName: 'Kim' }]);
		const [company] = planhat.server.insert('companies', [{ name: 'A' }]);
		const recordId = record('id', company?._id);
		const update = { resource: 'company', operation: 'update', recordId, json: '{ "owner": "kim@example.com" }' };
		const updated = await asTool(() => run(update));
		expect(updated.output[0]?.json).toMatchObject({ name: 'A', owner: 'Kim' });
		const before = planhat.sent().length;
		const read = await run({ resource: 'company', operation: 'get', recordId, simplify });
		expect(read.output[0]?.json).not.toHaveProperty('ownerName');
		expect(planhat.sent().length - before).toBe(1);
	});

	it('hands over the whole record that it created or changed, a tool what it is told to', async () => {
		const [company] = wholeCompanies(1);
		const recordId = record('id', company?._id);
		const update = { resource: 'company', operation: 'update', recordId, json: '{ "zip": "2000" }' };
		const whole = await run({ ...update, simplify });
		expect(Object.keys(whole.output[0]?.json ?? {}).length).toBeGreaterThan(70);
		const simple = await asTool(() => run(update));
		expect(Object.keys(simple.output[0]?.json ?? {})).toEqual(['_id', 'name', 'zip']);
		const create = { resource: 'company', operation: 'create', json: '{ "name": "New" }' };
		const created = await asTool(() => run({ ...create, output: 'selected', outputFields: ['name'] }));
		expect(Object.keys(created.output[0]?.json ?? {})).toEqual(['_id', 'name']);
	});

	it('tells a tool what became of a ticket, whatever it is told to show', async () => {
		const json = '{ "sourceId": "1", "email": "kim@example.com", "companyId": "5f0000000000000000000001" }';
		const parameters = { resource: 'ticket', operation: 'create', json, output: 'selected' };
		const { output } = await asTool(() => run(parameters));
		expect(output[0]?.json).toMatchObject({ outcome: 'created', sourceId: '1' });
	});
});

describe('Simplify leaves alone', () => {
	const insert = () =>
		planhat.server.insert(
			'companies',
			Array.from({ length: 120 }, (_, index) => ({
				name: `Company ${index}`,
				status: index % 2 === 0 ? 'customer' : 'lost',
				zip: String(1_000 - index),
				updatedAt: new Date(Date.UTC(2026, 0, 1) + index * 86_400_000).toISOString(),
			})),
		);
	const list = async (parameters: INodeParameters) =>
		await planhat.run({ resource: 'company', operation: 'getAll', returnAll: true, ...parameters });
	const ids = (items: Array<{ json: IDataObject }>) => items.map(({ json }) => json._id);

	it.each([
		['Updated After', { filters: { updatedAfter: '2026-03-01' } }],
		['a filter that is compared on our side', { filters: { status: 'customer' } }],
		['sort by a field that is not among the ten', { sort: { values: { field: 'zip', direction: 'asc' } } }],
		[
			'sort on our side by such a field',
			{ filters: { updatedAfter: '2026-03-01' }, sort: { values: { field: 'zip', direction: 'asc' } } },
		],
		['Limit', { returnAll: false, limit: 7, filters: { updatedAfter: '2026-03-01' } }],
	])('%s', async (_what, parameters) => {
		insert();
		const raw = await list(parameters as INodeParameters);
		const simple = await list({ ...parameters, simplify } as INodeParameters);
		expect(raw.output.length).toBeGreaterThan(5);
		expect(ids(simple.output)).toEqual(ids(raw.output));
		for (const { json } of simple.output) expect(json).not.toHaveProperty('updatedAt');
	});

	it('pages', async () => {
		planhat.server.setBehaviour({ pageCap: 100 });
		planhat.server.insert(
			'projects',
			Array.from({ length: 230 }, (_, index) => ({ name: `P ${index}` })),
		);
		const { output } = await list({ resource: 'project', simplify });
		expect(new Set(ids(output)).size).toBe(230);
	});

	it('the pairing of items, when one input item yields many', async () => {
		const owners = planhat.server.insert('companies', [{ name: 'A' }, { name: 'B' }]);
		planhat.server.insert(
			'endusers',
			owners.flatMap(({ _id }) => [
				{ email: 'a@example.com', companyId: _id },
				{ email: 'b@example.com', companyId: _id },
			]),
		);
		const { output } = await planhat.run(
			{ resource: 'enduser', operation: 'getAll', simplify, filters: { companyId: '={{ $json.id }}' } },
			{ items: itemsOf(owners.map(({ _id }) => ({ id: _id }))) },
		);
		expect(output.map(({ json, pairedItem }) => [json.companyId, pairedItem])).toEqual(
			owners.flatMap(({ _id }, item) => [
				[_id, { item }],
				[_id, { item }],
			]),
		);
	});
});

describe('the editor', () => {
	const get = { resource: 'company', operation: 'get', recordId: record('id', '1') };

	it('offers Simplify, switched on, for records of more than ten fields', () => {
		expect(withDefaults(get)).toMatchObject({ simplify: true });
		expect(withDefaults(get)).not.toHaveProperty('output');
		expect(withDefaults({ ...get, resource: 'workspace' })).not.toHaveProperty('simplify');
		expect(withDefaults({ resource: 'company', operation: 'delete' })).not.toHaveProperty('simplify');
	});

	it('offers tools Output in its place', async () => {
		const parameters = await asTool(async () => withDefaults(get));
		expect(parameters).toMatchObject({ output: 'simplified' });
		expect(parameters).not.toHaveProperty('simplify');
		expect(parameters).not.toHaveProperty('outputFields');
		const selected = await asTool(async () => withDefaults({ ...get, output: 'selected', outputFields: ['zip'] }));
		expect(selected).toMatchObject({ outputFields: ['zip'] });
	});
});
