import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import {
	asList,
	PageLengths,
	fetchPages as readPages,
	UnreadableList,
	type Paging,
} from '../../../../nodes/Planhat/transport/paging.ts';
import { runs } from '../../../runs.mts';

/** How a list is read, apart from who fetches its pages. */
type Plan = Omit<Paging, 'plural' | 'page' | 'keep'>;

const all: Plan = { pageMaximum: 1_000, limit: Infinity, filtered: false };

const readList = async (plan: Plan, page: Paging['page'], keep: Paging['keep'] = () => true): Promise<IDataObject[]> =>
	await readPages({ ...plan, plural: 'companies', page, keep });

const records = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_, index) => ({ _id: `id-${index}`, index }));

/**
 * A list as a server gives it.
 * @param cap the most records it puts into a page, whatever is asked for
 */
function serve(list: readonly unknown[], cap = Infinity) {
	const calls: Array<[offset: number, limit: number]> = [];
	const page = async (offset: number, limit: number): Promise<unknown> => {
		calls.push([offset, limit]);
		if (calls.length > 1_000) throw new Error('The list is never read to its end');
		return list.slice(offset, offset + Math.min(limit, cap));
	};
	return { calls, page };
}

/** Answers that were thought up beforehand, page by page. */
function script(...pages: unknown[]) {
	const calls: Array<[offset: number, limit: number]> = [];
	const page = async (offset: number, limit: number): Promise<unknown> => {
		calls.push([offset, limit]);
		if (calls.length > pages.length) throw new Error('A page too many was asked for');
		return pages[calls.length - 1];
	};
	return { calls, page };
}

describe('the end of a list', () => {
	it('is a page shorter than asked', async () => {
		const { calls, page } = serve(records(2_345));
		expect(await readList(all, page)).toEqual(records(2_345));
		expect(calls).toEqual([
			[0, 1_000],
			[1_000, 1_000],
			[2_000, 1_000],
		]);
	});

	it('is reached for 12,345 companies in 3 calls', async () => {
		const { calls, page } = serve(records(12_345));
		expect(await readList({ ...all, pageMaximum: 5_000 }, page)).toHaveLength(12_345);
		expect(calls).toHaveLength(3);
	});

	it('is a blank page where the last one was full', async () => {
		const { calls, page } = serve(records(2_000));
		expect(await readList(all, page)).toHaveLength(2_000);
		expect(calls).toHaveLength(3);
	});

	it('is at once for a list with nothing in it', async () => {
		const { calls, page } = serve([]);
		expect(await readList(all, page)).toEqual([]);
		expect(calls).toHaveLength(1);
	});

	it.each([1, 7, 15, 17, 31, 33, 99, 101, 235, 999])(
		'is a first short page of %i, which no server caps at',
		async (count) => {
			const { calls, page } = serve(records(count));
			expect(await readList(all, page)).toHaveLength(count);
			expect(calls).toHaveLength(1);
		},
	);

	it.each([10, 16, 25, 30, 32, 50, 64, 75, 100, 128, 200, 256, 512, 750])(
		'is asked for once more after a first short page of %i, which may be the most that the server gives',
		async (count) => {
			const { calls, page } = serve(records(count));
			expect(await readList(all, page)).toHaveLength(count);
			expect(calls).toEqual([
				[0, 1_000],
				[count, 1_000],
			]);
			expect(await readList(all, serve(records(2 * count + 3), count).page)).toHaveLength(2 * count + 3);
		},
	);

	it('is a page shorter than the one before it', async () => {
		const { calls, page } = serve(records(130), 30);
		expect(await readList(all, page)).toEqual(records(130));
		expect(calls.map(([offset]) => offset)).toEqual([0, 30, 60, 90, 120]);
	});

	it('is known at once where another list has shown how long pages are', async () => {
		const pages = new PageLengths();
		await readList({ ...all, pages }, serve(records(130), 100).page);
		const { calls, page } = serve(records(50), 100);
		expect(await readList({ ...all, pages }, page)).toEqual(records(50));
		expect(calls).toHaveLength(1);
		const long = serve(records(250), 100);
		expect(await readList({ ...all, pages }, long.page)).toEqual(records(250));
		expect(long.calls).toHaveLength(3);
	});
});

describe('the limit', () => {
	it('asks for no more than is wanted', async () => {
		const { calls, page } = serve(records(5_000));
		expect(await readList({ ...all, limit: 50 }, page)).toEqual(records(50));
		expect(calls).toEqual([[0, 50]]);
	});

	it('above the longest page is read in several, the last no longer than needed', async () => {
		const { calls, page } = serve(records(5_000));
		expect(await readList({ ...all, limit: 2_050 }, page)).toEqual(records(2_050));
		expect(calls.map(([, limit]) => limit)).toEqual([1_000, 1_000, 50]);
	});

	it('holds when the server gives more than was asked for', async () => {
		expect(await readList({ ...all, limit: 3 }, async () => records(10))).toEqual(records(3));
	});

	it('above the length of the list gives the list', async () => {
		const { page } = serve(records(20));
		expect(await readList({ ...all, limit: 50 }, page)).toHaveLength(20);
	});
});

describe('a list that is filtered on our side', () => {
	const filtered: Plan = { ...all, limit: 10, filtered: true };
	const even = (record: IDataObject) => Number(record.index) % 2 === 0;

	it('reads on until enough records are kept, with long pages after the first', async () => {
		const { calls, page } = serve(records(5_000));
		const kept = await readList(filtered, page, even);
		expect(kept.map(({ index }) => index)).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18]);
		expect(calls).toEqual([
			[0, 10],
			[10, 1_000],
		]);
	});

	it('ends with the list when too few are kept', async () => {
		const { page } = serve(records(3_500));
		const kept = await readList(filtered, page, ({ index }) => Number(index) >= 3_497);
		expect(kept.map(({ index }) => index)).toEqual([3_497, 3_498, 3_499]);
	});

	it('that keeps nothing is no page that repeats', async () => {
		const { page } = serve(records(2_500));
		expect(await readList(filtered, page, () => false)).toEqual([]);
	});
});

describe('a list that changes while it is read', () => {
	const [a, b, c, d] = records(4);

	it('hands over no record twice when pages overlap', async () => {
		const { calls, page } = script([a, b], [b, c], [d]);
		expect(await readList({ ...all, pageMaximum: 2 }, page)).toEqual([a, b, c, d]);
		expect(calls.map(([offset]) => offset)).toEqual([0, 2, 4]);
	});

	it('ends with a short page of records that were there before', async () => {
		// A record was put in front after the first page, so that the last one moved to the next.
		const { page } = script([a, b], [b]);
		expect(await readList({ ...all, pageMaximum: 2 }, page)).toEqual([a, b]);
	});

	it('still gives as many records as were wanted', async () => {
		const { page } = script([a, b], [b], [c]);
		expect(await readList({ ...all, pageMaximum: 2, limit: 3 }, page)).toEqual([a, b, c]);
	});
});

describe('a page that repeats', () => {
	it('is an error, not an endless list', async () => {
		const { calls, page } = script(records(1_000), records(1_000));
		await expect(readList(all, page)).rejects.toThrow('the same companies for two pages');
		expect(calls).toHaveLength(2);
	});

	it('is recognised without _id', async () => {
		const names = [{ name: 'a' }, { name: 'b' }];
		const { page } = script(names, names);
		await expect(readList({ ...all, pageMaximum: 2 }, page)).rejects.toThrow(UnreadableList);
	});

	it.each([
		['with _id', records(10)],
		['without', records(10).map(({ index }) => ({ index }))],
	])('and is not full is the whole of a list that the server does not page: records %s', async (_name, page) => {
		const { calls, page: pages } = script(page, page);
		expect(await readList(all, pages)).toEqual(page);
		expect(calls).toHaveLength(2);
	});
});

describe('a list of lists in lists, 8,000 deep', () => {
	it('is read as it is', async () => {
		const deep = [JSON.parse('['.repeat(8_000) + ']'.repeat(8_000)) as never];
		const { page } = script(deep);
		expect(await readList(all, page)).toHaveLength(1);
	});
});

describe('a list of which the rest is of no interest', () => {
	it('is read no further than the page that says so', async () => {
		const { calls, page } = serve(records(5_000));
		const isEnough = (received: IDataObject[]) => received.some(({ index }) => index === 1_500);
		expect(await readList({ ...all, isEnough }, page)).toEqual(records(2_000));
		expect(calls).toHaveLength(2);
	});
});

describe('what is no list', () => {
	it.each([
		['an object', { error: 'no' }],
		['text', '<html></html>'],
		['nothing', undefined],
		['null', null],
		['a number', 7],
	])('is an error: %s', async (_case, body) => {
		await expect(readList(all, async () => body)).rejects.toThrow(UnreadableList);
		await expect(readList(all, async () => body)).rejects.toThrow('something other than a list of companies');
	});

	it('is an error on a later page too', async () => {
		const { page } = script(records(1_000), { message: 'Bad gateway' });
		await expect(readList(all, page)).rejects.toThrow(UnreadableList);
	});
});

describe('odd records', () => {
	it('that are no objects are wrapped, so that each becomes an item', () => {
		expect(asList(['text', 7, null, ['x'], { _id: '1' }], 'companies')).toEqual([
			{ value: 'text' },
			{ value: 7 },
			{ value: null },
			{ value: ['x'] },
			{ _id: '1' },
		]);
	});

	it('without _id are all kept, also when they are the same', async () => {
		const twins = [{ name: 'a' }, { name: 'a' }, { name: 'b' }];
		const { page } = script(twins);
		expect(await readList(all, page)).toEqual(twins);
	});

	it('without _id that occur again on the next page are kept too', async () => {
		const { page } = script([{ name: 'a' }, { name: 'b' }], [{ name: 'a' }, { name: 'c' }], []);
		const names = (await readList({ ...all, pageMaximum: 2 }, page)).map(({ name }) => name);
		expect(names).toEqual(['a', 'b', 'a', 'c']);
	});
});

describe('any list, page maximum and cap of the server that is a round number', () => {
	const cap = fc.oneof(
		fc.integer({ min: 1, max: 200 }).map((tens) => tens * 10),
		fc.integer({ min: 1, max: 80 }).map((quarters) => quarters * 25),
		fc.integer({ min: 4, max: 11 }).map((power) => 2 ** power),
		fc.constant(Infinity),
	);
	const list = fc
		.record({
			count: fc.integer({ min: 0, max: 3_000 }),
			pageMaximum: fc.constantFrom(1_000, 2_000, 5_000, 10_000),
			cap,
			limit: fc.oneof(fc.constant(Infinity), fc.integer({ min: 1, max: 3_500 })),
			filtered: fc.boolean(),
			every: fc.integer({ min: 1, max: 9 }),
		})
		// A few totals that are full pages to the last.
		.chain((given) =>
			fc.oneof(
				{ weight: 4, arbitrary: fc.constant(given) },
				{ weight: 1, arbitrary: fc.constant({ ...given, count: given.cap < 500 ? 3 * given.cap : 500 }) },
			),
		);

	it('yields every record that is kept exactly once and in order, up to the limit', async () => {
		let most = 0;
		await fc.assert(
			fc.asyncProperty(list, async ({ count, pageMaximum, cap, limit, filtered, every }) => {
				const given = records(count);
				const keep = ({ index }: IDataObject) => !filtered || Number(index) % every === 0;
				const { calls, page } = serve(given, cap);
				const read = await readList({ pageMaximum, limit, filtered }, page, keep);
				expect(read.map(({ index }) => index)).toEqual(
					given
						.filter(keep)
						.slice(0, limit)
						.map(({ index }) => index),
				);
				most = Math.max(most, calls.length);
			}),
			{ numRuns: runs(1_500), seed: 31 },
		);
		expect(most).toBeGreaterThan(20);
	}, 120_000);

	it('costs one call more in a few lists of a hundred, and never two', async () => {
		const lists = 1_000;
		let more = 0;
		for (let index = 0; index < lists; index += 1) {
			// Most lists of people are short; a server that caps none is the usual one.
			const count = (index * 7_919) % 1_000;
			let calls = 0;
			await readList({ ...all, pageMaximum: 2_000 }, async (offset) => {
				calls += 1;
				return offset === 0 ? records(count) : [];
			});
			expect(calls).toBeLessThanOrEqual(2);
			more += calls - 1;
		}
		expect(more / lists).toBeLessThan(0.13);
	}, 60_000);
});
