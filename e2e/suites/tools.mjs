import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { recordLocator, runTool } from '../workflows.mjs';
import { world } from '../world.mjs';

const id = "={{ $fromAI('id', 'ID of the record', 'string') }}";
const json = "={{ $fromAI('fields', 'Fields of the record', 'json') }}";
const names = (items) => Object.keys(items[0]);

/** The node as a tool of an AI agent, called for one item: every operation does what it says. */
export function tools() {
	describe('as a tool of an AI agent', () => {
		let company;

		beforeEach(() => {
			world.planhat.reset();
			[company] = world.planhat.insert('companies', [
				{ name: 'Acme', externalId: 'acme', phase: 'Live', zip: '1000', custom: { Plan: 'Pro', Seats: 5 } },
			]);
		});

		test('Get shows simplified, raw or selected fields', async () => {
			const get = { resource: 'company', operation: 'get', recordId: recordLocator('id', id) };
			const given = { id: company._id };
			assert.deepEqual(names(await runTool(get, given)), ['_id', 'name', 'externalId', 'phase']);
			const ofBefore = await runTool(get, given, 1);
			assert.deepEqual(names(ofBefore), ['_id', 'name', 'externalId', 'phase', 'custom']);
			const [raw] = await runTool({ ...get, output: 'raw' }, given);
			assert.equal(raw.zip, '1000');
			const selected = { ...get, output: 'selected', outputFields: ['zip', 'custom.Plan'] };
			assert.deepEqual(await runTool(selected, given), [{ _id: company._id, zip: '1000', custom: { Plan: 'Pro' } }]);
		});

		test('Get Many asks Planhat for the selected fields only', async () => {
			const list = { resource: 'company', operation: 'getAll', output: 'selected', outputFields: ['phase'] };
			assert.deepEqual(await runTool(list), [{ _id: company._id, phase: 'Live' }]);
			assert.equal(world.planhat.requests.at(-1).query.select, 'phase');
		});

		test('Get Lean List names all companies', async () => {
			const [lean] = await runTool({ resource: 'company', operation: 'getLeanList' });
			assert.equal(lean.name, 'Acme');
		});

		test('Create, Update and Delete change one record', async () => {
			const created = await runTool({ resource: 'company', operation: 'create', json }, { fields: { name: 'Beta' } });
			const recordId = recordLocator('id', id);
			const given = { id: created[0]._id, fields: { phase: 'Churned' } };
			const changed = await runTool({ resource: 'company', operation: 'update', recordId, json }, given);
			assert.deepEqual(names(changed), ['_id', 'name', 'phase']);
			const stored = world.planhat.records('companies').find(({ _id }) => _id === given.id);
			assert.deepEqual([stored.name, stored.phase], ['Beta', 'Churned']);
			assert.deepEqual(await runTool({ resource: 'company', operation: 'delete', recordId }, given), [
				{ deleted: true, _id: given.id, name: 'Beta' },
			]);
			assert.equal(world.planhat.records('companies').length, 1);
		});

		test('Create or Update finds the record by its key', async () => {
			const fields = { externalId: 'acme', phase: 'Renewal' };
			const [row] = await runTool({ resource: 'company', operation: 'upsert', json }, { fields });
			assert.deepEqual([row.outcome, row._id, row.name], ['updated', company._id, undefined]);
		});

		test('Insert, Track and Send Segment Event send one row each', async () => {
			const value = { dimensionId: 'logins', value: 3, externalId: 'acme' };
			const [tally] = await runTool({ resource: 'metric', operation: 'insert', json }, { fields: value });
			assert.equal(tally.processed, 1);
			const activity = { email: 'kim@example.com', action: 'Login' };
			const [taken] = await runTool({ resource: 'userActivity', operation: 'track', json }, { fields: activity });
			assert.deepEqual(taken, { accepted: true, ...activity });
			const event = {
				resource: 'userActivity',
				operation: 'segment',
				segmentType: 'track',
				userId: 'u-1',
				event: 'Login',
			};
			assert.equal((await runTool(event))[0].accepted, true);
			assert.deepEqual(
				world.planhat.requests.map(({ method, host }) => `${method} ${host}`),
				['POST analytics', 'POST analytics', 'POST analytics'],
			);
		});

		test('Duplicate copies one time entry', async () => {
			const [entry] = world.planhat.insert('timeentries', [{ date: '2026-01-01T00:00:00.000Z', hours: 2 }]);
			await runTool(
				{ resource: 'timeEntry', operation: 'duplicate', recordId: recordLocator('id', id) },
				{ id: entry._id },
			);
			assert.equal(world.planhat.records('timeentries').length, 2);
		});
	});
}
