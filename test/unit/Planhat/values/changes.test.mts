import { describe, expect, it } from '@jest/globals';

import { changesBetween } from '../../../../nodes/Planhat/values/changes.ts';

describe('how many changes part two texts', () => {
	it.each([
		['acme', 'acme', 0],
		['acme', 'acne', 1],
		['acme', 'amce', 1],
		['acme', 'acm', 1],
		['acme', 'acmes', 1],
		['', 'ab', 2],
		['nordlict labs', 'nordlicht labs', 1],
		['kitten', 'sitting', 3],
		['ca', 'abc', 3],
	])('are those from %j to %j', (one, other, changes) => {
		expect(changesBetween(one, other, 10)).toBe(changes);
		expect(changesBetween(other, one, 10)).toBe(changes);
	});

	it('are not counted beyond what is of use', () => {
		expect(changesBetween('kitten', 'sitting', 3)).toBe(3);
		expect(changesBetween('kitten', 'sitting', 2)).toBe(Infinity);
		expect(changesBetween('a', 'abcdef', 2)).toBe(Infinity);
		expect(changesBetween('zzzzzzzz', 'aaaaaaaa', 2)).toBe(Infinity);
	});
});
