import type { IDataObject } from 'n8n-workflow';

import type { Columns, FieldColumn } from './column';
import type { Key } from './row';

/** Between a key and the company in which it counts. */
const inCompany = '\n';

/** The first of some columns that a row has a good value in. A value may fail when it is looked at; the row is refused for it. */
function firstOf(given: IDataObject, { byName }: Columns, names: readonly string[]) {
	for (const name of names) {
		const column = byName.get(name);
		if (column?.to !== 'field') continue;
		const value = valueIn(given, name, column);
		if (value !== undefined) return { column, value };
	}
	return undefined;
}

function valueIn(given: IDataObject, name: string, column: FieldColumn): string | undefined {
	try {
		const converted = column.convert(given[name]);
		return 'value' in converted ? String(converted.value) : undefined;
	} catch {
		return undefined;
	}
}

/**
 * The company that a row names, as a reference.
 * @param given as the user gave it
 * @param columns of the run
 * @returns an ID, or `extid-` or `srcid-` with a key; undefined where it names none
 */
export function companyOf(given: IDataObject, columns: Columns): string | undefined {
	const found = firstOf(given, columns, columns.companyColumns);
	if (found === undefined) return undefined;
	return found.column.field.type === 'key' ? `extid-${found.value}` : found.value;
}

const none: readonly Key[] = [];

/**
 * The keys of a row, best first, as Planhat matches it by them. What is no key, such as 'N/A', is left out: the row that
 * holds it is not sent.
 * @param given as the user gave it
 * @param columns of the run
 */
export function keysOf(given: IDataObject, columns: Columns): readonly Key[] {
	let keys: Key[] | undefined;
	for (const { name, columns: names } of columns.keyColumns) {
		const found = firstOf(given, columns, names);
		if (found === undefined) continue;
		keys ??= [];
		keys.push({ name, value: found.value, identity: identityOf(given, columns, name, found.value) });
	}
	return keys ?? none;
}

/** Emails count in any case, and some keys only within their company. */
function identityOf(given: IDataObject, columns: Columns, name: string, value: string): string {
	const identity = name === 'email' ? value.toLowerCase() : value;
	const isWithin = columns.isCompanyClear && columns.model.keysWithinCompany.some((key) => key === name);
	return isWithin ? `${identity}${inCompany}${companyOf(given, columns)}` : identity;
}
