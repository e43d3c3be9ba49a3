import { afterEach, describe, expect, it, jest } from '@jest/globals';

import { clock, wait } from '../../../../nodes/Planhat/quota/clock.ts';

afterEach(() => {
	jest.restoreAllMocks();
});

/** A clock that stands in for that of the process; it wakes a little late each time. */
function standIn(late = 0) {
	let now = 1_000;
	const slept: number[] = [];
	jest.spyOn(clock, 'now').mockImplementation(() => now);
	const sleep = jest.spyOn(clock, 'sleep').mockImplementation(async (milliseconds) => {
		slept.push(milliseconds);
		now += milliseconds + late;
	});
	return { slept, sleep, passed: () => now - 1_000 };
}

describe('A wait', () => {
	it('is slept in slices, and ends with the first that reaches its end', async () => {
		const time = standIn(10);
		await wait(130);
		expect(time.slept).toEqual([50, 50, 10]);
		expect(time.passed()).toBe(140);
	});

	it('of no time sleeps not at all', async () => {
		const time = standIn();
		await wait(0);
		expect(time.slept).toEqual([]);
	});

	it('ends after the slice in which the execution is cancelled, with the reason', async () => {
		const time = standIn();
		const abort = new AbortController();
		const slept = jest.mocked(clock.sleep).getMockImplementation();
		time.sleep.mockImplementation(async (milliseconds) => {
			await slept?.(milliseconds);
			if (time.slept.length === 2) abort.abort(new Error('stopped by hand'));
		});
		await expect(wait(60_000, abort.signal)).rejects.toThrow('stopped by hand');
		expect(time.slept).toEqual([50, 50]);
	});

	it('does not begin once the execution is cancelled', async () => {
		const time = standIn();
		await expect(wait(60_000, AbortSignal.abort(new Error('stopped before')))).rejects.toThrow('stopped before');
		expect(time.slept).toEqual([]);
	});
});
