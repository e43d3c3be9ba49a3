import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';

import { readDate } from '../../../../nodes/Planhat/values/dates.ts';
import { usualDay, usualTime } from '../../../../nodes/Planhat/values/isoText.ts';

const perDay = 86_400_000;

function byLuxon(text: string): DateTime {
	return DateTime.fromISO(text.replace(' ', 'T'), { zone: 'utc', setZone: true });
}

const digit = fc.constantFrom(...'0123456789');
const number = (most: number, length = 2) =>
	fc.oneof(
		{ weight: 8, arbitrary: fc.integer({ min: 0, max: most }).map((value) => String(value).padStart(length, '0')) },
		fc.string({ unit: digit, minLength: 0, maxLength: length + 2 }),
		fc.constantFrom('60', '24', '29', '30', '31', '00', '2000', '1900', '+12026', '-00001', '/1', '1:', ' 1', '１２'),
	);
const between = (usual: string) =>
	fc.oneof({ weight: 12, arbitrary: fc.constant(usual) }, fc.constantFrom('', '/', '.', ' '));
const maybe = (text: fc.Arbitrary<string>) => fc.oneof({ weight: 3, arbitrary: text }, fc.constant(''));
const joined = (...parts: Array<fc.Arbitrary<string>>) => fc.tuple(...parts).map((texts) => texts.join(''));

const offset = fc.oneof(
	fc.constantFrom('Z', 'z', '', ' Z', '+00:00', '-00:00', '+0000', '+00', '−01:00', '[Europe/Stockholm]'),
	joined(fc.constantFrom('+', '-'), number(25), between(':'), number(60)),
);
const fraction = joined(fc.constantFrom('.', ','), fc.string({ unit: digit, minLength: 0, maxLength: 7 }));
const day = joined(number(9_999, 4), between('-'), number(13), between('-'), number(32));
const time = joined(number(25), between(':'), number(61), between(':'), number(61), maybe(fraction), offset);
const texts = fc.oneof(day, joined(day, fc.constantFrom('T', ' ', 't', ''), time));

describe('A date in the usual form', () => {
	it('is what Luxon reads, whatever text is taken for one', () => {
		let taken = 0;
		fc.assert(
			fc.property(texts, (text) => {
				const usual = usualTime(text);
				const numberOfDay = usualDay(text);
				expect(numberOfDay === undefined).toBe(usual === undefined);
				if (usual === undefined || numberOfDay === undefined) return;
				taken += 1;
				const date = byLuxon(text);
				expect([text, usual]).toEqual([text, date.toUTC().toISO()]);
				expect(new Date(numberOfDay * perDay).toISOString().slice(0, 10)).toBe(date.toISODate());
				expect(readDate(text, 'utc')).toEqual({ milliseconds: date.toMillis(), day: numberOfDay });
			}),
			{ numRuns: 30_000 },
		);
		expect(taken).toBeGreaterThan(3_000);
	});

	it('is taken for every day there is', () => {
		const wrong: string[] = [];
		for (let moment = byLuxon('0000-01-01').toMillis(); moment < 253_402_300_800_000; moment += 17 * perDay) {
			const text = new Date(moment).toISOString();
			const isRead = usualTime(text) === text && usualTime(text.slice(0, 10)) === text;
			if (!isRead || usualDay(text) !== moment / perDay) wrong.push(text);
		}
		expect(wrong).toEqual([]);
	});

	it.each<[string, string]>([
		['2026-03-31T12:00:00.123Z', '2026-03-31T12:00:00.123Z'],
		['2026-03-31 12:00:00', '2026-03-31T12:00:00.000Z'],
		['2024-01-01T23:30:00-05:00', '2024-01-02T04:30:00.000Z'],
		['2024-02-29', '2024-02-29T00:00:00.000Z'],
	])('is taken: %j', (text, wanted) => {
		expect(usualTime(text)).toBe(wanted);
	});

	it.each([
		'2026-02-29',
		'1900-02-29',
		'2026-04-31',
		'2026-13-01',
		'2026-00-10',
		'2016-12-31T23:59:60Z',
		'2026-01-01T24:00:00Z',
		'2026-01-01T10:00:00+24:00',
		'0000-01-01T00:00:00+01:00',
		'+12026-01-01',
		'120260-01-01',
		'2026-01-01T10:00:00.123456Z',
		'2026-1-1',
		' 2026-01-01',
		'',
	])('is left to the other readers: %j', (text) => {
		expect([usualTime(text), usualDay(text)]).toEqual([undefined, undefined]);
	});
});
