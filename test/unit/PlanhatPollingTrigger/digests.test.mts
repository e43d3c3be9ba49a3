import { describe, expect, it } from '@jest/globals';

import { mostDigests, WatchedFields } from '../../../nodes/PlanhatPollingTrigger/digests.ts';

describe('watched fields', () => {
	it('have changed where one of them holds something else, custom ones too', () => {
		const watched = new WatchedFields(['phase', 'custom.Plan', 'custom.a.b']);
		const record = { _id: '1', phase: 'One', custom: { Plan: 'Pro', 'a.b': 1 } };
		expect(watched.hasChanged(record)).toBe(true);
		watched.remember(record);
		expect(watched.hasChanged({ ...record, city: 'Oslo' })).toBe(false);
		expect(watched.hasChanged({ ...record, phase: 'Two' })).toBe(true);
		expect(watched.hasChanged({ ...record, custom: { Plan: 'Basic', 'a.b': 1 } })).toBe(true);
		expect(watched.hasChanged({ ...record, custom: { Plan: 'Pro', 'a.b': 2 } })).toBe(true);
		expect(watched.hasChanged({ _id: '1' })).toBe(true);
	});

	it('are compared with what was stored', () => {
		const first = new WatchedFields(['phase']);
		first.remember({ _id: '1', phase: 'One' });
		const later = new WatchedFields(['phase'], first.stored().kept);
		expect(later.hasChanged({ _id: '1', phase: 'One' })).toBe(false);
		expect(later.hasChanged({ _id: '2', phase: 'One' })).toBe(true);
	});

	it('that are none make every save count, and nothing is stored', () => {
		const watched = new WatchedFields([]);
		watched.remember({ _id: '1' });
		expect(watched.hasChanged({ _id: '1' })).toBe(true);
		expect(watched.stored()).toEqual({ isFull: false });
	});

	it('are remembered of the records that were seen last', () => {
		const watched = new WatchedFields(['phase']);
		for (let at = 0; at <= mostDigests; at += 1) watched.remember({ _id: `r${at}`, phase: 'One' });
		const { kept = {}, isFull } = watched.stored();
		expect([Object.keys(kept).length, isFull, 'r0' in kept, 'r1' in kept]).toEqual([mostDigests, true, false, true]);
		expect(JSON.stringify(kept).length).toBeLessThan(500_000);
		const later = new WatchedFields(['phase'], kept);
		expect(['r0', 'r1'].map((_id) => later.mayBeForgotten({ _id }))).toEqual([true, false]);
		const few = new WatchedFields(['phase'], { r1: 'x' });
		expect(['r0', 'r1'].map((_id) => few.mayBeForgotten({ _id }))).toEqual([false, false]);
	});
});
