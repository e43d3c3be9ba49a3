// n8n's Engine 2.0, which knows no `customOperations`: `npm run test:engine2`. It needs PostgreSQL, which root installs on Debian.

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { findFreePorts } from '../scripts/lib/ports.mjs';
import { startServices } from './queue/services.mjs';
import { linksOf, runNode } from './workflows.mjs';
import { closeWorld, limitTime, openWorld, world } from './world.mjs';

limitTime(10);

const rows = ['a', 'b', 'c'].map((externalId) => ({ externalId, name: externalId.toUpperCase() }));
const settings = { engineType: 'v2' };

let services;

describe('In Engine 2.0', () => {
	before(async () => {
		services = await startServices();
		const { DB_POSTGRESDB_PORT: databasePort } = services.environment;
		const [port, controlPort] = await findFreePorts(2);
		await openWorld({
			environment: {
				N8N_ENABLED_MODULES: 'engine-v2',
				N8N_ENGINE_DATABASE_URL: `postgres://n8n:trusted@127.0.0.1:${databasePort}/postgres`,
				N8N_ENGINE_HOST: '127.0.0.1',
				N8N_ENGINE_PORT: String(port),
				N8N_ENGINE_CONTROL_PLANE_PORT: String(controlPort),
			},
		});
	});
	beforeEach(() => world.planhat.reset());
	after(async () => {
		await world.n8n?.stop();
		await services?.stop();
		await closeWorld();
	});

	test('rows of several items go out together', async () => {
		const { status, error, output } = await run({ operation: 'upsert' });
		assert.equal(status, 'success', error?.message);
		assert.deepEqual(
			output.map(({ json }) => [json.externalId, json.outcome]),
			rows.map(({ externalId }) => [externalId, 'created']),
		);
		assert.deepEqual(linksOf(output), [0, 1, 2]);
		assert.deepEqual(
			world.planhat.requests.map(({ method, body }) => [method, body]),
			[['PUT', rows]],
		);
	});

	test('items go out one by one, and none after one that failed', async () => {
		world.planhat.order({ method: 'POST', after: 1, answer: { status: 400, body: 'No' } });
		const { status } = await run({ operation: 'create' });
		assert.equal(status, 'error');
		assert.deepEqual(
			world.planhat.requests.map(({ body }) => body),
			rows.slice(0, 2),
		);
	});
});

async function run(parameters) {
	return await runNode({ resource: 'company', json: '={{ $json }}', ...parameters }, { items: rows, settings });
}
