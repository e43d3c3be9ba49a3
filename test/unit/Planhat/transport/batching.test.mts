import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { clock } from '../../../../nodes/Planhat/quota/clock.ts';
import { BatchTurns, pauseAfterRows, readBatching } from '../../../../nodes/Planhat/transport/batching.ts';
import { FakeClock } from '../../fakeClock.mts';

const batching = (batchSize: unknown, batchInterval: unknown) => ({
	batching: { batch: { batchSize, batchInterval } },
});

describe('Batching of Request Options', () => {
	it.each([
		[batching(50, 1_000), { items: 50, interval: 1_000 }],
		[batching(0, 10), { items: 1, interval: 10 }],
		[batching(undefined, 10), { items: 1, interval: 10 }],
		[batching(-1, 10), undefined],
		[batching(50, 0), undefined],
		[batching('x', 10), undefined],
		[{ batching: {} }, undefined],
		[{}, undefined],
		[undefined, undefined],
	])('is read as n8n reads it: %j', (options, expected) => {
		expect(readBatching(options)).toEqual(expected);
	});
});

describe('the pause', () => {
	const { now, sleep } = clock;
	let fake = new FakeClock();

	beforeEach(() => {
		fake = new FakeClock();
		clock.now = () => fake.now();
		clock.sleep = async (milliseconds) => await fake.sleep(milliseconds);
	});
	afterEach(() => {
		Object.assign(clock, { now, sleep });
	});

	it('comes before each batch of items but the first', async () => {
		const turns = new BatchTurns({ items: 2, interval: 1_000 });
		const begun: number[] = [];
		const items = (async () => {
			for (let index = 0; index < 5; index += 1) {
				await turns.turn(index);
				begun.push(fake.now());
			}
		})();
		await fake.run();
		await items;
		expect(begun).toEqual([0, 0, 1_000, 1_000, 2_000]);
	});

	it('ends at once when the execution is cancelled', async () => {
		const controller = new AbortController();
		const turns = new BatchTurns({ items: 1, interval: 60_000 }, controller.signal);
		await turns.turn(0);
		const turn = turns.turn(1);
		const ended = expect(turn).rejects.toThrow('over');
		controller.abort(new Error('over'));
		await fake.advance(100);
		await ended;
	});

	it('comes after so many rows, in one request or in several', async () => {
		const before = pauseAfterRows({ items: 4, interval: 500 });
		expect([before(4), before(1) instanceof Promise, before(3), before(9) instanceof Promise]).toEqual([
			undefined,
			true,
			undefined,
			true,
		]);
		expect(pauseAfterRows(undefined)(9)).toBeUndefined();
		await fake.run();
	});
});
