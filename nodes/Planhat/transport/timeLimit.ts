/** Node's timers know no longer time. Milliseconds. */
const longestTimer = 2_147_483_647;

/** An error as the network gives it, with a code. */
export function errorWithCode(code: string, message: string): Error {
	return Object.assign(new Error(message), { code });
}

/** The error that n8n's helper has where its own time limit has passed. */
export function lateError(): Error {
	return errorWithCode('ECONNABORTED', 'The answer took too long');
}

/** Tells when nothing has come for too long, or not all in time. Its timer looks up only when the time may be over. */
export class TimeLimit {
	private alarm?: AbortSignal;

	private heardAt = performance.now();

	private readonly until: number;

	constructor(
		private readonly silence: number,
		whole: number,
		private readonly late: () => void,
	) {
		this.until = this.heardAt + whole;
		this.look();
	}

	heard(): void {
		this.heardAt = performance.now();
	}

	end(): void {
		this.alarm?.removeEventListener('abort', this.look);
	}

	private readonly look = (): void => {
		const left = Math.min(this.heardAt + this.silence, this.until) - performance.now();
		if (left <= 0) {
			this.late();
			return;
		}
		this.alarm = AbortSignal.timeout(Math.min(Math.ceil(left), longestTimer));
		this.alarm.addEventListener('abort', this.look, { once: true });
	};
}
