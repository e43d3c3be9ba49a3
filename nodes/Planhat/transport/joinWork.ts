import { unlessAborted } from '../quota/unlessAborted';
import type { Transport } from './transport';

/** Somebody else may have more time, or be told to wait longer. Milliseconds. */
const longestOfOthers = 10_000;

/**
 * Waits for what is under way already, as long as whoever waits is not cancelled.
 * @param isOwn whether it is of the same run, which has as much time
 * @returns undefined where it failed, or takes long: that says nothing of what comes of asking oneself
 * @throws the signal's reason when the execution is cancelled
 */
export async function joinWork<Result>(
	work: Promise<Result>,
	{ signal }: Pick<Transport, 'signal'>,
	isOwn: boolean,
): Promise<Result | undefined> {
	const limits = [signal ?? [], isOwn ? [] : AbortSignal.timeout(longestOfOthers)].flat();
	const result = await unlessAborted(work, AbortSignal.any(limits)).catch(() => undefined);
	signal?.throwIfAborted();
	return result;
}
