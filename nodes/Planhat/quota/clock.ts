import { sleep } from 'n8n-workflow';

import { unlessAborted } from './unlessAborted';

/** Where the time comes from, and how it is waited for. Tests put their own in. */
export interface Clock {
	/** Milliseconds on a clock that never goes back. */
	now(): number;
	/** Resolves after that many milliseconds. */
	sleep(milliseconds: number): Promise<void>;
}

/** The timer of a waiting that is cancelled ends within this time. Milliseconds. */
const sliceMilliseconds = 50;

/** The clock of this process. */
export const clock: Clock = {
	now: () => performance.now(),
	sleep: async (milliseconds) => await sleep(milliseconds),
};

/**
 * Waits until the execution is cancelled, in slices, so that n8n's timer does not outlive it for long.
 * @throws the signal's reason when the execution is cancelled
 */
export async function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
	const until = clock.now() + milliseconds;
	for (let rest = milliseconds; rest > 0; rest = until - clock.now()) {
		signal?.throwIfAborted();
		await unlessAborted(clock.sleep(Math.min(rest, sliceMilliseconds)), signal);
	}
	signal?.throwIfAborted();
}
