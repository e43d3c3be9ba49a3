import { setTimeout as wait } from 'node:timers/promises';
import { StartError } from './errors.mjs';

/**
 * Asks again and again until the answer is not undefined.
 *
 * @template Answer
 * @param {() => Promise<Answer | undefined>} ask
 * @param {{ timeoutMilliseconds: number, intervalMilliseconds?: number, what: string, details?: () => string }} options
 * @returns {Promise<Answer>}
 */
export async function waitFor(ask, { timeoutMilliseconds, intervalMilliseconds = 100, what, details = () => '' }) {
	const deadline = Date.now() + timeoutMilliseconds;
	for (;;) {
		const answer = await ask();
		if (answer !== undefined) return answer;
		if (Date.now() > deadline) {
			throw new StartError(
				`${what} did not happen within ${timeoutMilliseconds / 1000} s.`,
				'Try again; on a slow or busy machine close other programs first.',
				{ details: details() },
			);
		}
		await wait(intervalMilliseconds);
	}
}
