import { describe, expect, it } from '@jest/globals';

import { deepestLevel, isNestedDeeply } from '../../../../nodes/Planhat/values/nesting.ts';

/** Lists or objects in each other. */
function nested(levels: number, open: string, close: string): unknown {
	return JSON.parse(`${open.repeat(levels)}1${close.repeat(levels)}`);
}

describe('what is nested', () => {
	it.each([
		['[', ']'],
		['{"a":', '}'],
		['{"a":[', ']}'],
		['[1,"a",null,{"b":2,"__proto__":', '}]'],
	])('deeply is told from what is not: %s', (open, close) => {
		const each = [...open].filter((character) => '[{'.includes(character)).length;
		const most = Math.floor((deepestLevel + 1) / each);
		expect(isNestedDeeply(nested(most, open, close))).toBe(false);
		expect(isNestedDeeply(nested(most + 1, open, close))).toBe(true);
		expect(isNestedDeeply([{}, { a: nested(100_000, open, close) }])).toBe(true);
	});

	it.each([null, undefined, 1, 'text', true, [], {}, [[]], { a: [{ b: null }] }])('not at all is seen: %j', (value) => {
		expect(isNestedDeeply(value)).toBe(false);
	});

	it('may hold millions of values', () => {
		const since = performance.now();
		expect(isNestedDeeply(Array.from({ length: 3_000_000 }, (_none, at) => at))).toBe(false);
		expect(performance.now() - since).toBeLessThan(1_000);
	});
});
