import type { IDataObject } from 'n8n-workflow';

import { spelling } from '../columns/columnNames';
import { isBlank } from '../values/checks';
import type { Given, Refused, Row } from './row';

/** How a table holds several metrics in a row. */
export interface WideTable {
	/** The columns that are metrics; all but the others where it is empty. */
	metrics: readonly string[];
	target: string;
	date: string;
}

/** What stands in a column, whatever its spelling. */
export function columnNamed(given: IDataObject, name: string): string | undefined {
	if (name in given) return name;
	return Object.keys(given).find((key) => spelling(key) === spelling(name));
}

/** Columns that Google Sheets adds, and that say whose records the values are. */
const others = ['row_number', 'model', '_id'];

function valuesOf(given: IDataObject, { metrics, target, date }: WideTable): Row['given'][] {
	const targetName = columnNamed(given, target);
	const dateName = columnNamed(given, date);
	const modelName = columnNamed(given, 'model');
	const left = [...others, targetName, dateName];
	const names = metrics.length > 0 ? metrics : Object.keys(given).filter((name) => !left.includes(name));
	const shared: IDataObject = {
		...(targetName !== undefined && { externalId: given[targetName] }),
		...(dateName !== undefined && !isBlank(given[dateName]) && { date: given[dateName] }),
		...(modelName !== undefined && !isBlank(given[modelName]) && { model: given[modelName] }),
	};
	return names.flatMap((name) => {
		const held = columnNamed(given, name);
		return held === undefined || isBlank(given[held]) ? [] : [{ dimensionId: name, value: given[held], ...shared }];
	});
}

/** Makes one row for each metric of a row. One without a value stays, to be told that it has nothing to send. */
export function longRows(given: Given, table: WideTable): Given {
	const refusedAt = new Map(given.refused.map(({ at, why }) => [at, why]));
	const rows: Row[] = [];
	const refused: Refused[] = [];
	for (const [at, row] of given.rows.entries()) {
		const why = refusedAt.get(at);
		const values = why === undefined ? valuesOf(row.given, table) : [];
		if (why !== undefined) refused.push({ at: rows.length, why });
		if (values.length === 0) rows.push({ item: row.item, given: why === undefined ? {} : row.given });
		for (const each of values) rows.push({ item: row.item, given: each });
	}
	return { rows, refused };
}

/** The name of a metric without spaces and special characters, as Planhat wants it. */
export function cleanName(name: string): string {
	return name
		.trim()
		.replace(/[^\p{L}\p{N}_]+/gu, '_')
		.replace(/^_+|_+$/g, '');
}

/**
 * Cleans the names of metrics. Two names that would become one are refused: they are two metrics.
 * @returns the rows, and what each name became that was changed
 */
export function withCleanNames(given: Given): { given: Given; changed: Map<string, string> } {
	const changed = new Map<string, string>();
	const firstBy = new Map<string, string>();
	const refused = [...given.refused];
	const isRefused = new Set(refused.map(({ at }) => at));
	const rows = given.rows.map((row, at) => {
		const column = columnNamed(row.given, 'dimensionId');
		const name = column === undefined ? undefined : row.given[column];
		if (column === undefined || typeof name !== 'string' || isBlank(name) || isRefused.has(at)) return row;
		const clean = cleanName(name);
		const first = firstBy.get(clean) ?? name;
		firstBy.set(clean, first);
		if (first.trim() !== name.trim()) {
			const said = `'${name}' and '${first}' would both become the metric '${clean}'`;
			refused.push({
				at,
				why: { code: 'badValues', problems: [{ field: 'dimensionId', given: name, wants: 'another name', said }] },
			});
			return row;
		}
		if (clean !== name) changed.set(name, clean);
		return { ...row, given: { ...row.given, [column]: clean } };
	});
	return { given: { ...given, rows, refused }, changed };
}
