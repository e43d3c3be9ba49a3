import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { StartError } from './errors.mjs';

/** A TCP port of the loopback interface that nobody uses at this moment. */
export async function findFreePort() {
	const server = createServer();
	await new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, '127.0.0.1', resolve);
	});
	const { port } = server.address();
	await new Promise((resolve) => server.close(resolve));
	return port;
}

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
