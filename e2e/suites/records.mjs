import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { importWorkflow, runExample } from '../../scripts/lib/examples.mjs';
import { linksOf, recordLocator, runNode } from '../workflows.mjs';
import { world } from '../world.mjs';

const rows = [1, 2].map((number) => ({
	name: `Acme ${number}`,
	externalId: `acme/${number}`,
	sourceId: `crm ${number}`,
	email: `kim${number}@example.com`,
}));

const ways = [
	{ resource: 'company', path: 'companies', mode: 'id', key: '_id', field: 'phase' },
	{ resource: 'company', path: 'companies', mode: 'externalId', key: 'externalId', field: 'phase' },
	{ resource: 'company', path: 'companies', mode: 'sourceId', key: 'sourceId', field: 'phase' },
	{ resource: 'enduser', path: 'endusers', mode: 'email', key: 'email', field: 'position' },
];

const fields = {
	company: ({ name, externalId, sourceId }) => ({ name, externalId, sourceId }),
	enduser: ({ name, email, externalId }) => ({
		lastName: name,
		email,
		externalId,
		companyId: '5f0000000000000000000001',
	}),
};

const bothWays = fileURLToPath(new URL('../../examples/two-systems-both-ways.json', import.meta.url));

/** One record, from its creation to its deletion. */
export function recordOperations() {
	describe('one record', () => {
		beforeEach(() => world.planhat.reset());

		for (const { resource, path, mode, key, field } of ways) {
			test(`is created, read, changed and deleted: ${resource} named by ${mode}`, async () => {
				const items = rows.map(fields[resource]);
				const created = await runNode({ resource, operation: 'create', json: '={{ $json }}' }, { items });
				requireBoth(created);
				assert.deepEqual(
					idsOf(created),
					world.planhat.records(path).map(({ _id }) => _id),
				);

				const input = { items: created.output.map(({ json }) => json) };
				const recordId = recordLocator(mode, `={{ $json.${key} }}`);
				const read = await runNode({ resource, operation: 'get', recordId, simplify: false }, input);
				requireBoth(read);
				assert.deepEqual(
					read.output.map(({ json }) => json),
					world.planhat.records(path),
				);

				const json = `{ "${field}": "Changed" }`;
				requireBoth(await runNode({ resource, operation: 'update', recordId, json }, input));
				const stored = world.planhat.records(path);
				assert.deepEqual(
					stored.map((company) => company[field]),
					['Changed', 'Changed'],
				);
				assert.deepEqual(
					stored.map(({ externalId }) => externalId),
					rows.map(({ externalId }) => externalId),
				);

				const deleted = await runNode({ resource, operation: 'delete', recordId }, input);
				requireBoth(deleted);
				assert.deepEqual(
					deleted.output.map(({ json: answer }) => answer),
					idsOf(created).map((_id) => ({ deleted: true, _id })),
				);
				assert.deepEqual(world.planhat.records(path), []);
			});
		}

		test('is not written where nothing would change, with Skip Unchanged', async () => {
			const items = rows.map(fields.company);
			world.planhat.insert('companies', items);
			const recordId = recordLocator('externalId', '={{ $json.externalId }}');
			const json = '={{ { name: $json.name, tags: [] } }}';
			const options = { skipUnchanged: true };
			const changed = [{ ...items[0], name: 'Other' }, items[1]];
			const result = await runNode(
				{ resource: 'company', operation: 'update', recordId, json, options },
				{ items: changed },
			);
			requireBoth(result);
			assert.deepEqual(
				result.output.map(({ json: { outcome, name } }) => [outcome, name]),
				[
					['updated', 'Other'],
					['unchanged', rows[1].name],
				],
			);
			assert.equal(world.planhat.requests.filter(({ method }) => method === 'PUT').length, 1);
		});

		test('of two systems that write to each other goes no further than once, in the example', async () => {
			const imported = await importWorkflow(world.n8n, bothWays, [world.credential]);
			const { faults } = await runExample(world.n8n, imported, { double: world.planhat });
			assert.deepEqual(faults, []);
			assert.equal(world.planhat.requests.filter(({ method }) => method === 'PUT').length, 1);
			assert.deepEqual(world.planhat.records('companies'), []);
		});
	});
}

function requireBoth({ status, error, output }) {
	assert.equal(status, 'success', error?.message);
	assert.deepEqual(linksOf(output), [0, 1]);
}

function idsOf({ output }) {
	return output.map(({ json }) => json._id);
}
