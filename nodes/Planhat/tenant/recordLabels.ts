import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

import type { Model } from '../resources/types';

/** What else people know a record by: an address, whom it belongs to, and a key of their own. The first of each counts. */
export const details = [['email'], ['companyName', 'cName'], ['externalId', 'extId', 'sourceId']];

/** A longer name would not fit either; the editor draws all of it, for each entry. */
const mostCharacters = 200;

/** A name as a list in the editor shows it. */
export function entryName(name: string): string {
	return name.length > mostCharacters ? `${name.slice(0, mostCharacters)}…` : name;
}

/** More than two would not fit into the editor's list. */
const mostDetails = 2;

export const parts = ['firstName', 'lastName'];

export function labelText(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** The fields that a list of records needs for names and search; the records themselves can be large. */
export function labelFields({ title, fields, kind }: Model): string[] {
	const wanted = new Set([title, 'name', ...parts, ...details.flat(), ...(kind?.fields ?? [])]);
	return fields.map(({ name }) => name).filter((name) => wanted.has(name));
}

function titleOf(model: Model, record: IDataObject): string {
	const fullName = parts.map((part) => labelText(record[part])).join(' ');
	const names = [record[model.title], record.name, fullName, ...details.flat().map((name) => record[name]), record._id];
	return names.map(labelText).find((name) => name !== '') ?? '';
}

/**
 * What the editor shows for a record: its name, and enough to tell it from others of that name.
 * @returns such as "Acme (acme-1)" or "Ada Lovelace (ada@example.com, Acme)"
 */
export function recordLabel(model: Model, record: IDataObject): string {
	const title = titleOf(model, record);
	const known = details.map(
		(names) => names.map((name) => labelText(record[name])).find((detail) => detail !== '') ?? '',
	);
	const others = new Set(known.filter((detail) => detail !== '' && detail !== title));
	const told = [...others].slice(0, mostDetails).join(', ');
	return told === '' ? title : `${title} (${told})`;
}

/**
 * The entries of a list of records, by `_id`. Where several would look the same, each shows its ID.
 * @param records with an `_id`
 */
export function entriesOf(model: Model, records: readonly IDataObject[]): INodePropertyOptions[] {
	const labels = records.map((record) => entryName(recordLabel(model, record)));
	const counts = new Map<string, number>();
	for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
	return records.map(({ _id }, index) => {
		const label = labels[index] ?? '';
		const isShared = label !== _id && (counts.get(label) ?? 0) > 1;
		return { name: isShared ? `${label} · ${String(_id)}` : label, value: String(_id) };
	});
}
