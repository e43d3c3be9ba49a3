/** Where a limiter gets the time from, and how it waits. Tests put their own in. */
export interface Clock {
	/** Milliseconds on a clock that never goes back. */
	now(): number;
	/** Resolves after that many milliseconds. */
	sleep(milliseconds: number): Promise<void>;
}

/** Planhat counts calls per minute (Planhat's documents, "Limits"). */
const defaultWindow = 60_000;

/** Planhat allows bursts of 50 in parallel; a few are enough, and leave room for other programs with the same token. */
const defaultInFlight = 10;

/** A timer cannot be taken back, so that no wait may be longer than this after everybody has left the queue. */
const longestSleep = 1_000;

interface Waiter {
	callsPerMinute: number;
	/** Whether it has gone away without having started. */
	hasLeft: boolean;
	start(): void;
}

/** How many entries at the front of a queue may be over and done with before they are cleared away. */
const mostDone = 1_000;

/** A quota below one would let nobody start; a part of a call is none. */
function wholeCalls(callsPerMinute: number): number {
	return callsPerMinute > 0 ? Math.max(1, Math.floor(callsPerMinute)) : 0;
}

/**
 * Keeps the requests of one token inside Planhat's quota: at most `callsPerMinute` in any window as the server sees it,
 * and a few in flight. Planhat counts when a request arrives, which lies between its start and its answer; so a slot is
 * free again one window after the answer. While slots are free a request starts at once; otherwise requests queue, first
 * come, first served, with one timer for all of them.
 */
export class Limiter {
	/** When each slot that was used becomes free again, oldest first (milliseconds of the clock). */
	private readonly busyUntil: number[] = [];

	/** First come, first served; those before `next` have started. */
	private waiting: Waiter[] = [];

	private next = 0;

	private inFlight = 0;

	private pausedUntil = 0;

	private asleep = false;

	/**
	 * @param clock the clock
	 * @param window length of the quota's window in milliseconds
	 * @param mostInFlight how many requests may be unanswered at a time
	 */
	constructor(
		private readonly clock: Clock,
		private readonly window = defaultWindow,
		private readonly mostInFlight = defaultInFlight,
	) {}

	/**
	 * Waits until a request may start. Every call that resolves is followed by one of `release`.
	 * @param callsPerMinute the quota; 0 means none
	 * @param signal ends the waiting at once with its reason
	 * @returns milliseconds waited
	 */
	async acquire(callsPerMinute: number, signal?: AbortSignal): Promise<number> {
		signal?.throwIfAborted();
		if (this.next === this.waiting.length && this.startsIn(callsPerMinute) === 0) {
			this.inFlight += 1;
			return 0;
		}
		const since = this.clock.now();
		await this.queue(callsPerMinute, signal);
		return this.clock.now() - since;
	}

	/**
	 * Says that the answer to a request has arrived, or that there will be none.
	 * @param isSent false where it was not sent after all
	 */
	release(callsPerMinute: number, isSent = true): void {
		this.inFlight -= 1;
		if (isSent && callsPerMinute > 0) this.busyUntil.push(this.clock.now() + this.window);
		this.startWaiting();
	}

	/**
	 * Holds back everybody who shares the token, as Planhat's 429 asks for.
	 * @param milliseconds from now
	 */
	pause(milliseconds: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, this.clock.now() + milliseconds);
	}

	/** How much of a pause is left, in milliseconds. */
	pausedFor(): number {
		return Math.max(0, this.pausedUntil - this.clock.now());
	}

	private async queue(callsPerMinute: number, signal?: AbortSignal): Promise<void> {
		return await new Promise<void>((resolve, reject) => {
			const leave = () => {
				waiter.hasLeft = true;
				reject(signal?.reason);
				this.startWaiting();
			};
			const waiter: Waiter = {
				callsPerMinute,
				hasLeft: false,
				start: () => {
					signal?.removeEventListener('abort', leave);
					resolve();
				},
			};
			signal?.addEventListener('abort', leave, { once: true });
			this.waiting.push(waiter);
			this.startWaiting();
		});
	}

	/** Milliseconds until a request may start; Infinity when only the answer to another one can make room. */
	private startsIn(callsPerMinute: number): number {
		const now = this.clock.now();
		while (this.busyUntil[0] !== undefined && this.busyUntil[0] <= now) this.busyUntil.shift();
		if (this.inFlight >= this.mostInFlight) return Infinity;
		const paused = this.pausedFor();
		const quota = wholeCalls(callsPerMinute);
		const surplus = quota === 0 ? -1 : this.inFlight + this.busyUntil.length - quota;
		if (surplus < 0) return paused;
		const free = this.busyUntil[surplus];
		return free === undefined ? Infinity : Math.max(paused, free - now);
	}

	private startWaiting(): void {
		for (let waiter = this.waiting[this.next]; waiter !== undefined; waiter = this.waiting[this.next]) {
			const milliseconds = waiter.hasLeft ? 0 : this.startsIn(waiter.callsPerMinute);
			if (milliseconds > 0) {
				if (milliseconds < Infinity) this.wakeIn(milliseconds);
				return;
			}
			this.leaveQueue();
			if (waiter.hasLeft) continue;
			this.inFlight += 1;
			waiter.start();
		}
	}

	private leaveQueue(): void {
		this.next += 1;
		if (this.next < mostDone || this.next * 2 < this.waiting.length) return;
		this.waiting = this.waiting.slice(this.next);
		this.next = 0;
	}

	private wakeIn(milliseconds: number): void {
		if (this.asleep) return;
		this.asleep = true;
		void this.clock.sleep(Math.min(milliseconds, longestSleep)).then(() => {
			this.asleep = false;
			this.startWaiting();
		});
	}
}
