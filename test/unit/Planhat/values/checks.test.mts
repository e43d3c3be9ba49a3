import { describe, expect, it } from '@jest/globals';
import { DateTime } from 'luxon';
import { runInNewContext } from 'node:vm';

import { isBlank, isObject, momentOf } from '../../../../nodes/Planhat/values/checks.ts';

describe('A blank value', () => {
	it.each([null, undefined, '', ' ', '\t\n', '\u00a0', '\ufeff'])('is %j', (value) => {
		expect(isBlank(value)).toBe(true);
	});

	it.each([0, false, 'x', [], {}, Number.NaN, ' x '])('is not %j', (value) => {
		expect(isBlank(value)).toBe(false);
	});
});

describe('An object', () => {
	it('has keys', () => {
		expect([{}, { a: 1 }, new Date(), null, [], 'x', 1, undefined].map(isObject)).toEqual([
			...[true, true, true],
			...[false, false, false, false, false],
		]);
	});
});

describe('A moment', () => {
	it('is taken out of a Date, one of another realm too, and a DateTime', () => {
		const time = Date.parse('2026-03-31T12:00:00Z');
		const foreign: unknown = runInNewContext(`new Date(${time})`);
		expect(foreign instanceof Date).toBe(false);
		expect([new Date(time), foreign, DateTime.fromMillis(time)].map(momentOf)).toEqual([time, time, time]);
	});

	it('is no number where a Date or DateTime is invalid, and nothing where a value is neither', () => {
		expect([new Date('x'), DateTime.fromISO('x')].map(momentOf)).toEqual([Number.NaN, Number.NaN]);
		expect([1, 'x', null, {}, [], undefined, true].map(momentOf)).toEqual(Array.from({ length: 7 }, () => undefined));
	});
});
