import { sleep } from 'n8n-workflow';

/** The event loop is given back after this long. Milliseconds. */
const longestBlockMilliseconds = 20;

/** n8n saves an execution right after it was cancelled: what the node says of it must come before. Milliseconds. */
const longestBlockAtEndMilliseconds = 200;

/**
 * Makes a function that gives the event loop back when it has been held for long, so that n8n goes on answering. It costs
 * next to nothing in between.
 * @param signal of the execution
 */
export function eventLoopYielder(signal?: AbortSignal): () => Promise<void> | undefined {
	let last = performance.now();
	return () => {
		const longest = signal?.aborted ? longestBlockAtEndMilliseconds : longestBlockMilliseconds;
		if (performance.now() - last < longest) return undefined;
		return sleep(0).then(() => {
			last = performance.now();
		});
	};
}

/** So many steps are taken before the time is looked at: most of them are short. */
const stepsAtOnce = 8;

/**
 * Takes a piece of work to its end step by step, and gives the event loop back in between.
 * @param steps the work, which yields where it may be left for a moment
 */
export async function breathing<Result>(
	steps: Generator<undefined, Result>,
	yieldToEventLoop: () => Promise<void> | undefined,
): Promise<Result> {
	for (let taken = 1, step = steps.next(); ; taken += 1, step = steps.next()) {
		if (step.done) return step.value;
		if (taken % stepsAtOnce !== 0) continue;
		const pause = yieldToEventLoop();
		if (pause) await pause;
	}
}
