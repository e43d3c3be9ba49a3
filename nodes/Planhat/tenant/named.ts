import type { IDataObject } from 'n8n-workflow';

import { nameOfUser } from '../resources/plainNames';
import type { Model } from '../resources/types';
import { changesBetween } from '../values/changes';
import { trimmed } from '../values/checks';
import type { Directory } from './directory';
import { labelText, recordLabel } from './recordLabels';
import { folded, matcher, searcher } from './textSearch';

/** The record that a name means, or why none can be told. */
export type NamedRecord = { record: IDataObject } | { refused: string; isUnknown: boolean };

const keys = ['externalId', 'extId', 'sourceId'];

/** A model reads all of them. */
const mostCandidates = 5;

/** Longer names are cut where they are only told, since anybody may have written them. Characters. */
const longestLabel = 80;

/** Of a text, and of a name that may be meant by it. */
const fewestLetters = 3;

/** Letters that are wrong in a name that is meant. */
const mostWrong = 2;

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

/** Whether a record is still what it was found by: one of its names as it is written, a key or an email. */
export function isCalledSo(model: Model, record: IDataObject, text: string): boolean {
	return hasKey(record, text) || namesOf(model, record).includes(text);
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

/**
 * Whether a name that nothing is called by may be meant: in how many letters it differs; a part of what was said is worse.
 * @returns a function that takes a folded name
 */
function distanceFrom(wanted: string): (name: string) => number {
	const said = ` ${wanted.replace(/[^\p{L}\p{N}]+/gu, ' ')} `;
	const [first = ''] = wanted.split(' ');
	const begins = first.length > fewestLetters ? `${first} ` : undefined;
	return (name) => {
		if (name.length < fewestLetters) return Infinity;
		const changes = changesBetween(wanted, name, Math.min(mostWrong, wanted.length / 4, name.length / 4));
		if (changes < Infinity) return changes;
		return said.includes(` ${name} `) || (begins !== undefined && name.startsWith(begins)) ? wanted.length : Infinity;
	};
}

/**
 * Finds records that somebody may mean by a text that nothing is called: one letter is wrong, or more was said than the name.
 * @returns five at most, the nearest first
 */
export function nearNamed(model: Model, records: readonly IDataObject[], text: string): readonly IDataObject[] {
	const wanted = folded(trimmed(text));
	if (wanted.length < fewestLetters || wanted.length > longestLabel) return [];
	const distanceOf = distanceFrom(wanted);
	const near: Array<{ record: IDataObject; distance: number }> = [];
	for (const record of records) {
		let distance = Infinity;
		for (const name of new Set(namesOf(model, record))) distance = Math.min(distance, distanceOf(folded(name)));
		if (distance < Infinity) near.push({ record, distance });
	}
	return near
		.sort((one, other) => one.distance - other.distance)
		.slice(0, mostCandidates)
		.map(({ record }) => record);
}

/** A text that is only told. */
function cutLabel(label: string): string {
	return label.length > longestLabel ? `${label.slice(0, longestLabel).trimEnd()}…` : label;
}

/** "Acme (acme-1): 61006bc89a3e0b702ed8ea49". */
function candidateText(model: Model, record: IDataObject): string {
	const label =
		model.resource === 'user' ? (nameOfUser(record) ?? labelText(record.email)) : recordLabel(model, record);
	return `${cutLabel(label)}: ${labelText(record._id)}`;
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
	const meant = present(byKey.length > 0 ? byKey : byName);
	const [only, ...others] = meant;
	if (only !== undefined && others.length === 0 && (isWhole || byKey.length > 0)) return { record: only };
	if (only !== undefined) {
		const count = isWhole ? `${meant.length} ${plural} are` : `At least ${meant.length} ${plural} may be`;
		return {
			refused: `${count} called '${cutLabel(text)}': ${candidatesText(model, meant)}. Use the ID of the one that is meant`,
			isUnknown: false,
		};
	}
	const among = isWhole ? '' : ` among the newest ${records.length}`;
	const found = searchNamed(model, records, text);
	const alike = found.length > 0 ? found : nearNamed(model, records, text);
	const none = `No ${singular} is called '${cutLabel(text)}'${among}`;
	if (alike.length === 0) return { refused: none, isUnknown: true };
	return {
		refused: `${none}. Similar: ${candidatesText(model, alike)}. Use an ID, or the exact name`,
		isUnknown: true,
	};
}
