import { wait } from './clock';

/** A time until which something may be waited for, together with the signal of the execution. */
export interface Deadline {
	signal: AbortSignal;
	readonly hasPassed: boolean;
	/** Takes it back, so that nothing is left running. */
	end(): void;
}

/**
 * @param milliseconds from now, by the clock of this process
 * @param outer ends the waiting before that, with its own reason
 */
export function deadlineIn(milliseconds: number, outer?: AbortSignal): Deadline {
	const controller = new AbortController();
	const timer = new AbortController();
	let hasPassed = false;
	const cancel = () => {
		timer.abort();
		controller.abort(outer?.reason);
	};
	if (outer?.aborted) cancel();
	outer?.addEventListener('abort', cancel, { once: true });
	const pass = () => {
		hasPassed = true;
		controller.abort(new Error('The time is over'));
	};
	wait(milliseconds, timer.signal).then(pass, () => {});
	return {
		signal: controller.signal,
		get hasPassed() {
			return hasPassed;
		},
		end() {
			timer.abort();
			outer?.removeEventListener('abort', cancel);
		},
	};
}
