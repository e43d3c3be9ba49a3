import assert from 'node:assert/strict';
import { choose, execute, openNode } from '../../browser/editor.mjs';
import { nodeInPage } from '../../browser/panel.mjs';
import { storeWorkflow } from '../../workflows.mjs';
import { until, world } from '../../world.mjs';

/** What people want, and the name under which they find it among the options. */
const guards = [
	'Dry Run',
	'Keep What Is There',
	'Preview Changes',
	'Stop Above',
	'Verify',
	'Write Mode',
	// Its conditions have a button of their own to add some.
	'Report Missing',
];

const optionsOf = async (page) => Object.keys((await nodeInPage(page)).parameters.options ?? {});

/** Guard rails of Create or Update are found by their names, and added by a click each. */
export async function findGuards(page) {
	const fields = { mappingMode: 'autoMapInputData', value: null };
	const workflow = await storeWorkflow(
		{ resource: 'company', operation: 'upsert', specifyFields: 'map', fields },
		{ items: [{ externalId: 'seen-1', name: 'Seen' }] },
	);
	await openNode(page, workflow);
	for (const [at, name] of guards.entries()) {
		await page.getByTestId('collection-parameter-add').first().click();
		await choose(page, name);
		await until(async () => (await optionsOf(page)).length === at + 1, name);
	}
	assert.deepEqual((await optionsOf(page)).sort(), [
		'dryRun',
		'keepExisting',
		'preview',
		'reportMissing',
		'stopAbove',
		'verify',
		'writeMode',
	]);
}

/** A condition that says nothing would take the whole tenant. */
export async function missWithoutCondition(page) {
	const fields = { mappingMode: 'autoMapInputData', value: null };
	const workflow = await storeWorkflow(
		{ resource: 'company', operation: 'upsert', specifyFields: 'map', fields },
		{ items: [{ externalId: 'unsent-1', name: 'Unsent' }] },
	);
	await openNode(page, workflow);
	await page.getByTestId('collection-parameter-add').first().click();
	await choose(page, 'Report Missing');
	await page.getByTestId('fixed-collection-add').first().click();
	await until(async () => (await nodeInPage(page)).parameters.options?.reportMissing?.conditions, 'the condition');
	await execute(page);
	const message = page.getByTestId('output-panel').getByTestId('node-error-message');
	assert.match(await message.innerText(), /'Report Missing' has a condition without a field/);
	assert.equal(
		world.planhat.records('companies').some(({ externalId }) => externalId === 'unsent-1'),
		false,
	);
}
