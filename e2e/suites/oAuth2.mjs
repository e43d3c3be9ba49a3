import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { startModel } from '../model.mjs';
import { asOAuth2, requestByOAuth2, runByOAuth2, storeConnection } from '../oAuth2.mjs';
import { storeAgentWorkflow } from '../workflows.mjs';
import { world } from '../world.mjs';

const create = { resource: 'company', operation: 'create', json: '={{ $json }}' };
const list = { resource: 'company', operation: 'getAll', returnAll: true };
const rows = Array.from({ length: 6 }, (_none, number) => ({ name: `Company ${number}` }));
const names = () => world.planhat.records('companies').map(({ name }) => name);

/** A connection of OAuth2 with n8n's own code around it: its sign-in, its database, its renewal. */
export function oAuth2() {
	describe('with OAuth2', () => {
		let connection;
		beforeEach(async () => {
			world.planhat.reset();
			connection = await storeConnection();
		});

		test('a token that expires in a run is renewed, and nothing is doubled', async () => {
			let sent = 0;
			const body = () => {
				sent += 1;
				if (sent % 3 === 2) world.planhat.oauth.expire();
				return false;
			};
			world.planhat.order({ method: 'POST', path: '/companies', times: 'always', body });
			const { status, output } = await runByOAuth2(create, connection, { items: rows });
			assert.equal(status, 'success');
			assert.equal(output.length, rows.length);
			assert.deepEqual(
				names(),
				rows.map(({ name }) => name),
			);
			assert.ok(world.planhat.oauth.renewals >= 2);
			// What n8n has stored last is good for the next run.
			world.planhat.oauth.expire();
			assert.equal((await runByOAuth2(list, connection)).output.length, rows.length);
		});

		test('access that is revoked in the middle of a run ends with "reconnect", and says which rows went', async () => {
			let sent = 0;
			const body = () => {
				sent += 1;
				if (sent === 4) world.planhat.oauth.revoke();
				return false;
			};
			world.planhat.order({ method: 'POST', path: '/companies', times: 'always', body });
			const options = { items: rows, onError: 'continueErrorOutput' };
			const { output, errorOutput } = await runByOAuth2(create, connection, options);
			assert.equal(output.length + errorOutput.length, rows.length);
			assert.ok(errorOutput.length >= 2);
			for (const { json } of errorOutput) assert.match(JSON.stringify(json), /reconnect/i);
			assert.deepEqual(
				names(),
				output.map(({ json }) => json.name),
			);
		});

		// Older agents call a tool past n8n's engine.
		for (const version of [3.1, 2.2]) {
			test(`a tool of an AI Agent ${version} renews it, and says "reconnect" when access was revoked`, async () => {
				const model = await startModel();
				try {
					const data = { apiKey: 'none', url: model.baseUrl };
					const modelCredential = await world.n8n.createCredential({ name: 'Model', type: 'openAiApi', data });
					const other = asOAuth2({ ...create, json: '{ "name": "By an agent" }' }, connection);
					const workflow = await storeAgentWorkflow(create, { version, modelCredential, other });
					const run = async () => {
						model.plan([{}]);
						const { data } = await world.n8n.runManually(workflow);
						return data.resultData.runData.Planhat.at(-1);
					};
					world.planhat.oauth.expire();
					assert.equal((await run()).error, undefined);
					assert.deepEqual(names(), ['By an agent']);
					assert.equal(world.planhat.oauth.renewals, 1);
					world.planhat.oauth.revoke();
					const { error } = await run();
					assert.match(`${error.message} ${error.description}`, /reconnect/i);
					assert.deepEqual(names(), ['By an agent']);
				} finally {
					await model.close();
				}
			});
		}

		test("n8n's HTTP Request node sends it to the host of the API and to no other", async () => {
			world.planhat.insert('companies', [{ name: 'Acme' }]);
			world.planhat.oauth.expire();
			const url = `${world.planhat.baseUrl}/companies`;
			const { output } = await requestByOAuth2(url, connection);
			assert.deepEqual(
				output.map(({ json }) => json.name),
				['Acme'],
			);
			const before = world.planhat.requests.length;
			const elsewhere = await requestByOAuth2(url.replace('127.0.0.1', 'localhost'), connection);
			assert.match(elsewhere.error.message, /Domain not allowed/);
			assert.equal(world.planhat.requests.length, before);
		});

		test("n8n's HTTP Request node may not use it where it is Read Only", async () => {
			const readOnly = await storeConnection({ readOnly: true });
			const before = world.planhat.requests.length;
			const { error } = await requestByOAuth2(`${world.planhat.baseUrl}/companies`, readOnly);
			assert.match(error.message, /prevent use/);
			assert.equal(world.planhat.requests.length, before);
			assert.equal((await runByOAuth2(list, readOnly)).status, 'success');
		});
	});
}
