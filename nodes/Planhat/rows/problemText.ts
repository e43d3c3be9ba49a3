import type { Problem } from '../readers/reading';

/**
 * A problem in words.
 * @returns one sentence or two, without a full stop at the end
 */
export function problemText({ field, given, wants, advice, said }: Problem): string {
	const words = said ?? `'${field}' takes ${wants}, not '${given}'`;
	return advice === undefined ? words : `${words}. ${advice}`;
}
