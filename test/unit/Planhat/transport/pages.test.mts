import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { isSamePage, SeenIds } from '../../../../nodes/Planhat/transport/pages.ts';
import { quickest } from '../../quickest.mts';

describe('the same page', () => {
	const nested = (levels: number) => JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as never;

	it('is one of the same IDs in the same order', () => {
		expect(isSamePage([{ _id: 'a' }, { _id: 'b' }], [{ _id: 'a', name: 'x' }, { _id: 'b' }])).toBe(true);
		expect(isSamePage([{ _id: 'b' }, { _id: 'a' }], [{ _id: 'a' }, { _id: 'b' }])).toBe(false);
		expect(isSamePage([{ _id: 'a' }], [{ _id: 'a' }, { _id: 'b' }])).toBe(false);
		expect(isSamePage([], [])).toBe(false);
	});

	it('of records without an ID is told by what they hold', () => {
		expect(isSamePage([{ a: [1, { b: 'x' }] }], [{ a: [1, { b: 'x' }] }])).toBe(true);
		expect(isSamePage([{ a: [1, { b: 'x' }] }], [{ a: [1, { b: 'y' }] }])).toBe(false);
		expect(isSamePage([{ a: {} }], [{ a: [] }])).toBe(false);
		expect(isSamePage([{ a: null }], [{ b: null }])).toBe(false);
	});

	it('may hold a list in lists 8,000 deep', () => {
		expect(isSamePage([{ value: nested(8_000) }], [{ value: nested(8_000) }])).toBe(true);
		expect(isSamePage([{ value: nested(8_000) }], [{ value: nested(2) }])).toBe(false);
	});

	it('is quickly known where it holds millions of values', () => {
		const page = () => Array.from({ length: 8_000 }, () => ({ value: Array.from({ length: 200 }, () => '<style ') }));
		const [one, other] = [page(), page()];
		expect(quickest(() => expect(isSamePage(one, other)).toBe(true))).toBeLessThan(50);
	});
});

describe('IDs that were seen', () => {
	it('are new once, in whatever order and of whatever type', () => {
		const ids = fc.array(fc.oneof(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.integer({ min: 0, max: 3 })));
		fc.assert(
			fc.property(ids, (given) => {
				const seen = new SeenIds();
				const known = new Set<unknown>();
				for (const id of given) {
					expect(seen.add(id)).toBe(!known.has(id));
					known.add(id);
				}
			}),
		);
	});
});
