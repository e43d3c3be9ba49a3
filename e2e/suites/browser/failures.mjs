import assert from 'node:assert/strict';
import { execute, openNode } from '../../browser/editor.mjs';
import { picture } from '../../browser/pictures.mjs';
import { recordLocator, storeWorkflow } from '../../workflows.mjs';
import { storeCredential } from '../../world.mjs';

const missingId = '61006bc89a3e0b702ed8ea49';

export async function missingRecord(page) {
	await openNode(
		page,
		await storeWorkflow({ resource: 'company', operation: 'get', recordId: recordLocator('id', missingId) }),
	);
	await execute(page);
	const output = page.getByTestId('output-panel');
	const message = await output.getByTestId('node-error-message').innerText();
	assert.match(message, new RegExp(`company with ID '${missingId}'.*record not found`));
	assert.match(await output.getByTestId('node-error-description').innerText(), /deleted|another tenant/);
	await picture(
		page,
		'error',
		[
			page.getByTestId('resource-locator-recordId'),
			page.getByTestId('node-execute-button'),
			output.getByTestId('node-error-description'),
		],
		16,
	);
}

export async function wrongToken(page) {
	const credential = await storeCredential({ apiToken: 'not-the-token' });
	await openNode(page, await storeWorkflow({ resource: 'company', operation: 'getAll' }, { credential }));
	await execute(page);
	const output = page.getByTestId('output-panel');
	const shown = await output.innerText();
	assert.match(shown, /API token/);
	assert.match(shown, /expired/);
	assert.doesNotMatch(shown, /not-the-token/);
}
