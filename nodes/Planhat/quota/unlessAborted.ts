/**
 * Waits for something until it is there or the signal says to stop. Who runs a node saves the execution right after the
 * signal, so that what the node says of it must not wait for a connection to be closed.
 * @throws the signal's reason when it comes first; what becomes of the work is nobody's business then
 */
export async function unlessAborted<Result>(work: Promise<Result>, signal?: AbortSignal): Promise<Result> {
	if (signal === undefined) return await work;
	return await new Promise<Result>((resolve, reject) => {
		const stop = () => reject(signal.reason as Error);
		const settle = () => signal.removeEventListener('abort', stop);
		if (signal.aborted) stop();
		else signal.addEventListener('abort', stop, { once: true });
		work
			.then(resolve, reject)
			.finally(settle)
			.catch(() => {});
	});
}
