import { cut, longestWords } from '../transport/answerWords';

/** A reason shows so many of Planhat's sentences. */
export const mostSentences = 3;

/**
 * Several of Planhat's sentences as one: each once, the first three of them.
 * @param sentences in Planhat's order
 * @param between what stands between them
 * @returns at most 500 characters
 */
export function joined(sentences: Iterable<string>, between = '; '): string {
	const different = [...new Set(sentences)].filter((text) => text !== '');
	const shown = different.slice(0, mostSentences);
	const more = different.length > shown.length ? `${between}and ${different.length - shown.length} more` : '';
	const rest = longestWords - more.length - between.length * Math.max(0, shown.length - 1);
	const most = Math.floor(rest / Math.max(1, shown.length));
	return shown.map((text) => cut(text, most)).join(between) + more;
}
