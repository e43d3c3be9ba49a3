import assert from 'node:assert/strict';
import { openNode } from '../../browser/editor.mjs';
import { picture } from '../../browser/pictures.mjs';
import { storeAgentWorkflow } from '../../workflows.mjs';

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
