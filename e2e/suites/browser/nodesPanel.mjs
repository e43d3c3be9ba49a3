import assert from 'node:assert/strict';
import { openNewWorkflow, openWorkflow } from '../../browser/editor.mjs';
import { plusForTools, searchNodes } from '../../browser/nodesPanel.mjs';
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
		await plusForTools(page).click({ force: true });
		const panel = page.getByTestId('node-creator');
		for (const words of searches) {
			await panel.getByTestId('node-creator-search-bar').fill(words);
			await panel.getByTestId('item-iterator-item').filter({ hasText: 'Planhat Tool' }).first().waitFor();
		}
		const { codex } = await descriptionOf('n8n-nodes-planhat.planhatTool');
		assert.deepEqual(codex.subcategories, { AI: ['Tools'], Tools: ['Other Tools'] });
	});
}
