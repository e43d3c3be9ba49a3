import assert from 'node:assert/strict';
import { choose, execute, inputOf, openNode, outputTable } from '../../browser/editor.mjs';
import { picture } from '../../browser/pictures.mjs';
import { recordLocator, storeWorkflow } from '../../workflows.mjs';
import { world } from '../../world.mjs';

export async function setUpCredential(page) {
	const [company] = world.planhat.records('companies');
	const workflow = await storeWorkflow({
		resource: 'company',
		operation: 'get',
		recordId: recordLocator('id', company._id),
	});
	await openNode(page, workflow);
	await page.getByTestId('node-credentials-select').click();
	await page.getByTestId('node-credentials-select-item-new').click();
	const form = page.getByTestId('editCredential-modal');
	await inputOf(form, 'apiToken').fill('not-the-token');
	await picture(page, 'credential', [form]);
	assert.equal(await inputOf(form, 'baseUrl').count(), 0);
	await inputOf(form, 'region').click();
	await choose(page, 'Custom');
	await inputOf(form, 'baseUrl').fill(world.planhat.baseUrl);
	await form.getByTestId('credential-save-button').click();
	await form.getByText('More details').click();
	assert.match(await form.innerText(), /does not accept this API token.*expired.*another region/s);

	await inputOf(form, 'apiToken').fill(world.planhat.apiToken);
	await form.getByTestId('credential-save-button').click();
	await form.waitFor({ state: 'hidden' });
	await page.getByTestId('credential-edit-button').click();
	await form.getByText('Connection tested successfully').waitFor();
	await form.getByLabel('Close this dialog').click();
	await form.waitFor({ state: 'hidden' });

	await execute(page);
	const { columns, rows } = await outputTable(page);
	assert.equal(rows[0][columns.indexOf('_id')], company._id);
}
