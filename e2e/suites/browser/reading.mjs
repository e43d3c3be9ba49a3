import assert from 'node:assert/strict';
import { openNode } from '../../browser/editor.mjs';
import { chooseCredential } from '../../browser/nodesPanel.mjs';
import { chooseOption, mapperFilled, nodeInPage, openNodeOnCanvas, retryButton } from '../../browser/panel.mjs';
import { nodeName, storeWorkflow } from '../../workflows.mjs';
import { storeCredential, until, world } from '../../world.mjs';

/** How the form of Map Each Field comes by its fields. */
export function reading(onPage) {
	onPage('fields that cannot be read: nothing is stored, and Retry reads them', retry);
	onPage('fields are read again when Operation or Resource changes, and with another credential', readAgain);
}

const createCompany = { resource: 'company', operation: 'create' };

const readings = () => world.planhat.requests.filter(({ path }) => path === '/customfields').length;

async function retry(page) {
	const fault = world.planhat.order({ path: '/customfields', times: 'always', answer: { status: 403, body: 'No' } });
	await openNode(page, await storeWorkflow({ ...createCompany, specifyFields: undefined }));
	await retryButton(page).waitFor();
	const shown = await page.getByTestId('resource-mapper-container').innerText();
	assert.match(shown, /The fields are not loaded.*credential that may read custom fields.*Retry/s);
	const { schema, value } = (await nodeInPage(page)).parameters.fields;
	assert.deepEqual([schema, value ?? {}], [[], {}]);
	fault.cancel();
	await retryButton(page).click();
	const { fields } = await mapperFilled(page, createCompany);
	assert.deepEqual(fields.value, {});
	assert.ok(fields.schema.some(({ id }) => id === 'custom.Plan'));
	assert.deepEqual(
		fields.schema.filter(({ removed }) => !removed).map(({ id }) => id),
		['name'],
	);
}

async function readAgain(page) {
	await openNode(page, await storeWorkflow({ ...createCompany, specifyFields: undefined }));
	await mapperFilled(page, createCompany);
	const since = readings();
	await chooseOption(page, 'operation', 'Update');
	await mapperFilled(page, { resource: 'company', operation: 'update' });
	await chooseOption(page, 'resource', 'End User');
	const { fields } = await mapperFilled(page, { resource: 'enduser', operation: 'update' });
	assert.ok(readings() >= since + 2);
	assert.ok(fields.schema.some(({ id }) => id === 'custom.Newsletter'));

	const other = world.planhat.addTenant({ apiToken: 'token-of-another-tenant', tenantToken: 'tenant-of-another' });
	other.insert('customfields', [{ parent: 'enduser', name: 'Role', type: 'text', isHidden: false, isLocked: false }]);
	const { id } = await storeCredential({ apiToken: other.apiToken }, { name: 'Another tenant' });
	await chooseCredential(page, { id });
	await page.getByTestId('ndv-close-button').click();
	await openNodeOnCanvas(page, nodeName);
	const isRead = async () => {
		const { parameters, credentials } = await nodeInPage(page);
		return credentials.planhatApi.id === id && parameters.fields.schema.some((column) => column.id === 'custom.Role');
	};
	await until(isRead, 'the fields of the other tenant', 50);
	const columns = (await nodeInPage(page)).parameters.fields.schema.map((column) => column.id);
	assert.ok(!columns.includes('custom.Newsletter'));
}
