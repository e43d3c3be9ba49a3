import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { checkoutFolder } from './checkout.mjs';
import { runByDeliveries } from './deliveries.mjs';
import { outputOf } from './n8nClient.mjs';

const planhatType = 'n8n-nodes-planhat.planhat';
const runTimeout = 120_000;

/**
 * What the examples must do when they run against the test double. A Planhat node that is not named here puts out one
 * item, and nothing on its error output. An example that Planhat starts gets `delivers.bodies` of a record. Examples that are not named here are imported and not run. What an example
 * does not name in `leaves` it deletes again.
 */
export const expectations = {
	'company-health-drops.json': {
		delivers: {
			path: 'companies',
			bodies: ({ _id: id }) => [
				{ event: 'updated', model: 'company', health: '4', before: '8', id },
				{ event: 'updated', model: 'company', health: '4', before: '8', id },
				{ event: 'updated', model: 'company', health: '9', before: '8', id },
			],
		},
		items: { 'Get the company': 2, 'Make the task': 2, 'Write the message': 1 },
	},
	'call-summary-to-conversation.json': {},
	'list-companies.json': { reads: true, items: { 'List companies': 5 }, shows: 'List companies' },
	'company-life-cycle.json': {
		items: { 'Create companies': 3, 'List companies': 10, 'Delete them': 3 },
		summary: { created: 3, read: 1, phaseAfterUpdate: 'Onboarding', listed: 10, deleted: 3 },
		shows: 'List companies',
	},
	'new-end-user.json': {
		delivers: {
			path: 'endusers',
			bodies: ({ _id: id }) => Array(2).fill({ event: 'created', model: 'enduser', id }),
		},
		items: { 'Get the end user': 2, 'Add a tag': 1 },
	},
	'create-in-slices.json': {
		summary: { rows: 1_000, left: 1_000, slices: 10, lastRow: 1_000 },
		leaves: { prefix: 'n8n-slices-', companies: 1_000 },
	},
	'push-metrics-and-activities.json': {
		items: { 'Read them back': 100, 'Track activities': 3 },
		summary: { values: 100, processed: 100, requests: 1, readBack: 100, activities: 3, accepted: 3 },
	},
	'sync-companies.json': {
		items: { 'Sync again': 11_980 },
		errorItems: { 'Sync companies': 20 },
		summary: {
			rows: 12_000,
			requests: 4,
			outcomes: { created: 11_970, updated: 10, unchanged: 0, superseded: 0, failed: 20, unknown: 0 },
			requestsPlanned: 4,
			failedRows: 20,
			nextDayRows: 11_980,
			nextDay: { updated: 1_217, unchanged: 10_763 },
		},
		addsUp: { outcomes: 'rows', nextDay: 'nextDayRows' },
		leaves: { prefix: 'n8n-sync-', companies: 11_970 },
	},
	'wide-usage-table.json': { errorItems: { 'Insert metric values': 3 } },
	'two-systems-both-ways.json': {
		items: { 'Create companies': 3, 'To Planhat': 3, 'Delete them': 3 },
		summary: { outcomes: { updated: 1, unchanged: 2 }, outcomesBack: { updated: 0, unchanged: 1 } },
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
	for (const fileName of fileNames) imported.push(await importWorkflow(n8n, join(folder, fileName), credentials));
	return imported;
}

/**
 * Imports the workflow of one file; it is not switched on.
 *
 * @param {Awaited<ReturnType<import('./n8nServer.mjs').startN8n>>} n8n
 * @param {string} file
 * @param {Array<{ id: string, name: string }>} credentials The ones that the workflow names.
 */
export async function importWorkflow(n8n, file, credentials) {
	const workflow = JSON.parse(await readFile(file, 'utf8'));
	const nodes = withCredentials(workflow.nodes, credentials);
	return { fileName: basename(file), workflow: await n8n.createWorkflow({ ...workflow, nodes }) };
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
 * @param {{ double?: { firstRecord: (path: string) => Promise<{ _id: string }> } }} options The test double, when it is the
 *   Planhat that the credential names: then the data set is the one that the expectations are made for.
 */
export async function runExample(n8n, { fileName, workflow }, { double }) {
	const expected = expectations[fileName] ?? {};
	const countsAreKnown = double !== undefined;
	const executions = expected.delivers
		? await runByDeliveries(
				n8n,
				workflow,
				expected.delivers.bodies(await double.firstRecord(expected.delivers.path)),
				runTimeout,
			)
		: [await n8n.runManually(workflow, runTimeout)];
	const execution = executions.find(({ status }) => status !== 'success') ?? executions.at(-1);
	const steps = workflow.nodes
		.filter(({ name, type }) => type === planhatType || name in (expected.items ?? {}))
		.map((node) => sumOfSteps(executions.map((one) => stepOf(one, node))));
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
		leaves: expected.leaves,
	};
}

function sumOfSteps(steps) {
	const sum = (name) => steps.reduce((total, step) => total + (step[name] ?? 0), 0);
	const [first] = steps;
	return {
		...first,
		...Object.fromEntries(['items', 'errorItems', 'milliseconds', 'undeleted'].map((name) => [name, sum(name)])),
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
	const errorItems = outputOf(execution, node.name, 1).length;
	const { operation, resource } = node.parameters;
	return {
		name: node.name,
		resource,
		operation,
		items: items.length,
		errorItems,
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
	return [
		...faultsOfCounts(steps, expected),
		...faultsOfSummary(summary, expected.summary ?? {}),
		...faultsOfSums(summary, expected.addsUp ?? {}),
	];
}

function faultsOfCounts(steps, { items: expectedItems = {}, errorItems: expectedErrorItems = {} }) {
	const wrongCounts = steps
		.filter(({ name, items }) => items !== (expectedItems[name] ?? 1))
		.map(({ name, items }) => `"${name}" put out ${items} items, not ${expectedItems[name] ?? 1}`);
	const wrongErrors = steps
		.filter(({ name, errorItems }) => errorItems !== (expectedErrorItems[name] ?? 0))
		.map(({ name, errorItems }) => `"${name}" failed for ${errorItems} items, not ${expectedErrorItems[name] ?? 0}`);
	const undeleted = steps.filter((step) => step.undeleted > 0).map(({ name }) => `"${name}" did not delete everything`);
	return [...wrongCounts, ...wrongErrors, ...undeleted];
}

function faultsOfSummary(summary, expected) {
	return Object.entries(expected)
		.filter(([name, value]) => !isDeepStrictEqual(summary?.[name], value))
		.map(([name, value]) => `its summary says ${name} = ${shown(summary?.[name])}, not ${shown(value)}`);
}

/** Looked at apart from the exact numbers: each row must end in one outcome, whatever it is. */
function faultsOfSums(summary, addsUp) {
	return Object.entries(addsUp)
		.map(([counts, total]) => ({ counts, total, sum: sumOf(summary?.[counts]), wanted: summary?.[total] }))
		.filter(({ sum, wanted }) => sum !== wanted)
		.map(({ counts, total, sum, wanted }) => `its ${counts} add up to ${sum}, but ${total} is ${wanted}`);
}

function sumOf(counts = {}) {
	return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

function shown(value) {
	return typeof value === 'object' ? JSON.stringify(value) : value;
}
