import type { Field } from '../resources/types';
import { isBlank, momentOf, trimmed } from '../values/checks';
import { holdsObject, lostInJson, objectAdvice, parsed, unreadAdvice } from '../values/json';
import { listTextAdvice, readListText } from '../values/listText';
import { isExact } from '../values/numbers';
import { refusal, type Note, type Place, type Reading } from './reading';

/** A value of a list without what people do not mean: in a number or a range, '-' and blanks count. */
function wordOf(text: string): string {
	return trimmed(text).toLowerCase();
}

/** The one value of a list that a text is, whatever its capitals and the blanks around it. */
function listed(values: readonly string[], text: string): string | undefined {
	if (values.includes(text)) return text;
	const wanted = wordOf(text);
	const alike = wanted === '' ? [] : values.filter((value) => wordOf(value) === wanted);
	return alike.length === 1 ? alike[0] : undefined;
}

/**
 * The entries of a list, or of a text that is one. Blank entries say nothing.
 * @param values of the field's own: one entry each, whatever is in them
 * @returns undefined where the value is no list
 */
function entriesOf(value: unknown, values?: readonly string[]): unknown[] | undefined {
	// A spreadsheet makes a number of a list of one.
	const list =
		typeof value === 'string' ? readListText(trimmed(value), values) : isNumberOrTruth(value) ? [value] : value;
	return Array.isArray(list) ? list.filter((entry) => !isBlank(entry)) : undefined;
}

/**
 * Whether a value says nothing to a field that takes a list: a list or a text of blank entries does as little as a blank.
 * @param value anything; a list without entries is a value, which clears the field
 */
export function isBlankForList(value: unknown): boolean {
	if (isBlank(value)) return true;
	const text = typeof value === 'string' ? trimmed(value) : undefined;
	if (text !== undefined && !/^[,;[{"']/.test(text)) return false;
	const list = text === undefined ? value : readListText(text);
	return Array.isArray(list) && list.length > 0 && list.every(isBlank);
}

/** Reads each entry of a list; the first that is none of the field's decides. */
export function readEach(
	value: unknown,
	place: Place,
	read: (entry: unknown, place: Place) => Reading,
	values?: readonly string[],
): Reading {
	const entries = entriesOf(value, values);
	if (entries === undefined) {
		if (typeof value !== 'string') return refusal;
		return { refused: holdsObject(value) ? objectAdvice : (unreadAdvice(value) ?? listTextAdvice) };
	}
	const list: unknown[] = [];
	let note: Note | undefined;
	let isAnyLeftOut = false;
	for (const entry of entries) {
		const reading = read(entry, place);
		if (!('value' in reading)) return reading;
		if (reading.value === undefined) isAnyLeftOut = true;
		else list.push(reading.value);
		note ??= reading.note;
	}
	// A list without entries would clear the field.
	return { value: isAnyLeftOut && list.length === 0 ? undefined : list, note };
}

function isNumberOrTruth(value: unknown): value is number | boolean {
	return typeof value === 'boolean' || (typeof value === 'number' && isExact(value));
}

/** A value in the very spelling of the list. */
export function usualChoice(value: unknown, { values = [] }: Pick<Field, 'values'>): unknown {
	return typeof value === 'string' && values.includes(value) ? value : undefined;
}

/** A value of a list of Planhat's, in its spelling; one that is none of the list goes out and is told. */
export function readChoice(value: unknown, { field }: { field: Pick<Field, 'values'> }): Reading {
	if (typeof value !== 'string' && !isNumberOrTruth(value)) return refusal;
	if (typeof value === 'string' && holdsObject(value)) return { refused: objectAdvice };
	const { values = [] } = field;
	const found = listed(values, String(value));
	if (found !== undefined) return { value: found };
	const given = typeof value === 'string' ? trimmed(value) : value;
	return values.length === 0 ? { value: given } : { value: given, note: { kind: 'unlisted', given: String(given) } };
}

export function readTexts(value: unknown, place: Place): Reading {
	return readEach(value, place, readChoice, place.field.values);
}

export function readObject(value: unknown): Reading {
	const object = typeof value === 'string' ? parsed(value) : value;
	const isPlain = Object.prototype.toString.call(object) === '[object Object]' && momentOf(object) === undefined;
	const lost = lostInJson(isPlain ? object : value);
	if (lost?.startsWith('[object')) return { refused: objectAdvice };
	if (!isPlain) return refusal;
	return lost === undefined ? { value: object } : { refused: `It holds ${lost}, which JSON cannot` };
}

export function readObjects(value: unknown, place: Place): Reading {
	if (typeof value === 'string' && holdsObject(value)) return { refused: objectAdvice };
	const list = typeof value === 'string' ? parsed(value) : value;
	return Array.isArray(list) ? readEach(list, place, readObject) : refusal;
}

/** What no document tells the form of. */
export function readUnknown(value: unknown): Reading {
	const lost = lostInJson(value);
	if (lost === undefined) return { value };
	return { refused: lost.startsWith('[object') ? objectAdvice : `JSON cannot hold ${lost}` };
}
