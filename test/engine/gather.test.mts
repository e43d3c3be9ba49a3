import { afterEach, describe, expect, it } from '@jest/globals';
import { ExecuteContext, RoutingNode } from 'n8n-core';
import {
	createRunExecutionData,
	Workflow,
	type IExecuteData,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeTypes,
} from 'n8n-workflow';

import { additionalData, changePlanhat, loadPlanhat, planhatNode } from './harness.mts';
import { bench, itemsOf } from './planhat.mts';

const planhat = bench();

const rows = ['a', 'b', 'c', 'd'].map((externalId) => ({ externalId, name: externalId.toUpperCase() }));

const upsert = { resource: 'company', operation: 'upsert', json: '={{ $json }}' };
const create = { ...upsert, operation: 'create' };

const routed = { way: 'routing', items: itemsOf(rows) } as const;

/** Makes n8n's routing fail at one item before the node gets it. */
function breakItem(broken: number): void {
	changePlanhat(({ description }) => {
		const resource = description.properties.find(({ name }) => name === 'resource');
		resource?.routing?.send?.preSend?.push(async function (options) {
			if (this.getItemIndex() === broken) throw new Error('Not this one');
			return options;
		});
	});
}

const bodies = () => planhat.server.requests.map(({ body }) => body);

describe('Engine 2.0, which starts all items at once', () => {
	afterEach(() => changePlanhat(() => {}));

	it('has rows sent together, each with its outcome and its link', async () => {
		const { output, error } = await planhat.run(upsert, routed);
		expect(error).toBeUndefined();
		expect(bodies()).toEqual([rows]);
		expect(output.map(({ json, pairedItem }) => [json.externalId, json.outcome, pairedItem])).toEqual(
			rows.map(({ externalId }, item) => [externalId, 'created', { item }]),
		);
	});

	it('has items sent one by one, and none after one that failed', async () => {
		planhat.server.order({ method: 'POST', after: 1, answer: { status: 400, body: 'No' }, times: 'always' });
		const { output, error } = await planhat.run(create, routed);
		expect(bodies()).toEqual(rows.slice(0, 2));
		expect(planhat.server.mostInFlight).toBe(1);
		expect(output).toEqual([]);
		expect(error?.message).toContain('Planhat did not create the company');
		expect(error?.context?.itemIndex).toBe(1);
		expect(error?.description).toContain('1 item before this one succeeded, 2 after it were not sent');
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'goes on after one that failed with On Error = %s',
		async (onError) => {
			planhat.server.order({ method: 'POST', after: 1, answer: { status: 400, body: 'No' } });
			const { output, errors } = await planhat.run(create, { ...routed, onError });
			expect(bodies()).toHaveLength(4);
			const failed = [...output, ...errors].filter(({ json }) => json.error !== undefined);
			expect(failed.map(({ pairedItem }) => pairedItem)).toHaveLength(1);
			expect(output.length + errors.length).toBe(4);
		},
	);

	it('sends nothing where n8n could not prepare an item and stops on errors', async () => {
		breakItem(2);
		for (const parameters of [upsert, create]) {
			const { output, error } = await planhat.run(parameters, routed);
			expect(error?.message).toBe('Not this one');
			expect(output).toEqual([]);
		}
		expect(planhat.server.requests).toEqual([]);
	});

	it.each([0, 2, 3])('sends the others where n8n could not prepare item %i and goes on', async (broken) => {
		breakItem(broken);
		const given = rows.filter((_row, index) => index !== broken);
		const { output } = await planhat.run(upsert, { ...routed, onError: 'continueRegularOutput' });
		expect(bodies()).toEqual([given]);
		expect(output).toHaveLength(4);
		expect(output[broken]?.json).toEqual({ error: 'Not this one' });
		const sent = output.filter((_item, index) => index !== broken);
		expect(sent.map(({ json, pairedItem }) => [json.externalId, pairedItem])).toEqual(
			given.map((row) => [row.externalId, { item: rows.indexOf(row) }]),
		);
	});

	it('sends nothing when n8n fails at an expression and has ended the run', async () => {
		const json = '={{ $json.externalId === "c" ? $("Nobody").item.json : $json }}';
		const { error } = await planhat.run({ ...upsert, json }, routed);
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(error).toBeDefined();
		expect(planhat.server.requests).toEqual([]);
	});

	it('waits for items that come with the pauses of Batching', async () => {
		const requestOptions = { batching: { batch: { batchSize: 2, batchInterval: 60 } } };
		const { output } = await planhat.run({ ...upsert, requestOptions }, routed);
		expect(bodies()).toEqual([rows.slice(0, 2), rows.slice(2)]);
		expect(output).toHaveLength(4);
	});

	it('does not wait for items that never come between those pauses', async () => {
		breakItem(1);
		const requestOptions = { batching: { batch: { batchSize: 2, batchInterval: 60 } } };
		const { output } = await planhat.run(
			{ ...upsert, requestOptions },
			{ ...routed, onError: 'continueRegularOutput' },
		);
		expect(bodies().flat()).toHaveLength(3);
		expect(output).toHaveLength(4);
	});

	it('tries a run again as a whole, as n8n does it with the same objects', async () => {
		planhat.server.order({ method: 'PUT', answer: { status: 400, body: 'No' } });
		const { output } = await planhat.run(upsert, { ...routed, retryOnFail: true });
		expect(bodies()).toEqual([rows, rows]);
		expect(output).toHaveLength(4);
	});
});

/** Calls the node as an agent does that has it as its tool: with the objects of the agent's own run. */
async function callTool(ofAgent: IExecuteData, parameters: INodeParameters, item: INodeExecutionData) {
	const type = loadPlanhat('routing');
	const find = () => type;
	const nodeTypes = { getByName: find, getByNameAndVersion: find, getKnownTypes: () => ({}) } as unknown as INodeTypes;
	const node = planhatNode({ parameters: { specifyFields: 'json', ...parameters } });
	const workflow = new Workflow({ nodes: [node], connections: {}, nodeTypes, active: false });
	const context = new ExecuteContext(
		workflow,
		node,
		additionalData(planhat.credentials),
		'manual',
		createRunExecutionData(),
		0,
		[item],
		{ main: [[item]] },
		ofAgent,
		[],
	);
	return (await new RoutingNode(context, type).runNode())?.[0];
}

describe('An agent that calls the tool several times at once', () => {
	it('gets an answer of its own for each call, although all are given the objects of its run', async () => {
		const agent: INode = { ...planhatNode({ parameters: {} }), name: 'AI Agent', type: 'agent' };
		const data = { main: [itemsOf([{ chat: 1 }, { chat: 2 }])] };
		const ofAgent: IExecuteData = { node: agent, data, source: null };
		const answers = await Promise.all(
			rows.slice(0, 3).map(async (row) => await callTool(ofAgent, create, { json: row })),
		);
		expect(answers.map((items) => items?.map(({ json, pairedItem }) => [json.externalId, pairedItem]))).toEqual(
			rows.slice(0, 3).map(({ externalId }) => [[externalId, { item: 0 }]]),
		);
		expect(planhat.server.requests).toHaveLength(3);
	});
});
