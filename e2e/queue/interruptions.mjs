// What a user is left with when an execution is stopped, runs out of time, or loses its worker.

import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { outputOf } from '../../scripts/lib/n8nClient.mjs';
import { resultOf } from '../workflows.mjs';
import { until, world } from '../world.mjs';
import { companies, ends, publish, publishExample, companyRows, start, createOrUpdate, writes } from './workflows.mjs';

const seconds = (since) => ((Date.now() - since) / 1_000).toFixed(1);

/** What the node said of an execution, wherever n8n has kept it. */
async function wordsOf({ id }) {
	const execution = await world.n8n.execution(id);
	const { error } = resultOf(execution);
	const ofNode = execution.data?.resultData?.runData?.Planhat?.at(-1)?.error?.message;
	const highlighted = execution.customData?.Planhat ?? execution.data?.resultData?.metadata?.Planhat;
	return { error: error?.message, ofNode, highlighted };
}

const told =
	/^The execution was canceled: (\d+) of 15000 rows were applied, 5000 may have been applied, (\d+) were not sent/;

/** What the words say is what the node knows: a busy machine decides how far it comes. */
function requireTold(words) {
	const [, applied, notSent] = told.exec(words ?? '') ?? assert.fail(`n8n says "${words}"`);
	assert.equal(Number(applied), 5_000 * (writes().length - 1));
	assert.equal(Number(applied) + Number(notSent), 10_000);
}

/** Starts a batch, and stops it while its second request is under way. */
async function stopped(process) {
	const workflow = await publish(createOrUpdate);
	world.planhat.order({ method: 'PUT', latency: 10_000, times: 'always', after: 1 });
	await start(process, workflow, companyRows('cancel', 15_000));
	await until(() => writes().length >= 2, 'The second request');
	const [running] = await world.n8n.executions(workflow.id);
	const since = Date.now();
	await world.n8n.request('POST', `/rest/executions/${running.id}/stop`, {});
	const [execution] = await ends(workflow, 1);
	assert.equal(execution.status, 'canceled');
	return { execution, after: seconds(since) };
}

export async function cancelled({ main }) {
	const { execution, after } = await stopped(main);
	await answered(2);
	// The worker and main both write the end of the execution: who is last is not the node's to say.
	const { error, ofNode, highlighted } = await wordsOf(execution);
	const words = [ofNode, error, highlighted].find((each) => told.test(each)) ?? error;
	if (!/cancelled manually/.test(words)) requireTold(words);
	assert.equal(writes().length, 2, 'nothing more is sent');
	return `canceled after ${after} s, the third request is not sent; n8n says "${words}"`;
}

/** n8n 2.41 tells no worker to stop what a webhook process has started. When it does, this scene and the guide are to be changed. */
export async function stoppedInVain({ webhook }) {
	const { after } = await stopped(webhook);
	await answered(3);
	return `n8n says canceled after ${after} s, but the worker goes on to the last request`;
}

/** Waits until so many requests have been answered, or would have been. */
async function answered(count) {
	const isAnswered = () => writes().filter(({ answeredAt }) => answeredAt !== null).length >= count;
	await until(isAnswered, `The answer to request ${count}`, 500);
	await wait(2_000);
}

/** Lets a batch run into the timeout of its workflow. */
export async function timedOut({ webhook }) {
	const workflow = await publish(createOrUpdate, { settings: { executionTimeout: 10 } });
	world.planhat.order({ method: 'PUT', latency: 30_000, times: 'always', after: 1 });
	await start(webhook, workflow, companyRows('timeout', 15_000));
	const [execution] = await ends(workflow, 1);
	const { error, ofNode } = await wordsOf(execution);
	requireTold(ofNode ?? error);
	return `${execution.status}; n8n says "${ofNode ?? error}"`;
}

/** Ends both workers, since nobody can see from outside which one has the execution, and puts two new ones in their places. */
async function replaceWorkers({ workers, startPart }, signal, rowsOf) {
	// A machine that is gone takes along what the worker has started; a deploy tells the worker alone.
	for (const { server } of workers) process.kill(signal === 'SIGKILL' ? -server.pid : server.pid, signal);
	await Promise.all(workers.map(async ({ server }) => await server.ended));
	const found = { since: Date.now(), applied: companies(rowsOf).length };
	workers.splice(0, 2, ...(await Promise.all(['worker', 'worker'].map(startPart))));
	return found;
}

/** Ends a worker in the middle of Create or Update with several requests and says what n8n tells; then runs the same again. */
export async function endedWorker(stack, { signal, rows }) {
	const workflow = await publish(createOrUpdate);
	world.planhat.order({ method: 'PUT', latency: 3_000, times: 'always' });
	await start(stack.webhook, workflow, companyRows(signal, rows));
	await until(() => writes().length >= 2, 'The second request');
	const { since, applied } = await replaceWorkers(stack, signal, `r${signal}-`);
	const [first] = await ends(workflow, 1);
	const status = `${first.status} after ${seconds(since)} s`;
	if (first.status !== 'success') {
		await start(stack.webhook, workflow, companyRows(signal, rows));
		const [again] = await ends(workflow, 2);
		assert.equal(again.status, 'success');
	}
	assert.equal(companies(`r${signal}-`).length, rows);
	return `${applied} of ${rows} rows were applied by then, the execution is ${status}; in the end all are there, none twice`;
}

const ofExample = 'n8n-slices-';

/** The first row of each request that holds a slice. */
const slicesSent = () =>
	writes()
		.map(({ body }) => body?.[0]?.externalId)
		.filter((first) => first?.startsWith(ofExample));

/** The example that goes on where it was: its worker is killed, then it is run again, and what was killed is tried again. */
export async function killedExample(stack) {
	const rows = 1_000;
	const slices = 10;
	const workflow = await publishExample('create-in-slices.json');
	world.planhat.order({ method: 'PUT', latency: 1_500, times: 'always' });
	await start(stack.webhook, workflow);
	await until(() => writes().length >= 4, 'The fourth slice');
	const { since, applied } = await replaceWorkers(stack, 'SIGKILL', ofExample);
	assert.ok(applied < rows, 'the worker was ended in the middle');
	await start(stack.webhook, workflow);
	const again = await endOf(workflow, 'success');
	requireOnce(rows);
	const sent = slicesSent();
	assert.ok(sent.length <= slices + 1, `${slices} slices were sent by ${sent.length} requests, of ${sent.join(', ')}`);
	const { left } = outputOf(await world.n8n.execution(again.id), 'Summary')[0];
	const killed = await endOf(workflow, 'error', 'crashed');
	const after = seconds(since);
	const retried = await retry(killed);
	requireOnce(rows);
	assert.equal(slicesSent().length, sent.length, 'Retry sends nothing more');
	return (
		`${applied} of ${rows} rows were there when the worker was killed; run again it sent the ${left} after the last slice ` +
		`that was remembered, ${sent.length} requests in all; n8n says ${killed.status} after ${after} s; Retry of it: ${retried}; ` +
		'all are there, none twice'
	);
}

/** What Retry in the list of executions makes of an execution. */
async function retry({ id }) {
	const { ok, answer } = await world.n8n.exchange('POST', `/rest/executions/${id}/retry`, { loadWorkflow: true });
	if (!ok) return `refused ("${answer?.message}")`;
	const { status, data } = await world.n8n.waitForExecution(answer.data.id ?? answer.data.executionId);
	const message = data?.resultData?.error?.message;
	return message === undefined ? status : `${status} ("${message}")`;
}

async function endOf(workflow, ...statuses) {
	for (let count = 1; ; count += 1) {
		const found = (await ends(workflow, count)).find(({ status }) => statuses.includes(status));
		if (found) return found;
	}
}

function requireOnce(rows) {
	const stored = companies(ofExample);
	assert.equal(new Set(stored.map(({ externalId }) => externalId)).size, rows, 'all are there');
	assert.equal(stored.length, rows, 'none is there twice');
}
