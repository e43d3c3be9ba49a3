import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { models as registry } from '../../dist/nodes/Planhat/resources/index.js';
import { importWorkflow, runExample } from '../../scripts/lib/examples.mjs';
import { fillWithSampleData, world } from '../world.mjs';

const models = 25;
const eachOnce = ['create', 'get', 'getAll', 'update', 'delete'];
const everyModelOnce = fileURLToPath(new URL('../fixtures/every-model-once.json', import.meta.url));

/** The workflow that goes through everything. */
export function everyModel() {
	describe('one workflow', () => {
		test(`creates, reads, lists, changes and deletes a record of each of the ${models} models, and lists metric values`, async () => {
			world.planhat.reset();
			fillWithSampleData(world.planhat, { companies: 20 });
			const [company] = world.planhat.records('companies');
			const time = new Date().toISOString();
			world.planhat.insert(
				'dimensiondata',
				[1, 2, 3].map((value) => ({ companyId: company._id, dimensionId: 'logins', value, time })),
			);
			const before = countRecords();

			const imported = await importWorkflow(world.n8n, everyModelOnce, [world.credential]);
			const { steps, summary, faults } = await runExample(world.n8n, imported, {});

			assert.deepEqual(faults, []);
			assert.deepEqual(summary, { created: models, read: models, listed: models, changed: models, deleted: models });
			requireEachOnce(steps);
			assert.deepEqual(countRecords(), before);
		});
	});
}

function requireEachOnce(steps) {
	const byResource = new Map();
	for (const { resource, operation, items } of steps) {
		const operations = byResource.get(resource) ?? [];
		byResource.set(resource, [...operations, operation]);
		const label = `${resource} ${operation}`;
		if (resource === 'metric') assert.equal(items, 3, label);
		else if (operation === 'getAll') assert.ok(items > 0, label);
		else assert.equal(items, 1, label);
	}
	assert.deepEqual(byResource.get('metric'), ['getAll']);
	byResource.delete('metric');
	assert.equal(byResource.size, models);
	for (const [resource, operations] of byResource) assert.deepEqual(operations.sort(), [...eachOnce].sort(), resource);
}

function countRecords() {
	const paths = registry
		.filter(({ path, readPath, operations }) => path === readPath && operations.includes('create'))
		.map(({ path }) => path.slice(1));
	return Object.fromEntries(paths.map((path) => [path, world.planhat.records(path).length]));
}
