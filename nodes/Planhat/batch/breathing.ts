/**
 * Takes a piece of work to its end step by step, and gives the event loop back in between.
 * @param steps the work, which yields where it may be left for a moment
 * @param breathe gives the event loop back where it has been held for long
 */
export async function breathing<Result>(
	steps: Generator<undefined, Result>,
	breathe: () => Promise<void> | undefined,
): Promise<Result> {
	for (let step = steps.next(); ; step = steps.next()) {
		if (step.done) return step.value;
		const pause = breathe();
		if (pause) await pause;
	}
}
