import assert from 'node:assert/strict';
import { execute, openNewWorkflow, openNode, outputTable } from '../../browser/editor.mjs';
import { searchNodes } from '../../browser/nodesPanel.mjs';
import { chooseOption } from '../../browser/panel.mjs';
import { picture } from '../../browser/pictures.mjs';
import { storePollingTrigger } from '../../workflows.mjs';
import { world } from '../../world.mjs';

/** What people do with the trigger that asks. */
export function pollingPanel(onPage) {
	onPage('a polling trigger is set up, and a test shows the newest changes', setUp);
	onPage('the nodes panel finds the polling trigger', find);
}

async function setUp(page) {
	const workflow = await storePollingTrigger({}, world.credential);
	await openNode(page, workflow, 'polling');
	await chooseOption(page, 'resource', 'End User');
	await chooseOption(page, 'event', 'Updated');
	await chooseOption(page, 'resource', 'Company');
	await chooseOption(page, 'event', 'Created or Updated');
	await execute(page);
	assert.equal((await outputTable(page)).rows.length, 10);
	await picture(page, 'polling-trigger', [page.getByTestId('ndv')]);
}

async function find(page) {
	await openNewWorkflow(page);
	// n8n leaves Trigger out of the name.
	const panel = await searchNodes(page, 'planhat poll');
	await panel.getByText('Planhat Polling', { exact: true }).first().waitFor();
}
