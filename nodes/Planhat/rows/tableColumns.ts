import type { IDataObject } from 'n8n-workflow';

import { spelling } from '../columns/columnNames';
import { isBlank } from '../values/checks';
import { isSameInJson } from '../values/json';
import { findInRows, type Breathe } from './findInRows';
import type { Row } from './row';

type Spelled = (name: string) => string;

/** A table has few columns and many rows. */
const mostKept = 1_000;

/** What was made of names, since that takes longer than to look it up. */
const kept = new Map<Spelled, Map<string, string>>();

/** What a function makes of a name. */
export function spelledBy(spelled: Spelled, name: string): string {
	let known = kept.get(spelled);
	if (known === undefined || known.size >= mostKept) kept.set(spelled, (known = new Map()));
	let text = known.get(name);
	if (text === undefined) known.set(name, (text = spelled(name)));
	return text;
}

/** The columns that a name may mean: the one with that very name first, then those that are spelled otherwise. */
function columnsNamed(given: IDataObject, name: string, spelled: Spelled): string[] {
	const wanted = spelledBy(spelled, name);
	const alike = Object.keys(given).filter((key) => key !== name && spelledBy(spelled, key) === wanted);
	return Object.hasOwn(given, name) ? [name, ...alike] : alike;
}

/**
 * The column that a name means, whatever its spelling. One that holds something goes before one that is empty, as where
 * the row is written.
 * @param spelled what is left of a name without its spelling
 */
export function columnNamed(given: IDataObject, name: string, spelled: Spelled = spelling): string | undefined {
	if (Object.hasOwn(given, name) && !isBlank(given[name])) return name;
	const columns = columnsNamed(given, name, spelled);
	return columns.find((column) => !isBlank(given[column])) ?? columns[0];
}

/**
 * Finds a name that may mean several columns of a row with different values, none of which has that very name.
 * @returns the name and the columns; undefined where all is clear
 */
export async function unclearName(
	rows: readonly Row[],
	names: readonly string[],
	breathe: Breathe,
): Promise<{ name: string; columns: readonly string[] } | undefined> {
	const unclearIn = (given: IDataObject) => {
		for (const name of names) {
			if (Object.hasOwn(given, name)) continue;
			const columns = columnsNamed(given, name, spelling);
			const filled = columns.filter((column) => !isBlank(given[column]));
			if (filled.some((column) => !isSameInJson(given[column], given[filled[0] ?? ''])))
				return { name, columns: filled };
		}
		return undefined;
	};
	return await findInRows(rows, unclearIn, breathe);
}

/**
 * Finds two names that mean one column, which would go out as both.
 * @returns undefined where there are none
 */
export async function sharedColumn(
	rows: readonly Row[],
	names: readonly string[],
	breathe: Breathe,
): Promise<readonly string[] | undefined> {
	const alike = names.filter((name) => names.some((other) => other !== name && spelling(other) === spelling(name)));
	if (alike.length === 0) return undefined;
	const sharedIn = (given: IDataObject) => {
		const nameOf = new Map<string, string>();
		for (const name of alike) {
			const column = columnNamed(given, name);
			if (column === undefined) continue;
			const other = nameOf.get(column);
			if (other !== undefined) return [other, name];
			nameOf.set(column, name);
		}
		return undefined;
	};
	return await findInRows(rows, sharedIn, breathe);
}
