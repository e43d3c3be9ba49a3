import assert from 'node:assert/strict';
import { openNewWorkflow, openWorkflow, valueOf } from '../../browser/editor.mjs';
import { picture } from '../../browser/pictures.mjs';
import { searchNodes, searchTools } from '../../browser/nodesPanel.mjs';
import { descriptionOf } from '../../browser/stored.mjs';
import { storeAgentWorkflow } from '../../workflows.mjs';

const searches = ['customer success', 'churn', 'health score', 'usage metrics'];

/** What somebody finds who does not know the word Planhat. */
export function nodesPanel(onPage) {
	onPage(`the nodes panel finds Planhat by ${searches.map((words) => `"${words}"`).join(', ')}`, async (page) => {
		await openNewWorkflow(page);
		const panel = await searchNodes(page, searches[0]);
		for (const words of searches) {
			await panel.getByTestId('node-creator-search-bar').fill(words);
			const found = panel.getByTestId('item-iterator-item').filter({ hasText: 'Planhat' });
			await found.first().waitFor();
			assert.match(await found.first().innerText(), /Read and update customer success data, or start a workflow/);
		}
	});

	onPage('the tools of an agent hold Planhat Tool, by the same words', async (page) => {
		await openWorkflow(page, await storeAgentWorkflow({ resource: 'company', operation: 'get' }));
		const panel = await searchTools(page, searches[0]);
		for (const words of searches) {
			await panel.getByTestId('node-creator-search-bar').fill(words);
			await panel.getByTestId('item-iterator-item').filter({ hasText: 'Planhat Tool' }).first().waitFor();
		}
		const { codex } = await descriptionOf('n8n-nodes-planhat.planhatTool');
		assert.deepEqual(codex.subcategories, { AI: ['Tools'], Tools: ['Other Tools'] });
	});
}

export async function addByNodesPanel(page) {
	await openNewWorkflow(page);
	await page.getByTestId('node-creator-plus-button').click();
	const panel = page.getByTestId('node-creator');
	await panel.getByTestId('node-creator-search-bar').fill('churn');
	const found = panel.getByTestId('item-iterator-item').filter({ hasText: 'Planhat' }).first();
	await found.waitFor();
	await picture(page, 'nodes-panel', [panel.getByTestId('node-creator-search-bar'), found], 12);
	await found.click();
	await panel.getByText(/^Actions \(\d+\)$/).click();
	await panel.getByText('Create churn entry', { exact: true }).click();

	await page.getByTestId('ndv').waitFor();
	assert.equal(await valueOf(page, 'resource'), 'Churn');
	assert.equal(await valueOf(page, 'operation'), 'Create');
	await page.getByTestId('ndv-close-button').click();
	await page.locator('[data-test-id="canvas-node"][data-node-name="Create churn entry"]').waitFor();
}
