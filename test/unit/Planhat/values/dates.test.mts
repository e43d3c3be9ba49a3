import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';

import { isoDay, isoTime, readDate, readDayCount } from '../../../../nodes/Planhat/values/dates.ts';
import { runs } from '../../../runs.mts';

const stockholm = 'Europe/Stockholm';
const perDay = 86_400_000;

/** The moment and the day of a value, as text. */
function read(value: unknown, zone = stockholm, textZone?: string): [time: string, day: string] | undefined {
	const date = readDate(value, zone, textZone);
	return date === undefined ? undefined : [isoTime(date.milliseconds), isoDay(date.day)];
}

describe('A date', () => {
	it.each<[unknown, string, string]>([
		['2026-03-31', '2026-03-31T00:00:00.000Z', '2026-03-31'],
		[' 2026-03-31 ', '2026-03-31T00:00:00.000Z', '2026-03-31'],
		['2026-03', '2026-03-01T00:00:00.000Z', '2026-03-01'],
		['2026-03-31T12:00', '2026-03-31T12:00:00.000Z', '2026-03-31'],
		['2026-03-31 12:00:30', '2026-03-31T12:00:30.000Z', '2026-03-31'],
		['2026-03-31T12:00:00.123456Z', '2026-03-31T12:00:00.123Z', '2026-03-31'],
		['2026-03-31T12:00:00,5z', '2026-03-31T12:00:00.500Z', '2026-03-31'],
		['2026-03-31 08:00:00+00', '2026-03-31T08:00:00.000Z', '2026-03-31'],
		['2026-03-31T14:00:00+0200', '2026-03-31T12:00:00.000Z', '2026-03-31'],
		['2024-01-01T23:30:00-05:00', '2024-01-02T04:30:00.000Z', '2024-01-01'],
		['2024-01-01T00:30:00+01:00', '2023-12-31T23:30:00.000Z', '2024-01-01'],
		['2026-03-31T24:00:00', '2026-04-01T00:00:00.000Z', '2026-03-31'],
		['2026-W14-2', '2026-03-31T00:00:00.000Z', '2026-03-31'],
		['2026-090', '2026-03-31T00:00:00.000Z', '2026-03-31'],
		['2026-03-31T10', '2026-03-31T10:00:00.000Z', '2026-03-31'],
		['20260331T120000Z', '2026-03-31T12:00:00.000Z', '2026-03-31'],
		['2026-03-31T00:30:00+02:00[Europe/Stockholm]', '2026-03-30T22:30:00.000Z', '2026-03-31'],
		['0001-01-01', '0001-01-01T00:00:00.000Z', '0001-01-01'],
		['2024-02-29', '2024-02-29T00:00:00.000Z', '2024-02-29'],
	])('is read from the text %j', (value, time, day) => {
		expect(read(value)).toEqual([time, day]);
	});

	it.each<[number, string, string]>([
		[32_874, '1990-01-01T00:00:00.000Z', '1990-01-01'],
		[45_283, '2023-12-23T00:00:00.000Z', '2023-12-23'],
		[45_283.5, '2023-12-23T12:00:00.000Z', '2023-12-23'],
		[58_441, '2060-01-01T00:00:00.000Z', '2060-01-01'],
		[20_240_131, '2024-01-31T00:00:00.000Z', '2024-01-31'],
		[1e8, '1973-03-03T09:46:40.000Z', '1973-03-03'],
		[1_706_659_200, '2024-01-31T00:00:00.000Z', '2024-01-31'],
		[1_706_659_199.5, '2024-01-30T23:59:59.500Z', '2024-01-31'],
		[1_706_659_200_000, '2024-01-31T00:00:00.000Z', '2024-01-31'],
		[1_706_655_600_000, '2024-01-30T23:00:00.000Z', '2024-01-31'],
	])('is read from %j, as number and as text', (value, time, day) => {
		expect([read(value), read(String(value)), read(` ${value} `)]).toEqual(
			Array.from({ length: 3 }, () => [time, day]),
		);
	});

	it('is that of Excel only where it says so', () => {
		expect([45_283, '45283', 45_283.25].map((value) => readDate(value, 'utc')?.isExcel)).toEqual([true, true, true]);
		expect(['2023-12-23', 20_231_223, 1_703_289_600].map((value) => readDate(value, 'utc')?.isExcel)).toEqual([
			...[undefined, undefined, undefined],
		]);
	});

	it.each([
		...[
			'10:30',
			'T10:30',
			'12',
			'0830',
			'202601',
			'2026',
			'2026090',
			'2026-W14',
			'0',
			'-1',
			'01012024',
			'00045283',
			'1e12',
		],
		...[
			'tomorrow',
			'31.03.2026',
			'03/31/2026',
			'31-01-2024',
			'2026-13-01',
			'2026-02-30',
			'2023-02-29',
			'0000-00-00',
			'2024-3-1',
		],
		...[
			'2026-03-31T25:00',
			'2026-03-31T12:60',
			'2026-03-31T12:00:61',
			'2026-03-31T12:00+24:00',
			'9999-12-31T23:59:59-10:00',
		],
		...[0, 12, 2026, 202_601, 20_241_341, 32_873, 58_442, 99_999_999, -1, -1e12, 1e16, 45_283n],
		...[
			Number.NaN,
			Number.POSITIVE_INFINITY,
			true,
			null,
			undefined,
			{},
			[],
			['2026-03-31'],
			new Date('x'),
			DateTime.fromISO('x'),
		],
	])('is not read from %p', (value) => {
		expect(read(value)).toBeUndefined();
	});

	it('of a Date, a DateTime and milliseconds falls on a day in the zone of the workflow, whatever their own', () => {
		const time = Date.parse('2024-01-01T23:30:00Z');
		const moments = [new Date(time), DateTime.fromMillis(time, { zone: 'America/New_York' }), time, time / 1_000];
		expect(moments.map((value) => read(value)?.[1])).toEqual(Array.from({ length: 4 }, () => '2024-01-02'));
		expect(moments.map((value) => read(value, 'utc')?.[1])).toEqual(Array.from({ length: 4 }, () => '2024-01-01'));
		expect(read(DateTime.fromISO('2026-03-31T00:30:00', { zone: stockholm }))?.[1]).toBe('2026-03-31');
	});

	it('as text without an offset is UTC, or in the zone that is said', () => {
		expect(read('2026-03-31T12:00')?.[0]).toBe('2026-03-31T12:00:00.000Z');
		expect(read('2026-03-31T12:00', stockholm, stockholm)).toEqual(['2026-03-31T10:00:00.000Z', '2026-03-31']);
		expect(read('2026-03-31T12:00Z', stockholm, stockholm)?.[0]).toBe('2026-03-31T12:00:00.000Z');
	});

	it('of any moment comes back from all its forms', () => {
		const moment = fc.date({ min: new Date('1973-03-04'), max: new Date('9999-12-30'), noInvalidDate: true });
		fc.assert(
			fc.property(moment, (date) => {
				const time = date.toISOString();
				const forms = [
					date,
					time,
					date.getTime(),
					String(date.getTime()),
					DateTime.fromJSDate(date),
					time.replace('T', ' '),
				];
				const written = DateTime.fromJSDate(date, { zone: 'America/New_York' });
				return (
					forms.every((value) => read(value, 'utc')?.[0] === time) &&
					String(read(written.toISO())) === `${time},${written.toISODate()}` &&
					read(date, 'America/New_York')?.[1] === written.toISODate()
				);
			}),
			{ numRuns: 2_000 },
		);
	});

	it('of any day comes back from all its forms', () => {
		fc.assert(
			fc.property(fc.integer({ min: -719_162, max: 2_932_895 }), (day) => {
				const text = isoDay(day);
				const isLate = day * perDay > Date.parse('1000-01-01');
				const forms = isLate ? [text, `${text}T23:59:59-11:00`, text.replaceAll('-', '')] : [text];
				return Date.parse(text) / perDay === day && forms.every((value) => readDate(value, 'utc')?.day === day);
			}),
			{ numRuns: runs(2_000) },
		);
	});

	it('is the same as number and as digits alone, whatever the number', () => {
		const number = fc.oneof(
			fc.nat(),
			fc.maxSafeNat(),
			fc.nat(100_000),
			fc.integer({ min: 19_000_000, max: 21_000_000 }),
		);
		fc.assert(
			fc.property(number, (value) => {
				const [one, other] = [readDate(value, 'utc'), readDate(String(value), 'utc')];
				return one?.milliseconds === other?.milliseconds && one?.day === other?.day && one?.isExcel === other?.isExcel;
			}),
			{ numRuns: runs(2_000) },
		);
	});

	it('is that of Luxon, or none, whatever the text', () => {
		const text = fc.stringMatching(
			/^\d{4}-?\d{0,3}-?\d{0,2}[T ]?\d{0,2}:?\d{0,2}:?\d{0,2}(\.\d{1,4})?(Z|[+-]\d\d:?\d{0,2})?$/,
		);
		fc.assert(
			fc.property(text, (value) => {
				const date = readDate(value, 'utc');
				const iso = value
					.trim()
					.replace(/ (?=[+-])/, '')
					.replace(' ', 'T');
				if (date === undefined || /^[\d.]+$/.test(iso)) return true;
				return date.milliseconds === DateTime.fromISO(iso, { setZone: true, zone: 'utc' }).toMillis();
			}),
			{ numRuns: runs(2_000) },
		);
	});
});

describe('A count of days', () => {
	it('is a whole number from 1970 to 2060', () => {
		expect([0, 19_753, 32_872, '0', '19753', ' 32872 '].map(readDayCount)).toEqual([
			0, 19_753, 32_872, 0, 19_753, 32_872,
		]);
		expect(
			[-1, 32_873, 1.5, '1.5', '007', '', ' ', null, true, [1], '2026-03-31', Number.NaN].map(readDayCount),
		).toEqual(Array.from({ length: 12 }, () => undefined));
	});
});
