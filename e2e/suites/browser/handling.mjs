import assert from 'node:assert/strict';
import { choose, execute, openNode } from '../../browser/editor.mjs';
import { chooseCredential } from '../../browser/nodesPanel.mjs';
import { addField, chooseOption, mapperFilled, nodeInPage, openNodeOnCanvas } from '../../browser/panel.mjs';
import { descriptionOf, valuesNobodyGave } from '../../browser/stored.mjs';
import { nodeName, recordLocator, storeWorkflow } from '../../workflows.mjs';
import { storeCredential, until, world } from '../../world.mjs';

const risk = 'custom.Renewal risk';

/** What people do with a node beside filling in its form. */
export function handling(onPage) {
	onPage('a node that is copied, disabled, or given another credential holds what was typed and no more', handleNode);
	onPage('a form whose mode or resource changes, and back, holds what was typed or nothing', changeForm);
	onPage('a field that is mapped to a column which was renamed is named above the output', renameColumn);
}

const writes = () => world.planhat.requests.filter(({ method }) => method !== 'GET');

/** Opens Update of a company, of which somebody types the phase. */
async function typePhase(page) {
	const [{ _id }] = world.planhat.records('companies');
	const given = { resource: 'company', operation: 'update', specifyFields: 'map', recordId: recordLocator('id', _id) };
	await openNode(page, await storeWorkflow(given));
	await mapperFilled(page, given);
	await addField(page, 'phase');
	await chooseOption(page, 'phase', 'Renewal');
	const description = await descriptionOf('n8n-nodes-planhat.planhat');
	return {
		given,
		/** Fails where a node holds other values than these. */
		async holds(way, value = { phase: 'Renewal' }, name = nodeName) {
			const { parameters } = await nodeInPage(page, name);
			assert.deepEqual(valuesNobodyGave(description, parameters, { ...given, fields: { value } }), [], way);
			assert.deepEqual(parameters.fields?.value ?? {}, value, way);
		},
	};
}

const onCanvas = (page, name) => page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);

/** Opens the panel of a node until the form has asked for its fields. */
async function openForm(page, name) {
	const read = page.waitForResponse(/resource-mapper-fields/);
	await openNodeOnCanvas(page, name);
	await read;
	await page.waitForTimeout(300);
}

/** Closes the panel; while it goes, keys are still its own. */
async function close(page) {
	await page.getByTestId('ndv-close-button').click();
	await page.getByTestId('ndv').waitFor({ state: 'hidden' });
}

async function handleNode(page) {
	await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	const { holds } = await typePhase(page);
	await close(page);
	await onCanvas(page, nodeName).click();
	await page.keyboard.press('Control+d');
	await onCanvas(page, `${nodeName}1`).waitFor();
	await openForm(page, `${nodeName}1`);
	await holds('duplicated', undefined, `${nodeName}1`);
	await close(page);
	await page.keyboard.press('Control+z');
	await onCanvas(page, `${nodeName}1`).waitFor({ state: 'hidden' });
	await holds('undone');

	await onCanvas(page, nodeName).click();
	await page.keyboard.press('Control+c');
	await page.waitForFunction(
		async (name) => (await globalThis.navigator.clipboard.readText()).includes(name),
		nodeName,
	);
	await page.keyboard.press('Control+v');
	await onCanvas(page, `${nodeName}1`).waitFor();
	await holds('pasted', undefined, `${nodeName}1`);

	await onCanvas(page, nodeName).click();
	await page.keyboard.press('d');
	await until(async () => (await nodeInPage(page, nodeName)).disabled === true, 'the disabled node');
	await openForm(page, nodeName);
	await holds('disabled');
	await close(page);
	await page.keyboard.press('d');

	const other = await storeCredential({}, { name: 'Another account' });
	await openForm(page, nodeName);
	for (const [way, credential] of Object.entries({ 'another credential': other, 'the first one': world.credential })) {
		await chooseCredential(page, credential);
		await page.waitForTimeout(500);
		await holds(way);
	}
	await execute(page);
	assert.deepEqual(
		writes().map(({ body }) => body),
		[{ phase: 'Renewal' }],
	);
	await world.n8n.request('DELETE', `/rest/credentials/${other.id}`);
}

async function changeForm(page) {
	const { given, holds } = await typePhase(page);
	const mode = async (name) => {
		await page.getByTestId('mapping-mode-select').click();
		await choose(page, name);
		const wanted = name === 'Map Automatically' ? 'autoMapInputData' : 'defineBelow';
		await until(async () => (await nodeInPage(page)).parameters.fields.mappingMode === wanted, name);
	};
	await mode('Map Automatically');
	await holds('automatic');
	await mode('Map Each Column Manually');
	await mapperFilled(page, given);
	await holds('by hand again');

	await addField(page, risk);
	const expression = (kind) => page.getByTestId('mapping-fields-container').getByTestId(`radio-button-${kind}`).last();
	await expression('expression').click({ force: true });
	await until(async () => (await nodeInPage(page)).parameters.fields.value[risk] === '=', 'the expression');
	await execute(page);
	assert.deepEqual(writes().at(-1).body, { phase: 'Renewal' });
	await expression('fixed').click({ force: true });
	await until(async () => !(risk in (await nodeInPage(page)).parameters.fields.value), 'the list of Yes and No');
	await holds('an expression, and back');

	await chooseOption(page, 'specifyFields', 'Using JSON');
	await chooseOption(page, 'specifyFields', 'Map Each Field');
	await mapperFilled(page, given);
	await holds('JSON, and back', {});
	await chooseOption(page, 'resource', 'End User');
	await mapperFilled(page, { resource: 'enduser', operation: 'update' });
	await chooseOption(page, 'resource', 'Company');
	await mapperFilled(page, given);
	await holds('another resource, and back', {});
	const before = writes().length;
	await page.getByTestId('node-execute-button').click();
	await page.getByTestId('output-panel').getByText('There is nothing to send for the company').first().waitFor();
	assert.equal(writes().length, before);
}

async function renameColumn(page) {
	const fields = {
		mappingMode: 'defineBelow',
		value: { externalId: '={{ $json.ID }}', name: '={{ $json.Company }}', phase: '={{ $json.Stage }}' },
	};
	const items = [{ ID: 'a', Company: 'A', Status: 'Live' }];
	await openNode(
		page,
		await storeWorkflow({ resource: 'company', operation: 'upsert', specifyFields: 'map', fields }, { items }),
	);
	await execute(page);
	assert.deepEqual(writes().at(-1).body, [{ externalId: 'a', name: 'A' }]);
	const output = page.getByTestId('output-panel');
	await output.getByText("they were left out: 'phase' ({{ $json.Stage }}). Check the names of the columns.").waitFor();
}
