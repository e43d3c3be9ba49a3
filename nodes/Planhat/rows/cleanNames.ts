import { commonSpelling } from '../columns/columnNames';
import { isBlank, trimmed } from '../values/checks';
import { keyIn } from '../values/keys';
import { columnNamed } from './tableColumns';
import type { Breathe } from './findInRows';
import type { Given, Row } from './row';

/** The name of a metric without spaces and special characters, as Planhat wants it. */
export function cleanName(name: string): string {
	return trimmed(name)
		.replace(/[^\p{L}\p{N}_]+/gu, '_')
		.replace(/^_+|_+$/g, '');
}

/** A row is quickly done: the time is looked at after so many. */
const rowsBetweenLooks = 16;

/**
 * Cleans the names of metrics. Two names that would become one are refused: they are two metrics. What is no name, such as
 * 'N/A', is none afterwards either: it stays for the row to be refused.
 * @returns the rows, and what each name became that was changed
 */
export async function withCleanNames(
	given: Given,
	breathe: Breathe,
): Promise<{ given: Given; changed: Map<string, string> }> {
	const changed = new Map<string, string>();
	const firstBy = new Map<string, string>();
	const refused = [...given.refused];
	const isRefused = new Set(refused.map(({ at }) => at));
	const cleanedRow = (row: Row, at: number): Row => {
		const column = columnNamed(row.given, 'dimensionId', commonSpelling);
		const value = column === undefined ? undefined : row.given[column];
		const isName = typeof value === 'number' || (typeof value === 'string' && !isBlank(value));
		if (column === undefined || !isName || isRefused.has(at)) return row;
		const name = trimmed(String(value));
		const clean = cleanName(name);
		if (clean !== '' && 'fault' in keyIn(value)) return row;
		const first = firstBy.get(clean) ?? name;
		firstBy.set(clean, first);
		if (clean === '' || first !== name) {
			const said =
				clean === ''
					? `Nothing is left of the name '${name}' without spaces and special characters`
					: `'${name}' and '${first}' would both become the metric '${clean}'`;
			refused.push({
				at,
				why: { code: 'badValues', problems: [{ field: 'dimensionId', given: name, wants: 'another name', said }] },
			});
			return row;
		}
		if (clean === name) return row;
		changed.set(name, clean);
		return { ...row, given: { ...row.given, [column]: clean } };
	};
	const rows: Row[] = [];
	for (const [at, row] of given.rows.entries()) {
		rows.push(cleanedRow(row, at));
		const pause = at % rowsBetweenLooks === 0 ? breathe() : undefined;
		if (pause) await pause;
	}
	return { given: { ...given, rows, refused }, changed };
}
