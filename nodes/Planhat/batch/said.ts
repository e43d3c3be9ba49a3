import { cut, longestWords } from '../transport/answerWords';

/** A reason shows so many of Planhat's sentences. */
export const mostSentences = 3;

/**
 * Several of Planhat's sentences as one: each once, the first three of them.
 * @param sentences in Planhat's order
 * @param between what stands between them
 * @param unkept how many more there were than are handed over
 * @returns at most 500 characters
 */
export function joined(sentences: Iterable<string>, between = '; ', unkept = 0): string {
	const different = [...new Set(sentences)].filter((text) => text !== '');
	const shown = different.slice(0, mostSentences);
	const others = different.length - shown.length + unkept;
	const more = others > 0 ? `${between}and ${others} more` : '';
	const rest = longestWords - more.length - between.length * Math.max(0, shown.length - 1);
	const most = Math.floor(rest / Math.max(1, shown.length));
	return shown.map((text) => cut(text, most)).join(between) + more;
}
