import { describe, expect, it } from '@jest/globals';

import { Turns, type Call } from '../../../../nodes/Planhat/quota/turns.ts';

/** A limiter that lets one request after the other through, when the test says so. */
function gate() {
	const waiting: Array<() => void> = [];
	const acquire = async (_calls: number, signal?: AbortSignal) =>
		await new Promise<number>((resolve, reject) => {
			waiting.push(() => resolve(0));
			signal?.addEventListener('abort', () => reject(signal.reason));
		});
	return { acquire, waiting };
}

const open = { acquire: async () => 0 };

const call = (run: object, path = 'GET /companies', callsPerMinute = 60): Call => ({ run, path, callsPerMinute });

const settle = async () => await new Promise((resolve) => setImmediate(resolve));

describe('the turns of the runs with a token', () => {
	it('go round, however many requests a run has', async () => {
		const { acquire, waiting } = gate();
		const turns = new Turns({ acquire });
		const [wide, narrow] = [call({}, 'a'), call({}, 'b')];
		const started: string[] = [];
		for (let index = 0; index < 6; index += 1) void turns.acquire(wide).then(() => started.push('wide'));
		for (let index = 0; index < 2; index += 1) void turns.acquire(narrow).then(() => started.push('narrow'));
		for (let index = 0; index < 8; index += 1) {
			expect(waiting).toHaveLength(index + 1);
			waiting[index]?.();
			await settle();
		}
		expect(started).toEqual(['wide', 'wide', 'narrow', 'wide', 'narrow', 'wide', 'wide', 'wide']);
	});

	it.each([
		['run', (index: number, run: object) => call(run, `path ${index}`)],
		['path', () => call({})],
	])('never give all of what may be in flight to one %s', async (_of, callOf) => {
		const turns = new Turns(open);
		const run = {};
		let started = 0;
		const calls = Array.from({ length: 12 }, (_, index) => callOf(index, run));
		for (const each of calls) void turns.acquire(each).then(() => (started += 1));
		await settle();
		expect(started).toBe(8);
		await turns.acquire(call({}, 'other'));
		turns.release(calls[0] ?? call({}));
		await settle();
		expect(started).toBe(9);
	});

	it('let a cancelled request go, and the others on', async () => {
		const { acquire, waiting } = gate();
		const turns = new Turns({ acquire });
		const cancel = [new AbortController(), new AbortController()];
		const ends: string[] = [];
		for (const [index, { signal }] of cancel.entries()) {
			turns.acquire(call({}), signal).catch(() => ends.push(`cancelled ${index}`));
		}
		void turns.acquire(call({})).then(() => ends.push('started'));
		await settle();
		cancel[1]?.abort();
		cancel[0]?.abort();
		await settle();
		waiting.at(-1)?.();
		await settle();
		expect(ends).toEqual(['cancelled 1', 'cancelled 0', 'started']);
	});

	it('of different paces do not wait for each other', async () => {
		const { acquire, waiting } = gate();
		const turns = new Turns({ acquire });
		void turns.acquire(call({}, 'a', 1));
		void turns.acquire(call({}, 'b', 200));
		await settle();
		expect(waiting).toHaveLength(2);
	});
});

describe('the number of requests that a run has under way', () => {
	it.each([
		[200, 5, 1],
		[200, 500, 3],
		[200, 1_000, 5],
		[200, 20_000, 8],
		[0, 10, 1],
		[0, 500, 8],
		[10, 500, 1],
	])('grows as latency needs it: of %d a minute with answers of %d ms %d', (quota, milliseconds, wanted) => {
		const turns = new Turns(open);
		expect(turns.wanted(quota)).toBe(1);
		turns.release(call({}), milliseconds);
		turns.release(call({}));
		expect(turns.wanted(quota)).toBe(wanted);
	});
});
