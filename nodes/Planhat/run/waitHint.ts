import type { Effort } from '../transport/attempt';

/** Shorter waits need no explanation. Milliseconds. */
const noticeableMilliseconds = 1_000;

function seconds(milliseconds: number): string {
	const count = Math.round(milliseconds / 1_000);
	return `${count} ${count === 1 ? 'second' : 'seconds'}`;
}

/**
 * Tells a person why a run took so long, where it did.
 * @param efforts what the run has cost, with each of its credentials (milliseconds)
 * @returns a text for an execution hint, undefined where there was no wait and no retry to speak of
 */
export function effortHint(...efforts: readonly Effort[]): string | undefined {
	const waited = efforts.reduce((sum, effort) => sum + effort.waited, 0);
	const retries = efforts.reduce((sum, effort) => sum + effort.retries, 0);
	const again = `sent ${retries} ${retries === 1 ? 'request' : 'requests'} again`;
	if (waited < noticeableMilliseconds)
		return retries > 0 ? `The node ${again} that Planhat did not accept at first.` : undefined;
	if (retries === 0) return `The node waited ${seconds(waited)} for Planhat's rate limit.`;
	return `The node waited ${seconds(waited)} for Planhat's rate limit and for retries, and ${again}.`;
}
