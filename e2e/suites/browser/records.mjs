import assert from 'node:assert/strict';
import { choose, dragOnto, execute, inputOf, openNode, outputTable } from '../../browser/editor.mjs';
import { picture } from '../../browser/pictures.mjs';
import { storeWorkflow } from '../../workflows.mjs';
import { world } from '../../world.mjs';

const rowsOfSheet = [
	{ externalId: 'acme-1', name: 'Acme', phase: 'Renewal' },
	{ externalId: 'nordlicht-2', name: 'Nordlicht Logistics', phase: 'Onboarding' },
	{ externalId: 'seabird-3', name: 'Seabird Foods', phase: 'Onboarding' },
];

export async function pickCompany(page) {
	await openNode(page, await storeWorkflow({ resource: 'company', operation: 'get' }));
	const locator = page.getByTestId('resource-locator-recordId');
	await locator.getByTestId('rlc-input').click();
	await page.getByTestId('rlc-search').fill('fALcon fo');
	const wanted = world.planhat
		.records('companies')
		.filter(({ name }) => name.startsWith('Falcon Fo'))
		.map(({ name, externalId }) => ({ name, shown: `${name} (${externalId})` }));
	const items = page.getByTestId('rlc-item');
	await items.filter({ hasText: wanted.at(-1).shown }).waitFor();
	assert.ok(wanted.length > 1);
	assert.deepEqual((await items.allInnerTexts()).sort(), wanted.map(({ shown }) => shown).sort());
	await picture(page, 'record-from-list', [locator, page.getByTestId('rlc-search'), items.last()], 12);

	await items.filter({ hasText: wanted[1].shown }).click();
	assert.equal(await locator.getByTestId('rlc-input').inputValue(), wanted[1].shown);
	await execute(page);
	const { columns, rows } = await outputTable(page);
	assert.deepEqual(
		rows.map((row) => row[columns.indexOf('name')]),
		[wanted[1].name],
	);
}

export async function mapByHand(page) {
	const items = [{ account: 'Nordlicht Logistics', stage: 'Onboarding' }];
	await openNode(
		page,
		await storeWorkflow({ resource: 'company', operation: 'create', specifyFields: 'map' }, { items }),
	);
	await inputOf(page, 'name').fill('Nordlicht');
	await page.getByTestId('add-fields-select').locator('button').click();
	await page.getByRole('menuitem', { name: 'Plan', exact: true }).waitFor();
	await page.getByRole('menuitem', { name: 'Phase', exact: true }).click();
	await dragOnto(page, 'stage', 'phase');
	await picture(page, 'map-by-hand', [page.getByTestId('ndv')]);
	await execute(page);

	const { columns, rows } = await outputTable(page);
	assert.deepEqual([rows.length, rows[0][columns.indexOf('phase')]], [1, 'Onboarding']);
	const created = world.planhat.records('companies').at(-1);
	assert.deepEqual([created.name, created.phase], ['Nordlicht', 'Onboarding']);
}

export async function mapAutomatically(page) {
	const before = world.planhat.records('companies').length;
	await openNode(
		page,
		await storeWorkflow({ resource: 'company', operation: 'create', specifyFields: 'map' }, { items: rowsOfSheet }),
	);
	await page.getByTestId('mapping-mode-select').click();
	await choose(page, 'Map Automatically');
	await page.getByTestId('add-fields-select').waitFor({ state: 'detached' });
	await execute(page);
	const created = world.planhat.records('companies').slice(before);
	assert.deepEqual(
		created.map(({ externalId, name, phase }) => ({ externalId, name, phase })),
		rowsOfSheet,
	);
}

export async function showOutcomes(page) {
	world.planhat.insert('companies', [{ externalId: 'acme-1', name: 'Acme', phase: 'Onboarding' }]);
	await openNode(
		page,
		await storeWorkflow({ resource: 'company', operation: 'upsert', specifyFields: 'map' }, { items: rowsOfSheet }),
	);
	await execute(page);
	const { columns, rows } = await outputTable(page);
	assert.deepEqual(
		rows.map((row) => [row[columns.indexOf('externalId')], row[columns.indexOf('outcome')]]),
		[
			['acme-1', 'updated'],
			['nordlicht-2', 'created'],
			['seabird-3', 'created'],
		],
	);
	await picture(page, 'create-or-update', [page.getByTestId('ndv')]);
}
