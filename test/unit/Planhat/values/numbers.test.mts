import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { hasComma, isExact, numberReadings, readNumber } from '../../../../nodes/Planhat/values/numbers.ts';
import { runs } from '../../../runs.mts';

/** Decimal text as a whole number and a power of ten, to compare it without loss. */
function decimalOf(text: string): { digits: bigint; scale: number } {
	const [, sign, whole = '', fraction = '', exponent = '0'] =
		/^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text.trim()) ?? [];
	let digits = BigInt(`${whole}${fraction}` || '0') * (sign === '-' ? -1n : 1n);
	let scale = 0 + Number(exponent) - fraction.length;
	while (digits !== 0n && digits % 10n === 0n) {
		digits /= 10n;
		scale += 1;
	}
	return digits === 0n ? { digits, scale: 0 } : { digits, scale };
}

describe('A number', () => {
	it.each<[unknown, number]>([
		[1200.5, 1200.5],
		['1200.5', 1200.5],
		[' 7 ', 7],
		['+7', 7],
		['-.5', -0.5],
		['5.', 5],
		['1e3', 1000],
		['1.2E+03', 1200],
		['007', 7],
		['10.000', 10],
		['12.34000000000000000000', 12.34],
		['0.30000000000000004', 0.30000000000000004],
		['9007199254740991', Number.MAX_SAFE_INTEGER],
		['0.0', 0],
	])('is read from %p', (value, number) => {
		expect(readNumber(value)).toBe(number);
	});

	it.each([
		...[
			'',
			'many',
			'0x1F',
			'0b11',
			'0o7',
			'Infinity',
			'-Infinity',
			'NaN',
			'1_000',
			'1 000',
			'12 EUR',
			'5%',
			'--1',
			'.',
			'e3',
		],
		...[Number.NaN, Number.POSITIVE_INFINITY, true, null, undefined, [4], { a: 1 }, new Date(0), 1n],
	])('is not %p', (value) => {
		expect(readNumber(value)).toBe('none');
	});

	it.each(['1,5', '1.200,50', '1,234.5', '-1,5', ',5', '1,234,567'])('is not %p, for its comma', (value) => {
		expect(readNumber(value)).toBe('comma');
		expect(hasComma(value)).toBe(true);
	});

	it.each([
		...[
			'9007199254740993',
			'9007199254740992',
			'12345678901234567891',
			'1e21',
			'1e999',
			'0.1234567890123456789',
			'1e-400',
		],
		...[2 ** 53, -(2 ** 60), 1e300],
	])('is not %p, which would change', (value) => {
		expect(readNumber(value)).toBe('inexact');
	});

	it('with groups of three behind a point is none where other values have a comma', () => {
		expect(['10.000', '1.200', '-2.500', '1.234.567'].map((value) => readNumber(value, true))).toEqual([
			...['grouped', 'grouped', 'grouped'],
			'none',
		]);
		expect(['10.00', '0.125', '1234.567', '12.5', '7'].map((value) => readNumber(value, true))).toEqual([
			...[10, 0.125, 1234.567, 12.5, 7],
		]);
	});

	it('is the very number of its text, or none', () => {
		const digits = fc.stringMatching(/^[+-]?\d{0,20}\.?\d{0,20}(e[+-]?\d{1,3})?$/);
		fc.assert(
			fc.property(fc.oneof(digits, fc.double().map(String), fc.string()), (text) => {
				const number = readNumber(text);
				if (typeof number !== 'number') return true;
				const [sent, given] = [decimalOf(String(number)), decimalOf(text)];
				return isExact(number) && sent.digits === given.digits && sent.scale === given.scale;
			}),
			{ numRuns: runs(2_000) },
		);
	});

	it('of JavaScript is itself, below 2^53', () => {
		fc.assert(
			fc.property(fc.double(), (number) => {
				const kept = Number.isFinite(number) ? (isExact(number) ? number : 'inexact') : 'none';
				return Object.is(readNumber(number), kept);
			}),
			{ numRuns: runs(2_000) },
		);
	});
});

describe('A comma', () => {
	it('counts between digits of a text only', () => {
		expect(['Acme, Inc', 1.5, null, '1, 2', '1.200,50 EUR'].map(hasComma)).toEqual([false, false, false, false, true]);
	});
});

describe('A text that is no plain number', () => {
	it.each([
		['1.200,50', [1200.5]],
		['1,5', [1.5]],
		[',5', [0.5]],
		['1,200', [1200, 1.2]],
		['1,234.5', [1234.5]],
		['1,234,567', [1234567]],
		['10.000', [10000, 10]],
		['1.234.567', [1234567]],
		['$1,200.50', [1200.5]],
		['1 200,50 €', [1200.5]],
		["CHF 1'200", [1200]],
		['12,5 %', [12.5]],
		['1 200', [1200]],
	])('%j may mean %j, which its expressions give', (text, values) => {
		const readings = numberReadings(text, '$json.x');
		expect(readings.map(({ value }) => value)).toEqual(values);
		for (const { value, expression } of readings) {
			const run = new Function('$json', `return ${expression}`) as (json: object) => string;
			expect(readNumber(run({ x: text }))).toBe(value);
		}
	});

	it.each(['many', '12 13', 'INV123', '1.2.3', '1,2,3', '', '-', '9,007,199,254,740,993', '1-2'])(
		'%j means none',
		(text) => {
			expect(numberReadings(text, '$json.x')).toEqual([]);
		},
	);
});
