// What the scenes in queue mode start, and how they wait for its end.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { until, world } from '../world.mjs';

const autoMap = { mappingMode: 'autoMapInputData', value: null, matchingColumns: [], schema: [] };
export const createOrUpdate = { resource: 'company', operation: 'upsert', specifyFields: 'map', fields: autoMap };
export const singleCreates = { ...createOrUpdate, operation: 'create' };
const ended = ['success', 'error', 'canceled', 'crashed'];

/** A published workflow: the rows of a call become items of the node. */
export async function publish(parameters, { onError, settings } = {}) {
	const path = randomUUID();
	const node = (name, type, typeVersion, place, rest) => ({
		...{ id: randomUUID(), name, type, typeVersion, position: [place * 200, 0] },
		...rest,
	});
	const to = (name) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
	const workflow = await world.n8n.createWorkflow({
		name: `Queue ${parameters.operation}`,
		nodes: [
			node('Webhook', 'n8n-nodes-base.webhook', 2, 0, { webhookId: path, parameters: { httpMethod: 'POST', path } }),
			node('Split Out', 'n8n-nodes-base.splitOut', 1, 1, { parameters: { fieldToSplitOut: 'body.rows', options: {} } }),
			node('Planhat', 'n8n-nodes-planhat.planhat', 1, 2, {
				parameters,
				credentials: { planhatApi: { id: world.credential.id, name: world.credential.name } },
				...(onError && { onError }),
			}),
		],
		connections: { Webhook: to('Split Out'), 'Split Out': to('Planhat') },
		settings: { executionOrder: 'v1', ...settings },
	});
	await world.n8n.activate(workflow);
	return { ...workflow, path };
}

export const companyRows = (run, count) =>
	Array.from({ length: count }, (_, index) => ({ name: `Company ${run}`, externalId: `r${run}-${index}` }));

/** An example of the package as a user imports it, which a call starts too: in queue mode, its own trigger runs it on main. */
export async function publishExample(fileName) {
	const { name, nodes, connections, settings } = JSON.parse(
		await readFile(new URL(`../../examples/${fileName}`, import.meta.url), 'utf8'),
	);
	const trigger = nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger');
	const path = randomUUID();
	const called = {
		...{ id: randomUUID(), name: 'Webhook', type: 'n8n-nodes-base.webhook', typeVersion: 2, position: [0, 0] },
		...{ webhookId: path, parameters: { httpMethod: 'POST', path } },
	};
	const { id, name: credential } = world.credential;
	const workflow = await world.n8n.createWorkflow({
		name,
		nodes: [
			...nodes.map((node) =>
				node.credentials ? { ...node, credentials: { planhatApi: { id, name: credential } } } : node,
			),
			called,
		],
		connections: { ...connections, Webhook: connections[trigger.name] },
		settings,
	});
	await world.n8n.activate(workflow);
	return { ...workflow, path };
}

/** Starts an execution by the webhook process, as soon as that knows the workflow. */
export async function start({ address }, { path }, rows = []) {
	const send = async () => {
		const response = await fetch(`${address}/webhook/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ rows }),
		});
		await response.arrayBuffer();
		return response.status === 200;
	};
	await until(send, 'The registration of the webhook', 200);
}

/** Waits until so many executions of a workflow have come to their end. */
export async function ends({ id }, count, seconds = 300) {
	const deadline = Date.now() + seconds * 1_000;
	for (;;) {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: id, status: ended }));
		const { results } = await world.n8n.request('GET', `/rest/executions?filter=${filter}&limit=100`);
		if (results.length >= count) return results;
		assert.ok(Date.now() < deadline, `${results.length} of ${count} executions have ended after ${seconds} seconds`);
		await wait(200);
	}
}

/** Those of one scene: a request of the one before, which its node has left, may come to its end only now. */
export const companies = (externalIds = '') =>
	world.planhat.records('companies').filter(({ externalId }) => externalId.startsWith(externalIds));

export const writes = () => world.planhat.requests.filter(({ method }) => method !== 'GET');
export const percent = (share) => `${(share * 100).toFixed(0)} %`;
export const statuses = (executions) => [...new Set(executions.map(({ status }) => status))].join(', ');
