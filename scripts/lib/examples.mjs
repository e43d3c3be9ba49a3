import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkoutFolder } from './checkout.mjs';
import { outputOf } from './n8nClient.mjs';

const planhatType = 'n8n-nodes-planhat.planhat';
const runTimeout = 120_000;

/**
 * What the examples must do when they run against the test double. A Planhat node that is not named here puts out one
 * item. Examples that are not named here are imported and not run.
 */
const expectations = {
	'list-companies.json': { reads: true, items: { 'List companies': 5 }, shows: 'List companies' },
	'company-life-cycle.json': {
		items: { 'Create companies': 3, 'List companies': 10, 'Delete them': 3 },
		summary: { created: 3, read: 1, phaseAfterUpdate: 'Onboarding', listed: 10, deleted: 3 },
		shows: 'List companies',
	},
	'every-model-once.json': {
		items: { 'Get many custom fields': 4, 'Get many metric values': 0 },
		summary: { created: 25, read: 25, listed: 25, changed: 25, deleted: 25 },
	},
};

/**
 * Imports every workflow of the folder `examples`; none is switched on.
 *
 * @param {Awaited<ReturnType<import('./n8nServer.mjs').startN8n>>} n8n
 * @param {Array<{ id: string, name: string }>} credentials The ones that the examples name.
 */
export async function importExamples(n8n, credentials) {
	const folder = join(checkoutFolder, 'examples');
	const fileNames = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
	const imported = [];
	for (const fileName of fileNames) {
		const workflow = JSON.parse(await readFile(join(folder, fileName), 'utf8'));
		const nodes = withCredentials(workflow.nodes, credentials);
		imported.push({ fileName, workflow: await n8n.createWorkflow({ ...workflow, nodes }) });
	}
	return imported;
}

/**
 * The imported examples that are to be run: all that have an expectation, or only those that read.
 *
 * @param {Awaited<ReturnType<typeof importExamples>>} examples
 * @param {{ onlyReading: boolean }} options
 */
export function examplesToRun(examples, { onlyReading }) {
	return examples.filter(({ fileName }) => {
		const expected = expectations[fileName];
		return expected !== undefined && (expected.reads || !onlyReading);
	});
}

/**
 * Runs one example and looks at what each of its Planhat nodes put out.
 *
 * @param {Awaited<ReturnType<import('./n8nServer.mjs').startN8n>>} n8n
 * @param {{ fileName: string, workflow: any }} example
 * @param {{ countsAreKnown: boolean }} options Whether the data set is the one that the expectations are made for.
 */
export async function runExample(n8n, { fileName, workflow }, { countsAreKnown }) {
	const expected = expectations[fileName];
	const execution = await n8n.runManually(workflow, runTimeout);
	const steps = workflow.nodes.filter(({ type }) => type === planhatType).map((node) => stepOf(execution, node));
	const summary = outputOf(execution, 'Summary')[0];
	return {
		name: workflow.name,
		steps,
		summary,
		records: expected.shows ? outputOf(execution, expected.shows) : [],
		faults: [
			...faultsOfExecution(execution),
			...(countsAreKnown && execution.status === 'success' ? faultsOfResults(steps, summary, expected) : []),
		],
	};
}

function withCredentials(nodes, credentials) {
	const linked = ([type, { name }]) => {
		const found = credentials.find((credential) => credential.name === name);
		return [type, found ? { id: found.id, name } : { id: null, name }];
	};
	return nodes.map((node) =>
		node.credentials
			? { ...node, credentials: Object.fromEntries(Object.entries(node.credentials).map(linked)) }
			: node,
	);
}

function stepOf(execution, node) {
	const run = execution.data?.resultData?.runData?.[node.name]?.at(-1);
	const items = outputOf(execution, node.name);
	const { operation, resource } = node.parameters;
	return {
		name: node.name,
		resource,
		operation,
		items: items.length,
		milliseconds: run?.executionTime,
		undeleted: operation === 'delete' ? items.filter((item) => item.deleted !== true).length : 0,
	};
}

function faultsOfExecution(execution) {
	if (execution.status === 'success') return [];
	const { lastNodeExecuted, error } = execution.data?.resultData ?? {};
	const explanation = [error?.message, error?.description].filter(Boolean).join(' ');
	return [
		`it ended with "${execution.status}"${lastNodeExecuted ? ` in "${lastNodeExecuted}"` : ''}: ${explanation || 'no reason given'}`,
	];
}

function faultsOfResults(steps, summary, expected) {
	return [...faultsOfCounts(steps, expected.items), ...faultsOfSummary(summary, expected.summary ?? {})];
}

function faultsOfCounts(steps, expectedItems) {
	const wrongCounts = steps
		.filter(({ name, items }) => items !== (expectedItems[name] ?? 1))
		.map(({ name, items }) => `"${name}" put out ${items} items, not ${expectedItems[name] ?? 1}`);
	const undeleted = steps.filter((step) => step.undeleted > 0).map(({ name }) => `"${name}" did not delete everything`);
	return [...wrongCounts, ...undeleted];
}

function faultsOfSummary(summary, expected) {
	return Object.entries(expected)
		.filter(([name, value]) => summary?.[name] !== value)
		.map(([name, value]) => `its summary says ${name} = ${summary?.[name]}, not ${value}`);
}
