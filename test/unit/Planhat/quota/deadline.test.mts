import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { clock } from '../../../../nodes/Planhat/quota/clock.ts';
import { deadlineIn } from '../../../../nodes/Planhat/quota/deadline.ts';

const { now, sleep } = clock;
const ended = async (signal: AbortSignal) =>
	await new Promise((resolve) => signal.addEventListener('abort', () => resolve(signal.reason)));

describe('A deadline', () => {
	beforeEach(() => {
		clock.now = () => performance.now() * 100;
		clock.sleep = async (milliseconds) => await sleep(milliseconds / 100);
	});
	afterEach(() => {
		Object.assign(clock, { now, sleep });
	});

	it('ends what waits when it has passed', async () => {
		const deadline = deadlineIn(1_000);
		expect(deadline.hasPassed).toBe(false);
		await ended(deadline.signal);
		expect(deadline.hasPassed).toBe(true);
	});

	it('ends it before that with the reason of the execution', async () => {
		const outer = new AbortController();
		const deadline = deadlineIn(60_000, outer.signal);
		const reason = ended(deadline.signal);
		outer.abort('cancelled');
		expect([await reason, deadline.hasPassed]).toEqual(['cancelled', false]);
		deadline.end();
		expect(deadlineIn(60_000, outer.signal).signal.aborted).toBe(true);
	});

	it('that was taken back does not pass', async () => {
		const deadline = deadlineIn(500);
		deadline.end();
		await sleep(30);
		expect([deadline.hasPassed, deadline.signal.aborted]).toEqual([false, false]);
	});
});
