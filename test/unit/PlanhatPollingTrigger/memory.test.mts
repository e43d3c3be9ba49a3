import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { Clockwork } from '../../../nodes/PlanhatPollingTrigger/changes.ts';
import { after, emptyMemory, Remembered, type Memory } from '../../../nodes/PlanhatPollingTrigger/memory.ts';
import { PollReading } from '../../../nodes/PlanhatPollingTrigger/pollReading.ts';
import { fetchPages } from '../../../nodes/Planhat/transport/paging.ts';

const clockwork: Clockwork = {
	sortedBy: 'time',
	needs: [],
	markOf: ({ _id, time }) => ({ id: String(_id), time: Number(time) }),
	isWanted: () => true,
	createdAt: () => 0,
};

/** A list of Planhat's, newest first, whose records are saved and deleted while it is read. */
class List {
	readonly times = new Map<string, number>();

	clock = 1_000_000;

	saves = 0;

	/** @param tick milliseconds of one step of the clock: what shows late shows up to two steps late */
	constructor(
		private readonly isSorted: boolean,
		readonly tick = 1,
	) {}

	page(offset: number, limit: number): IDataObject[] {
		const records = [...this.times].map(([_id, time]) => ({ _id, time }));
		if (this.isSorted)
			records.sort((one, other) => other.time - one.time || (String(one._id) < String(other._id) ? 1 : -1));
		return records.slice(offset, offset + limit);
	}
}

type Change =
	| { kind: 'save'; id: string }
	| { kind: 'saveAhead'; id: string; by: number }
	| { kind: 'saveLate'; id: string; by: number }
	| { kind: 'delete'; id: string }
	| { kind: 'wait'; by: number };

function apply(list: List, change: Change): void {
	if (change.kind === 'wait') list.clock += change.by * list.tick;
	else if (change.kind === 'delete') list.times.delete(change.id);
	else {
		// A time of its own, so that no later save makes a version that looks the same.
		const own = (list.saves += 1) / 10_000;
		const off = { save: 0, saveAhead: 1, saveLate: -1 }[change.kind];
		const time = change.kind === 'save' ? list.clock : list.clock + off * change.by * list.tick + own;
		// A record that is saved goes to the end of a list that is not sorted, as a new one does.
		list.times.delete(change.id);
		list.times.set(change.id, time);
	}
}

interface Step {
	before: Change[];
	/** What happens after each page. */
	between: Change[][];
	most: number;
	pageMaximum: number;
	/** After so many pages the time is over, or the request fails. */
	overAfter: number;
	failsAt: number;
}

/** A poll as the trigger makes it; on a failure nothing is remembered. */
async function poll(list: List, memory: Memory, step: Step): Promise<{ memory: Memory; handedOver: string[] }> {
	let pages = 0;
	const now = list.clock;
	const wanted = { most: step.most, mayBeCut: true, isOver: () => pages >= step.overAfter, isWanted: () => true };
	const reading = new PollReading(new Remembered(memory), clockwork, wanted, step.pageMaximum);
	try {
		await fetchPages({
			plural: 'records',
			pageMaximum: step.pageMaximum,
			limit: Infinity,
			filtered: true,
			async page(offset, limit) {
				if (pages === step.failsAt) throw new Error('The request failed');
				const page = list.page(offset, limit);
				for (const change of step.between[pages] ?? []) apply(list, change);
				pages += 1;
				return page;
			},
			keep: reading.keep,
			isEnough: reading.isEnough,
			start: reading.start,
			goesOn: reading.goesOn,
		});
	} catch {
		return { memory, handedOver: [] };
	}
	const { records, read } = reading.result();
	return {
		memory: after(memory, read, now),
		handedOver: records.map(({ _id, time }) => `${String(_id)} at ${String(time)}`),
	};
}

const id = fc.integer({ min: 0, max: 12 }).map(String);
const change: fc.Arbitrary<Change> = fc.oneof(
	{ weight: 6, arbitrary: fc.record({ kind: fc.constant('save' as const), id }) },
	{
		weight: 1,
		arbitrary: fc.record({ kind: fc.constant('saveAhead' as const), id, by: fc.integer({ min: 1, max: 40 }) }),
	},
	{
		weight: 1,
		arbitrary: fc.record({ kind: fc.constant('saveLate' as const), id, by: fc.integer({ min: 1, max: 2 }) }),
	},
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), id }) },
	{ weight: 4, arbitrary: fc.record({ kind: fc.constant('wait' as const), by: fc.integer({ min: 1, max: 5 }) }) },
);
const step: fc.Arbitrary<Step> = fc.record({
	before: fc.array(change, { maxLength: 12 }),
	between: fc.array(fc.array(change, { maxLength: 3 }), { maxLength: 4 }),
	most: fc.integer({ min: 1, max: 6 }),
	pageMaximum: fc.integer({ min: 2, max: 6 }),
	overAfter: fc.integer({ min: 1, max: 6 }),
	failsAt: fc.oneof(fc.constant(-1), fc.constant(-1), fc.integer({ min: 0, max: 3 })),
});

/** A short form runs with all tests; `npm run fuzz` asks for 10,000. */
const numRuns = Number(process.env.FUZZ_RUNS ?? 300);

const quiet: Step = { before: [], between: [], most: 4, pageMaximum: 3, overAfter: 100, failsAt: -1 };

/** All versions that were handed over, and those that are there at the end. */
async function follow(steps: Step[], isSorted: boolean, tick?: number) {
	const list = new List(isSorted, tick);
	let memory: Memory = emptyMemory;
	const handedOver: string[] = [];
	const take = async (next: Step) => {
		for (const each of next.before) apply(list, each);
		const polled = await poll(list, memory, next);
		// n8n keeps it as JSON.
		memory = JSON.parse(JSON.stringify(polled.memory)) as Memory;
		handedOver.push(...polled.handedOver);
		return polled.handedOver.length;
	};
	for (const next of steps) await take(isSorted ? next : { ...next, overAfter: 100, pageMaximum: 50 });
	for (let polls = 0; polls < 40; polls += 1) await take(isSorted ? quiet : { ...quiet, pageMaximum: 50 });
	return { handedOver, there: [...list.times].map(([key, time]) => `${key} at ${time}`), memory };
}

describe('What is remembered', () => {
	it('lets every change through once, whatever happens between and during polls', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(step, { maxLength: 8 }), fc.constantFrom(1, 4_000), async (steps, tick) => {
				const { handedOver, there, memory } = await follow(steps, true, tick);
				expect(new Set(handedOver).size).toBe(handedOver.length);
				expect(there.filter((version) => !handedOver.includes(version))).toEqual([]);
				expect(memory.island).toBeUndefined();
			}),
			{ numRuns },
		);
	}, 300_000);

	it('does so where Planhat does not sort the list, and it can be read whole', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(
					step.map((each) => ({ ...each, between: [] })),
					{ maxLength: 6 },
				),
				async (steps) => {
					const { handedOver, there } = await follow(steps, false);
					expect(new Set(handedOver).size).toBe(handedOver.length);
					expect(there.filter((version) => !handedOver.includes(version))).toEqual([]);
				},
			),
			{ numRuns: Math.ceil(numRuns / 5) },
		);
	}, 300_000);

	it('loses no record that moves within a list which only looked sorted', async () => {
		const save = (...ids: string[]) => ids.map((one): Change => ({ kind: 'save', id: one }));
		const before: Change[] = [
			{ kind: 'saveAhead', id: '0', by: 2 },
			{ kind: 'saveAhead', id: '4', by: 1 },
			...save('5', '6', '2', '1', '3'),
			{ kind: 'wait', by: 2 },
		];
		const steps = [
			{ ...quiet, most: 6, before },
			{ ...quiet, most: 1, before: save('0', '1') },
		];
		const { handedOver, there } = await follow(steps, false);
		expect(there.filter((version) => !handedOver.includes(version))).toEqual([]);
	});

	it('of a record that is saved ahead of time hides none that is saved later', () => {
		const first = after(
			emptyMemory,
			{
				marks: [
					{ id: 'ahead', time: 9_000 },
					{ id: 'one', time: 10 },
				],
			},
			100,
		);
		const remembered = new Remembered(first);
		expect(remembered.isHandedOver({ id: 'ahead', time: 9_000 })).toBe(true);
		expect(remembered.isHandedOver({ id: 'two', time: 11 })).toBe(false);
		expect(after(first, { marks: [{ id: 'two', time: 9_001 }] }, 10_000).ahead).toEqual({});
	});

	it('takes any ID for a name, also those that objects have', () => {
		for (const odd of ['__proto__', 'constructor', 'toString']) {
			const mark = { id: odd, time: 9_000 };
			const remembered = new Remembered(
				JSON.parse(JSON.stringify(after(emptyMemory, { marks: [mark] }, 100))) as Memory,
			);
			expect([odd, remembered.isHandedOver(mark)]).toEqual([odd, true]);
			expect(new Remembered(emptyMemory).isHandedOver(mark)).toBe(false);
		}
	});

	it('stays small where the clock is far behind', () => {
		const marks = Array.from({ length: 5_000 }, (_, at) => ({ id: String(at), time: 10_000 - at }));
		const memory = after(emptyMemory, { marks }, 0);
		expect(Object.keys(memory.ahead)).toHaveLength(1_000);
		const remembered = new Remembered(memory);
		expect(marks.filter((mark) => !remembered.isHandedOver(mark))).toEqual([]);
	});

	it('stays small after 100,000 changes at once, and after as many within a second', () => {
		const now = 10_000_000;
		const marks = Array.from({ length: 100_000 }, (_, at) => ({ id: String(at), time: now - 90_000 }));
		const ofOneTime = after(emptyMemory, { marks }, now);
		const ofASecond = after(emptyMemory, { marks: marks.map((mark, at) => ({ ...mark, time: now - at / 100 })) }, now);
		for (const memory of [ofOneTime, ofASecond]) expect(JSON.stringify(memory).length).toBeLessThan(60_000);
		expect(marks.filter((mark) => !new Remembered(ofOneTime).isHandedOver(mark))).toEqual([]);
		expect(new Remembered(ofOneTime).isHandedOver({ id: 'later', time: now - 89_999 })).toBe(false);
	});

	it('lets what is a minute old rest, so that a poll without changes takes no second look', () => {
		const marks = [
			{ id: 'two', time: 100_000 },
			{ id: 'one', time: 95_000 },
		];
		const fresh = after(emptyMemory, { marks }, 101_000);
		expect(new Remembered(fresh).isPast(95_000)).toBe(false);
		expect(new Remembered(after(fresh, { marks: [] }, 161_000)).isPast(95_000)).toBe(true);
	});
});
