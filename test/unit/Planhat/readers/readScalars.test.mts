import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';

import {
	isText,
	readBoolean,
	readDay,
	readDecimal,
	readIsoDay,
	readText,
	readTime,
} from '../../../../nodes/Planhat/readers/readScalars.ts';
import { placeOf } from './fakePlace.mts';

describe('A text', () => {
	it.each<[unknown, unknown]>([
		[' Acme ', ' Acme '],
		[1200.5, 1200.5],
		[false, false],
		[new Date('2026-01-02T03:04:05Z'), '2026-01-02T03:04:05.000Z'],
		[DateTime.fromISO('2026-01-02T03:04:05+02:00', { setZone: true }), '2026-01-02T03:04:05.000+02:00'],
	])('is what stands in %p', (given, value) => {
		expect(readText(given)).toEqual({ value });
	});

	it.each([{ a: 1 }, ['a'], new Date(Number.NaN), Number.NaN])('is nothing that %p says', (given) => {
		expect(readText(given)).toEqual({ refused: undefined });
	});

	it('is not a number whose digits are lost', () => {
		expect(readText(2 ** 53)).toEqual({ refused: expect.stringContaining('give it as text') });
	});

	it('is not an object that an expression has made text of', () => {
		expect([isText('Acme'), isText('[object Object]'), isText(1)]).toEqual([true, false, false]);
		expect(readText('See [object Object]')).toEqual({ refused: expect.stringMatching(/leave it out$/) });
	});
});

describe('A number', () => {
	const at = (hasCommas: boolean) => placeOf('number', {}, { hasCommas });

	it('of any size that keeps its digits is itself, also as text', () => {
		const amounts = fc.oneof(
			fc.maxSafeInteger(),
			fc.integer({ min: -1e8, max: 1e8 }).map((cents) => cents / 100),
		);
		fc.assert(
			fc.property(amounts, fc.boolean(), (amount, asText) => {
				const given = asText ? String(amount) : amount;
				expect(readDecimal(given, at(false))).toEqual({ value: Number(String(amount)) });
			}),
		);
	});

	it('with a comma is refused with the forms that may be meant', () => {
		expect(readDecimal('1,200', at(false))).toEqual({
			refused:
				"Send '1,200' as 1200 or 1.2. This reads it: {{ $json.start.replaceAll(',', '') }}, or {{ $json.start.replace(',', '.') }}",
		});
		expect(readDecimal('$1,200.50', at(false))).toEqual({
			refused: expect.stringMatching(/^Send '\$1,200\.50' as 1200\.5\./),
		});
	});

	it('is refused with the expression that reads it', () => {
		expect(readDecimal('1.234,5', at(false))).toEqual({
			refused: expect.stringMatching(/^Send '.+' as .+\. This reads it: \{\{ .+ \}\}/),
		});
		expect(readDecimal('1.234', at(true))).toEqual({
			refused: expect.stringMatching(/^Other values .+ \{\{ .+ \}\}$/),
		});
		expect(readDecimal('0.12345678901234567890', at(false))).toEqual({
			refused: expect.stringContaining('$json.start.toNumber()'),
		});
		expect(readDecimal('12345678901234567890', at(false))).toEqual({
			refused: expect.stringContaining('loses digits'),
		});
		expect(readDecimal('many', at(false))).toEqual({ refused: undefined });
	});
});

describe('A truth', () => {
	it.each([true, 'TRUE', ' yes ', '1', 1])('is read in %p', (given) => {
		expect(readBoolean(given)).toEqual({ value: true });
	});

	it.each([false, 'False', 'no', '0', 0])('is read as none in %p', (given) => {
		expect(readBoolean(given)).toEqual({ value: false });
	});

	it.each(['on', 2, {}, [true], 'wahr'])('is not read in %p', (given) => {
		expect(readBoolean(given)).toEqual({ refused: undefined });
	});
});

describe('A date', () => {
	const place = placeOf('date');

	it('is a moment, the day it falls on, or the number of that day, as the field holds it', () => {
		const given = '2026-03-01T23:30:00+01:00';
		expect(readTime(given, place)).toEqual({ value: '2026-03-01T22:30:00.000Z' });
		expect(readIsoDay('2026-03-01', place)).toEqual({ value: '2026-03-01' });
		expect(readDay('2026-03-01', place)).toEqual({ value: 20_513 });
		expect(readDay(20_513, place)).toEqual({ value: 20_513 });
	});

	it('that Excel counts is noted with what it was taken for', () => {
		expect(readIsoDay(46_082, place)).toEqual({
			value: '2026-03-01',
			note: { kind: 'excel', given: '46082', taken: '2026-03-01' },
		});
	});

	it('that may be read in two ways is refused with both expressions', () => {
		const reading = readTime('03/04/2026', place);
		expect(reading).toEqual({
			refused: expect.stringMatching(/^Send '.+' as .+ or .+\. This reads it: \{\{ .+ \}\}, or \{\{ .+ \}\}$/),
		});
		expect(readTime({}, place)).toEqual({ refused: undefined });
	});
});
