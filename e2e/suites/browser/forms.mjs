import { models } from '../../../dist/nodes/Planhat/resources/index.js';
import { openNewWorkflow, openNode } from '../../browser/editor.mjs';
import { addAction, keepOneCredential } from '../../browser/nodesPanel.mjs';
import {
	addAllFields,
	chooseOption,
	mapperDrawn,
	mapperFilled,
	nodeInPage,
	openNodeOnCanvas,
	refreshFieldList,
	withoutTransitions,
} from '../../browser/panel.mjs';
import { descriptionOf } from '../../browser/stored.mjs';
import { createTable } from '../../browser/table.mjs';
import { storeAgentWorkflow, storeWorkflow } from '../../workflows.mjs';
import { until, world } from '../../world.mjs';

const operationNames = {
	create: 'Create',
	update: 'Update',
	upsert: 'Create or Update',
	insert: 'Insert',
	track: 'Track',
};
const filling = Object.keys(operationNames);

/** The operations of a model that have the form. */
const operationsOf = ({ operations }) => filling.filter((operation) => operations.includes(operation));

const formsOf = (some) =>
	some.flatMap((model) => operationsOf(model).map((operation) => `${model.resource} ${operation}`));

/** The models whose forms are opened in every way: those with the most fields, switches and keys. */
const closeLook = models.filter(({ resource }) => ['company', 'enduser', 'conversation'].includes(resource));

/** Where time counts every third of the others stands for its neighbours: what the forms are made from has a test of all of them. */
const wanted = process.env.CI ? models.filter((model, index) => closeLook.includes(model) || index % 3 === 0) : models;

/** The form of Map Each Field, for every model and operation that has it: n8n stores `false` for switches that it shows. */
export function forms(onPage) {
	onPage('no way to open the form of a node stores a value that nobody gave', async (page, context) => {
		defineSwitches();
		const table = createTable(await descriptionOf('n8n-nodes-planhat.planhat'));
		await addNodes(page, table);
		await reopenNodes(page, table);
		await openNode(page, await storeWorkflow({ resource: 'company', operation: 'create', specifyFields: undefined }));
		await withoutTransitions(page);
		await goThroughModels(page, table, wanted);
		table.check(context, formsOf(wanted));
	});

	// n8n shows a tool the same form, by the same code.
	onPage('no way to open the form of a tool stores a value that nobody gave', async (page, context) => {
		defineSwitches();
		const table = createTable(await descriptionOf('n8n-nodes-planhat.planhatTool'));
		await openNode(page, await storeAgentWorkflow({ resource: 'company', operation: 'create' }));
		await withoutTransitions(page);
		table.note('new node', await mapperDrawn(page, { resource: 'company', operation: 'create' }));
		await goThroughModels(page, table, closeLook);
		const { parameters } = await nodeInPage(page);
		const isSaved = async () => {
			const saved = (await savedParameters(page)).get('Planhat');
			return saved.resource === parameters.resource && saved.operation === parameters.operation;
		};
		await until(isSaved, 'the saved tool', 200);
		await page.reload();
		table.note('reload', await mapperFilled(page, parameters));
		table.check(context, formsOf(closeLook));
	});
}

/** A switch that n8n shows at once, and other custom fields, for every model that has custom fields. */
function defineSwitches() {
	const common = { isHidden: false, isLocked: false, isFormula: false };
	const parents = models.filter(({ fields }) => fields.some(({ name }) => name === 'custom'));
	for (const { resource: parent } of parents)
		world.planhat.insert('customfields', [
			{ ...common, parent, name: 'Agreed', type: 'checkbox', isMandatory: true },
			{ ...common, parent, name: 'Asked', type: 'checkbox', isMandatory: false },
			{ ...common, parent, name: 'Level', type: 'list', listValues: ['low', 'high'], isMandatory: false },
		]);
}

const actionOf = (operation, { singular }) =>
	({ create: `Create ${singular}`, update: `Update ${singular}`, upsert: `Create or update ${singular}` })[operation];

/** New nodes, by the actions of the nodes panel. */
async function addNodes(page, table) {
	await keepOneCredential();
	await openNewWorkflow(page);
	await withoutTransitions(page);
	for (const model of closeLook)
		for (const operation of operationsOf(model)) {
			const action = actionOf(operation, model);
			await addAction(page, action);
			const { resource } = model;
			table.note('new node', await mapperDrawn(page, { resource, operation }, action));
			await page.getByTestId('ndv-close-button').click();
		}
}

/** The parameters of the nodes as n8n has saved them, by the names of the nodes. */
async function savedParameters(page) {
	const [, id] = /workflow\/([^/?]+)/.exec(page.url());
	const { nodes } = await world.n8n.request('GET', `/rest/workflows/${id}`);
	return new Map(nodes.map(({ name, parameters }) => [name, parameters]));
}

/** The same nodes after a reload: n8n has saved them, and reads what it has saved. */
async function reopenNodes(page, table) {
	const pairs = closeLook.flatMap((model) => operationsOf(model).map((operation) => ({ model, operation })));
	const isSaved = async () =>
		[...(await savedParameters(page)).values()].filter(({ fields }) => fields?.value).length === pairs.length;
	await until(isSaved, 'the saved workflow', 200);
	await page.reload();
	await withoutTransitions(page);
	for (const { model, operation } of pairs) {
		const action = actionOf(operation, model);
		await openNodeOnCanvas(page, action);
		await page.getByTestId('resource-mapper-container').waitFor();
		const form = { resource: model.resource, operation };
		table.note('reload', await mapperFilled(page, form, action));
		if (operation !== 'upsert') {
			await addAllFields(page, action);
			table.note('add all', (await nodeInPage(page, action)).parameters);
			await refreshFieldList(page);
			table.note('refresh', (await nodeInPage(page, action)).parameters);
		}
		await page.getByTestId('ndv-close-button').click();
	}
	for (const parameters of (await savedParameters(page)).values())
		if (parameters.fields) table.note('stored', parameters);
}

/** One panel, in which Resource and Operation are switched until every form was there. */
async function goThroughModels(page, table, some) {
	for (const model of some) {
		const { resource, name } = model;
		await chooseOption(page, 'resource', name);
		const kept = await operationAfterSwitch(page, resource);
		const operations = operationsOf(model);
		if (operations.includes(kept)) table.note('resource', await mapperDrawn(page, { resource, operation: kept }));
		for (const operation of operations.filter((other) => other !== kept)) {
			await chooseOption(page, 'operation', operationNames[operation]);
			table.note('operation', await mapperDrawn(page, { resource, operation }));
		}
		await addAllFields(page);
		table.note('add all', (await nodeInPage(page)).parameters);
		if (!closeLook.includes(model)) continue;
		await refreshFieldList(page);
		table.note('refresh', (await nodeInPage(page)).parameters);
	}
}

/** n8n keeps the operation where the next model has it too. */
async function operationAfterSwitch(page, resource) {
	await until(async () => (await nodeInPage(page)).parameters.resource === resource, `the resource ${resource}`, 50);
	return (await nodeInPage(page)).parameters.operation;
}
