import { Limiter } from '../../nodes/Planhat/quota/limiter.ts';
import { Turns } from '../../nodes/Planhat/quota/turns.ts';
import { FakeClock, seededRandom } from '../../test/unit/fakeClock.mts';

const minute = 60_000;
const quota = 200;

/** A process that makes calls of its own, times in minutes. */
interface ProcessOfModel {
	from?: number;
	to?: number;
	/** Calls that want to be under way all the time, or how many come a minute. */
	wide?: number;
	aMinute?: number;
}

export interface Scene {
	name: string;
	processes: ProcessOfModel[];
	/** The window of the server begins anew every minute, and does not slide. */
	isFixed?: boolean;
	countsRefused?: boolean;
	/** Refusals name the wait. */
	namesWait?: boolean;
	/** Milliseconds that an answer takes. */
	latency?: [number, number];
	/** The least part of the quota that must be used, and the largest part of calls that may be refused. */
	bars: { used: number; refused?: number };
}

/** Shares of 1, and minutes. */
export interface Found {
	used: number;
	refused: number;
	longestWait: number;
	byProcess: number[];
}

const wide = (count: number) => Array.from({ length: count }, (): ProcessOfModel => ({ wide: 8 }));
const few = { used: 0.95, refused: 0.13 };
const hard = { used: 0.88, refused: 0.13 };

export const scenes: Scene[] = [
	{ name: 'one process', processes: wide(1), bars: few },
	{ name: 'two', processes: wide(2), bars: few },
	{ name: 'four', processes: wide(4), bars: few },
	{ name: 'eight', processes: wide(8), bars: { used: 0.95 } },
	{ name: 'two that send one after the other', processes: [{ wide: 1 }, { wide: 1 }], bars: few },
	{
		name: 'uneven: one wide, one narrow, one with six calls a minute',
		processes: [{ wide: 8 }, { wide: 1 }, { aMinute: 6 }],
		bars: few,
	},
	{ name: 'two, refusals count', processes: wide(2), countsRefused: true, bars: hard },
	{ name: 'four, refusals count', processes: wide(4), countsRefused: true, bars: hard },
	{ name: 'two, fixed window', processes: wide(2), isFixed: true, bars: few },
	{ name: 'four, fixed window', processes: wide(4), isFixed: true, bars: few },
	{ name: 'one joins late', processes: [{ wide: 8 }, { wide: 8, from: 2.5 }], bars: hard },
	{ name: 'one of two leaves', processes: [{ wide: 8 }, { wide: 8, to: 5 }], bars: few },
	{ name: 'two, refusals name the wait', processes: wide(2), namesWait: true, bars: few },
	{ name: 'four, refusals name the wait', processes: wide(4), namesWait: true, bars: few },
	{ name: 'two, answers take 1 to 3 s', processes: wide(2), latency: [1_000, 3_000], bars: few },
];

/** Minutes that a call may wait. */
export const mostMinutes = 2;

class Server {
	private arrivals: number[] = [];

	accepted = 0;

	refused = 0;

	constructor(private readonly scene: Scene) {}

	/** Milliseconds that the refusal of a call names, undefined where it is accepted. */
	arrive(now: number): number | undefined {
		const { isFixed = false, countsRefused = false } = this.scene;
		const since = isFixed ? Math.floor(now / minute) * minute - 1 : now - minute;
		this.arrivals = this.arrivals.filter((at) => at > since);
		const isFull = this.arrivals.length >= quota;
		const oldest = this.arrivals[Math.max(0, this.arrivals.length - quota)] ?? now;
		if (!isFull || countsRefused) this.arrivals.push(now);
		if (isFull) this.refused += 1;
		else this.accepted += 1;
		if (!isFull) return undefined;
		const wait = isFixed ? since + minute + 1 - now : oldest + minute - now;
		return Math.ceil(wait / 1_000) * 1_000;
	}
}

/** One process with the package's own limiter: calls wait for their turn, and those that are refused queue again. */
class Caller {
	readonly limiter: Limiter;

	private readonly turns: Turns;

	private readonly run = {};

	private readonly waiting = new Set<number>();

	accepted = 0;

	longest = 0;

	constructor(
		private readonly clock: FakeClock,
		private readonly server: Server,
		private readonly scene: Scene,
		private readonly random: () => number,
	) {
		this.limiter = new Limiter(clock, minute, undefined, random);
		this.turns = new Turns(this.limiter);
	}

	/** The longest wait, of those too that still wait. */
	longestUntil(end: number): number {
		return Math.max(this.longest, ...[...this.waiting].map((since) => end - since));
	}

	async call(): Promise<void> {
		const since = this.clock.now() + this.random() / 1_000;
		this.waiting.add(since);
		for (let again = false; ; again = true) {
			const call = { run: this.run, path: 'POST companies', callsPerMinute: quota, again };
			await this.turns.acquire(call);
			const left = this.clock.now();
			const isAccepted = await this.exchange(call.callsPerMinute);
			this.turns.release(call, this.clock.now() - left);
			if (isAccepted) break;
		}
		this.waiting.delete(since);
		this.accepted += 1;
		this.longest = Math.max(this.longest, this.clock.now() - since);
	}

	private async exchange(callsPerMinute: number): Promise<boolean> {
		const [least, most] = this.scene.latency ?? [100, 500];
		const takes = least + this.random() * (most - least);
		const way = takes * this.random();
		await this.clock.sleep(way);
		const wait = this.server.arrive(this.clock.now());
		await this.clock.sleep(takes - way);
		const named = this.scene.namesWait ? wait : undefined;
		if (named !== undefined) this.limiter.pause(named);
		this.limiter.release(callsPerMinute, wait === undefined ? 'sent' : 'refused', named);
		return wait === undefined;
	}

	async work({ from = 0, to = Infinity, wide: width = 0, aMinute = 0 }: ProcessOfModel): Promise<void> {
		await this.clock.sleep(from * minute);
		const lasts = () => this.clock.now() < to * minute;
		const lane = async () => {
			while (lasts()) await this.call();
		};
		for (let count = 0; count < width; count += 1) void lane();
		while (aMinute > 0 && lasts()) {
			void this.call();
			await this.clock.sleep((minute / aMinute) * (0.5 + this.random()));
		}
	}
}

/** Processes that share a quota of 200 and want more all the time, for some minutes. */
export async function simulateProcesses(scene: Scene, seed: number, minutes = 8): Promise<Found> {
	const clock = new FakeClock();
	const server = new Server(scene);
	const random = seededRandom(seed);
	const callers = scene.processes.map((one) => {
		const caller = new Caller(clock, server, scene, random);
		void caller.work(one);
		return caller;
	});
	await clock.advance(minutes * minute);
	const { accepted, refused } = server;
	return {
		used: accepted / (quota * minutes),
		refused: refused / (accepted + refused),
		longestWait: Math.max(...callers.map((caller) => caller.longestUntil(clock.now()))) / minute,
		byProcess: callers.map((caller) => caller.accepted),
	};
}
