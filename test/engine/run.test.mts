import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { loadPlanhat } from './harness.mts';
import { bench, itemsOf, record } from './planhat.mts';

const planhat = bench();

const createFromInput = {
	resource: 'company',
	operation: 'create',
	json: '={{ { name: $json.name, externalId: $json.key } }}',
};

const rows = [
	{ key: 'a', name: 'A' },
	{ key: 'b', name: 'B' },
	{ key: 'c', name: '' },
	{ key: 'd', name: 'D' },
];

function refuse(name: string, status = 400, body = 'name is not allowed') {
	planhat.server.order({
		method: 'POST',
		path: '/companies',
		body: (body) => (body as { name?: string }).name === name,
		answer: { status, body },
		times: 'always',
	});
}

describe('On Error = Stop', () => {
	it('sends nothing after the first item that Planhat refuses', async () => {
		refuse('B');
		const { error, output } = await planhat.run(createFromInput, { items: itemsOf(rows) });
		expect(planhat.server.requests.map(({ body }) => (body as { name: string }).name)).toEqual(['A', 'B']);
		expect(output).toEqual([]);
		expect(error?.message).toBe('Planhat did not create the company: name is not allowed');
		expect(error?.context?.itemIndex).toBe(1);
		expect(error?.description).toBe(
			"Check the fields that Planhat's message is about. 1 item before this one succeeded, 2 after it were not sent.",
		);
	});

	it('leaves out what was done where nothing could be done twice', async () => {
		const get = { resource: 'company', operation: 'get', recordId: record('externalId', '={{ $json.key }}') };
		const { error } = await planhat.run(get, { items: itemsOf(rows) });
		expect(error?.httpCode).toBe('404');
		expect(error?.description).not.toContain('went through');
	});

	it('sends nothing after the first item that is no good', async () => {
		const { error } = await planhat.run(createFromInput, { items: itemsOf(rows) });
		expect(planhat.server.requests).toHaveLength(2);
		expect(error?.message).toBe('The company lacks name');
		expect(error?.context?.itemIndex).toBe(2);
	});

	it('sends nothing after the first item whose expression fails', async () => {
		const parameters = { ...createFromInput, json: '={{ $json.key === "c" ? $json.no.such.thing : { name: "x" } }}' };
		const { error } = await planhat.run(parameters, { items: itemsOf(rows) });
		expect(error?.context?.itemIndex).toBe(2);
		expect(planhat.server.requests).toHaveLength(2);
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(planhat.server.requests).toHaveLength(2);
	});
});

describe.each(['continueRegularOutput', 'continueErrorOutput'] as const)('On Error = %s', (onError) => {
	it('gives each failing item one error item with its data, linked to it, and goes on', async () => {
		refuse('B');
		const { output, errors, error } = await planhat.run(createFromInput, { items: itemsOf(rows), onError });
		expect(error).toBeUndefined();
		expect(planhat.server.requests).toHaveLength(3);
		const failed = onError === 'continueErrorOutput' ? errors : output.filter((item) => 'error' in item.json);
		expect(failed).toEqual([
			{
				json: {
					key: 'b',
					name: 'B',
					error:
						"Planhat did not create the company: name is not allowed. Check the fields that Planhat's message is about.",
					details: { outcome: 'failed', keys: { externalId: 'b' } },
				},
				pairedItem: { item: 1 },
			},
			{
				json: {
					key: 'c',
					name: '',
					error: expect.stringContaining('The company lacks name'),
					details: { outcome: 'failed', keys: { externalId: 'c' } },
				},
				pairedItem: { item: 2 },
			},
		]);
		const succeeded = output.filter((item) => !('error' in item.json));
		expect(succeeded.map((item) => [item.json.name, item.pairedItem])).toEqual([
			['A', { item: 0 }],
			['D', { item: 3 }],
		]);
	});

	it('does the same for an expression that fails', async () => {
		const parameters = { ...createFromInput, json: '={{ $json.key === "c" ? $json.no.such.thing : { name: "x" } }}' };
		const { output, errors } = await planhat.run(parameters, { items: itemsOf(rows), onError });
		const failed = [...output, ...errors].filter((item) => 'error' in item.json);
		expect(failed).toHaveLength(1);
		expect(failed[0]).toMatchObject({ json: { key: 'c', name: '' }, pairedItem: { item: 2 } });
		expect(planhat.server.requests).toHaveLength(3);
	});

	it('fails every item when the credential is no good, and lets none pass', async () => {
		const credentials = { ...planhat.credentials, apiToken: ' ' };
		const items = itemsOf(rows.map((row) => ({ ...row, name: 'Named' })));
		const { output, errors } = await planhat.run(createFromInput, { items, onError, credentials });
		const failed = [...output, ...errors];
		expect(failed.map((item) => item.pairedItem)).toEqual(rows.map((_row, item) => ({ item })));
		for (const item of failed) expect(item.json.error).toContain('has no API token');
		expect(planhat.server.requests).toHaveLength(0);
	});
});

it('the node does not send what succeeded again when n8n retries a node whose first item failed', async () => {
	refuse('A');
	await planhat.run(createFromInput, { items: itemsOf(rows), onError: 'continueRegularOutput', retryOnFail: true });
	expect(planhat.server.requests.map(({ body }) => (body as { name: string }).name)).toEqual(['A', 'B', 'D']);
});

it('the node keeps the order of the input, errors included', async () => {
	refuse('A');
	const { output } = await planhat.run(createFromInput, { items: itemsOf(rows), onError: 'continueRegularOutput' });
	expect(output.map(({ pairedItem }) => pairedItem)).toEqual(rows.map((_row, item) => ({ item })));
	expect(output.map(({ json }) => 'error' in json)).toEqual([true, false, true, false]);
});

describe('what Planhat refuses to the token', () => {
	const companies = itemsOf(Array.from({ length: 6 }, (_, index) => ({ key: `e${index}`, name: `C${index}` })));
	const errorsOf = (output: Array<{ json: IDataObject }>) => output.map(({ json }) => String(json.error));

	it('is asked for once: a token that it does not accept (401)', async () => {
		planhat.server.order({ answer: { status: 401, body: 'no' }, times: 'always' });
		const { output } = await planhat.run(createFromInput, { items: companies, onError: 'continueRegularOutput' });
		expect(planhat.sent()).toEqual(['POST /companies']);
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual(companies.map((_item, item) => ({ item })));
		expect(new Set(errorsOf(output)).size).toBe(1);
		expect(errorsOf(output)[5]).toMatch(/^Planhat did not create the company: no\. Check the API token/);
		expect(output[5]?.json.details).toEqual({ outcome: 'failed', keys: { externalId: 'e5' } });
	});

	it('is asked for once: a token that it does not accept, by any operation', async () => {
		const at = { items: companies, onError: 'continueErrorOutput' } as const;
		const recordId = record('externalId', '={{ $json.key }}');
		const operations = [
			{ operation: 'get', recordId },
			{ operation: 'update', recordId, json: { name: 'x' } },
			{ operation: 'delete', recordId },
			{ operation: 'getAll' },
			{ operation: 'upsert', fields: { mappingMode: 'autoMapInputData', value: null }, options: { batchSize: 2 } },
		];
		for (const parameters of operations) {
			planhat.server.reset();
			planhat.server.order({ answer: { status: 401, body: 'no' }, times: 'always' });
			const { errors } = await planhat.run({ resource: 'company', ...parameters } as never, at);
			expect([parameters.operation, errors.length, planhat.server.requests.length]).toEqual([
				parameters.operation,
				6,
				1,
			]);
		}
	});

	it('is asked for once: an operation on a model that it has no right for (403)', async () => {
		planhat.server.setRights({ companies: { create: false } });
		const { output } = await planhat.run(createFromInput, { items: companies, onError: 'continueRegularOutput' });
		expect(planhat.server.requests).toHaveLength(1);
		expect(new Set(errorsOf(output)).size).toBe(1);
		expect(errorsOf(output)[0]).toContain('App Center');
	});

	it('is asked for again where the reason names the record (403)', async () => {
		const _ids = ['5f0000000000000000000001', '5f0000000000000000000002'];
		for (const _id of _ids) planhat.server.order({ answer: { status: 403, body: `You may not see ${_id}` } });
		const get = { resource: 'company', operation: 'get', recordId: record('id', '={{ $json._id }}') };
		const { output } = await planhat.run(get, {
			items: itemsOf(_ids.map((_id) => ({ _id }))),
			onError: 'continueRegularOutput',
		});
		expect(planhat.server.requests).toHaveLength(2);
		expect(errorsOf(output)[1]).toContain(`You may not see ${_ids[1]}`);
	});

	it('is asked for in the next run', async () => {
		planhat.server.order({ answer: { status: 401, body: 'no' } });
		await planhat.run(createFromInput, { items: companies, onError: 'continueRegularOutput' });
		const { output } = await planhat.run(createFromInput, { items: companies, onError: 'continueRegularOutput' });
		expect(output.filter(({ json }) => 'error' in json)).toEqual([]);
	});
});

describe('a single write that is answered by 500', () => {
	const named = record('id', '5f0000000000000000000001');
	it.each<[string, INodeParameters]>([
		['create', { resource: 'company', json: { name: 'A' } }],
		['update', { resource: 'company', recordId: named, json: { name: 'A' } }],
		['delete', { resource: 'company', recordId: named }],
		['upsert', { resource: 'company', json: { name: 'A' }, options: { keylessRows: 'create' } }],
		['upsert', { resource: 'company', json: { name: 'A', externalId: 'a' } }],
		[
			'create',
			{ resource: 'ticket', json: { sourceId: 't', email: 'a@x.com', companyId: '5f0000000000000000000001' } },
		],
		['duplicate', { resource: 'timeEntry', recordId: named }],
		['insert', { resource: 'metric', json: { dimensionId: 'd', value: 1, externalId: 'a' } }],
		['track', { resource: 'userActivity', json: { email: 'a@x.com', action: 'x' } }],
	])('may have been applied: %s', async (operation, parameters) => {
		planhat.server.order({
			answer: { status: 500, body: 'Failed', headers: { 'Retry-After': '0' } },
			times: 'always',
		});
		const { output, errors } = await planhat.run({ operation, ...parameters }, { onError: 'continueErrorOutput' });
		const told = [...output, ...errors].find(({ json }) => 'error' in json)?.json;
		expect(told?.error).toContain('Failed');
		expect(told?.error).toContain('may have been applied');
		expect(told?.details).toMatchObject({ outcome: 'unknown' });
	});
});

it('the node hints at Execute Once where all items ask for the same list', async () => {
	planhat.server.insert('companies', [{ name: 'A', status: 'customer' }]);
	const list = { resource: 'company', operation: 'getAll' };
	const { hints, output } = await planhat.run(list, { items: itemsOf(rows) });
	expect(output).toHaveLength(4);
	expect(hints.map(({ message }) => message)).toEqual([expect.stringMatching(/^All 4 input items .*'Execute Once'/)]);
	const lean = await planhat.run({ ...list, operation: 'getLeanList' }, { items: itemsOf(rows) });
	expect(lean.hints).toHaveLength(1);
	for (const [parameters, items] of [
		[{ limit: '={{ $itemIndex + 1 }}' }, rows],
		[{ filters: { status: '={{ $json.name || "x" }}' } }, rows],
		[{ filters: { updatedAfter: '={{ "2026-03-0" + ($itemIndex + 1) }}' } }, rows],
		[{}, rows.slice(0, 1)],
	] as const) {
		const other = await planhat.run({ ...list, ...parameters }, { items: itemsOf([...items]) });
		expect([other.error, other.hints]).toEqual([undefined, []]);
	}
});

it('the node links every record of a list to the item that asked for it', async () => {
	const companies = planhat.server.insert('companies', [{ name: 'A' }, { name: 'B' }]);
	const [first, second] = companies.map(({ _id }) => _id);
	planhat.server.insert('endusers', [
		{ email: '1@example.com', companyId: String(first) },
		{ email: '2@example.com', companyId: String(second) },
		{ email: '3@example.com', companyId: String(second) },
	]);
	const { output } = await planhat.run(
		{ resource: 'enduser', operation: 'getAll', returnAll: true, filters: { companyId: '={{ $json.id }}' } },
		{ items: itemsOf([{ id: second }, { id: '5f00000000000000000000aa' }, { id: first }]) },
	);
	expect(output.map((item) => [item.json.email, item.pairedItem])).toEqual([
		['2@example.com', { item: 0 }],
		['3@example.com', { item: 0 }],
		['1@example.com', { item: 2 }],
	]);
});

it('the node hands over no items when there are no records', async () => {
	const { output, error, status } = await planhat.run({ resource: 'company', operation: 'getAll' });
	expect([output, error, status]).toEqual([[], undefined, 'success']);
});

describe('an operation that cannot be known', () => {
	it.each([
		[
			'an operation given as an expression',
			{ resource: 'company', operation: '={{ "create" }}' },
			/cannot be expressions/,
		],
		[
			'a resource given as an expression',
			{ resource: '={{ "company" }}', operation: 'getAll' },
			/cannot be expressions/,
		],
		[
			'an unknown operation',
			{ resource: 'company', operation: 'frobnicate' },
			/no operation 'frobnicate' for 'company'/,
		],
		[
			'an operation that the model has not',
			{ resource: 'ticket', operation: 'getLeanList' },
			/no operation 'getLeanList'/,
		],
		['an unknown resource', { resource: 'unicorn', operation: 'getAll' }, /There is no resource 'unicorn'/],
	])('refuses %s before any request', async (_name, parameters, message) => {
		const { error, output } = await planhat.run({ json: '{"name":"A"}', ...parameters });
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(/lists/);
		expect(output).toEqual([]);
		expect(planhat.server.requests).toHaveLength(0);
	});
});

describe('an AI agent that calls the node for one item through n8n’s routing', () => {
	it('gets an error item in the same form as anybody else', async () => {
		const { output } = await planhat.run(
			{ resource: 'company', operation: 'get', recordId: record('externalId', 'nobody') },
			{ way: 'routing', onError: 'continueRegularOutput', items: itemsOf([{ question: 1 }]) },
		);
		expect(output).toEqual([
			{
				json: {
					question: 1,
					error: expect.stringContaining("Planhat did not get the company with external ID 'nobody': record not found"),
					details: { outcome: 'failed', keys: { externalId: 'nobody' } },
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('gets the data and the link of its item also where the request could not be made', async () => {
		const items = itemsOf([{ question: 1 }, { question: 2 }]);
		for (const onError of ['continueRegularOutput', 'continueErrorOutput'] as const) {
			const { output, errors } = await planhat.run(
				{ resource: 'company', operation: 'get', recordId: record('id', '={{ "nobody" }}') },
				{ way: 'routing', onError, items },
			);
			expect([...output, ...errors]).toEqual(
				items.map(({ json }, item) => ({
					json: {
						...json,
						error: expect.stringContaining("'nobody' is not the ID of a company"),
						details: { outcome: 'failed', _id: 'nobody', keys: {} },
					},
					pairedItem: { item },
				})),
			);
		}
		expect(planhat.server.requests).toHaveLength(0);
	});

	it('is offered the node as a tool', () => {
		expect(loadPlanhat().description.usableAsTool).toBe(true);
	});
});
