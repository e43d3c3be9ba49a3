import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { resultOf, storeTrigger, storeWebhookCredential } from '../workflows.mjs';
import { until, world } from '../world.mjs';
import { minute } from './stack.mjs';

const autoMap = { mappingMode: 'autoMapInputData', value: null, matchingColumns: [], schema: [] };
const upsert = { resource: 'company', operation: 'upsert', specifyFields: 'map', fields: autoMap };
const create = { ...upsert, operation: 'create' };
const ended = ['success', 'error', 'canceled', 'crashed'];

/** A published workflow: the rows of a call become items of the node. */
async function publish(parameters, { onError } = {}) {
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
		settings: { executionOrder: 'v1' },
	});
	await world.n8n.activate(workflow);
	return { ...workflow, path };
}

const rowsOf = (run, count) =>
	Array.from({ length: count }, (_, index) => ({ name: `Company ${run}`, externalId: `r${run}-${index}` }));

/** Starts an execution by the webhook process, as soon as that knows the workflow. */
async function start({ address }, { path }, rows) {
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
async function ends({ id }, count, seconds = 300) {
	const deadline = Date.now() + seconds * 1_000;
	for (;;) {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: id, status: ended }));
		const { results } = await world.n8n.request('GET', `/rest/executions?filter=${filter}&limit=100`);
		if (results.length >= count) return results;
		assert.ok(Date.now() < deadline, `${results.length} of ${count} executions have ended after ${seconds} seconds`);
		await wait(200);
	}
}

const companies = () => world.planhat.records('companies');
const writes = () => world.planhat.requests.filter(({ method }) => method !== 'GET');
const percent = (share) => `${(share * 100).toFixed(0)} %`;
const statuses = (executions) => [...new Set(executions.map(({ status }) => status))].join(', ');

export async function manyRows({ webhook }, { executions, rows }) {
	const workflow = await publish(upsert);
	for (let run = 0; run < executions; run += 1) await start(webhook, workflow, rowsOf(run, rows));
	const found = await ends(workflow, executions);
	assert.equal(statuses(found), 'success');
	assert.equal(companies().length, executions * rows);
	const requests = writes().length;
	assert.equal(requests, executions * Math.ceil(rows / 5_000));
	return `${companies().length} rows applied once by ${requests} requests, all executions with success`;
}

export async function manyCreates({ webhook }, { executions, rows, quota }) {
	const workflow = await publish(create, { onError: 'continueRegularOutput' });
	for (let run = 0; run < executions; run += 1) await start(webhook, workflow, rowsOf(run, rows));
	const found = await ends(workflow, executions);
	assert.equal(statuses(found), 'success');
	const stored = companies();
	assert.equal(new Set(stored.map(({ externalId }) => externalId)).size, executions * rows, 'all are there');
	assert.equal(stored.length, executions * rows, 'none is there twice');
	const all = writes();
	const refused = all.filter(({ status }) => status === 429).length;
	const accepted = all.filter(({ status }) => status !== 429).map(({ arrivedAt }) => arrivedAt);
	const windows = (Math.max(...accepted) - Math.min(...accepted)) / minute;
	const used = (accepted.length - quota) / (quota * windows);
	return {
		text:
			`${stored.length} created once; after the first minute ${percent(used)} of the quota used, ` +
			`${percent(refused / all.length)} of the requests refused`,
		used,
		refused: refused / all.length,
	};
}

/** Ends a worker in the middle of an upsert of several requests and says what n8n tells; then runs the same again. */
export async function endedWorker({ webhook, workers, startPart }, { signal, rows }) {
	const workflow = await publish(upsert);
	world.planhat.order({ method: 'PUT', latency: 3_000, times: 'always' });
	await start(webhook, workflow, rowsOf(signal, rows));
	await until(() => writes().length >= 2, 'The second request');
	// Which worker has it nobody can see from outside: both are ended, and two new ones take their places.
	for (const { server } of workers) process.kill(server.pid, signal);
	await Promise.all(workers.map(async ({ server }) => await server.ended));
	const applied = companies().length;
	const since = Date.now();
	workers.splice(0, 2, ...(await Promise.all(['worker', 'worker'].map(startPart))));
	const [first] = await ends(workflow, 1);
	const told = `${first.status} after ${Math.round((Date.now() - since) / 1_000)} s`;
	await start(webhook, workflow, rowsOf(signal, rows));
	const [again] = await ends(workflow, 2);
	assert.equal(again.status, 'success');
	assert.equal(companies().length, rows);
	return `${applied} of ${rows} rows were applied, the execution is ${told}; run again: all there, none twice`;
}

export async function manyDeliveries({ webhook }, { count }) {
	const secret = randomUUID();
	const credential = await storeWebhookCredential(secret);
	const { workflow, webhookId } = await storeTrigger({}, credential);
	await world.n8n.activate(workflow);
	const deliver = async (index) => {
		const response = await fetch(`${webhook.address}/webhook/${webhookId}/webhook`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'x-planhat-secret': secret },
			body: JSON.stringify({ event: 'company.updated', model: 'Company', externalId: `d${index}` }),
		});
		await response.arrayBuffer();
		return response.status;
	};
	await until(async () => (await deliver('first')) === 200, 'The registration of the trigger', 200);
	const since = Date.now();
	let next = 0;
	const sender = async () => {
		while (next < count) {
			next += 1;
			assert.equal(await deliver(next), 200);
		}
	};
	await Promise.all(Array.from({ length: 20 }, sender));
	const finished = async () => {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: workflow.id, status: ['success'] }));
		return (await world.n8n.request('GET', `/rest/executions?filter=${filter}&limit=1`)).count;
	};
	while ((await finished()) < count + 1) {
		assert.ok(Date.now() - since < 300_000, 'not within five minutes');
		await wait(500);
	}
	return `${count} of ${count}, ${Math.round((count * 1_000) / (Date.now() - since))} a second`;
}

export async function cancelled({ webhook }) {
	const workflow = await publish(upsert);
	world.planhat.order({ method: 'PUT', latency: 2_000, times: 'always' });
	await start(webhook, workflow, rowsOf('cancel', 15_000));
	await until(() => writes().length >= 2, 'The second request');
	const [running] = await world.n8n.executions(workflow.id);
	const since = Date.now();
	await world.n8n.request('POST', `/rest/executions/${running.id}/stop`, {});
	const [execution] = await ends(workflow, 1);
	assert.equal(execution.status, 'canceled');
	const seconds = ((Date.now() - since) / 1_000).toFixed(1);
	const { error } = resultOf(await world.n8n.execution(execution.id));
	return `canceled after ${seconds} s; n8n says "${error?.message ?? 'nothing'}"`;
}

/** Shares of 1. The short form lasts for three windows only, in which workers find out about each other. */
export const queueBars = { used: 0.9, usedInShort: 0.4, refused: 0.1 };
