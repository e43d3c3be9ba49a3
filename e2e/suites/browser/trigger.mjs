import assert from 'node:assert/strict';
import { openNewWorkflow, openNode } from '../../browser/editor.mjs';
import { picture } from '../../browser/pictures.mjs';
import { storeTrigger, storeWebhookCredential } from '../../workflows.mjs';
import { until, world } from '../../world.mjs';

export async function openTrigger(page) {
	// So high that the picture holds the texts to copy.
	await page.setViewportSize({ width: 1280, height: 1100 });
	await openNewWorkflow(page);
	await page.getByTestId('node-creator-plus-button').click();
	const panel = page.getByTestId('node-creator');
	await panel.getByTestId('node-creator-search-bar').fill('planhat');
	await panel.getByTestId('item-iterator-item').filter({ hasText: 'Planhat' }).first().click();
	await panel.getByText('Record created or updated', { exact: true }).click();
	const notice = page.getByTestId('node-parameters').getByText('Set up in Planhat').first();
	await notice.waitFor();
	assert.match(await page.getByTestId('node-parameters').innerText(), /Set up in Planhat.*Authentication.*Trigger On/s);
	await picture(page, 'trigger-setup', [page.getByTestId('ndv')]);
}

/** What somebody sees who listens, while Planhat calls the Test URL. */
export async function testCallThatDoesNotMatch(page) {
	const secret = 'correct horse battery staple';
	const credential = await storeWebhookCredential(secret);
	const { workflow, webhookId } = await storeTrigger({ events: ['updated'], models: ['company'] }, credential);
	await openNode(page, workflow, 'trigger');
	await picture(page, 'trigger', [page.getByTestId('ndv')]);
	await page.getByTestId('trigger-execute-button').or(page.getByTestId('node-execute-button')).first().click();
	const call = async (body) =>
		await fetch(`${world.n8n.address}/webhook-test/${webhookId}/webhook`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'X-Planhat-Secret': secret },
			body: JSON.stringify(body),
		});
	// n8n registers the Test URL a moment after the click.
	const reaches = async () => (await call({ event: 'deleted', model: 'task', id: '1' })).status !== 404;
	await until(reaches, 'the registration of the Test URL');
	await page.getByText('does not listen for (event: deleted, model: task)').first().waitFor();
}
