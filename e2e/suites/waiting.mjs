import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { resultOf, runNode, storeWorkflow } from '../workflows.mjs';
import { startPlanhatServer, storeCredential, until, world } from '../world.mjs';

const items = Array.from({ length: 6 }, (_, index) => ({ name: `Company ${index + 1}` }));
const creates = { resource: 'company', operation: 'create', json: '={{ $json }}' };

/** Planhat counts calls in a minute, and so does the node: after that it would go on. */
const quotaMilliseconds = 62_000;

/** What happens while the node has to wait. */
export function waiting() {
	describe('waiting', () => {
		beforeEach(() => world.planhat.reset());

		test('a Retry-After of one second is waited for, and all items arrive', async () => {
			const refused = { status: 429, headers: { 'Retry-After': '1' }, body: 'Too many requests' };
			world.planhat.order({ method: 'POST', after: 2, answer: refused });
			const { status, output } = await runNode(creates, { items });
			assert.equal(status, 'success');
			assert.equal(output.length, items.length);
			assert.deepEqual(namesOf(world.planhat.records('companies')), namesOf(items));
			const { requests } = world.planhat;
			assert.equal(requests.length, items.length + 1);
			const pause = requests[3].arrivedAt - requests[2].answeredAt;
			assert.ok(pause >= 950 && pause < 2_500, `waited ${Math.round(pause)} ms`);
		});

		test('an execution that is cancelled during a Retry-After ends within a second and sends nothing more', async (context) => {
			const refused = { status: 429, headers: { 'Retry-After': '2' }, body: 'Too many requests' };
			world.planhat.order({ method: 'POST', after: 2, answer: refused });
			const { id } = await start(creates, { items });
			await until(() => world.planhat.requests.length === 3 && world.planhat.requests[2].status === 429, 'The refusal');
			await requireCancelled(id, context);
			await wait(3_000);
			assert.equal(world.planhat.requests.length, 3);
		});
	});
}

/**
 * The same while the node waits for its own quota. Whether something leaves after all can be seen only a minute later: the
 * first test starts the minute and the second one, to be registered last, looks.
 */
export function waitingForQuota() {
	let planhat;
	let cancelledAt;
	const sent = 3;

	const cancel = () =>
		describe('waiting for the calls per minute', () => {
			before(async () => {
				planhat = await startPlanhatServer({ apiToken: 'another-token' });
			});

			test('an execution that is cancelled ends within a second', async (context) => {
				const credential = await storeCredential({ callsPerMinute: sent }, { double: planhat });
				const { id } = await start(creates, { items, credential });
				await until(() => planhat.requests.length === sent, 'The last request within the quota');
				await wait(500);
				await requireCancelled(id, context);
				cancelledAt = performance.now();
			});
		});

	const look = () =>
		describe('waiting for the calls per minute, a minute later', () => {
			after(async () => await planhat?.close());

			test('a cancelled execution has sent nothing more', async () => {
				await wait(Math.max(0, cancelledAt + quotaMilliseconds - performance.now()));
				assert.equal(planhat.requests.length, sent);
			});
		});

	return { cancel, look };
}

async function start(parameters, options) {
	return { id: await world.n8n.startManually(await storeWorkflow(parameters, options)) };
}

async function requireCancelled(id, context) {
	const asked = performance.now();
	await world.n8n.request('POST', `/rest/executions/${id}/stop`, {});
	const execution = await world.n8n.waitForExecution(id);
	const milliseconds = performance.now() - asked;
	context.diagnostic(`ended ${Math.round(milliseconds)} ms after it was cancelled`);
	assert.equal(resultOf(execution).status, 'canceled');
	assert.ok(milliseconds < 1_000, `ended after ${Math.round(milliseconds)} ms`);
}

function namesOf(records) {
	return records.map(({ name }) => name);
}
