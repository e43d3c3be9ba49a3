import { describe, expect, it } from '@jest/globals';
import { DateTime } from 'luxon';

import { dateExpressions, dateFormats, plainDates } from '../../../../nodes/Planhat/values/dateFormats.ts';
import { readDate } from '../../../../nodes/Planhat/values/dates.ts';

describe('The format of a date', () => {
	it.each([
		['31-01-2024', ['dd-MM-yyyy']],
		['01/31/2024', ['MM/dd/yyyy']],
		['03/04/2024', ['dd/MM/yyyy', 'MM/dd/yyyy']],
		['3/4/24', ['d/M/yy', 'M/d/yy']],
		['31.01.2024 10:30', ['dd.MM.yyyy HH:mm']],
		['1/2/2024, 3:05 PM', ['d/M/yyyy, h:mm a', 'M/d/yyyy, h:mm a']],
		['31.01.24 10:30:15', ['dd.MM.yy HH:mm:ss']],
		['2024/01/31', ['yyyy/MM/dd']],
		['2024-3-1', ['yyyy-M-d']],
		['01.2024', ['MM.yyyy']],
		['Jan 31, 2024', ['LLL d, yyyy']],
		['January 31, 2024', ['LLLL d, yyyy']],
		['31 January 2024', ['d LLLL yyyy']],
		['31-Jan-2024', ['d-LLL-yyyy']],
		['31-Mar-26', ['d-LLL-yy']],
		['Mar-26', ['LLL-yy']],
		['March 2026', ['LLLL yyyy']],
		['03-04-2024', ['dd-MM-yyyy', 'MM-dd-yyyy']],
		['03.04.2024', ['dd.MM.yyyy']],
		['26-03-31', ['dd-MM-yy', 'yy-MM-dd']],
		['04032026', ['ddMMyyyy', 'MMddyyyy']],
		['2026-03-31 14:00 CET', ['yyyy-M-d HH:mm z']],
		['2026-03-31T14:00:00 Europe/Stockholm', ["yyyy-M-d'T'HH:mm:ss z"]],
		['Mar 2024', ['LLL yyyy']],
		['31012024', ['ddMMyyyy']],
		['202601', ['yyyyMM']],
		['2024', ['yyyy']],
	])('%j is guessed, and reads it', (text, formats) => {
		expect(dateFormats(text)).toEqual(formats);
		for (const format of formats) {
			const date = DateTime.fromFormat(text, format, { zone: 'utc' });
			expect([text, format, date.isValid]).toEqual([text, format, true]);
			expect(readDate(date, 'utc')).toBeDefined();
		}
	});

	it('is not looked for in a long text', () => {
		const began = performance.now();
		expect(dateFormats(`1${' '.repeat(300_000)}x`)).toEqual([]);
		expect(performance.now() - began).toBeLessThan(1_000);
	});

	it.each(['10:30', '12', '0830', 'next week', '', '2024-13-45T', 'Q1 2024', '31.01.2024 noon'])(
		'%j has none',
		(text) => {
			expect(dateFormats(text)).toEqual([]);
		},
	);
});

it('The expression that reads a date names the column and the format', () => {
	expect(dateExpressions('31-01-2024', "$json['Start Date']")).toEqual([
		"DateTime.fromFormat($json['Start Date'], 'dd-MM-yyyy').toISODate()",
	]);
	expect(dateExpressions('Wed, 31 Jan 2024 10:00:00 GMT', '$json.start')).toEqual([
		'DateTime.fromRFC2822($json.start)',
	]);
	expect(DateTime.fromRFC2822('Wed, 31 Jan 2024 10:00:00 GMT').isValid).toBe(true);
	expect(dateExpressions(' 31.01.2024 ', '$json.start')).toEqual([
		"DateTime.fromFormat($json.start.trim(), 'dd.MM.yyyy').toISODate()",
	]);
	expect(dateExpressions('31.01.2024 10:30', '$json.start')).toEqual([
		"DateTime.fromFormat($json.start, 'dd.MM.yyyy HH:mm')",
	]);
	expect(dateExpressions('03312026', '$json.start')).toEqual([
		"DateTime.fromFormat($json.start, 'MMddyyyy').toISODate()",
	]);
	expect(dateExpressions('2026-03-31T14:00 Europe/Stockholm', '$json.start')).toEqual([
		`DateTime.fromFormat($json.start, "yyyy-M-d'T'HH:mm z")`,
	]);
	expect(dateExpressions('Tue Mar 31 2026 10:00:00 GMT+0200 (CEST)', '$json.start')).toEqual(['new Date($json.start)']);
});

it.each(['2026-02-30', '0000-00-00', '31/31/2024', '32.01.2024', 'Wed, 31 Xyz 2024 10:00:00 GMT'])(
	'No expression is said to read %j, which is no day',
	(text) => {
		expect(dateExpressions(text, '$json.start')).toEqual([]);
	},
);

it.each([
	['31.12.2025', ['2025-12-31']],
	['01/02/2026', ['2026-02-01', '2026-01-02']],
	['31.01.2024 10:30', ['2024-01-31T10:30:00']],
	['Jan 31, 2024', ['2024-01-31']],
	['202601', ['2026-01-01']],
	['Wed, 31 Jan 2024 10:00:00 GMT', ['2024-01-31T10:00:00Z']],
	['Tue Mar 31 2026 10:00:00 GMT+0200 (Central European Summer Time)', ['2026-03-31T10:00:00+02:00']],
	['2026-03-31 14:00 Europe/Stockholm', ['2026-03-31T14:00:00+02:00']],
	['2026-03-31 14:00 CEST', []],
	['26-03-31', ['2031-03-26', '2026-03-31']],
	['31-Mar-26', ['2026-03-31']],
	['Mar-26', ['2026-03-01']],
	['45.12.2025', []],
	['next week', []],
])('%j is %j in ISO 8601', (text, dates) => {
	expect(plainDates(text)).toEqual(dates);
});
