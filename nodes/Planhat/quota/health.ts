import type { Clock } from './clock';
import type { Patience } from './patience';

/** What a request may do: go out, go out as the one that finds out whether the host is back, or not at all. */
export type Turn = 'go' | 'probe' | 'tooLate';

interface Outage {
	since: number;
	/** How many probes were not answered. */
	probes: number;
	nextProbeAt: number;
	isProbed: boolean;
	/** Whether it takes long to see that there is no answer. */
	isSilent: boolean;
	/** What came in place of the last answer, such as a code of the network. */
	words: string;
}

/** Who waits for a probe looks again after this long. Milliseconds. */
const sliceMilliseconds = 50;

/** A host that is back is seen soon, whatever the back-off says. Milliseconds. */
const longestBackOffMilliseconds = 10_000;

/** A try without an answer that took longer than this came to silence. Milliseconds. */
const silenceMilliseconds = 5_000;

/**
 * Whether a host answers, as all runs of this process see it: while it does not, one request at a time finds out, and
 * everybody else waits for that one.
 */
export class Health {
	private outage?: Outage;

	private answeredAt = -Infinity;

	constructor(private readonly clock: Clock) {}

	get isDown(): boolean {
		return this.outage !== undefined;
	}

	/** Milliseconds since when there has been no answer. */
	get downFor(): number {
		return this.outage === undefined ? 0 : this.clock.now() - this.outage.since;
	}

	/** Milliseconds until the next probe. */
	get nextProbeIn(): number {
		return this.outage === undefined ? 0 : Math.max(0, this.outage.nextProbeAt - this.clock.now());
	}

	/** How many probes were not answered. */
	get probes(): number {
		return this.outage?.probes ?? 0;
	}

	/** What came in place of the last answer. */
	get words(): string {
		return this.outage?.words ?? '';
	}

	get isSilent(): boolean {
		return this.outage?.isSilent ?? false;
	}

	/** Whether anybody had an answer after a point in time. */
	hasAnsweredSince(time: number): boolean {
		return this.answeredAt > time;
	}

	/**
	 * Waits while the host does not answer. Who is told to probe says `probed` in the end, whatever came of it.
	 * @param patience of the run, which the waiting is taken from
	 * @param signal ends the waiting soon with its reason
	 */
	async turn(patience: Patience, signal?: AbortSignal): Promise<Turn> {
		for (let now = this.clock.now(); ;) {
			signal?.throwIfAborted();
			const { outage } = this;
			if (outage === undefined) return 'go';
			const isDue = !outage.isProbed && outage.nextProbeAt <= now;
			const mayWait = patience.left > 0;
			// One loss alone may have been no outage; who does not want to wait finds out.
			if ((isDue && mayWait) || (patience.isFresh && !mayWait && (isDue || outage.probes < 2))) {
				outage.isProbed = true;
				return 'probe';
			}
			if (!mayWait) return 'tooLate';
			await this.clock.sleep(Math.min(sliceMilliseconds, patience.left, this.nextProbeIn || sliceMilliseconds));
			patience.spend(now, this.clock.now());
			now = this.clock.now();
		}
	}

	/** Says that a probe has come to its end. */
	probed(): void {
		if (this.outage !== undefined) this.outage.isProbed = false;
	}

	/** Says that the host has answered, whatever it said. */
	answered(): void {
		this.answeredAt = this.clock.now();
		this.outage = undefined;
	}

	/**
	 * Says that a request was not answered. Where others were, since it left, the host is not to blame.
	 * @param backOff the wait that the host names, or one by the number of probes that were not answered
	 * @returns whether the host is taken to be out of order
	 */
	lost(startedAt: number, backOff: { named?: number; after(probes: number): number }, words = ''): boolean {
		if (this.hasAnsweredSince(startedAt)) return false;
		const now = this.clock.now();
		const isOfOutage = this.outage !== undefined && startedAt < this.outage.nextProbeAt;
		const outage = this.outage ?? {
			since: startedAt,
			probes: 0,
			nextProbeAt: 0,
			isProbed: false,
			isSilent: false,
			words,
		};
		// What was under way when the outage began tells nothing new of it.
		if (!isOfOutage) {
			const delay = backOff.named ?? Math.min(longestBackOffMilliseconds, backOff.after(outage.probes));
			this.outage = { ...outage, words, probes: outage.probes + 1, nextProbeAt: now + delay };
		}
		if (this.outage !== undefined) this.outage.isSilent = now - startedAt > silenceMilliseconds;
		return true;
	}
}
