import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, beforeEach, describe, test } from 'node:test';
import { planhatCredential } from '../../scripts/lib/planhatInN8n.mjs';
import { runNode } from '../workflows.mjs';
import { storeCredential, world } from '../world.mjs';

const redirects = [301, 302, 303, 307, 308];
const tenantToken = '01234567-89ab-cdef-0123-456789abcdef';

/** What holds for the credential wherever n8n uses it: its own test, the HTTP Request node, the Planhat node. */
export function doors() {
	const elsewhere = createListener();

	describe('the credential', () => {
		before(elsewhere.start);
		beforeEach(() => {
			world.planhat.reset();
			elsewhere.reset();
		});
		after(elsewhere.stop);

		for (const status of redirects) {
			test(`in the HTTP Request node takes no token along when it is redirected (${status})`, async () => {
				redirect(status, elsewhere);
				const { error } = await runHttpRequest('GET');
				assert.match(`${error?.message} ${error?.httpCode}`, new RegExp(String(status)));
				requireAskedOnce(elsewhere);
			});

			test(`in its own test takes no token along when it is redirected (${status})`, async () => {
				redirect(status, elsewhere);
				const { status: verdict, message } = await testCredential();
				assert.equal(verdict, 'Error');
				assert.match(message, new RegExp(`answered with a redirect \\(${status}\\)`));
				requireAskedOnce(elsewhere);
			});
		}

		test('with Read Only lets the HTTP Request node read, and nothing else', async () => {
			const credential = await storeCredential({ readOnly: true });
			for (const method of ['DELETE', 'POST', 'PUT', 'PATCH']) {
				const { status, error } = await runHttpRequest(method, { credential });
				assert.equal(status, 'error');
				assert.match(error.message, /read only/);
			}
			assert.deepEqual(world.planhat.requests, []);
			assert.equal((await runHttpRequest('GET', { credential })).status, 'success');
			assert.equal(world.planhat.requests.length, 1);
		});

		test('below a path gives the HTTP Request node no token outside of it', async () => {
			const credential = await storeCredential({ baseUrl: `${elsewhere.url}/planhat` });
			for (const path of ['planhat/companies', 'planhat/..%2fother', 'other']) {
				await runHttpRequest('GET', { credential, url: `${elsewhere.url}/${path}` });
			}
			assert.deepEqual(elsewhere.requests, [
				['/planhat/companies', `Bearer ${world.planhat.apiToken}`],
				['/planhat/..%2fother', undefined],
				['/other', undefined],
			]);
		});

		test('goes to the address of its region, and to its own only where it is custom or has no region', async () => {
			const authorized = async (changes) => {
				elsewhere.reset();
				const credential = await storeCredential({ baseUrl: elsewhere.url, ...changes });
				await runHttpRequest('GET', { credential, url: `${elsewhere.url}/companies` });
				return elsewhere.requests.map(([, authorization]) => authorization);
			};
			const token = `Bearer ${world.planhat.apiToken}`;
			for (const changes of [{}, { region: 'default' }, { region: 'custom' }]) {
				assert.deepEqual(await authorized(changes), [token]);
				assert.equal((await testCredential({ baseUrl: world.planhat.baseUrl, ...changes })).status, 'OK');
			}
			assert.deepEqual(await authorized({ region: 'us2' }), [undefined]);
			assert.deepEqual(await authorized({ region: '=us{{ 1 + 1 }}' }), [undefined]);
			assert.match((await testCredential({ region: 'mars' })).message, /^'Region' in the Planhat credential is not/);
		});

		test('with an address that may not be used is refused by the node, the HTTP Request node and its own test', async () => {
			for (const baseUrl of [
				'ftp://127.0.0.1',
				'https://user:word@127.0.0.1',
				'https://127.0.0.1?x=1',
				'http://0.0.0.0',
			]) {
				const credential = await storeCredential({ baseUrl });
				const said = [
					(await runNode({ resource: 'company', operation: 'getAll' }, { credential })).error.message,
					(await runHttpRequest('GET', { credential })).error.message,
					(await testCredential({ baseUrl })).message,
				];
				for (const message of said) assert.match(message, /^'Base URL' in the Planhat credential/);
			}
			assert.deepEqual(world.planhat.requests, []);
		});

		test('in its own test is not green for whatever answers', async () => {
			const answers = {
				'returned a web page': { status: 200, headers: { 'Content-Type': 'text/html' }, body: '<html></html>' },
				'sent an empty answer': { status: 204 },
				'No such tenant': { status: 200, body: { error: 'No such tenant' } },
				'answered 404': { status: 404, body: 'Not Found' },
			};
			for (const [words, answer] of Object.entries(answers)) {
				world.planhat.order({ answer });
				const { status, message } = await testCredential();
				assert.equal(status, 'Error');
				assert.match(message, new RegExp(`^Region or Base URL does not point to Planhat's API: it .*${words}`));
			}
			const { message } = await testCredential({ baseUrl: 'http://127.0.0.1:9' });
			assert.match(message, /^No server found at 127\.0\.0\.1:9\. Check Region or Base URL/);
		});

		test('in its own test asks nobody where there is only a tenant token or a webhook secret', async () => {
			const verdicts = [];
			const webhookSecret = 'from before there was Planhat Webhook API';
			for (const changes of [{ tenantToken }, { tenantToken: 'x' }, { tenantToken: '' }, { webhookSecret }]) {
				verdicts.push((await testCredential({ apiToken: '', tenantToken: '', ...changes })).status);
			}
			assert.deepEqual(verdicts, ['OK', 'Error', 'Error', 'OK']);
			assert.deepEqual(world.planhat.requests, []);
		});
	});
}

function redirect(status, { url }) {
	world.planhat.order({ answer: { status, headers: { Location: `${url}/companies` } } });
}

function requireAskedOnce(elsewhere) {
	const [request] = world.planhat.requests;
	assert.equal(request.headers.authorization, `Bearer ${world.planhat.apiToken}`);
	assert.equal(world.planhat.requests.length, 1);
	assert.deepEqual(elsewhere.requests, []);
}

/** Sends one request by n8n's HTTP Request node, with its usual options. */
async function runHttpRequest(method, { credential, url = `${world.planhat.baseUrl}/companies` } = {}) {
	const parameters = { method, url, authentication: 'predefinedCredentialType', nodeCredentialType: 'planhatApi' };
	const other = { type: 'n8n-nodes-base.httpRequest', typeVersion: 4.3, parameters: { ...parameters, options: {} } };
	return await runNode({ resource: 'http', operation: method }, { credential, other });
}

async function testCredential(changes = {}) {
	const { id, name, type } = await storeCredential(changes);
	const data = { ...planhatCredential({ double: world.planhat }).data, ...changes };
	return await world.n8n.request('POST', '/rest/credentials/test', { credentials: { id, name, type, data } });
}

/** A server that notes path and token of what comes to it. */
function createListener() {
	const listener = { url: '', requests: [], reset: () => void listener.requests.splice(0) };
	const server = createServer((request, response) => {
		listener.requests.push([request.url, request.headers.authorization]);
		response.setHeader('Content-Type', 'application/json').end('[]');
	});
	listener.start = async () => {
		await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
		listener.url = `http://127.0.0.1:${server.address().port}`;
	};
	listener.stop = () => {
		server.closeAllConnections();
		server.close();
	};
	return listener;
}
