import type { IDataObject } from 'n8n-workflow';

import { cleaned, isNameOfN8n } from '../columns/columnNames';
import { isBlank } from '../values/checks';
import { findInRows, type Breathe } from './findInRows';
import { columnNamed, spelledBy } from './tableColumns';
import type { Given, Refused, Row } from './row';

/** How a table holds several metrics in a row. */
export interface WideTable {
	/** The columns that are metrics; all but the others where it is empty. */
	metrics: readonly string[];
	target: string;
	date: string;
}

/** The columns of a row that are metrics where the user names none: all but those that say whose records the values are, and when. */
export function metricsOf(given: IDataObject, { target, date }: WideTable): string[] {
	return columnsBeside(
		given,
		[target, date, 'model'].map((name) => columnNamed(given, name)),
	);
}

function columnsBeside(given: IDataObject, others: ReadonlyArray<string | undefined>): string[] {
	return Object.keys(given).filter(
		(name) => name !== '_id' && !others.includes(name) && !isNameOfN8n(spelledBy(cleaned, name)),
	);
}

/** The metrics that the user names and no row has a column for. */
export async function missingMetrics(
	rows: readonly Row[],
	{ metrics }: Pick<WideTable, 'metrics'>,
	breathe: Breathe,
): Promise<string[]> {
	const missing = new Set(metrics);
	const isAllThere = (given: IDataObject) => {
		for (const name of missing) if (columnNamed(given, name) !== undefined) missing.delete(name);
		return missing.size === 0 || undefined;
	};
	await findInRows(rows, isAllThere, breathe);
	return [...missing];
}

function valuesOf(given: IDataObject, table: WideTable): Array<{ given: IDataObject; valueColumn: string }> {
	const { metrics, target, date } = table;
	const columns = {
		externalId: columnNamed(given, target),
		date: columnNamed(given, date),
		model: columnNamed(given, 'model'),
	};
	const names = metrics.length > 0 ? metrics : columnsBeside(given, Object.values(columns));
	const shared: IDataObject = {};
	// What is blank stays, since that it is blank has to be told.
	for (const [field, column] of Object.entries(columns)) if (column !== undefined) shared[field] = given[column];
	return names.flatMap((name) => {
		const held = columnNamed(given, name);
		if (held === undefined || isBlank(given[held])) return [];
		return [{ given: { dimensionId: name, value: given[held], ...shared }, valueColumn: held }];
	});
}

/** What the input calls the fields that every row of the table has. */
async function calledIn(
	rows: readonly Row[],
	{ target, date }: WideTable,
	breathe: Breathe,
): Promise<Record<string, string>> {
	const nameOf = async (name: string) => (await findInRows(rows, (given) => columnNamed(given, name), breathe)) ?? name;
	return { externalId: await nameOf(target), date: await nameOf(date), model: await nameOf('model') };
}

/** Rows are quickly made: the time is looked at after so many. */
const rowsBetweenLooks = 16;

/**
 * Makes one row for each metric of a row. One without a value stays, to be told that it has nothing to send.
 */
export async function longRows(given: Given, table: WideTable, breathe: Breathe): Promise<Given> {
	const refusedAt = new Map(given.refused.map(({ at, why }) => [at, why]));
	const rows: Row[] = [];
	const refused: Refused[] = [];
	for (const [tableRow, row] of given.rows.entries()) {
		const { item } = row;
		const why = refusedAt.get(tableRow);
		const values = why === undefined ? valuesOf(row.given, table) : [];
		if (why !== undefined) refused.push({ at: rows.length, why });
		if (values.length === 0) rows.push({ item, given: why === undefined ? {} : row.given, tableRow });
		for (const each of values) rows.push({ item, tableRow, ...each });
		const pause = tableRow % rowsBetweenLooks === 0 ? breathe() : undefined;
		if (pause) await pause;
	}
	return { rows, refused, called: await calledIn(given.rows, table, breathe) };
}
