import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';

import { AnswerLimit } from '../../../../nodes/Planhat/transport/answerLimit.ts';

const options = { url: '/companies', timeout: 20 };

/** Milliseconds until it has passed; the limit has a second beyond that of n8n. */
async function passesIn(limit: AnswerLimit): Promise<number> {
	const since = performance.now();
	await new Promise((resolve) => limit.signal.addEventListener('abort', resolve));
	return performance.now() - since;
}

describe('the limit of an answer that does not begin', () => {
	it('is that of the request and a second, for each call that n8n makes, with time for the body to go out', async () => {
		const once = new AnswerLimit(options, 1);
		const thrice = new AnswerLimit(options, 3);
		const long = new AnswerLimit({ ...options, body: Buffer.alloc(60_000) }, 1);
		const [first, second, third] = await Promise.all([once, thrice, long].map(passesIn));
		expect(first).toBeGreaterThan(1_000);
		expect(second).toBeGreaterThan(3_000);
		expect(third).toBeGreaterThan(2_200);
		expect(once.signal.reason).toMatchObject({ code: 'ECONNABORTED' });
	});

	it('ends with the run, in the words of the run', () => {
		const run = new AbortController();
		const limit = new AnswerLimit(options, 1, run.signal);
		run.abort(new Error('cancelled'));
		expect(limit.signal.reason).toHaveProperty('message', 'cancelled');
		limit.end();
	});

	it('closes the connection of an answer that nobody reads', () => {
		const limit = new AnswerLimit(options, 1);
		limit.close();
		expect(limit.signal.aborted).toBe(true);
	});

	it('is none any more once the answer has begun', async () => {
		const limit = new AnswerLimit({ ...options, timeout: -990 }, 1);
		limit.end();
		await sleep(50);
		expect(limit.signal.aborted).toBe(false);
	});
});
