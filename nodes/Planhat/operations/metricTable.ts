import { listed } from '../report/words';
import { longRows, metricsOf, missingMetrics, type WideTable } from '../rows/metricRows';
import { columnNamed, sharedColumn, unclearName } from '../rows/tableColumns';
import { columnOfDates } from '../rows/undated';
import { findInRows, type Breathe } from '../rows/findInRows';
import type { Given, Row } from '../rows/row';
import type { BatchRun } from '../run/context';
import { inputError } from '../transport/errors';
import { isBlank } from '../values/checks';

const usual = { target: 'externalId', date: 'date' };

function readColumn(run: BatchRun, name: string, usualName: string): string {
	const value = run.parameter(`options.${name}`, 0, usualName);
	return isBlank(value) ? usualName : String(value).trim();
}

/**
 * Reads how the rows of a table hold several metrics.
 * @returns undefined where they hold one value each
 */
export function readWideTable(run: BatchRun): WideTable | undefined {
	if (run.parameter('options.rowsHold', 0, 'oneValue') !== 'severalMetrics') return undefined;
	const given = run.parameter('options.metricColumns', 0, '');
	const names = Array.isArray(given) ? given.map(String) : String(given ?? '').split(',');
	return {
		metrics: [...new Set(names.map((name) => name.trim()).filter((name) => name !== ''))],
		target: readColumn(run, 'targetColumn', usual.target),
		date: readColumn(run, 'dateColumn', usual.date),
	};
}

async function hasColumn(rows: readonly Row[], name: string, breathe: Breathe): Promise<boolean> {
	return (await findInRows(rows, (given) => columnNamed(given, name), breathe)) !== undefined;
}

async function requireTarget({ node }: BatchRun, rows: readonly Row[], { target }: WideTable, breathe: Breathe) {
	if (rows.length === 0 || (await hasColumn(rows, target, breathe))) return;
	throw inputError(
		node,
		`No row has the column '${target}' that says whose values they are`,
		"Correct the option 'Target Column'.",
	);
}

/** What is one thing or another goes out as neither. */
async function requireClear({ node }: BatchRun, rows: readonly Row[], table: WideTable, breathe: Breathe) {
	const { target, date, metrics } = table;
	const unclear = await unclearName(rows, [target, date, ...metrics], breathe);
	if (unclear !== undefined)
		throw inputError(
			node,
			`'${unclear.name}' may be the column ${listed(
				unclear.columns.map((name) => `'${name}'`),
				'or',
			)}`,
			'Give the name in the options exactly as your data has it.',
		);
	const shared = await sharedColumn(rows, metrics, breathe);
	if (shared === undefined) return;
	const [one, other] = shared;
	throw inputError(
		node,
		`'${one}' and '${other}' in 'Metric Columns' mean the same column`,
		'Give each column once, so that its values are not sent twice.',
	);
}

/**
 * Planhat takes a value without a date for one of now, so that a date that is not seen puts it on the wrong day. Where the
 * user has named the metrics, other columns may hold any dates: it is said, and the values go out.
 */
async function refuseUndated(run: BatchRun, rows: readonly Row[], table: WideTable, breathe: Breathe) {
	const { node } = run;
	if (rows.length === 0 || (await hasColumn(rows, table.date, breathe))) return;
	const isNamed = table.metrics.length > 0;
	const undated = await columnOfDates(rows, (given) => metricsOf(given, table), breathe);
	const holds = undated === undefined ? '' : `, and '${undated}' holds dates`;
	const words = `No row has the column '${table.date}'${holds}`;
	if (table.date === usual.date && undated === undefined) return;
	if (table.date === usual.date && isNamed) {
		run.hint(`${words}. Planhat takes the time of receipt for all values. See the option 'Date Column'.`, true);
		return;
	}
	throw inputError(
		node,
		words,
		"Set the option 'Date Column'. Planhat takes values without a date for those of today.",
	);
}

/**
 * Makes rows of one value each of a table with several metrics in a row, and says what it takes for a metric.
 * @throws NodeOperationError where a column that the options name is not there, or may be several
 */
export async function fromWideTable(run: BatchRun, given: Given, table: WideTable): Promise<Given> {
	const breathe = () => run.yieldToEventLoop();
	await requireTarget(run, given.rows, table, breathe);
	await requireClear(run, given.rows, table, breathe);
	await refuseUndated(run, given.rows, table, breathe);
	const missing = await missingMetrics(given.rows, table, breathe);
	if (missing.length > 0) run.hint(`No row has a column for these metrics: ${missing.join(', ')}.`, true);
	const long = await longRows(given, table, breathe);
	if (table.metrics.length > 0) return long;
	const taken = new Set<string>();
	for (const { valueColumn } of long.rows) if (valueColumn !== undefined) taken.add(valueColumn);
	if (taken.size > 0) run.hint(`These columns were taken for metrics: ${listed([...taken], 'and')}.`);
	return long;
}
