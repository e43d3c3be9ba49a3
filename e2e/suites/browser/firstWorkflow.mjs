import assert from 'node:assert/strict';
import { withinClicks } from '../../browser/clicks.mjs';
import { choose, openNewWorkflow, outputTable } from '../../browser/editor.mjs';
import { addActionAfter, addNodeAfter, keepOneCredential, searchNodes } from '../../browser/nodesPanel.mjs';
import { chooseOption } from '../../browser/panel.mjs';
import { until, world } from '../../world.mjs';

/** The first workflow of the README, step by step. */
export function firstWorkflow(onPage) {
	onPage('the first workflow in ten minutes creates a company once', async (page, context) => {
		await keepOneCredential();
		await withinClicks(32, createOnce)(page, context);
	});
}

const company = { externalId: 'my-first-company', name: 'My First Company', phase: 'Onboarding' };

const written = () => world.planhat.requests.filter(({ method }) => method !== 'GET');

async function createOnce(page) {
	await openNewWorkflow(page);
	const panel = await searchNodes(page, 'manual trigger');
	await panel.getByTestId('item-iterator-item').filter({ hasText: 'Trigger manually' }).first().click();
	await addNodeAfter(page, 'When clicking ‘Execute workflow’', 'Edit Fields (Set)');
	await chooseOption(page, 'mode', 'JSON');
	await page.getByTestId('parameter-input-jsonOutput').locator('.cm-content').fill(JSON.stringify(company));
	await page.getByTestId('ndv-close-button').click();
	await addActionAfter(page, 'Edit Fields', 'Create or update company');

	await page.getByTestId('collection-parameter-add').first().click();
	await choose(page, 'Dry Run');
	await page.getByTestId('parameter-input-dryRun').locator('.el-switch').click();
	await page.getByTestId('node-execute-button').click();
	await page
		.getByTestId('output-panel')
		.getByText('my-first-company')
		.or(page.getByTestId('ndv-items-count'))
		.first()
		.waitFor();
	assert.deepEqual(written(), []);

	await page.getByTestId('parameter-input-dryRun').locator('.el-switch').click();
	for (const outcome of ['created', 'unchanged']) {
		const before = written().length;
		await page.getByTestId('node-execute-button').click();
		await until(() => written().length > before, 'the request');
		const shows = async () => {
			const { columns, rows } = await outputTable(page);
			return rows[0]?.[columns.indexOf('outcome')] === outcome;
		};
		await until(shows, `the outcome ${outcome}`, 200);
	}
	const stored = world.planhat.records('companies').filter(({ externalId }) => externalId === company.externalId);
	assert.deepEqual(
		stored.map(({ name, phase }) => [name, phase]),
		[[company.name, company.phase]],
	);
}
