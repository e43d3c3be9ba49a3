/** Makes of a function one that asks Planhat once for each run, and hands the same to all who want it. */
export function onceInRun<Run extends object, Result>(
	fetch: (run: Run) => Promise<Result>,
): (run: Run) => Promise<Result> {
	const known = new WeakMap<Run, Promise<Result>>();
	return async (run) => {
		const result = known.get(run) ?? fetch(run);
		known.set(run, result);
		return await result;
	};
}
