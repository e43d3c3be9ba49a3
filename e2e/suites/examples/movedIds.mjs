import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outputOf } from '../../../scripts/lib/n8nClient.mjs';
import { world } from '../../world.mjs';
import { imported, run, shop } from './shop.mjs';

export function movedIds() {
	test('companies get the IDs of a new system once the dry run is removed, and a second run changes nothing', async () => {
		const { n8n, planhat } = world;
		planhat.insert('companies', [
			{ name: 'Acme', externalId: 'old-1', phase: 'Adoption' },
			{ name: 'Birch', externalId: 'old-2', phase: 'Adoption' },
			{ name: 'Cedar', externalId: 'other', phase: 'Adoption' },
		]);
		await shop.database.run(`
			CREATE TABLE id_map (old_id text, new_id text);
			INSERT INTO id_map VALUES ('old-1', 'new-1'), ('old-2', 'new-2'), ('old-3', 'new-3')`);
		const workflow = await imported('move-external-ids');

		const looked = await run(workflow);
		assert.deepEqual(idsOf(planhat), ['old-1', 'old-2', 'other']);
		assert.equal(outputOf(looked, 'Change the external IDs')[0].rowsToSend, 2);
		assert.deepEqual(
			outputOf(looked, 'Not on your list').map(({ name }) => name),
			['Cedar'],
		);
		assert.deepEqual(
			outputOf(looked, 'No company has this old ID').map((row) => row.old_id),
			['old-3'],
		);

		const changing = await n8n.createWorkflow({
			...{ ...workflow, id: undefined },
			nodes: workflow.nodes.map((node) =>
				node.name === 'Change the external IDs' ? { ...node, parameters: { ...node.parameters, options: {} } } : node,
			),
		});
		await run(changing);
		assert.deepEqual(idsOf(planhat), ['new-1', 'new-2', 'other']);
		assert.ok(planhat.records('companies').every(({ phase }) => phase === 'Adoption'));
		const written = planhat.requests.filter(({ method }) => method === 'PUT').length;
		await run(changing);
		assert.equal(planhat.requests.filter(({ method }) => method === 'PUT').length, written);

		await shop.database.run("INSERT INTO id_map VALUES ('other', 'old-1')");
		const { status, data } = await n8n.runManually(changing);
		assert.equal(status, 'error');
		assert.match(data.resultData.error.message, /No company was changed.*other → old-1/s);
		assert.deepEqual(idsOf(planhat), ['new-1', 'new-2', 'other']);
	});
}

function idsOf(planhat) {
	return planhat.records('companies').map(({ externalId }) => externalId);
}
