import { isObject } from '../values/checks';

/** Planhat's own words are cut here, since an answer may hold a page of HTML. Characters. */
const longestWords = 500;

/** Keys under which Planhat and the proxies before it put their words, best first. */
const wordKeys = ['message', 'error', 'errors', 'detail', 'reason', 'description'];

/** Keys of a bulk answer that hold what was refused, row by row (Planhat's documents, "Bulk upsert"). */
export const errorLists = ['createdErrors', 'updatedErrors', 'permissionErrors', 'validationErrors'] as const;

/**
 * Whether the body of a bulk answer holds words about rows that were refused.
 * @param body of an answer
 */
export function listsErrors(body: unknown): boolean {
	return isObject(body) && errorLists.some((list) => Array.isArray(body[list]) && body[list].length > 0);
}

/** Lists of errors may be long, objects deep; what stands further back is not read. */
const mostEntries = 20;

const deepest = 6;

/** Far more than is shown, and little enough to look through. */
const longestText = 20 * longestWords;

function plainText(text: string): string {
	return text.slice(0, longestText).replace(/<(style|script)\b[\s\S]*?<\/\1>|<[a-z/!][^<>]*>/gi, ' ');
}

function textOf(value: unknown, depth = deepest): string {
	if (typeof value === 'string') return plainText(value);
	if (Array.isArray(value)) {
		const texts = depth === 0 ? [] : value.slice(0, mostEntries).map((entry) => textOf(entry, depth - 1).trim());
		return texts.filter(Boolean).join('; ');
	}
	if (!isObject(value)) return value === undefined || value === null ? '' : String(value);
	if (depth === 0) return '';
	const lists = errorLists.map((key) => value[key]).filter((list) => list !== undefined);
	for (const candidate of [...wordKeys.map((key) => value[key]), lists]) {
		const text = textOf(candidate, depth - 1).trim();
		if (text !== '') return text;
	}
	if (lists.length > 0) return '';
	const entries = Object.entries(value).slice(0, mostEntries);
	return entries.map(([key, entry]) => `${key}: ${textOf(entry, depth - 1)}`).join(', ');
}

/**
 * What Planhat said, in its own words. It answers errors as a string or as an object (Planhat's documents, "HTTP
 * response codes"); bulk answers hold lists of either.
 * @param body of an answer, or one entry of a list of errors
 * @returns one line of at most 500 characters, blank where there is none
 */
export function planhatWords(body: unknown): string {
	const words = textOf(body).replace(/\s+/g, ' ').trim();
	return words.length > longestWords ? `${words.slice(0, longestWords)}…` : words;
}
