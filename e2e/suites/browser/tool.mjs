import assert from 'node:assert/strict';
import { openNode, valueOf } from '../../browser/editor.mjs';
import { chooseOption } from '../../browser/panel.mjs';
import { picture } from '../../browser/pictures.mjs';
import { storeAgentWorkflow } from '../../workflows.mjs';
import { until } from '../../world.mjs';

export async function leaveToModel(page) {
	await openNode(page, await storeAgentWorkflow({ resource: 'company', operation: 'create', specifyFields: 'map' }));
	await page.getByTestId('parameter-input-name').waitFor();
	await page.getByTestId('from-ai-override-button').click();
	const field = page.getByTestId('fromAI-override-field');
	assert.match(await field.innerText(), /by the model/);
	await picture(
		page,
		'agent-tool',
		[page.getByTestId('node-execute-button'), page.getByTestId('add-fields-select')],
		16,
	);
}

const operationsOfTools = {
	company: ['Get', 'Get Many', 'Update', 'Create or Update', 'Delete', 'Search', 'Describe', 'Get Lean List'],
	metric: ['Insert', 'Get Many'],
	userActivity: ['Track', 'Send Segment Event'],
};

/** Beside Resource, Operation and Description. */
const mostParameters = 6;

export async function toolForm(page) {
	for (const [resource, operations] of Object.entries(operationsOfTools)) {
		await openNode(page, await storeAgentWorkflow({ resource, operation: 'getAll', specifyFields: 'map' }));
		for (const operation of operations) {
			await chooseOption(page, 'operation', operation);
			await until(async () => (await valueOf(page, 'operation')) === operation, operation);
			const form = page.getByTestId('node-parameters');
			const texts = await form.locator('.parameter-item [data-test-id="input-label"]').allInnerTexts();
			const labels = texts.map((text) => text.split('\n')[0].trim());
			const own = labels.filter(
				(label) => !/^(Resource|Operation|Description|Notes|Display Note in Flow\?)$/.test(label),
			);
			assert.ok(labels.includes('Description') && own.length <= mostParameters, `${operation}: ${labels.join(', ')}`);
			assert.doesNotMatch(await form.innerText(), /rows of all|input items/, operation);
		}
	}
}
