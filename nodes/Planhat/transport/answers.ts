import type { IDataObject } from 'n8n-workflow';

/** Planhat's own words are cut here, since an answer may hold a page of HTML. Characters. */
const longestWords = 500;

/** Keys under which Planhat and the proxies before it put their words, best first. */
const wordKeys = ['message', 'error', 'errors', 'detail', 'reason', 'description'];

/** Keys of a bulk answer that hold what was refused, row by row (Planhat's documents, "Bulk upsert"). */
export const errorLists = ['createdErrors', 'updatedErrors', 'permissionErrors', 'validationErrors'] as const;

/**
 * Whether an unknown value is an object with keys.
 * @param value anything, such as the body of an answer
 */
export function isRecord(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
	if (typeof value === 'string') {
		return value.replace(/<(style|script)[\s\S]*?<\/\1>|<[^>]*>/gi, ' ');
	}
	if (Array.isArray(value)) return value.map(textOf).filter(Boolean).join('; ');
	if (!isRecord(value)) return value === undefined || value === null ? '' : String(value);
	for (const key of wordKeys) {
		const text = textOf(value[key]).trim();
		if (text !== '') return text;
	}
	const lists = textOf(errorLists.map((key) => value[key]));
	return lists === '' ? JSON.stringify(value) : lists;
}

/**
 * What Planhat said, in its own words. It answers errors as a string or as an object (Planhat's documents, "HTTP
 * response codes"); bulk answers hold lists of either.
 * @param body of an answer, or one entry of a list of errors
 * @returns one line of at most 500 characters, blank where there is none
 */
export function planhatWords(body: unknown): string {
	const cut = typeof body === 'string' ? body.slice(0, 20 * longestWords) : body;
	const words = textOf(cut).replace(/\s+/g, ' ').trim();
	return words.length > longestWords ? `${words.slice(0, longestWords)}…` : words;
}
