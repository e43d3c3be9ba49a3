import type { Effort } from '../transport/transport';

/** Shorter waits need no explanation. Milliseconds. */
const noticeable = 1_000;

function seconds(milliseconds: number): string {
	const count = Math.round(milliseconds / 1_000);
	return `${count} ${count === 1 ? 'second' : 'seconds'}`;
}

/**
 * Tells a person why a run took so long, where it did.
 * @param effort what the run has cost (milliseconds)
 * @returns a text for an execution hint, undefined where there was no wait and no retry to speak of
 */
export function effortHint({ waited, retries }: Effort): string | undefined {
	const again = `sent ${retries} ${retries === 1 ? 'request' : 'requests'} again`;
	if (waited < noticeable) return retries > 0 ? `The node ${again} that Planhat had not taken at first.` : undefined;
	if (retries === 0) return `The node waited ${seconds(waited)} for Planhat's quota.`;
	return `The node waited ${seconds(waited)} for Planhat's quota and for retries, and ${again}.`;
}
