import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { getEventListeners } from 'node:events';

import { Limiter } from '../../../../nodes/Planhat/quota/limiter.ts';
import { FakeClock, seededRandom, settle } from '../../fakeClock.mts';

const minute = 60_000;

/** Uses up as much of the quota as `count` requests that are answered at once. */
async function spend(limiter: Limiter, count: number, callsPerMinute: number): Promise<void> {
	for (let index = 0; index < count; index += 1) {
		await limiter.acquire(callsPerMinute);
		limiter.release(callsPerMinute);
	}
}

/** Notes when each request starts that wants to. */
function starter(clock: FakeClock, limiter: Limiter) {
	const starts: Array<{ name: string; at: number }> = [];
	const start = (name: string, callsPerMinute: number, signal?: AbortSignal) => {
		const started = limiter.acquire(callsPerMinute, signal);
		void started.then(
			() => starts.push({ name, at: clock.now() }),
			() => undefined,
		);
		return started;
	};
	return { starts, start, names: () => starts.map(({ name }) => name) };
}

interface Simulation {
	requests: number;
	callsPerMinute: number;
	seed: number;
	mostInFlight?: number;
	/** The longest pause between two requests that come in, in milliseconds. */
	spread?: number;
}

/** Sends requests to a server that takes 20 to 2,000 ms for each, part of it on the way there. */
async function simulate({ requests, callsPerMinute, seed, mostInFlight = 10, spread = 0 }: Simulation) {
	const clock = new FakeClock();
	const limiter = new Limiter(clock, minute, mostInFlight);
	const random = seededRandom(seed);
	const arrivals: number[] = [];
	let inFlight = 0;
	let mostSeen = 0;
	const request = async (delay: number) => {
		if (delay > 0) await clock.sleep(delay);
		await limiter.acquire(callsPerMinute);
		inFlight += 1;
		mostSeen = Math.max(mostSeen, inFlight);
		const latency = 20 + random() * 1_980;
		const way = latency * random();
		await clock.sleep(way);
		arrivals.push(clock.now());
		await clock.sleep(latency - way);
		inFlight -= 1;
		limiter.release(callsPerMinute);
	};
	const all = Promise.all(Array.from({ length: requests }, async () => await request(spread * random())));
	await clock.run();
	await all;
	return { arrivals: arrivals.sort((one, other) => one - other), mostSeen };
}

/** The most arrivals in any 60 seconds. */
function mostInAnyMinute(arrivals: readonly number[]): number {
	let most = 0;
	for (let first = 0, end = 0; first < arrivals.length; first += 1) {
		while (end < arrivals.length && (arrivals[end] ?? 0) < (arrivals[first] ?? 0) + minute) end += 1;
		most = Math.max(most, end - first);
	}
	return most;
}

describe('the quota', () => {
	it.each([1, 2, 3])('holds as the server sees arrivals, with latencies of 20 to 2,000 ms (seed %i)', async (seed) => {
		const { arrivals, mostSeen } = await simulate({ requests: 1_000, callsPerMinute: 200, seed });
		expect(arrivals).toHaveLength(1_000);
		expect(mostInAnyMinute(arrivals)).toBeLessThanOrEqual(200);
		expect(mostSeen).toBe(10);
	});

	it('is used to at least 97 % after the first minute by 1,000 requests that wait for it', async () => {
		const { arrivals } = await simulate({ requests: 1_000, callsPerMinute: 200, seed: 4 });
		const last = arrivals.at(-1) ?? 0;
		// The bursts lie a minute apart: the last of them ends where it began, one burst later.
		const burst = arrivals[199] ?? 0;
		const ideal = 4 * minute + burst;
		expect(ideal / last).toBeGreaterThanOrEqual(0.97);
	});

	it('holds for any quota, cap and pattern in which requests come in', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.record({
					requests: fc.integer({ min: 1, max: 120 }),
					callsPerMinute: fc.integer({ min: 1, max: 50 }),
					seed: fc.integer(),
					mostInFlight: fc.integer({ min: 1, max: 12 }),
					spread: fc.constantFrom(0, 1_000, 90_000, 200_000),
				}),
				async (simulation) => {
					const { arrivals, mostSeen } = await simulate(simulation);
					expect(arrivals).toHaveLength(simulation.requests);
					expect(mostInAnyMinute(arrivals)).toBeLessThanOrEqual(simulation.callsPerMinute);
					expect(mostSeen).toBeLessThanOrEqual(simulation.mostInFlight);
				},
			),
			{ numRuns: 40, seed: 20_260_331 },
		);
	});

	it('lets requests start at once while it lasts, and sets no timer for them', async () => {
		const clock = new FakeClock();
		const limiter = new Limiter(clock);
		await spend(limiter, 200, 200);
		expect(clock.now()).toBe(0);
		expect(clock.sleeps).toBe(0);
	});

	it('frees a slot 60 seconds after its answer, not after its start', async () => {
		const clock = new FakeClock();
		const limiter = new Limiter(clock);
		const { starts, start } = starter(clock, limiter);
		await limiter.acquire(1);
		await clock.advance(2_000);
		limiter.release(1);
		void start('second', 1);
		await clock.advance(minute - 1);
		expect(starts).toEqual([]);
		await clock.advance(1);
		expect(starts).toEqual([{ name: 'second', at: 62_000 }]);
	});

	it('counts a request that has no answer yet', async () => {
		const clock = new FakeClock();
		const limiter = new Limiter(clock);
		const { starts, start } = starter(clock, limiter);
		await limiter.acquire(2);
		await limiter.acquire(2);
		void start('third', 2);
		await clock.advance(10 * minute);
		expect(starts).toEqual([]);
		limiter.release(2);
		await clock.advance(minute);
		expect(starts).toEqual([{ name: 'third', at: 11 * minute }]);
	});

	it('takes the window that it is given', async () => {
		const clock = new FakeClock();
		const limiter = new Limiter(clock, 500);
		const { starts, start } = starter(clock, limiter);
		await spend(limiter, 3, 3);
		void start('fourth', 3);
		await clock.run();
		expect(starts).toEqual([{ name: 'fourth', at: 500 }]);
	});

	it('tells each request how long it waited', async () => {
		const clock = new FakeClock();
		const limiter = new Limiter(clock);
		expect(await limiter.acquire(1)).toBe(0);
		limiter.release(1);
		await clock.advance(10_000);
		const waited = limiter.acquire(1);
		await clock.run();
		expect(await waited).toBe(50_000);
	});
});

describe('a request that does not have to wait', () => {
	it.each([
		['with a quota', 1_000_000],
		['without one', 0],
	])('costs at most 20 µs, %s', async (_name, callsPerMinute) => {
		const rounds = 20;
		const requests = 2_000;
		let best = Infinity;
		// The best of many rounds: whatever else the machine does makes a round longer, never shorter.
		for (let round = 0; round < rounds; round += 1) {
			const limiter = new Limiter({ now: () => performance.now(), sleep: async () => {} });
			const since = performance.now();
			await spend(limiter, requests, callsPerMinute);
			best = Math.min(best, performance.now() - since);
		}
		expect((best / requests) * 1_000).toBeLessThan(20);
	});
});

describe('without pacing (0 calls per minute)', () => {
	it('any number of requests goes at once', async () => {
		const clock = new FakeClock();
		await spend(new Limiter(clock), 1_000, 0);
		expect(clock.sleeps).toBe(0);
		expect(clock.now()).toBe(0);
	});

	it('no more are in flight than else', async () => {
		const clock = new FakeClock();
		const limiter = new Limiter(clock, minute, 3);
		const { names, start } = starter(clock, limiter);
		for (const name of ['a', 'b', 'c', 'd', 'e']) void start(name, 0);
		await settle();
		expect(names()).toEqual(['a', 'b', 'c']);
		limiter.release(0);
		await settle();
		expect(names()).toEqual(['a', 'b', 'c', 'd']);
	});

	it('a pause still holds', async () => {
		const clock = new FakeClock();
		const limiter = new Limiter(clock);
		const { starts, start } = starter(clock, limiter);
		limiter.pause(7_000);
		void start('only', 0);
		await clock.run();
		expect(starts).toEqual([{ name: 'only', at: 7_000 }]);
	});
});

describe('callers with different quotas', () => {
	it('each keep their own, over all requests of the token', async () => {
		const clock = new FakeClock();
		const limiter = new Limiter(clock);
		const { starts, start } = starter(clock, limiter);
		await spend(limiter, 5, 100);
		void start('generous', 100);
		await settle();
		expect(starts).toEqual([{ name: 'generous', at: 0 }]);
		limiter.release(100);
		await clock.advance(1_000);
		void start('sparing', 2);
		await clock.advance(minute - 1_001);
		expect(starts).toHaveLength(1);
		await clock.advance(1);
		expect(starts[1]).toEqual({ name: 'sparing', at: minute });
	});

	it('one with none is not held up by the quota of the other', async () => {
		const limiter = new Limiter(new FakeClock());
		await spend(limiter, 2, 2);
		expect(await limiter.acquire(0)).toBe(0);
	});

	it('count the calls of one with none, which Planhat counts too', async () => {
		const clock = new FakeClock();
		const limiter = new Limiter(clock);
		const { starts, start } = starter(clock, limiter);
		await spend(limiter, 20, 0);
		void start('paced', 20);
		await clock.run();
		expect(starts).toEqual([{ name: 'paced', at: minute }]);
	});

	it('hold up nobody with a higher one', async () => {
		const clock = new FakeClock();
		const limiter = new Limiter(clock);
		const { starts, start } = starter(clock, limiter);
		await spend(limiter, 1, 1);
		for (let index = 0; index < 5; index += 1) void start('sparing', 1).then(() => limiter.release(1));
		for (let index = 0; index < 199; index += 1) void start('generous', 200).then(() => limiter.release(200));
		await settle();
		expect(starts.filter(({ name }) => name === 'generous')).toHaveLength(199);
		expect(starts).toHaveLength(199);
	});

	it('have a turn now and then while a faster one uses the token without end, within the quota of that', async () => {
		const clock = new FakeClock();
		const limiter = new Limiter(clock);
		const { starts, start } = starter(clock, limiter);
		const send = (name: string, pace: number) => start(name, pace).then(() => limiter.release(pace));
		const stream = async () => {
			for (let index = 0; index < 20; index += 1) await send('generous', 20);
		};
		for (let index = 0; index < 5; index += 1) void stream();
		await settle();
		for (let index = 0; index < 3; index += 1) void send('sparing', 2);
		await clock.run();
		const sparing = starts.filter(({ name }) => name === 'sparing').map(({ at }) => at);
		expect(sparing).toHaveLength(3);
		expect(sparing[0]).toBe(minute);
		expect(sparing[2]).toBeLessThanOrEqual(2 * minute);
		expect(mostInAnyMinute(starts.map(({ at }) => at))).toBe(20);
	});
});

describe('the queue', () => {
	it('is first come, first served', async () => {
		const clock = new FakeClock();
		const limiter = new Limiter(clock, minute, 2);
		const { names, start } = starter(clock, limiter);
		const order = Array.from({ length: 20 }, (_, index) => `request ${index}`);
		for (const name of order) void start(name, 4).then(() => limiter.release(4));
		await clock.run();
		expect(names()).toEqual(order);
	});

	it('lets nobody of the same pace pass who comes when others wait already', async () => {
		const clock = new FakeClock();
		const limiter = new Limiter(clock);
		const { names, start } = starter(clock, limiter);
		await spend(limiter, 1, 1);
		void start('first', 1).then(() => limiter.release(1));
		await clock.advance(minute - 1);
		void start('second', 1);
		expect(names()).toEqual([]);
		await clock.run();
		expect(names()).toEqual(['first', 'second']);
	});

	it('never holds more in flight than the cap, however long answers take', async () => {
		const clock = new FakeClock();
		const limiter = new Limiter(clock);
		const { names, start } = starter(clock, limiter);
		for (let index = 0; index < 30; index += 1) void start(String(index), 200);
		await clock.advance(60 * minute);
		expect(names()).toHaveLength(10);
		limiter.release(200);
		limiter.release(200);
		await settle();
		expect(names()).toHaveLength(12);
	});

	it('of 100,000 needs one timer, not one for each', async () => {
		const clock = new FakeClock();
		const limiter = new Limiter(clock);
		await spend(limiter, 1, 1);
		let started = 0;
		for (let index = 0; index < 100_000; index += 1) void limiter.acquire(1).then(() => (started += 1));
		await settle();
		expect(started).toBe(0);
		expect(clock.asleep).toBe(1);
		await clock.advance(minute);
		expect(started).toBe(1);
		expect(clock.sleeps).toBeLessThanOrEqual(61);
	}, 60_000);

	it('leaves no timer running for longer than a second when everybody has left it', async () => {
		const clock = new FakeClock();
		const limiter = new Limiter(clock);
		await spend(limiter, 1, 1);
		const controller = new AbortController();
		const waiting = limiter.acquire(1, controller.signal);
		controller.abort(new Error('cancelled'));
		await expect(waiting).rejects.toThrow('cancelled');
		await clock.advance(1_000);
		expect(clock.asleep).toBe(0);
	});
});

describe('a pause', () => {
	it('sends away at once who may not wait so long, those in the queue too, and keeps the others', async () => {
		const clock = new FakeClock();
		const limiter = new Limiter(clock);
		await spend(limiter, 1, 1);
		const controller = new AbortController();
		const impatient = limiter.acquire(1, controller.signal, (pause) => pause <= 5_000);
		const patient = limiter.acquire(1, undefined, (pause) => pause <= 90_000);
		limiter.pause(5_000);
		limiter.pause(80_000);
		expect(await impatient).toBeUndefined();
		expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
		expect(await limiter.acquire(1, undefined, () => false)).toBeUndefined();
		expect(clock.now()).toBe(0);
		await clock.run();
		expect(await patient).toBe(80_000);
	});

	it('tells how much of it is left', async () => {
		const clock = new FakeClock();
		const limiter = new Limiter(clock);
		expect(limiter.pausedFor()).toBe(0);
		limiter.pause(5_000);
		await clock.advance(2_000);
		expect(limiter.pausedFor()).toBe(3_000);
		await clock.advance(4_000);
		expect(limiter.pausedFor()).toBe(0);
	});

	it('holds everybody, and nobody starts inside it, also when answers come in', async () => {
		const clock = new FakeClock();
		const limiter = new Limiter(clock, minute, 3);
		const { starts, start } = starter(clock, limiter);
		for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) void start(name, 200);
		await clock.advance(100);
		limiter.pause(5_000);
		for (let count = 0; count < 3; count += 1) {
			await clock.advance(500);
			limiter.release(200);
		}
		void start('late', 200);
		await clock.advance(3_499);
		expect(starts.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
		await clock.advance(1);
		expect(starts.slice(3)).toEqual(['d', 'e', 'f'].map((name) => ({ name, at: 5_100 })));
		limiter.release(200);
		await settle();
		expect(starts[6]).toEqual({ name: 'late', at: 5_100 });
	});

	it('that is shorter does not end a longer one; a longer one makes it longer', async () => {
		const clock = new FakeClock();
		const limiter = new Limiter(clock);
		const { starts, start } = starter(clock, limiter);
		limiter.pause(5_000);
		limiter.pause(1_000);
		void start('first', 200);
		await clock.advance(4_000);
		limiter.pause(4_000);
		await clock.run();
		expect(starts).toEqual([{ name: 'first', at: 8_000 }]);
	});

	it('does not shorten the wait for the quota', async () => {
		const clock = new FakeClock();
		const limiter = new Limiter(clock);
		const { starts, start } = starter(clock, limiter);
		await spend(limiter, 1, 1);
		limiter.pause(3_000);
		void start('second', 1);
		await clock.run();
		expect(starts).toEqual([{ name: 'second', at: minute }]);
	});

	it('longer than the wait for the quota holds to its end', async () => {
		const clock = new FakeClock();
		const limiter = new Limiter(clock);
		const { starts, start } = starter(clock, limiter);
		await spend(limiter, 1, 1);
		limiter.pause(90_000);
		void start('second', 1);
		await clock.run();
		expect(starts).toEqual([{ name: 'second', at: 90_000 }]);
	});

	it('of no length, as Retry-After 0 asks for, holds nobody', async () => {
		const clock = new FakeClock();
		const limiter = new Limiter(clock);
		limiter.pause(0);
		expect(await limiter.acquire(200)).toBe(0);
		expect(clock.sleeps).toBe(0);
	});
});

describe('cancelling', () => {
	it('leaves the queue at once with the reason of the signal, and the others go on in order', async () => {
		const clock = new FakeClock();
		const limiter = new Limiter(clock);
		const { starts, start } = starter(clock, limiter);
		const controller = new AbortController();
		await spend(limiter, 1, 1);
		void start('first', 1).then(() => limiter.release(1));
		const second = start('second', 1, controller.signal);
		void start('third', 1).then(() => limiter.release(1));
		const reason = new Error('The execution was cancelled');
		controller.abort(reason);
		await expect(second).rejects.toBe(reason);
		expect(clock.now()).toBe(0);
		await clock.run();
		expect(starts).toEqual([
			{ name: 'first', at: minute },
			{ name: 'third', at: 2 * minute },
		]);
	});

	it('of the first in the queue lets those behind it go who need not wait', async () => {
		const clock = new FakeClock();
		const limiter = new Limiter(clock);
		const { starts, start } = starter(clock, limiter);
		const controller = new AbortController();
		await spend(limiter, 1, 1);
		const sparing = start('sparing', 1, controller.signal);
		void start('generous', 100);
		controller.abort(new Error('cancelled'));
		await expect(sparing).rejects.toThrow('cancelled');
		await settle();
		expect(starts).toEqual([{ name: 'generous', at: 0 }]);
	});

	it('before the request asks refuses it, and takes no slot', async () => {
		const limiter = new Limiter(new FakeClock());
		await expect(limiter.acquire(1, AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
		expect(await limiter.acquire(1)).toBe(0);
	});

	it('after the start changes nothing, and no listener stays behind', async () => {
		const clock = new FakeClock();
		const limiter = new Limiter(clock);
		const controller = new AbortController();
		await spend(limiter, 1, 1);
		const second = limiter.acquire(1, controller.signal);
		expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
		await clock.run();
		expect(await second).toBe(minute);
		expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
		controller.abort(new Error('too late'));
		limiter.release(1);
		const third = limiter.acquire(1);
		await clock.run();
		expect(await third).toBe(minute);
	});

	it('of every other one of 2,000 executions leaves the rest in their order', async () => {
		const clock = new FakeClock();
		const limiter = new Limiter(clock, minute, 1);
		const { names, start } = starter(clock, limiter);
		await limiter.acquire(0);
		const executions = Array.from({ length: 2_000 }, (_, index) => ({ index, controller: new AbortController() }));
		const outcomes = executions.map(async ({ index, controller }) => {
			await start(String(index), 0, controller.signal);
			limiter.release(0);
		});
		for (const { index, controller } of executions) if (index % 2 === 1) controller.abort(new Error('cancelled'));
		limiter.release(0);
		const statuses = (await Promise.allSettled(outcomes)).map(({ status }) => status);
		expect(statuses.filter((status) => status === 'rejected')).toHaveLength(1_000);
		expect(names()).toEqual(executions.filter(({ index }) => index % 2 === 0).map(({ index }) => String(index)));
	});
});
