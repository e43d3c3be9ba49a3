import { table } from './table.mjs';

/** The columns of the tables. The README explains them. */
export const columns = {
	steps: ['step', 'resource', 'operation', 'items', 'failed', 'ms'],
	records: ['_id', 'name', 'phase', 'status'],
};

const recordsShown = 5;

/** Lines of a list in a summary. */
const listed = 5;

/**
 * What one run of an example did, for people.
 *
 * @param {Awaited<ReturnType<import('./examples.mjs').runExample>>} result
 */
export function describeRun({ name, steps, summary, records, faults }) {
	const shownRecords = records.slice(0, recordsShown);
	return [
		'',
		`${faults.length === 0 ? 'Done' : 'FAILED'}: ${name}`,
		tableOfSteps(steps),
		summary && inWords(summary),
		shownRecords.length > 0 &&
			`\n  The first ${shownRecords.length} of ${records.length} records:\n${table(columns.records, shownRecords)}`,
		...faults.map((fault) => `  Wrong: ${fault}`),
	]
		.filter((part) => typeof part === 'string')
		.join('\n');
}

/**
 * Where the editor is and how to get in.
 *
 * @param {{ address: string, login?: { email: string, password: string } }} n8n What has no login was there before.
 * @param {string[]} exampleNames
 */
export function describeEditor({ address, login }, exampleNames) {
	return [
		'',
		'n8n is open for you:',
		`  Address    ${address}`,
		...(login ? [`  E-mail     ${login.email}`, `  Password   ${login.password}`] : []),
		`  Workflows  ${exampleNames.join('; ')}`,
		'',
		login
			? 'Press Ctrl-C to end everything. Nothing that you change in this n8n is kept.'
			: 'Press Ctrl-C to end the test server, and to remove these workflows and their credentials from n8n.',
	].join('\n');
}

function tableOfSteps(steps) {
	const someFailed = steps.some(({ errorItems }) => errorItems > 0);
	return table(
		columns.steps.filter((column) => column !== 'failed' || someFailed),
		steps.map((step) => ({ ...step, step: step.name, failed: step.errorItems, ms: step.milliseconds })),
	);
}

/** Single values in one line, counts as a sum, lists line by line. */
function inWords(summary) {
	const entries = Object.entries(summary);
	const single = entries.filter(([, value]) => typeof value !== 'object');
	return [
		`  Summary: ${single.map(([name, value]) => `${name}: ${value}`).join('; ')}`,
		...entries.filter(([, value]) => typeof value === 'object').flatMap(([name, value]) => partInWords(name, value)),
	].join('\n');
}

function partInWords(name, value) {
	if (Array.isArray(value)) return [`    ${name}:`, ...value.slice(0, listed).map((text) => `      ${text}`)];
	const counts = Object.entries(value);
	const sum = counts.reduce((total, [, count]) => total + count, 0);
	return [`    ${name}: ${counts.map(([outcome, count]) => `${count} ${outcome}`).join(' + ')} = ${sum}`];
}
