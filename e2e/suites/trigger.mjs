import assert from 'node:assert/strict';
import { request } from 'node:http';
import { describe, test } from 'node:test';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { everyStatus, outputOf } from '../../scripts/lib/n8nClient.mjs';
import { waitFor } from '../../scripts/lib/waiting.mjs';
import { storeTrigger, storeWebhookCredential, triggerName } from '../workflows.mjs';
import { storeCredential, until, world } from '../world.mjs';

const oldSecret = 'correct horse battery';
const newSecret = 'staple without commas';
const good = { 'X-Planhat-Secret': oldSecret };
/** All that Planhat's step "Call a webhook" offers. */
const methods = ['POST', 'PUT', 'PATCH', 'DELETE', 'GET'];
const many = 300;
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
				for (const method of methods) {
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
				['{"name":"He said "hi""}', 'application/json', { body: '{"name":"He said "hi""}', unparsed: true }],
				[
					Buffer.from('{"id":"1","name":"Müller"}', 'latin1'),
					'application/json; charset=iso-8859-1',
					{ _id: '1', name: 'Müller' },
				],
				['<a>1</a>', 'application/xml', { body: '<a>1</a>' }],
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

		test('takes packed bodies, and has what it cannot unpack as a file', async () => {
			const { deliver, executions } = await publish();
			const body = Buffer.from(JSON.stringify({ event: 'created', id: '1' }));
			const broken = gzipSync(body).subarray(0, -9);
			for (const [packed, encoding] of [
				[brotliCompressSync(body), 'br'],
				[gzipSync(body), 'gzip'],
				[body, 'gzip'],
				[broken, 'gzip'],
			]) {
				assert.equal((await deliver(packed, { ...good, 'content-encoding': encoding })).status, 200, encoding);
			}
			const found = await executions(4);
			for (const execution of found.slice(0, 3)) {
				const [{ event, _id, unparsed }] = itemsOf(execution);
				assert.deepEqual([event, _id, unparsed], ['created', '1', undefined]);
			}
			const [{ json, binary }] = found[3].data.resultData.runData[triggerName][0].data.main[0];
			assert.equal(json.unparsed, true);
			assert.equal(binary.data.bytes ?? Buffer.from(binary.data.data, 'base64').length, broken.length);
		});

		test('takes all methods of Planhat, with a body and with what the address says', async () => {
			const { deliver, executions } = await publish({ events: ['updated'], models: ['company'] });
			for (const method of methods) {
				const query = `?event=company.updated&id=${method}&a[b]=${encodeURIComponent(oldSecret)}&a[c]=1`;
				assert.equal((await deliver('', good, { method, query })).status, 200);
				assert.equal((await deliver({ event: 'company.updated', id: method }, good, { method })).status, 200);
			}
			const items = (await executions(2 * methods.length)).flatMap(itemsOf);
			assert.deepEqual(
				items.map(({ event, model, _id }) => [event, model, _id]),
				methods.flatMap((method) => Array(2).fill(['updated', 'company', method])),
			);
			assert.deepEqual(items[0].query, { event: 'company.updated', id: 'POST', a: { c: '1' } });
		});

		test('starts what may be what the workflow waits for', async () => {
			const { deliver, executions } = await publish({ events: ['created'], models: ['note'] });
			const bodies = [
				{ event: 'Company changed' },
				{ event: 'created, updated', model: 'note' },
				{ event: 'created', model: 'conversation', id: '1' },
			];
			for (const body of bodies) assert.equal((await deliver(body, good)).status, 200);
			assert.equal((await deliver({ event: 'created', model: 'ticket' }, good)).status, 200);
			assert.equal((await executions(bodies.length)).length, bodies.length);
		});

		test('answers a stranger with 17 MB with 401, and Planhat with 413, and fails for neither', async () => {
			const { deliver, executions } = await publish();
			const body = 'x'.repeat(17 * 1024 * 1024);
			assert.equal((await deliver(body, { 'X-Planhat-Secret': 'wrong' })).status, 401);
			assert.equal((await deliver(body, good)).status, 413);
			assert.equal((await deliver({ id: '1' }, good)).status, 200);
			assert.equal((await executions(1)).length, 1);
		});

		test('goes on where options were stored without Read Any Body: n8n reads, and refuses what is no JSON', async () => {
			const { deliver, executions } = await publish({ options: { responseCode: 202 } });
			assert.equal((await deliver('{"name":"He said "hi""}', good)).status, 422);
			assert.equal((await deliver({ id: '1' }, good)).status, 202);
			assert.deepEqual(
				(await executions(1)).flatMap(itemsOf).map(({ _id }) => _id),
				['1'],
			);
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
			const { workflow, deliver } = await publish({ events: ['created'] }, { active: false });
			const test = { path: 'webhook-test' };
			// n8n shows the error of such a call in the panel, as that of an execution, answers with 500, and a moment later ends
			// the listening.
			const call = async (body, headers) =>
				await waitFor(
					async () => {
						await listen(workflow);
						const { status } = await deliver(body, headers, test);
						return status === 404 ? undefined : status;
					},
					{ timeoutMilliseconds: 30_000, intervalMilliseconds: 500, what: 'The listening' },
				);
			assert.equal(await call({ event: 'created', id: '1' }, { 'X-Planhat-Secret': 'wrong' }), 500);
			assert.equal(await call({ event: 'deleted', id: '1' }, good), 500);
			assert.equal(await call({ event: 'created', id: '2' }, good), 200);
			const ended = await waitFor(
				async () => {
					const found = await world.n8n.executions(workflow.id);
					return found.some(({ status }) => status === 'success') ? found : undefined;
				},
				{ timeoutMilliseconds: 60_000, what: 'The end of the execution' },
			);
			assert.deepEqual(ended.map(({ status }) => status).sort(), ['error', 'error', 'success']);
			const { id } = ended.find(({ status }) => status === 'success');
			assert.deepEqual(
				itemsOf(await world.n8n.execution(id)).map(({ _id }) => _id),
				['2'],
			);
			assert.equal((await deliver({ event: 'created', id: '3' }, good, test)).status, 404);
		});

		test('is not published without a credential or a secret, and says so', async () => {
			for (const [credential, words] of [
				[await storeWebhookCredential(' , '), /has no webhook secret.*'Webhook Secret'/],
				[undefined, /^No credential is chosen/],
			]) {
				const { workflow, deliver } = await publish({}, { credential, active: false });
				await world.n8n.activate(workflow);
				const status = async () => await world.n8n.request('GET', `/rest/workflows/${workflow.id}/publication-status`);
				await until(async () => (await status()).status === 'failed', 'The end of the publication');
				const [{ errorMessage }] = (await status()).triggers;
				assert.match(errorMessage, words);
				assert.equal((await deliver({ id: '1' }, good)).status, 404);
			}
		});

		test('goes on with a Planhat API credential that has a secret from before, also when that is saved again', async () => {
			const { id, name } = await storeCredential({ webhookSecret: oldSecret });
			// As the form does it: the secret is not shown, and comes back as it was sent to the browser.
			const stored = await world.n8n.request('GET', `/rest/credentials/${id}?includeData=true`);
			assert.doesNotMatch(JSON.stringify(stored), new RegExp(oldSecret));
			const data = { ...stored.data, callsPerMinute: 100 };
			await world.n8n.request('PATCH', `/rest/credentials/${id}`, { name, type: 'planhatApi', data });
			const { deliver, executions } = await publish({}, { credential: { type: 'planhatApi', id, name } });
			assert.equal((await deliver({ id: '1' }, { 'X-Planhat-Secret': 'wrong' })).status, 401);
			assert.equal((await deliver({ id: '1' }, good)).status, 200);
			assert.equal((await executions(1)).length, 1);
		});

		test('has a credential whose test says whether there is a secret, and whether it is long enough', async () => {
			const test = async (webhookSecret) => {
				const { id, name, type } = await storeWebhookCredential(webhookSecret);
				const data = { webhookSecret };
				return await world.n8n.request('POST', '/rest/credentials/test', { credentials: { id, name, type, data } });
			};
			const ok = await test(`${newSecret}, ${oldSecret}`);
			assert.equal(ok.status, 'OK', ok.message);
			for (const [secret, words] of [
				['', /^There is no secret\. Use a password manager to generate/],
				['hunter2', /^The secret is too short: it has 7 of at least 16 characters/],
			]) {
				const { status, message } = await test(secret);
				assert.equal(status, 'Error');
				assert.match(message, words);
			}
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
 * @param {{ active?: boolean, credential?: { type: string, id: string, name: string } }} [options]
 */
async function publish(parameters = {}, { active = true, ...options } = {}) {
	const { n8n } = world;
	const credential =
		'credential' in options ? options.credential : await storeWebhookCredential(`${newSecret}, ${oldSecret},`);
	const { workflow, webhookId } = await storeTrigger(parameters, credential);
	const deliver = async (body, headers, { method = 'POST', path = 'webhook', query = '' } = {}) =>
		await call(`${n8n.address}/${path}/${webhookId}/webhook${query}`, method, headers, body);
	if (active) {
		await n8n.activate(workflow);
		// n8n registers a webhook a moment after it said that the workflow is active, one method after the other.
		for (const method of methods) {
			await until(
				async () => (await deliver({}, {}, { method })).status === 401,
				`The registration of the webhook for ${method}`,
			);
		}
	}
	return { workflow, deliver, executions: async (count) => await executionsOf(workflow, count) };
}

/** `fetch` sends no body by GET. */
async function call(address, method, headers, body) {
	const bytes = Buffer.from(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body));
	const length = bytes.length > 0 ? { 'content-length': bytes.length } : {};
	return await new Promise((resolve, reject) => {
		const outgoing = request(
			address,
			{ method, headers: { 'content-type': 'application/json', ...length, ...headers } },
			async (response) => {
				const text = Buffer.concat(await response.toArray()).toString();
				resolve({ status: response.statusCode, body: text.startsWith('{') ? JSON.parse(text) : text });
			},
		);
		outgoing.on('error', reject);
		outgoing.end(bytes);
	});
}

/** "Execute step" in the editor. */
async function listen(workflow) {
	await world.n8n.request('POST', `/rest/workflows/${workflow.id}/run`, { triggerToStartFrom: { name: triggerName } });
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
	return outputOf(execution, triggerName);
}
