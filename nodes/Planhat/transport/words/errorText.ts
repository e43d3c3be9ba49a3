import { isObject } from '../../values/checks';
import { plainText } from './plainText';

/** What Planhat says is cut here, since an answer may hold a page of HTML. Characters. */
export const longestWords = 500;

/** As much of a page of HTML as may stand before its words, in an answer and in an entry of a list. Characters. */
const mostMarkup = { answer: 5_000, entry: 1_000 };

/** Keys under which Planhat and the proxies before it put their words, best first. */
const wordKeys = ['message', 'error', 'errors', 'detail', 'reason', 'description'];

/** Keys of a bulk answer that hold what was refused, row by row (Planhat's documents, "Bulk upsert"). */
export const errorLists = ['createdErrors', 'updatedErrors', 'permissionErrors', 'validationErrors'] as const;

/** Whether the body of a bulk answer holds words about rows that were refused. */
export function listsErrors(body: unknown): boolean {
	return isObject(body) && errorLists.some((list) => Array.isArray(body[list]) && body[list].length > 0);
}

/** Lists of errors may be long, objects deep; what stands further back is not read. */
const mostEntries = 20;
const deepest = 6;

/** A reason shows so many of Planhat's sentences. */
export const mostSentences = 3;

/**
 * Cuts a text to a length.
 * @param most characters, the sign that it was cut included
 */
export function cut(text: string, most: number): string {
	return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

function firstWords(text: string, markup: number): string {
	const start = text.slice(0, longestWords + 1);
	return start.includes('<') ? plainText(text.slice(0, markup)) : start;
}

function textOf(value: unknown, markup: number, depth = deepest): string {
	if (typeof value === 'string') return firstWords(value, markup);
	if (Array.isArray(value)) {
		const texts =
			depth === 0 ? [] : value.slice(0, mostEntries).map((entry) => textOf(entry, mostMarkup.entry, depth - 1).trim());
		return texts.filter(Boolean).join('; ');
	}
	if (!isObject(value)) return value === undefined || value === null ? '' : String(value);
	if (depth === 0) return '';
	const lists = errorLists.map((key) => value[key]).filter((list) => list !== undefined);
	for (const candidate of [...wordKeys.map((key) => value[key]), lists]) {
		const text = candidate === undefined ? '' : textOf(candidate, markup, depth - 1).trim();
		if (text !== '') return text;
	}
	if (lists.length > 0) return '';
	const names = Object.keys(value).slice(0, mostEntries);
	return names.map((key) => `${key}: ${textOf(value[key], markup, depth - 1)}`).join(', ');
}

/**
 * What Planhat says in an answer, or in an entry of a list of errors. It answers errors as a string or as an object
 * (Planhat's documents, "HTTP response codes"); bulk answers hold lists of either. The time that it takes does not grow
 * beyond what is shown.
 * @returns one line of at most 500 characters, blank where there are no words
 */
export function planhatWords(body: unknown, place: keyof typeof mostMarkup = 'answer'): string {
	return cut(textOf(body, mostMarkup[place]).replace(/\s+/g, ' ').trim(), longestWords);
}

/**
 * Several of Planhat's sentences as one: each once, the first three of them.
 * @param sentences in Planhat's order
 * @param unkept how many more there were than are handed over
 * @returns at most 500 characters
 */
export function joinedWords(sentences: Iterable<string>, between = '; ', unkept = 0): string {
	const different = [...new Set(sentences)].filter((text) => text !== '');
	const shown = different.slice(0, mostSentences);
	const others = different.length - shown.length + unkept;
	const more = others > 0 ? `${between}and ${others} more` : '';
	const rest = longestWords - more.length - between.length * Math.max(0, shown.length - 1);
	const most = Math.floor(rest / Math.max(1, shown.length));
	return shown.map((text) => cut(text, most)).join(between) + more;
}
