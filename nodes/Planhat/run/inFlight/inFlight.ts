/** What is done with each of many items. */
export interface Work<Result> {
	/** How many items may be under way, after so many have come to their end. */
	width(ended: number): number;
	/** Works on one item; what it throws ends the work on all of them. */
	on(index: number): Promise<Result>;
	/** Takes the results, in the order of the items. */
	take(result: Result): void;
	yieldToEventLoop(): Promise<void> | undefined;
}

/**
 * Works on items in their order, several of them at a time.
 * @throws what the first of the items throws that throws at all, when those before it have come to their end; none begins
 * after it, and who called ends those that are under way
 */
export async function inFlight<Result>(count: number, work: Work<Result>): Promise<void> {
	const results = new Map<number, Result>();
	const running = new Set<number>();
	let failed: { index: number; error: unknown } | undefined;
	let ended = 0;
	let wake = () => {};

	const run = async (index: number) => {
		try {
			results.set(index, await work.on(index));
		} catch (error) {
			if (failed === undefined || index < failed.index) failed = { index, error };
		}
		running.delete(index);
		ended += 1;
		wake();
	};

	for (let next = 0, taken = 0, seen = 0; taken < count;) {
		for (; failed === undefined && next < count && running.size < work.width(ended); next += 1) {
			running.add(next);
			void run(next);
			await work.yieldToEventLoop();
		}
		if (ended === seen) {
			await new Promise<void>((resolve) => {
				wake = resolve;
			});
		}
		seen = ended;
		for (; results.has(taken); taken += 1) {
			work.take(results.get(taken) as Result);
			results.delete(taken);
		}
		const first = failed?.index ?? Infinity;
		if (failed !== undefined && [...running].every((index) => index > first)) throw failed.error;
		await work.yieldToEventLoop();
	}
}

/** Ends what a run has under way: with the execution, or when the run itself is over. */
export interface RunSignal {
	readonly signal: AbortSignal;
	end(): void;
}

/**
 * A signal for all that a run has under way; however much that is, there is one listener to the signal of the execution.
 * @param execution ends when the execution is cancelled
 */
export function signalOfRun(execution?: AbortSignal): RunSignal {
	const controller = new AbortController();
	const abort = () => controller.abort(execution?.reason);
	if (execution?.aborted) abort();
	execution?.addEventListener('abort', abort, { once: true });
	return {
		signal: controller.signal,
		end: () => {
			execution?.removeEventListener('abort', abort);
			controller.abort();
		},
	};
}
