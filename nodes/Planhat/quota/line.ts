/** Enough for any quota that a credential may name; calls without pacing may be many more. */
const mostSlots = 10_000;

/** How many entries at the front of a queue may be over and done with before they are cleared away. */
const mostDone = 1_000;

/** A request that waits for its turn. */
export interface Waiter {
	since: number;
	/** Whether it has gone away without having started. */
	hasLeft: boolean;
	start(): void;
	/** Sends it away without having started, where it may not wait for as long as a pause lasts. */
	dismiss(pause: number): void;
}

/** Calls that count: those under way, and when the slot of each other one becomes free again, oldest first. */
export class Calls {
	readonly busyUntil: number[] = [];

	inFlight = 0;

	ended(busyUntil?: number): void {
		this.inFlight -= 1;
		if (busyUntil !== undefined) this.busyUntil.push(busyUntil);
		if (this.busyUntil.length > mostSlots) this.busyUntil.shift();
	}

	/** How many count at a point in time. */
	count(now: number): number {
		while (this.busyUntil[0] !== undefined && this.busyUntil[0] <= now) this.busyUntil.shift();
		return this.inFlight + this.busyUntil.length;
	}

	/** Milliseconds until there are fewer than a quota; Infinity when only an answer can make room. */
	fewerIn(quota: number, now: number): number {
		const surplus = this.count(now) - quota;
		if (surplus < 0) return 0;
		const free = this.busyUntil[surplus];
		return free === undefined ? Infinity : free - now;
	}
}

/** Those who go by the same pace, and their calls. First come, first served; those before `next` have started. */
export class Line {
	readonly calls = new Calls();

	waiting: Waiter[] = [];

	next = 0;

	constructor(readonly quota: number) {}

	/** Who is next; those who have left are passed over. */
	get first(): Waiter | undefined {
		while (this.waiting[this.next]?.hasLeft === true) this.advance();
		return this.waiting[this.next];
	}

	advance(): void {
		this.next += 1;
		if (this.next < mostDone || this.next * 2 < this.waiting.length) return;
		this.waiting = this.waiting.slice(this.next);
		this.next = 0;
	}
}

/** A quota below one would let nobody start; a part of a call is none. */
function wholeCalls(callsPerMinute: number): number {
	return callsPerMinute > 0 ? Math.max(1, Math.floor(callsPerMinute)) : Infinity;
}

/** All lines of a token, by their pace. */
export class Lines {
	private readonly byQuota = new Map<number, Line>();

	get all(): Iterable<Line> {
		return this.byQuota.values();
	}

	/** Whether anybody waits. */
	get areWaiting(): boolean {
		return [...this.all].some(({ first }) => first !== undefined);
	}

	of(callsPerMinute: number): Line {
		const quota = wholeCalls(callsPerMinute);
		const line = this.byQuota.get(quota) ?? new Line(quota);
		this.byQuota.set(quota, line);
		return line;
	}

	/** Sends away who may not wait for as long as a pause lasts. */
	dismiss(pause: number): void {
		for (const { waiting, next } of this.all) {
			for (const waiter of waiting.slice(next)) if (!waiter.hasLeft) waiter.dismiss(pause);
		}
	}

	/** The highest quota of those who use the token now. */
	fastest(now: number): number {
		let fastest = 0;
		for (const { quota, calls, first } of this.all) {
			if (first !== undefined || calls.count(now) > 0) fastest = Math.max(fastest, quota);
		}
		return fastest;
	}
}
