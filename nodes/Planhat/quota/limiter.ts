import type { Clock } from './clock';
import { Calls, Lines, type Line, type Waiter } from './line';
import { Slots, type CallEnd } from './slots';

/** Planhat counts calls per minute (Planhat's documents, "Limits"). */
const defaultWindowMilliseconds = 60_000;

/** Planhat allows bursts of 50 in parallel; a few are enough, and leave room for other programs with the same token. */
const defaultInFlight = 10;

/** A timer cannot be taken back, so that no wait may be longer than this after everybody has left the queue. */
const longestSleepMilliseconds = 1_000;

/**
 * Keeps the requests of one token inside Planhat's quota: at most `callsPerMinute` in any window as the server sees it,
 * and a few in flight. Planhat counts when a request arrives, which lies between its start and its answer; so a slot is
 * free again one window after the answer. Calls without a pace count as well. While slots are free a request starts at
 * once; otherwise requests of one pace queue, first come, first served, with one timer for all of them. No pace holds up
 * another: one that had no turn for a whole window, since a faster one used the token, counts its own calls only. What other
 * processes use of the quota is learnt from refusals.
 */
export class Limiter {
	private readonly all = new Calls();

	private readonly lines = new Lines();

	private readonly slots: Slots;

	private pausedUntil = 0;

	private usedAt: number;

	private asleep = false;

	/**
	 * @param window length of the quota's window in milliseconds
	 * @param mostInFlight how many requests may be unanswered at a time
	 * @param random a number from 0 to 1
	 */
	constructor(
		private readonly clock: Clock,
		private readonly window = defaultWindowMilliseconds,
		private readonly mostInFlight = defaultInFlight,
		random: () => number = Math.random,
	) {
		this.usedAt = clock.now();
		this.slots = new Slots(window, random);
	}

	/**
	 * Waits until a request may start. Every call that resolves with a number is followed by one of `release`.
	 * @param callsPerMinute the quota; 0 means none
	 * @param signal ends the waiting at once with its reason
	 * @param mayWait whether it may wait for as long as a pause lasts
	 * @returns milliseconds waited, undefined where it may not wait for a pause
	 */
	async acquire(
		callsPerMinute: number,
		signal?: AbortSignal,
		mayWait: (pause: number) => boolean = () => true,
	): Promise<number | undefined> {
		signal?.throwIfAborted();
		const pause = this.pausedFor();
		if (pause > 0 && !mayWait(pause)) return undefined;
		const line = this.lines.of(callsPerMinute);
		const since = this.clock.now();
		this.usedAt = since;
		if (!this.lines.areWaiting && this.startsIn(line, since) === 0) {
			this.started(line);
			return 0;
		}
		return (await this.queue(line, signal, mayWait)) ? this.clock.now() - since : undefined;
	}

	/**
	 * Says that the answer to a request has arrived, or that there will be none.
	 * @param named the wait that a refusal asks for, in milliseconds
	 */
	release(callsPerMinute: number, end: CallEnd = 'sent', named?: number): void {
		const now = this.clock.now();
		const busyUntil = end === 'notSent' ? undefined : now + this.window;
		if (end === 'refused') this.slots.refused(this.all.count(now) - 1, now, named);
		else if (end === 'sent') this.slots.answered(now);
		for (const calls of [this.all, this.lines.of(callsPerMinute).calls]) calls.ended(busyUntil);
		this.startWaiting();
	}

	/** Counts a call that has left and was answered without a turn of its own: one that n8n sent again by itself. */
	countAnswered(callsPerMinute: number): void {
		this.started(this.lines.of(callsPerMinute));
		this.release(callsPerMinute);
	}

	/** Milliseconds until a request may leave that was refused; 0 where that depends on an answer. */
	nextSlotIn(): number {
		const milliseconds = this.slots.leavesIn(this.all, this.clock.now());
		return milliseconds === Infinity ? 0 : milliseconds;
	}

	/**
	 * Holds back everybody who shares the token, as Planhat's 429 asks for, and sends away who may not wait so long.
	 * @param milliseconds from now
	 */
	pause(milliseconds: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, this.clock.now() + milliseconds);
		const pause = this.pausedFor();
		this.lines.dismiss(pause);
	}

	/** Whether it holds nothing that another one would not: no call was made for a whole window, and nobody waits. */
	get isIdle(): boolean {
		const now = this.clock.now();
		if (this.usedAt + this.window > now || this.pausedFor() > 0 || this.all.count(now) > 0) return false;
		return !this.lines.areWaiting;
	}

	/** How much of a pause is left, in milliseconds. */
	pausedFor(): number {
		return Math.max(0, this.pausedUntil - this.clock.now());
	}

	private started(line: Line): void {
		this.slots.started(this.all.count(this.clock.now()));
		for (const calls of [this.all, line.calls]) calls.inFlight += 1;
	}

	/** @returns false where the request was sent away by a pause */
	private async queue(line: Line, signal: AbortSignal | undefined, mayWait: (pause: number) => boolean) {
		return await new Promise<boolean>((resolve, reject) => {
			const leave = () => {
				waiter.hasLeft = true;
				reject(signal?.reason);
				this.startWaiting();
			};
			const end = (hasStarted: boolean) => {
				signal?.removeEventListener('abort', leave);
				resolve(hasStarted);
			};
			const waiter: Waiter = {
				since: this.clock.now(),
				hasLeft: false,
				start: () => end(true),
				dismiss: (pause) => {
					if (mayWait(pause)) return;
					waiter.hasLeft = true;
					end(false);
				},
			};
			signal?.addEventListener('abort', leave, { once: true });
			line.waiting.push(waiter);
			this.startWaiting();
		});
	}

	/** Milliseconds until a request may start; Infinity when only the answer to another one can make room. */
	private startsIn({ quota, calls }: Line, since: number): number {
		const now = this.clock.now();
		if (this.all.inFlight >= this.mostInFlight) return Infinity;
		const shared = this.all.fewerIn(quota, now);
		const turn = since + this.window - now;
		const own =
			shared === 0 ? 0 : Math.max(turn, calls.fewerIn(quota, now), this.all.fewerIn(this.lines.fastest(now), now));
		return Math.max(this.pausedFor(), this.slots.leavesIn(this.all, now), Math.min(shared, own));
	}

	private startWaiting(): void {
		for (;;) {
			let soonest = Infinity;
			let chosen: Line | undefined;
			for (const line of this.lines.all) {
				const { first } = line;
				if (first === undefined) continue;
				const milliseconds = this.startsIn(line, first.since);
				soonest = Math.min(soonest, milliseconds);
				if (milliseconds === 0 && first.since < (chosen?.first?.since ?? Infinity)) chosen = line;
			}
			const waiter = chosen?.first;
			if (chosen === undefined || waiter === undefined) {
				if (soonest < Infinity) this.wakeIn(soonest);
				return;
			}
			chosen.advance();
			this.started(chosen);
			waiter.start();
		}
	}

	private wakeIn(milliseconds: number): void {
		if (this.asleep) return;
		this.asleep = true;
		void this.clock.sleep(Math.min(milliseconds, longestSleepMilliseconds)).then(() => {
			this.asleep = false;
			this.startWaiting();
		});
	}
}
