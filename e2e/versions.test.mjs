// A short suite in each n8n that the package is tried in, or in those that are named: `npm run test:versions -- 1.123.81`.
// What is seen here is what the table of versions in the README says.

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { knownVersions } from '../scripts/lib/n8nInstall.mjs';
import { planhatCredential } from '../scripts/lib/planhatInN8n.mjs';
import { linksOf, runNode, runTool, storeTrigger, storeWebhookCredential } from './workflows.mjs';
import { closeWorld, limitTime, openWorld, until, world } from './world.mjs';

const known = await knownVersions();
const named = process.argv.slice(2);
const unknown = named.filter((version) => !known.includes(version));
if (unknown.length > 0) throw new Error(`No such version: ${unknown.join(', ')}. There are: ${known.join(', ')}`);

limitTime(60);

const rows = ['a', 'b', 'c'].map((externalId) => ({ externalId, name: externalId.toUpperCase() }));

for (const version of named.length > 0 ? named : known) {
	describe(`n8n ${version}`, () => {
		before(async () => await openWorld({ version }));
		beforeEach(() => world.planhat.reset());
		after(async () => {
			await world.n8n?.stop();
			await world.planhat?.close();
		});

		test('loads all nodes', async () => {
			const names = (await world.n8n.nodeTypeNames()).filter((name) => name.startsWith('n8n-nodes-planhat.'));
			const nodes = ['planhat', 'planhatPollingTrigger', 'planhatTool', 'planhatTrigger'];
			assert.deepEqual(
				names.sort(),
				nodes.map((name) => `n8n-nodes-planhat.${name}`),
			);
		});

		test('tests the credential', async () => {
			const { type, data } = planhatCredential({ double: world.planhat });
			const tested = async (changes) => {
				const { id, name } = world.credential;
				const credentials = { id, name, type, data: { ...data, ...changes } };
				return (await world.n8n.request('POST', '/rest/credentials/test', { credentials })).status;
			};
			assert.equal(await tested({}), 'OK');
			assert.equal(await tested({ apiToken: 'wrong' }), 'Error');
		});

		test('creates one by one', async () => {
			const { output } = await run({ operation: 'create' });
			assert.deepEqual(linksOf(output), [0, 1, 2]);
			assert.deepEqual(sent(), ['POST /companies', 'POST /companies', 'POST /companies']);
		});

		test('reads a list', async () => {
			world.planhat.insert('companies', rows);
			const { output } = await runNode({ resource: 'company', operation: 'getAll', returnAll: true });
			assert.deepEqual(output.map(({ json }) => json.externalId).sort(), ['a', 'b', 'c']);
		});

		test('sends rows together', async () => {
			const { output } = await run({ operation: 'upsert' });
			assert.deepEqual(
				output.map(({ json }) => json.outcome),
				['created', 'created', 'created'],
			);
			assert.deepEqual(sent(), ['PUT /companies']);
		});

		test('starts from a trigger that waits for any event, for those who know the secret', async () => {
			const secret = 'a secret of many characters';
			const { workflow } = await storeTrigger(
				{ authentication: 'secret', events: [], models: [] },
				await storeWebhookCredential(secret),
			);
			await world.n8n.activate(workflow);
			const body = { event: 'company.created', data: { _id: '5f0000000000000000000001', name: 'Acme' } };
			const call = async (given) => await world.n8n.callTrigger(workflow, body, { 'x-planhat-secret': given });
			assert.equal(await call('wrong'), 401);
			assert.equal(await call(secret), 200);
			const executions = async () => await world.n8n.executions(workflow.id);
			await until(async () => (await executions()).some(({ status }) => status === 'success'), 'The execution');
			assert.equal((await executions()).length, 1);
		});

		test('works as a tool', async () => {
			world.planhat.insert('companies', rows);
			const answer = await runTool({ resource: 'company', operation: 'getAll', returnAll: true });
			assert.equal([answer].flat().length, 3);
		});
	});
}

after(closeWorld);

async function run(parameters) {
	const result = await runNode({ resource: 'company', json: '={{ $json }}', ...parameters }, { items: rows });
	assert.equal(result.status, 'success', result.error?.message);
	return result;
}

function sent() {
	return world.planhat.requests.map(({ method, path }) => `${method} ${path}`);
}
