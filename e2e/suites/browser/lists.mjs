import assert from 'node:assert/strict';
import { choose, execute, inputOf, openNode, outputTable } from '../../browser/editor.mjs';
import { chooseOption } from '../../browser/panel.mjs';
import { picture } from '../../browser/pictures.mjs';
import { storeWorkflow } from '../../workflows.mjs';
import { until, world } from '../../world.mjs';

export async function filterByCompany(page) {
	const wanted = world.planhat.records('companies').at(-1);
	const shown = `${wanted.name} (${wanted.externalId})`;
	await openNode(page, await storeWorkflow({ resource: 'enduser', operation: 'getAll', returnAll: true }));
	// Filters stand before Options.
	await page.getByTestId('collection-parameter-add').first().click();
	await choose(page, 'Company');
	const locator = page.getByTestId('resource-locator-company');
	await locator.getByTestId('rlc-input').click();
	await page.getByTestId('rlc-search').fill(wanted.externalId);
	await page.getByTestId('rlc-item').filter({ hasText: shown }).click();
	assert.equal(await locator.getByTestId('rlc-input').inputValue(), shown);
	await picture(page, 'company-filter', [page.getByTestId('ndv')]);
	await execute(page);
	assert.equal(world.planhat.requests.at(-1).query.companyId, wanted._id);
}

export async function simplify(page) {
	await openNode(page, await storeWorkflow({ resource: 'company', operation: 'getAll', limit: 5 }));
	await execute(page);
	const { columns, rows } = await outputTable(page);
	assert.equal(rows.length, 5);
	assert.deepEqual(columns.slice(0, 3), ['_id', 'name', 'externalId']);
	const custom = ['Plan', 'Seats', 'Renewal risk'];
	for (const name of ['health', ...custom]) assert.ok(columns.includes(name), name);
	assert.ok(columns.length - custom.length <= 10, `${columns.length} columns`);
	await picture(page, 'get-many', [page.getByTestId('ndv')]);

	await page.getByTestId('parameter-input-simplify').locator('.el-switch').click();
	await page.getByTestId('node-execute-button').click();
	await until(async () => (await outputTable(page)).columns.includes('slug'), 'the output without Simplify');
	assert.ok((await outputTable(page)).columns.length > 15);
}

export async function cutList(page) {
	await openNode(page, await storeWorkflow({ resource: 'company', operation: 'getAll' }));
	await execute(page);
	const output = page.getByTestId('output-panel');
	await output.getByText('The list was cut at the Limit of 50, and there may be more.').waitFor();
	assert.match(await output.innerText(), /To get all companies, turn on Return All/);
}

export async function byConditions(page) {
	const [rich] = world.planhat.insert('companies', [{ name: 'Rich', mrr: 990_000, custom: { Plan: 'Gold' } }]);
	await openNode(page, await storeWorkflow({ resource: 'company', operation: 'getAll' }));
	await page.getByTestId('collection-parameter-add').first().click();
	await choose(page, 'Conditions');
	await page.getByTestId('fixed-collection-add').first().click();
	await chooseOption(page, 'field', 'mrr');
	await chooseOption(page, 'operator', 'Is More Than');
	await inputOf(page, 'value').fill('900000');
	await execute(page);
	const { columns, rows } = await outputTable(page);
	assert.deepEqual([rows.length, rows[0][columns.indexOf('name')]], [1, rich.name]);
	await page
		.getByTestId('output-panel')
		.getByText(/201 companies were read/)
		.waitFor();
	await picture(page, 'conditions', [page.getByTestId('ndv')]);
}
