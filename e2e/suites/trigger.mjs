import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { everyStatus, outputOf } from '../../scripts/lib/n8nClient.mjs';
import { waitFor } from '../../scripts/lib/waiting.mjs';
import { storeCredential, until, world } from '../world.mjs';

const nodeName = 'Planhat Trigger';
const oldSecret = 'correct horse';
const newSecret = 'battery staple';
const good = { 'X-Planhat-Secret': oldSecret };
const many = 1_000;
const inParallel = 20;

/** Deliveries as automations of Planhat's make them, to the trigger in an n8n that answers the network. */
export function trigger() {
	describe('Planhat Trigger', () => {
		test('starts one execution for a delivery with the secret, and for one with either secret of a rotation', async () => {
			const { deliver, executions } = await publish();
			for (const [id, headers] of [
				['1', good],
				['2', { 'x-planhat-secret': newSecret }],
			]) {
				const { status } = await deliver(
					{ event: 'company.updated', model: 'Company', externalId: 'acme', id },
					headers,
				);
				assert.equal(status, 200);
			}
			const items = (await executions(2)).map(itemsOf);
			assert.deepEqual(
				items.map(([{ event, model, externalId, _id }, ...others]) => [event, model, externalId, _id, others]),
				['1', '2'].map((id) => ['updated', 'company', 'acme', id, []]),
			);
		});

		test('refuses a wrong, missing, empty, shorter and longer secret with 401, and starts nothing', async () => {
			const { deliver, executions } = await publish();
			const guesses = ['wrong', undefined, '', oldSecret.slice(1), `${oldSecret}!`, ',', `${oldSecret},wrong`];
			for (const guess of guesses) {
				for (const method of ['POST', 'PUT']) {
					const headers = guess === undefined ? {} : { 'X-Planhat-Secret': guess };
					const { status, body } = await deliver({ event: 'updated', id: '1' }, headers, { method });
					assert.deepEqual([status, body], [401, { message: 'Unauthorized' }], String(guess));
				}
			}
			assert.equal((await deliver({ id: 'last' }, good)).status, 200);
			assert.deepEqual(
				(await executions(1)).map((execution) => itemsOf(execution).map(({ _id }) => _id)),
				[['last']],
			);
		});

		test('makes three items of a list of three', async () => {
			const { deliver, executions } = await publish();
			const records = ['1', '2', '3'].map((_id) => ({ _id, name: `Company ${_id}` }));
			assert.equal((await deliver(records, good, { method: 'PUT' })).status, 200);
			const [execution] = await executions(1);
			assert.deepEqual(
				itemsOf(execution).map(({ record }) => record),
				records,
			);
		});

		test('answers 200 to what the workflow does not wait for, and starts nothing', async () => {
			const { deliver, executions } = await publish({ events: ['updated'], models: ['company'] });
			for (const body of [{ event: 'company.deleted' }, { event: 'updated', model: 'EndUser' }, { model: 'Task' }]) {
				assert.equal((await deliver(body, good)).status, 200);
			}
			assert.equal((await deliver({ event: 'Company Updated', id: '1' }, good)).status, 200);
			assert.equal((await executions(1)).length, 1);
		});

		test('survives bodies of every kind', async () => {
			const { deliver, executions } = await publish();
			const deep = '['.repeat(100_000) + ']'.repeat(100_000);
			const long = 'x'.repeat(15 * 1024 * 1024);
			const bodies = [
				['"text"', 'application/json', { body: 'text' }],
				['5', 'application/json', { body: 5 }],
				['null', 'application/json', { body: null }],
				['', 'application/json', {}],
				['plain', 'text/plain', { body: 'plain' }],
				['event=created&id=1', 'application/x-www-form-urlencoded', { event: 'created', _id: '1' }],
				['{"event":"created","id":"1"}', 'application/octet-stream', { event: 'created', _id: '1' }],
				[deep, 'application/json', { body: deep }],
				[`{"object":{"_id":"1","name":"${long}"}}`, 'application/json', { _id: '1', record: { _id: '1', name: long } }],
			];
			for (const [text, type] of bodies) {
				assert.equal((await deliver(text, { ...good, 'content-type': type })).status, 200);
			}
			const found = (await executions(bodies.length)).map((execution) => itemsOf(execution));
			for (const [place, [, , wanted]] of bodies.entries()) {
				assert.equal(found[place].length, 1);
				const { headers, ...item } = found[place][0];
				assert.equal(typeof headers, 'object');
				assert.deepEqual(item, wanted);
			}
		});

		test('shows the secret in no execution and no log', async () => {
			const { deliver, executions } = await publish({ headerName: 'X-Our-Key' });
			assert.equal((await deliver({ id: '1' }, { 'x-OUR-key': oldSecret, 'X-Copy': `a ${oldSecret}` })).status, 200);
			const [execution] = await executions(1);
			assert.doesNotMatch(JSON.stringify(execution), new RegExp(`${oldSecret}|${newSecret}`));
			assert.doesNotMatch(JSON.stringify(world.n8n.logLines()), new RegExp(`${oldSecret}|${newSecret}`));
		});

		test('answers when the workflow has ended, with code and data of the user’s choice', async () => {
			const { deliver } = await publish({
				options: { responseMode: 'lastNode', responseCode: 201, responseData: 'firstEntryJson' },
			});
			const { status, body } = await deliver({ id: '1' }, good);
			assert.equal(status, 201);
			assert.equal(body._id, '1');
		});

		test('answers at once with code and body of the user’s choice', async () => {
			const { deliver } = await publish({ options: { responseCode: 202, responseBody: '{ "taken": true }' } });
			assert.deepEqual(await deliver({ id: '1' }, good), { status: 202, body: { taken: true } });
		});

		test('listens on the Test URL for one event that matches', async () => {
			const { workflow, deliver, executions } = await publish({ events: ['created'] }, { active: false });
			await listen(workflow);
			const test = { path: 'webhook-test' };
			assert.equal((await deliver({ event: 'created' }, { 'X-Planhat-Secret': 'wrong' }, test)).status, 401);
			assert.equal((await deliver({ event: 'deleted', id: '1' }, good, test)).status, 200);
			assert.equal((await deliver({ event: 'created', id: '2' }, good, test)).status, 200);
			assert.deepEqual(
				(await executions(1)).map((execution) => itemsOf(execution).map(({ _id }) => _id)),
				[['2']],
			);
			assert.equal((await deliver({ event: 'created', id: '3' }, good, test)).status, 404);
		});

		test('is not published without a secret, and says so', async () => {
			const credential = await storeCredential({ webhookSecret: ' , ' });
			const { workflow, deliver } = await publish({}, { credential, active: false });
			await world.n8n.activate(workflow);
			const status = async () => await world.n8n.request('GET', `/rest/workflows/${workflow.id}/publication-status`);
			await until(async () => (await status()).status === 'failed', 'The end of the publication');
			const [{ errorMessage }] = (await status()).triggers;
			assert.match(errorMessage, /has no webhook secret.*Fill in 'Webhook Secret'/);
			assert.equal((await deliver({ id: '1' }, good)).status, 404);
		});

		test('needs a credential with nothing but a webhook secret, whose test does not mislead', async () => {
			const data = { webhookSecret: oldSecret };
			const credential = await world.n8n.createCredential({ name: 'Only a secret', type: 'planhatApi', data });
			const { deliver } = await publish({}, { credential });
			assert.equal((await deliver({ id: '1' }, good)).status, 200);
			const { message } = await world.n8n.request('POST', '/rest/credentials/test', {
				credentials: { id: credential.id, name: credential.name, type: 'planhatApi', data },
			});
			assert.match(message, /^There is no API token to test\. Planhat Trigger needs only the webhook secret/);
		});

		test(`loses none of ${many} deliveries, ${inParallel} at a time`, async (context) => {
			const { deliver, executions } = await publish();
			const ids = Array.from({ length: many }, (_, index) => String(index));
			const since = performance.now();
			const waiting = [...ids];
			const sender = async () => {
				for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
					assert.equal((await deliver({ event: 'company.updated', id }, good)).status, 200);
				}
			};
			await Promise.all(Array.from({ length: inParallel }, sender));
			const rate = (many * 1_000) / (performance.now() - since);
			context.diagnostic(`${rate.toFixed(1)} deliveries a second`);
			const found = (await executions(many)).map((execution) => itemsOf(execution).map(({ _id }) => _id));
			assert.deepEqual(
				found.flat().sort((one, other) => one - other),
				ids,
			);
		});
	});
}

/**
 * Stores a workflow of one trigger and publishes it.
 *
 * @param {Record<string, unknown>} [parameters] Of the trigger.
 * @param {{ active?: boolean, credential?: { id: string, name: string } }} [options]
 */
async function publish(parameters = {}, { active = true, credential } = {}) {
	const { n8n } = world;
	const { id, name } = credential ?? (await storeCredential({ webhookSecret: `${newSecret}, ${oldSecret},` }));
	const webhookId = randomUUID();
	const workflow = await n8n.createWorkflow({
		name: 'Trigger',
		nodes: [
			{
				id: randomUUID(),
				name: nodeName,
				type: 'n8n-nodes-planhat.planhatTrigger',
				typeVersion: 1,
				position: [0, 0],
				webhookId,
				parameters,
				credentials: { planhatApi: { id, name } },
			},
		],
		settings: { executionOrder: 'v1' },
	});
	const deliver = async (body, headers, { method = 'POST', path = 'webhook' } = {}) => {
		const response = await fetch(`${n8n.address}/${path}/${webhookId}/webhook`, {
			method,
			headers: { 'content-type': 'application/json', ...headers },
			body: typeof body === 'string' ? body : JSON.stringify(body),
		});
		const text = await response.text();
		return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text };
	};
	if (active) {
		await n8n.activate(workflow);
		// n8n registers a webhook a moment after it said that the workflow is active.
		await until(async () => (await deliver({}, {})).status === 401, 'The registration of the webhook');
	}
	return { workflow, deliver, executions: async (count) => await executionsOf(workflow, count) };
}

/** "Execute step" in the editor. */
async function listen(workflow) {
	await world.n8n.request('POST', `/rest/workflows/${workflow.id}/run`, { triggerToStartFrom: { name: nodeName } });
}

/** All executions of a workflow with their data, oldest first, when there are as many; more or less is a failure. */
async function executionsOf(workflow, count) {
	const { n8n } = world;
	const list = async (status, cursor) => {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: workflow.id, status }));
		const more = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
		return await n8n.request('GET', `/rest/executions?filter=${filter}&limit=100${more}`);
	};
	// A slow machine is still busy with what it has taken when the last delivery is answered.
	await waitFor(async () => ((await list(['success'])).count >= count ? true : undefined), {
		timeoutMilliseconds: 60_000 + count * 200,
		intervalMilliseconds: 500,
		what: `The end of ${count} executions`,
	});
	const all = [];
	let cursor;
	do {
		const page = await list(everyStatus, cursor);
		all.push(...page.results);
		cursor = page.nextCursor;
	} while (cursor);
	assert.equal(all.length, count);
	assert.deepEqual([...new Set(all.map(({ status }) => status))], ['success']);
	const found = [];
	for (const { id } of all.toReversed()) found.push(await n8n.execution(id));
	return found;
}

function itemsOf(execution) {
	return outputOf(execution, nodeName);
}
