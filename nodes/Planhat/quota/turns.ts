import type { Limiter } from './limiter';

/** Of the ten that may be in flight with a token, no run and no path takes more: others find room while one of them is slow. */
const mostOfOne = 8;

/** Where nobody says how many calls are wanted. A second. */
const callsWithoutPacing = 50;

/** Answers take longer than they usually do now and then. */
const headroom = 1.25;

/** How much the latest answer says of how long answers take. */
const weightOfLatest = 0.2;

/** A request that wants to leave. */
export interface Call {
	/** The run that it belongs to, the same object for all of its requests. */
	run: object;
	/** Requests with the same text may be slow together. */
	path: string;
	callsPerMinute: number;
	/** It was refused by the quota: whoever came after it does not go before it. */
	again?: boolean;
}

interface Waiter {
	call: Call;
	start(): void;
}

/** Those who wait with the same pace: by their runs, in the order of the turns. */
interface Line {
	runs: Map<object, Waiter[]>;
	/** Whether one of them stands in the queue of the limiter. */
	hasFirst: boolean;
}

/**
 * Shares what a limiter lets through among the runs with its token: in turn, so that one with many requests leaves room for
 * one with few, and never all of it to one run or path. Only one request at a time stands in the queue of the limiter.
 */
export class Turns {
	private readonly lines = new Map<number, Line>();

	/** How many requests are under way, by run and by path. */
	private readonly held = new Map<unknown, number>();

	private secondsOfAnswer = 0;

	constructor(private readonly limiter: Pick<Limiter, 'acquire'>) {}

	/**
	 * Waits until a request may start. Every call that resolves with true is followed by one of `release`.
	 * @param signal ends the waiting at once with its reason
	 * @param mayWait whether it may wait for as long as a pause lasts
	 * @returns false where it may not
	 */
	async acquire(call: Call, signal?: AbortSignal, mayWait?: (pause: number) => boolean): Promise<boolean> {
		signal?.throwIfAborted();
		const line = this.lines.get(call.callsPerMinute) ?? { runs: new Map<object, Waiter[]>(), hasFirst: false };
		this.lines.set(call.callsPerMinute, line);
		if (line.hasFirst || line.runs.size > 0 || !this.hasRoom(call)) await this.queue(line, call, signal);
		else this.take(line, call);
		let mayStart = false;
		try {
			mayStart = (await this.limiter.acquire(call.callsPerMinute, signal, mayWait)) !== undefined;
			return mayStart;
		} finally {
			line.hasFirst = false;
			if (!mayStart) this.giveBack(call);
			this.startNext();
		}
	}

	/** Says that a request has come to its end. */
	release(call: Call, milliseconds?: number): void {
		if (milliseconds !== undefined) this.answered(milliseconds / 1_000);
		this.giveBack(call);
		this.startNext();
	}

	/** How many requests of one run have to be under way for it to use the quota, as long as answers take at present. */
	wanted(callsPerMinute: number): number {
		const perSecond = callsPerMinute > 0 ? callsPerMinute / 60 : callsWithoutPacing;
		return Math.min(mostOfOne, Math.max(1, Math.ceil(perSecond * this.secondsOfAnswer * headroom)));
	}

	private answered(seconds: number): void {
		const usual = this.secondsOfAnswer || seconds;
		this.secondsOfAnswer = usual + (seconds - usual) * weightOfLatest;
	}

	private async queue(line: Line, call: Call, signal?: AbortSignal): Promise<void> {
		return await new Promise<void>((resolve, reject) => {
			const waiters = line.runs.get(call.run) ?? [];
			const leave = () => {
				const others = (line.runs.get(call.run) ?? []).filter((other) => other !== waiter);
				if (others.length > 0) line.runs.set(call.run, others);
				else line.runs.delete(call.run);
				reject(signal?.reason);
			};
			const waiter: Waiter = {
				call,
				start: () => {
					signal?.removeEventListener('abort', leave);
					resolve();
				},
			};
			signal?.addEventListener('abort', leave, { once: true });
			const others = [...line.runs].filter(([run]) => run !== call.run);
			if (call.again) line.runs = new Map([[call.run, [waiter, ...waiters]], ...others]);
			else line.runs.set(call.run, [...waiters, waiter]);
			// Those before it may wait for what does not concern it.
			if (!line.hasFirst) this.startNextOf(line);
		});
	}

	private startNext(): void {
		for (const line of this.lines.values()) if (!line.hasFirst) this.startNextOf(line);
	}

	private startNextOf(line: Line): void {
		for (const [run, waiters] of line.runs) {
			const waiter = waiters.find(({ call }) => this.hasRoom(call));
			if (waiter === undefined) continue;
			const others = waiters.filter((other) => other !== waiter);
			// Behind all others: it has had its turn.
			line.runs.delete(run);
			if (others.length > 0) line.runs.set(run, others);
			this.take(line, waiter.call);
			waiter.start();
			return;
		}
	}

	private hasRoom({ run, path }: Call): boolean {
		return (this.held.get(run) ?? 0) < mostOfOne && (this.held.get(path) ?? 0) < mostOfOne;
	}

	private take(line: Line, call: Call): void {
		line.hasFirst = true;
		this.count(call, 1);
	}

	private giveBack(call: Call): void {
		this.count(call, -1);
	}

	private count({ run, path }: Call, change: number): void {
		for (const holder of [run, path]) {
			const count = (this.held.get(holder) ?? 0) + change;
			if (count > 0) this.held.set(holder, count);
			else this.held.delete(holder);
		}
	}
}

const known = new WeakMap<Limiter, Turns>();

/** The turns of all runs in this process that share a limiter. */
export function turnsOf(limiter: Limiter): Turns {
	const turns = known.get(limiter) ?? new Turns(limiter);
	known.set(limiter, turns);
	return turns;
}
