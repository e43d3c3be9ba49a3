import { isRecord, planhatWords } from '../transport/answers';
import { plainText } from '../transport/plainText';

/** So much of a text is read for what it says and whom it names; more is not shown either. Characters. */
const mostRead = 500;

/** As much of a page of HTML as may stand before its words. Characters. */
const mostMarkup = 5_000;

/** Entries of lists and objects that are looked at, and how deep. */
const mostEntries = 20;
const deepest = 6;

/** A reason shows so many of Planhat's sentences, each cut so that all of them stay short. */
export const mostSentences = 3;
export const longestReason = 500;

function cut(text: string, most: number): string {
	return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

function readable(value: unknown, depth = deepest): unknown {
	if (typeof value === 'string') {
		const isMarkup = value.slice(0, mostRead).includes('<');
		return isMarkup ? plainText(value.slice(0, mostMarkup)) : value.slice(0, mostRead + 1);
	}
	if (depth === 0) return Array.isArray(value) || isRecord(value) ? '' : value;
	if (Array.isArray(value)) return value.slice(0, mostEntries).map((entry) => readable(entry, depth - 1));
	if (!isRecord(value)) return value;
	const entries = Object.entries(value).slice(0, mostEntries);
	return Object.fromEntries(entries.map(([name, entry]) => [name, readable(entry, depth - 1)]));
}

/**
 * What Planhat says in an entry of a list of errors, or in a whole answer.
 * @param entry in whatever form
 * @returns one line of at most 500 characters, blank where there are no words
 */
export function wordsOf(entry: unknown): string {
	return cut(planhatWords(readable(entry)), longestReason);
}

/**
 * Several of Planhat's sentences as one: each once, the first three of them.
 * @param sentences in Planhat's order
 * @param between what stands between them
 * @param inAll how many there are, where not all are handed over
 * @returns at most 500 characters
 */
export function joined(sentences: Iterable<string>, between = '; ', inAll?: number): string {
	const different = [...new Set(sentences)].filter((text) => text !== '');
	const shown = different.slice(0, mostSentences);
	const others = Math.max(different.length, inAll ?? 0) - shown.length;
	const more = others > 0 ? `${between}and ${others} more` : '';
	const most = Math.floor(
		(longestReason - more.length - between.length * (shown.length - 1)) / Math.max(1, shown.length),
	);
	return shown.map((text) => cut(text, most)).join(between) + more;
}
