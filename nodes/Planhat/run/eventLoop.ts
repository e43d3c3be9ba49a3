import { sleep } from 'n8n-workflow';

/** The event loop is given back after this long. Milliseconds. */
const longestBlock = 20;

/**
 * Makes a function that gives the event loop back when it has been held for long, so that n8n goes on answering. It costs
 * next to nothing in between.
 */
export function eventLoopYielder(): () => Promise<void> | undefined {
	let last = performance.now();
	return () => {
		if (performance.now() - last < longestBlock) return undefined;
		return sleep(0).then(() => {
			last = performance.now();
		});
	};
}
