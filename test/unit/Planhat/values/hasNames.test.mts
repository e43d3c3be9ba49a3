import { describe, expect, it } from '@jest/globals';
import { hasNames } from '../../../../nodes/Planhat/values/hasNames.ts';

describe('The names of an object', () => {
	it('are compared in their order, and all of them', () => {
		expect(hasNames({ a: 1, b: 2 }, ['a', 'b'])).toBe(true);
		expect(hasNames({ b: 2, a: 1 }, ['a', 'b'])).toBe(false);
		expect(hasNames({ a: 1 }, ['a', 'b'])).toBe(false);
		expect(hasNames({ a: 1, b: 2, c: 3 }, ['a', 'b'])).toBe(false);
		expect(hasNames({}, [])).toBe(true);
	});
});
