import assert from 'node:assert/strict';
import { execute, inputOf, openNode, valueOf } from '../../browser/editor.mjs';
import { addField, chooseOption, mapperFilled, nodeInPage } from '../../browser/panel.mjs';
import { recordLocator, runTool, storeAgentWorkflow, storeWorkflow } from '../../workflows.mjs';
import { until, world } from '../../world.mjs';

const risk = 'custom.Renewal risk';

/** Fields that are Yes or No: what is chosen is sent, and nothing else. */
export function yesAndNo(onPage) {
	onPage('of a form that opened by itself, only what was typed is sent', typeOnePhase);
	onPage('Yes and No are sent as they were chosen', chooseYesAndNo);
	onPage('a workflow from before shows the Yes and No that it holds, and sends them', openOlder);
	onPage('of the form of a tool, only what was given is sent', giveToTool);
}

const writes = () => world.planhat.requests.filter(({ method }) => method === 'PUT');
const lastBody = () => writes().at(-1).body;

const storedRisk = ({ _id }) =>
	world.planhat.records('companies').find((company) => company._id === _id).custom['Renewal risk'];

/** A company of which the checkbox is ticked. */
function companyAtRisk() {
	return world.planhat.insert('companies', [
		{ name: 'Nordlicht', externalId: 'nordlicht', phase: 'Growth', custom: { 'Renewal risk': true } },
	])[0];
}

/** The form of Update as it opens when Operation changes. */
async function switchToUpdate(page, { _id }) {
	const recordId = recordLocator('id', _id);
	await openNode(
		page,
		await storeWorkflow({ resource: 'company', operation: 'get', recordId, specifyFields: undefined }),
	);
	await chooseOption(page, 'operation', 'Update');
	await mapperFilled(page, { resource: 'company', operation: 'update' });
}

async function typeOnePhase(page) {
	const company = companyAtRisk();
	await switchToUpdate(page, company);
	await addField(page, 'phase');
	await addField(page, risk);
	await chooseOption(page, 'phase', 'Renewal');
	await execute(page);
	assert.deepEqual(lastBody(), { phase: 'Renewal' });
	assert.equal(storedRisk(company), true);
}

async function chooseYesAndNo(page) {
	const company = companyAtRisk();
	await switchToUpdate(page, company);
	await addField(page, risk);
	for (const [choice, value] of [
		['No', false],
		['Yes', true],
	]) {
		await chooseOption(page, risk, choice);
		assert.equal(await valueOf(page, risk), choice);
		const before = writes().length;
		await page.getByTestId('node-execute-button').click();
		await until(() => writes().length > before, 'the request');
		assert.deepEqual(lastBody(), { custom: { 'Renewal risk': value } });
		await until(() => storedRisk(company) === value, 'the answer of Planhat');
	}
}

/** What the editor stored of this form when its fields were n8n's own switches. */
function olderColumn(id, displayName) {
	const marks = { required: false, defaultMatch: false, canBeUsedToMatch: false, display: true, removed: false };
	return { id, displayName, ...marks, type: 'boolean' };
}

async function openOlder(page) {
	const company = companyAtRisk();
	const value = { [risk]: false, orgIndependent: true };
	const schema = [olderColumn(risk, 'Renewal risk (custom)'), olderColumn('orgIndependent', 'Org Independent')];
	const fields = { mappingMode: 'defineBelow', value, matchingColumns: [], schema };
	const recordId = recordLocator('id', company._id);
	await openNode(
		page,
		await storeWorkflow({ resource: 'company', operation: 'update', recordId, specifyFields: 'map', fields }),
	);
	const isReadAgain = async () => (await nodeInPage(page)).parameters.fields.schema.length > schema.length;
	await until(isReadAgain, 'the fields of today', 50);
	assert.deepEqual([await valueOf(page, risk), await valueOf(page, 'orgIndependent')], ['No', 'Yes']);
	assert.deepEqual((await nodeInPage(page)).parameters.fields.value, value);
	await execute(page);
	assert.deepEqual(lastBody(), { orgIndependent: true, custom: { 'Renewal risk': false } });
	assert.equal(storedRisk(company), false);
}

async function giveToTool(page) {
	const company = companyAtRisk();
	const recordId = recordLocator('id', "={{ $fromAI('id', 'ID of the company', 'string') }}");
	await openNode(page, await storeAgentWorkflow({ resource: 'company', operation: 'get', recordId }));
	await chooseOption(page, 'operation', 'Update');
	await mapperFilled(page, { resource: 'company', operation: 'update' });
	await addField(page, 'phase');
	await addField(page, risk);
	await inputOf(page, 'phase').fill('Renewal');
	await page.getByTestId('ndv-close-button').click();
	const { parameters } = await nodeInPage(page);
	await runTool(parameters, { id: company._id });
	assert.deepEqual(lastBody(), { phase: 'Renewal' });
	assert.equal(storedRisk(company), true);
}
