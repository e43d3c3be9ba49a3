import { describe, expect, it } from '@jest/globals';

import { mostMinutes, scenes, simulateProcesses } from '../../../../bench/lib/slotModel.mts';
import { Calls } from '../../../../nodes/Planhat/quota/line.ts';
import { Slots } from '../../../../nodes/Planhat/quota/slots.ts';

const minute = 60_000;

/** Slots of a process that has made calls which were accepted at these times. */
function slotsAfter(...times: number[]) {
	const slots = new Slots(minute, () => 0.5);
	const calls = new Calls();
	const start = (now: number) => {
		slots.started(calls.count(now));
		calls.inFlight += 1;
	};
	const accept = (now: number) => {
		slots.answered(now);
		calls.ended(now + minute);
	};
	const refuse = (now: number, named?: number) => {
		slots.refused(calls.count(now) - 1, now, named);
		calls.ended(now + minute);
	};
	for (const time of times) {
		start(time);
		accept(time);
	}
	return { slots, calls, start, accept, refuse };
}

describe('the slots of a process', () => {
	it('hold nobody up as long as nothing was refused', () => {
		const { slots, calls } = slotsAfter(0, 0, 0);
		expect(slots.leavesIn(calls, 1)).toBe(0);
	});

	it('let one be tried 3 seconds after a refusal, where none is accepted', () => {
		const { slots, calls, start, refuse } = slotsAfter();
		start(0);
		refuse(1_000);
		expect(slots.leavesIn(calls, 1_000)).toBe(3_000);
	});

	it('are free again one window after the answer, less the one that a refused call takes up', () => {
		const { slots, calls, start, refuse } = slotsAfter(...Array.from({ length: 100 }, (_, index) => index * 10));
		start(1_000);
		refuse(1_000, 10 * minute);
		expect(slots.leavesIn(calls, 1_000)).toBe(minute + 10 - 1_000);
	});

	it.each([
		[4, 3_000],
		[8, 6_000],
		[40, 6_000],
	])('double the wait for a try that is refused, the longer the more calls were accepted: %i', (count, expected) => {
		const { slots, calls, start, refuse } = slotsAfter(...Array.from({ length: count }, () => 0));
		for (const at of [1_000, 4_000]) {
			start(at);
			refuse(at);
		}
		expect(slots.leavesIn(calls, 4_000)).toBe(expected);
	});

	it('double the tries with each that is accepted', () => {
		const { slots, calls, start, accept, refuse } = slotsAfter();
		start(0);
		refuse(0);
		let left = 0;
		for (let round = 0; round < 4; round += 1) {
			for (; slots.leavesIn(calls, 3_000) === 0; left += 1) start(3_000);
			for (; calls.inFlight > 0;) accept(3_000);
		}
		expect(left).toBe(1 + 2 + 4 + 8);
	});

	it('let one be tried when the wait is over that a refusal has named', () => {
		const { slots, calls, start, refuse } = slotsAfter();
		start(0);
		refuse(0, 700);
		expect(slots.leavesIn(calls, 0)).toBe(700);
	});
});

describe('several processes that know nothing of each other', () => {
	it.each(scenes)('share a quota: $name', async (scene) => {
		const { used, refused, longestWait } = await simulateProcesses(scene, 1);
		expect(used).toBeGreaterThanOrEqual(scene.bars.used);
		expect(refused).toBeLessThanOrEqual(scene.bars.refused ?? 1);
		expect(longestWait).toBeLessThanOrEqual(mostMinutes);
	});

	it('leave each of two as much as the other', async () => {
		const two = { name: '', processes: [{ wide: 8 }, { wide: 8 }], bars: { used: 0 } };
		const { byProcess } = await simulateProcesses(two, 2);
		expect(Math.min(...byProcess) / Math.max(...byProcess)).toBeGreaterThan(0.8);
	});
});
