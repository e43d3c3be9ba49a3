import type { IDataObject } from 'n8n-workflow';

import { nameOfUser } from '../resources/plainNames';
import type { Model } from '../resources/types';
import { trimmed } from '../values/checks';
import type { Directory } from './directory';
import { labelText, recordLabel } from './recordLabels';
import { folded, matcher, searcher } from './textSearch';

/** The record that a name means, or why none can be told. */
export type NamedRecord = { record: IDataObject } | { refused: string; isUnknown: boolean };

const keys = ['externalId', 'extId', 'sourceId'];

/** A model reads all of them. */
const mostCandidates = 5;

/** What people call a record: a user has a short name, and a full one. */
function namesOf({ title }: Model, record: IDataObject): string[] {
	const { firstName, lastName, name, nickName } = record;
	const full = [firstName, lastName].map(labelText).filter(Boolean).join(' ');
	return [record[title], name, nickName, full].map(labelText).filter(Boolean);
}

function hasKey(record: IDataObject, text: string): boolean {
	const isEmail = labelText(record.email).toLowerCase() === text.toLowerCase();
	return isEmail || keys.some((key) => labelText(record[key]) === text);
}

/** Who was removed or can no longer log in gives way to who is there. */
function present(records: readonly IDataObject[]): readonly IDataObject[] {
	const there = records.filter(({ inactive, removed }) => inactive !== true && removed !== true);
	return there.length > 0 ? there : records;
}

/**
 * Finds records by words of what people know them by: those that are called so come first, then those that begin so.
 * @param text words of a name, a key or an email
 */
export function searchNamed(model: Model, records: readonly IDataObject[], text: string): readonly IDataObject[] {
	const wanted = folded(trimmed(text));
	const matches = matcher(wanted);
	const textOf = searcher(model);
	const rankOf = (record: IDataObject) => {
		const names = namesOf(model, record).map(folded);
		if (names.includes(wanted) || hasKey(record, trimmed(text))) return 0;
		return names.some((name) => name.startsWith(wanted)) ? 1 : 2;
	};
	const found = records.filter((record) => matches(`${textOf(record)} ${folded(labelText(record.nickName))}`));
	const ranked = found.map((record) => ({ record, rank: rankOf(record) }));
	return ranked.sort((one, other) => one.rank - other.rank).map(({ record }) => record);
}

/** "Acme (acme-1): 61006bc89a3e0b702ed8ea49". */
function candidateText(model: Model, record: IDataObject): string {
	const label =
		model.resource === 'user' ? (nameOfUser(record) ?? labelText(record.email)) : recordLabel(model, record);
	return `${label}: ${labelText(record._id)}`;
}

function candidatesText(model: Model, records: readonly IDataObject[]): string {
	const shown = records.slice(0, mostCandidates).map((record) => candidateText(model, record));
	const more = records.length - shown.length;
	return `${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

/**
 * Finds the record that is called so: by a key, an email, or a name that no other record has.
 * @param text without blanks around it
 * @param isStrict whether a name has to be given as it is written
 */
export function recordCalled(
	model: Model,
	{ records, isWhole }: Directory,
	text: string,
	isStrict: boolean,
): NamedRecord {
	const { singular, plural } = model;
	const byKey = records.filter((record) => hasKey(record, text));
	const wanted = folded(text);
	const isCalled = (name: string) => (isStrict ? name === text : folded(name) === wanted);
	const byName = records.filter((record) => namesOf(model, record).some(isCalled));
	const found = present(byKey.length > 0 ? byKey : byName);
	const [only, ...others] = found;
	if (only !== undefined && others.length === 0 && (isWhole || byKey.length > 0)) return { record: only };
	if (only !== undefined) {
		const count = isWhole ? `${found.length} ${plural} are` : `At least ${found.length} ${plural} may be`;
		return {
			refused: `${count} called '${text}': ${candidatesText(model, found)}. Use the ID of the one that is meant`,
			isUnknown: false,
		};
	}
	const among = isWhole ? '' : ` among the newest ${records.length}`;
	const alike = searchNamed(model, records, text);
	const none = `No ${singular} is called '${text}'${among}`;
	if (alike.length === 0) return { refused: none, isUnknown: true };
	return {
		refused: `${none}. Similar: ${candidatesText(model, alike)}. Use an ID, or the exact name`,
		isUnknown: true,
	};
}
