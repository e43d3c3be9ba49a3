import { describe, expect, it } from '@jest/globals';

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
			'Check the fields against what Planhat said. 1 item before this one went through, 2 after it were not sent.',
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
					error: 'Planhat did not create the company: name is not allowed. Check the fields against what Planhat said.',
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

it('does not send what succeeded again when n8n retries a node whose first item failed', async () => {
	refuse('A');
	await planhat.run(createFromInput, { items: itemsOf(rows), onError: 'continueRegularOutput', retryOnFail: true });
	expect(planhat.server.requests.map(({ body }) => (body as { name: string }).name)).toEqual(['A', 'B', 'D']);
});

it('links every record of a list to the item that asked for it', async () => {
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

it('hands over no items when there are no records', async () => {
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
					error: expect.stringContaining(
						"Planhat did not get the company with external ID 'nobody': there is no such record",
					),
					details: { outcome: 'failed', keys: { externalId: 'nobody' } },
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('is offered the node as a tool', () => {
		expect(loadPlanhat().description.usableAsTool).toBe(true);
	});
});

it('gives the event loop back while items fail without a request', async () => {
	const items = itemsOf(Array.from({ length: 2_000 }, () => ({ key: 'x' })));
	let longest = 0;
	const start = performance.now();
	let last = start;
	const watch = setInterval(() => {
		longest = Math.max(longest, performance.now() - last);
		last = performance.now();
	}, 5);
	const parameters = { resource: 'company', operation: 'create', json: '{"phase": "x"}' };
	const { output } = await planhat.run(parameters, { items, onError: 'continueRegularOutput' });
	clearInterval(watch);
	expect(output).toHaveLength(2_000);
	// Without a pause the whole run is one block.
	expect(longest).toBeLessThan((performance.now() - start) / 3);
});
