import type { Calls } from './line';

/** How a call ended, as far as the quota is concerned. */
export type CallEnd = 'notSent' | 'refused' | 'sent';

/** The first try beyond what is known to be free comes after this part of a window. */
const firstTry = 1 / 20;

/** So many calls of ours in a window make tries rarer by as much again: each refused one is lost for somebody else. */
const callsPerDelay = 4;

/** More than so many make tries no rarer. */
const mostKept = 200;

/** More than this at once would be felt by the other processes. */
const mostTries = 64;

/**
 * What other processes leave this one of a token's quota. Each call that is counted is a slot, free again one window later.
 * A refusal says that the window is full, so that what we hold is our share: from then on a call leaves when a slot of our
 * own is free. Beyond that one is tried now and then, and twice as many when it is accepted. A refused call takes up a slot
 * too, in case Planhat counts it, but does not add to the share.
 */
export class Slots {
	private share = Infinity;

	/** When calls were accepted, oldest first. */
	private readonly accepted: number[] = [];

	private nextTryAt = 0;

	private delay = 0;

	/** How many may be tried, how many were, and of how many the answer is not there yet. */
	private tries = { most: 1, left: 1, open: 0 };

	/**
	 * @param window length of the quota's window in milliseconds
	 * @param random a number from 0 to 1, so that processes do not try in step
	 */
	constructor(
		private readonly window: number,
		private readonly random: () => number,
	) {}

	/** Milliseconds until a call may leave; Infinity when only an answer can make room. */
	leavesIn(calls: Calls, now: number): number {
		const own = calls.fewerIn(this.share, now);
		return this.tries.left === 0 ? own : Math.min(own, Math.max(0, this.nextTryAt - now));
	}

	/** @param held slots before this call */
	started(held: number): void {
		if (held < this.share) return;
		this.share = held + 1;
		this.tries.left -= 1;
		this.tries.open += 1;
	}

	answered(now: number): void {
		this.accepted.push(now);
		if (this.acceptedOfLate(now) > mostKept) this.accepted.shift();
		if (this.tries.open === 0) return;
		this.tries.open -= 1;
		if (this.tries.open > 0 || this.tries.left > 0) return;
		const most = Math.min(mostTries, this.tries.most * 2);
		this.tries = { most, left: most, open: 0 };
		this.delay = 0;
		this.nextTryAt = now;
	}

	/**
	 * @param held slots without the refused call
	 * @param named the wait that Planhat asks for: one may be tried at its end
	 */
	refused(held: number, now: number, named?: number): void {
		const first = this.window * firstTry;
		const longest = Math.min(this.window, first * Math.max(1, this.acceptedOfLate(now) / callsPerDelay));
		const wasTry = this.tries.open > 0;
		this.share = Math.min(this.share, held);
		this.delay = Math.min(longest, Math.max(first, wasTry ? this.delay * 2 : this.delay));
		this.nextTryAt = now + (named ?? this.delay * (0.5 + this.random()));
		this.tries = { most: 1, left: 1, open: 0 };
	}

	/** How many calls were accepted within one window. */
	private acceptedOfLate(now: number): number {
		while (this.accepted[0] !== undefined && this.accepted[0] <= now - this.window) this.accepted.shift();
		return this.accepted.length;
	}
}
