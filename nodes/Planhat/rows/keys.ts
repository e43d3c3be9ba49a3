import type { IDataObject, INode } from 'n8n-workflow';

import { isBlank } from '../values/checks';
import { emailIdentity } from '../values/keys';
import type { Columns, FieldColumn } from '../columns/column';
import { rawFields } from './mappedByHand';
import { recordName } from '../resources/recordName';
import type { Key, NamedCompany, Row } from './row';

/** Between a key and the company in which it counts. */
const inCompany = '\n';

/** The first good value that a row has in some columns, as Planhat says it back. */
export function firstValue(given: IDataObject, { byName }: Columns, names: readonly string[]): string | undefined {
	for (const name of names) {
		const column = byName.get(name);
		const value = column?.to === 'field' ? valueIn(given, name, column) : undefined;
		if (value !== undefined) return value;
	}
	return undefined;
}

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
		const usual = column.usual?.(given[name], column.field);
		if (usual !== undefined) return String(usual);
		const converted = column.convert(given[name]);
		return 'value' in converted && converted.value !== undefined ? String(converted.value) : undefined;
	} catch {
		return undefined;
	}
}

/**
 * The company that a row names.
 * @returns undefined where it names none
 */
export function companyOf(given: IDataObject, columns: Columns): NamedCompany | undefined {
	const found = firstOf(given, columns, columns.companyColumns);
	if (found === undefined) return undefined;
	const { value, column } = found;
	if (column.field.type === 'key') return { form: 'extid', value };
	return /^(ext|src)id-/.test(value) ? { form: value.slice(0, 5), value: value.slice(6) } : { form: '_id', value };
}

const none: readonly Key[] = [];

/**
 * The keys of a row, best first, as Planhat matches it by them. What is no key, such as 'N/A', is left out: the row that
 * holds it is not sent.
 */
export function keysOf(given: IDataObject, columns: Columns): readonly Key[] {
	let keys: Key[] | undefined;
	for (const { name, columns: names } of columns.keyColumns) {
		const value = firstValue(given, columns, names);
		if (value === undefined) continue;
		keys ??= [];
		keys.push(asKey(given, columns, name, value));
	}
	return keys ?? none;
}

/** The names in the input that mean a field. */
export function namesMeaning({ byName }: Columns, field: string): string[] {
	return [...byName].flatMap(([name, column]) => (column.to === 'field' && column.field.name === field ? [name] : []));
}

/** The good value that a row has in a field, as Planhat says it back. */
export function goodValue(given: IDataObject, columns: Columns, field: string): string | undefined {
	return firstValue(given, columns, namesMeaning(columns, field));
}

/** A name counts among the records that it is given for. */
function namedKey(given: IDataObject, columns: Columns, name: string, value: string): Key {
	const { model } = columns;
	const within = String(model.namedBy?.within);
	const among = goodValue(given, columns, within);
	const identity = recordName(model, { [name]: value, [within]: among })?.exact;
	return { name, value, identity: identity ?? value };
}

/** Emails count in any case, and some keys only within their company. */
function asKey(given: IDataObject, columns: Columns, name: string, value: string): Key {
	const identity = name === 'email' ? emailIdentity(value) : value;
	if (name === columns.model.namedBy?.field) return namedKey(given, columns, name, value);
	if (!columns.model.keysWithinCompany.some((key) => key === name)) return { name, value, identity };
	const company = companyOf(given, columns);
	const within = company === undefined ? identity : `${identity}${inCompany}${company.form}-${company.value}`;
	return { name, value, identity: within, anywhere: identity };
}

/**
 * Says which keys are mapped by hand and blank in every row, most likely because their expression names nothing.
 * @returns a sentence, undefined where there is none
 */
export function blankKeysText(
	node: Pick<INode, 'parameters'>,
	rows: readonly Row[],
	{ model, rules }: Pick<Columns, 'model' | 'rules'>,
): string | undefined {
	if (rules.writes !== 'either') return undefined;
	const raw = rawFields(node);
	const blank = model.keys.filter((name) => !isBlank(raw[name]) && rows.every(({ given }) => isBlank(given[name])));
	if (blank.length === 0) return undefined;
	const named = blank.map((name) => `'${name}' (${String(raw[name]).replace(/^=/, '')})`);
	return `${named.join(', ')} ${named.length === 1 ? 'is' : 'are'} empty in every row`;
}
