import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { withinClicks } from '../../browser/clicks.mjs';
import { choose, execute, openNewWorkflow, openWorkflow, outputTable } from '../../browser/editor.mjs';
import { addAction, addActionAfter, keepOneCredential, newCredential, searchTools } from '../../browser/nodesPanel.mjs';
import { addField, chooseOption, mapperFilled, nodeInPage, typeOption } from '../../browser/panel.mjs';
import { picture } from '../../browser/pictures.mjs';
import { storeRows, storeSpreadsheet } from '../../browser/workflows.mjs';
import { storeAgentWorkflow } from '../../workflows.mjs';
import { until, world } from '../../world.mjs';

/** What people want of Planhat in n8n, from the first click on; none may take more clicks than it takes today. */
export function jobs(onPage) {
	const job = (name, most, work) =>
		onPage(name, async (page, context) => {
			await keepOneCredential();
			await withinClicks(most, work)(page, context);
		});
	job('a credential is made, and a company is read with it', 13, makeCredential);
	job('the companies of a status are read', 11, readStatus);
	job('a company is found by its name and updated', 12, updateByName);
	job('20 rows of a spreadsheet file are sent, and three bad ones are told', 10, sendSpreadsheet);
	job('a trigger is set up, and a matching delivery comes in', 8, listen);
	job('an agent is given a tool that creates companies', 7, giveTool);
	job('metrics are pushed for five companies', 9, pushMetrics);
}

const requestsOf = (method) => world.planhat.requests.filter((request) => request.method === method);

async function makeCredential(page) {
	await openNewWorkflow(page);
	await addAction(page, 'Get many companies');
	const { apiToken, baseUrl } = world.planhat;
	await newCredential(page, 'Planhat API', { apiToken, region: 'Custom', baseUrl });
	await execute(page);
	assert.match(await page.getByTestId('ndv-items-count').innerText(), /^50 items/);
}

async function readStatus(page) {
	await openNewWorkflow(page);
	await addAction(page, 'Get many companies');
	await page.getByTestId('collection-parameter-add').first().click();
	await choose(page, 'Status');
	await chooseOption(page, 'status', 'customer');
	await execute(page);
	const { columns, rows } = await outputTable(page);
	assert.equal(requestsOf('GET').at(-1).query.status, 'customer');
	assert.ok(rows.length > 10);
	assert.deepEqual([...new Set(rows.map((row) => row[columns.indexOf('status')]))], ['customer']);
}

async function updateByName(page) {
	const { _id, name, externalId } = world.planhat.records('companies')[7];
	await openNewWorkflow(page);
	await addAction(page, 'Update company');
	await mapperFilled(page, { resource: 'company', operation: 'update' });
	await page.getByTestId('resource-locator-recordId').getByTestId('rlc-input').click();
	await page.getByTestId('rlc-search').fill(name);
	await page
		.getByTestId('rlc-item')
		.filter({ hasText: `${name} (${externalId})` })
		.click();
	await addField(page, 'phase');
	await typeOption(page, 'phase', 'Renewal');
	await execute(page);
	await picture(page, 'update-company', [page.getByTestId('ndv')]);
	const [{ path, body }] = requestsOf('PUT');
	assert.deepEqual([path, body], [`/companies/${_id}`, { phase: 'Renewal' }]);
}

async function sendSpreadsheet(page) {
	const content = readFileSync(new URL('../../../test/files/companies.xlsx', import.meta.url));
	const before = world.planhat.records('companies').length;
	await storeSpreadsheet(page, 'companies.xlsx', content);
	await addActionAfter(page, 'Rows', 'Create or update company');
	await page.getByTestId('ndv').getByText('Settings', { exact: true }).click();
	await chooseOption(page, 'onError', 'Continue (using error output)');
	await page.getByTestId('node-execute-button').click();
	const output = page.getByTestId('output-panel');
	await output.getByText('Success Branch (17 items)').waitFor();
	assert.equal(world.planhat.records('companies').length, before + 17);
	await output.getByText('Error Branch (3 items)').click();
	const { columns, rows } = await outputTable(page);
	assert.deepEqual(
		rows.map((row) => row[columns.indexOf('Name')]),
		['Company 5', 'Company 10', 'empty'],
	);
	const reasons = rows.map((row) => row[columns.indexOf('error')]);
	for (const [place, words] of [/'CSM Score' takes a number/, /no key/, /name is required/].entries())
		assert.match(reasons[place], words);
	await picture(page, 'spreadsheet', [page.getByTestId('ndv')]);
}

async function pushMetrics(page) {
	const companies = world.planhat.records('companies').slice(0, 5);
	const rows = companies.map(({ externalId }, index) => ({ dimensionId: 'logins', value: 10 + index, externalId }));
	await storeRows(page, rows);
	await addActionAfter(page, 'Start', 'Insert metric values');
	await page.getByTestId('mapping-mode-select').click();
	await choose(page, 'Map Automatically');
	await execute(page);
	await picture(page, 'metrics', [page.getByTestId('ndv')]);
	const { body } = requestsOf('POST').at(-1);
	assert.equal(body.length, 5);
}

async function listen(page) {
	const secret = 'correct horse battery staple';
	await openNewWorkflow(page);
	await addAction(page, 'Record updated', 'Triggers');
	await page.getByTestId('node-parameters').getByText('Set up in Planhat').first().waitFor();
	await newCredential(page, 'Planhat Webhook API', { webhookSecret: secret });
	const { webhookId } = await nodeInPage(page, 'Planhat Trigger');
	await page.getByTestId('trigger-execute-button').or(page.getByTestId('node-execute-button')).first().click();
	const deliver = async () => {
		const { status } = await fetch(`${world.n8n.address}/webhook-test/${webhookId}/webhook`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'X-Planhat-Secret': secret },
			body: JSON.stringify({ event: 'updated', model: 'company', id: '61006bc89a3e0b702ed8ea49' }),
		});
		return status !== 404;
	};
	// A delivery that comes before the editor knows that n8n listens leaves it listening for good; the URL is registered a moment later.
	await page.getByText('Listening for test event').waitFor();
	await until(deliver, 'the registration of the Test URL', 200);
	await page.getByTestId('output-panel').getByTestId('ndv-items-count').waitFor();
	const { columns, rows } = await outputTable(page);
	assert.deepEqual(
		['event', 'model', '_id'].map((name) => rows[0][columns.indexOf(name)]),
		['updated', 'company', '61006bc89a3e0b702ed8ea49'],
	);
}

async function giveTool(page) {
	const { id } = await storeAgentWorkflow({ resource: 'company', operation: 'get' });
	await openWorkflow(page, { id });
	const panel = await searchTools(page, 'planhat');
	await panel.getByTestId('item-iterator-item').filter({ hasText: 'Planhat Tool' }).first().click();
	await page.getByTestId('ndv').waitFor();
	await chooseOption(page, 'operation', 'Create');
	await page.getByTestId('parameter-input-name').waitFor();
	const panelText = await page.getByTestId('node-parameters').innerText();
	assert.doesNotMatch(panelText, /rows of all|input items/);
	await page.getByTestId('from-ai-override-button').last().click();
	assert.match(await page.getByTestId('fromAI-override-field').first().innerText(), /by the model/);
}
