import assert from 'node:assert/strict';
import { choose, execute, inputOf, openNode, outputTable } from '../../browser/editor.mjs';
import { picture } from '../../browser/pictures.mjs';
import { clientOfDouble } from '../../oAuth2.mjs';
import { recordLocator, storeWorkflow } from '../../workflows.mjs';
import { until, world } from '../../world.mjs';

async function allowIn(page, button) {
	const opening = page.waitForEvent('popup');
	await button.click();
	const window = await opening;
	await window.getByRole('button', { name: 'Allow', exact: true }).click();
}

async function readsCompany(page, { _id }) {
	await execute(page);
	const { columns, rows } = await outputTable(page);
	assert.equal(rows[0][columns.indexOf('_id')], _id);
}

/** Planhat is connected by signing in, and a company is read with the connection, also after its token has expired. */
export async function connectByOAuth2(page) {
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
	await form.getByRole('button', { name: 'API Token', exact: true }).click();
	await page.getByText('OAuth2', { exact: true }).filter({ visible: true }).first().click();
	await form.getByText('OAuth Redirect URL').waitFor();
	const { clientId, clientSecret, baseUrl, appUrl } = clientOfDouble();
	await inputOf(form, 'clientId').fill(clientId);
	await picture(page, 'credential-oauth2', [form]);
	await inputOf(form, 'clientSecret').fill(clientSecret);
	await inputOf(form, 'region').click();
	await choose(page, 'Custom');
	await inputOf(form, 'baseUrl').fill(baseUrl);
	await inputOf(form, 'appUrl').fill(appUrl);
	await allowIn(page, form.getByRole('button', { name: 'Connect', exact: true }));
	// n8n closes the form of a connected credential, and chooses it.
	await form.waitFor({ state: 'hidden' });

	await readsCompany(page, company);
	const { renewals } = world.planhat.oauth;
	world.planhat.oauth.expire();
	await readsCompany(page, company);
	await until(() => world.planhat.oauth.renewals === renewals + 1, 'The renewal');

	world.planhat.oauth.revoke();
	await page.getByTestId('node-execute-button').click();
	// What was put out before stays until the run has ended.
	await page
		.getByTestId('output-panel')
		.getByText(/reconnect/i)
		.first()
		.waitFor();
}
