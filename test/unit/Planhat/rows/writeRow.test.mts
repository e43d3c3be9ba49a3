import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import { keysOf } from '../../../../nodes/Planhat/rows/keys.ts';
import { missingFields } from '../../../../nodes/Planhat/rows/requiredFields.ts';
import { rowWriter, writeRow, type UnknownFields, type Written } from '../../../../nodes/Planhat/rows/writeRow.ts';
import { toDay, toMilliseconds, toTime } from '../../../../nodes/Planhat/values/dates.ts';
import { fakeTenant, model } from '../../fakeItem.mts';

const writableRow = async (
	entry: ReturnType<typeof model>,
	row: IDataObject,
	unknownFields: UnknownFields = 'send',
): Promise<Written> => {
	const tenant = fakeTenant(entry);
	return await writeRow(rowWriter(entry, tenant, { unknownFields }), tenant, row);
};

const perDay = 86_400_000;
/** 2026-03-31, counted from 1970-01-01. */
const day = 20_543;
const noon = '2026-03-31T12:00:00.000Z';

describe('a day', () => {
	it.each<[unknown, number]>([
		['2026-03-31', day],
		[' 2026-03-31 ', day],
		['20260331', day],
		['2026-W14-2', day],
		['2026-090', day],
		['2026-03', day - 30],
		['2026', 20_454],
		['2026-03-31T00:00:00Z', day],
		['2026-03-31T23:59:59.999Z', day],
		['2026-03-31T08:00', day],
		['2026-03-31 08:00:00', day],
		['2026-03-31 08:00:00.123', day],
		['2026-03-31T23:30:00-02:00', day + 1],
		['2026-03-31T00:30:00+02:00', day - 1],
		['2026-03-31T00:30:00+0200', day - 1],
		['1970-01-01', 0],
		['1969-12-31', -1],
		['1969-12-31T23:59:59Z', -1],
		['1900-01-01', -25_567],
		['2000-02-29', 11_016],
		['2024-02-29', 19_782],
		['2024-03-01', 19_783],
		['0001-01-01', -719_162],
	])('is read from the text %j', (value, expected) => {
		expect(toDay(value)).toBe(expected);
	});

	it.each<[unknown, number]>([
		[day, day],
		[day + 0.9, day],
		[0, 0],
		[-1, -1],
		[-1.5, -2],
		['20543', day],
		[' 20543 ', day],
		['-400', -400],
		['0', 0],
		[Date.parse(noon), day],
		[-perDay, -1],
		[-perDay - 1, -2],
	])('is read from %j, days or milliseconds since 1970', (value, expected) => {
		expect(toDay(value)).toBe(expected);
	});

	it('is read from a Date and a DateTime, in UTC', () => {
		expect(toDay(new Date(noon))).toBe(day);
		expect(toDay(new Date('1969-12-31T23:00:00Z'))).toBe(-1);
		expect(toDay(DateTime.fromISO('2026-03-31T23:30:00', { zone: 'America/New_York' }))).toBe(day + 1);
		expect(toDay(DateTime.fromISO('2026-03-31T00:30:00', { zone: 'Asia/Tokyo' }))).toBe(day - 1);
	});

	it.each<[string, unknown]>([
		['words', 'tomorrow'],
		['a German date', '31.03.2026'],
		['an American date', '03/31/2026'],
		['a month that there is not', '2026-13-01'],
		['a leap day of another year', '2026-02-29'],
		['a day that there is not', '2026-02-30'],
		['blank text', ''],
		['true', true],
		['a list', ['2026-03-31']],
		['an object', { date: '2026-03-31' }],
		['null', null],
		['nothing', undefined],
		['no number', Number.NaN],
		['infinity', Infinity],
		['a Date that is none', new Date('garbage')],
		['a DateTime that is none', DateTime.fromISO('garbage')],
	])('is not read from %s', (_case, value) => {
		expect(toDay(value)).toBeUndefined();
	});

	it('comes back from the ISO form of any day', () => {
		// From the year 1 to the year 9999.
		fc.assert(
			fc.property(fc.integer({ min: -719_162, max: 2_932_896 }), (number) => {
				const date = new Date(number * perDay);
				const iso = date.toISOString();
				expect([iso, iso.slice(0, 10), date, DateTime.fromJSDate(date), number].map(toDay)).toEqual(
					Array.from({ length: 5 }, () => number),
				);
			}),
		);
	});

	it('is the same for every moment of it', () => {
		const moment = fc.record({
			number: fc.integer({ min: 1_000, max: 100_000 }),
			within: fc.integer({ min: 0, max: perDay - 1 }),
		});
		fc.assert(
			fc.property(moment, ({ number, within }) => {
				expect(toDay(number * perDay + within)).toBe(number);
				expect(toDay(-number * perDay + within)).toBe(-number);
				expect(toDay(new Date(number * perDay + within).toISOString())).toBe(number);
			}),
		);
	});
});

describe('a point in time', () => {
	it.each<[unknown, string]>([
		['2026-03-31', '2026-03-31T00:00:00.000Z'],
		['2026-03-31T12:00', noon],
		['2026-03-31 12:00', noon],
		['2026-03-31T12:00:00Z', noon],
		['2026-03-31T14:00:00+02:00', noon],
		['2026-03-31 07:00:00-05:00', noon],
		['2026-03-31T12:00:00.123456Z', '2026-03-31T12:00:00.123Z'],
		['1969-07-20T20:17:40Z', '1969-07-20T20:17:40.000Z'],
		['2026', '2026-01-01T00:00:00.000Z'],
		[Date.parse(noon), noon],
		[0, '1970-01-01T00:00:00.000Z'],
		[-1, '1969-12-31T23:59:59.999Z'],
	])('is read from %j', (value, expected) => {
		expect(toTime(value)).toBe(expected);
	});

	it('is read from a Date and a DateTime, in UTC', () => {
		expect(toTime(new Date(noon))).toBe(noon);
		expect(toTime(DateTime.fromISO('2026-03-31T08:00:00', { zone: 'America/New_York' }))).toBe(noon);
	});

	it.each<[string, unknown]>([
		['words', 'tomorrow'],
		['a day that there is not', '2026-02-30'],
		['a number as text', '1774958400000'],
		['true', true],
		['an object', {}],
		['nothing', undefined],
		['no number', Number.NaN],
		['a Date that is none', new Date('garbage')],
		['a DateTime that is none', DateTime.fromISO('garbage')],
	])('is not read from %s', (_case, value) => {
		expect(toTime(value)).toBeUndefined();
	});

	it('in ISO form stays as it is', () => {
		fc.assert(
			fc.property(fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
				expect(toTime(date.toISOString())).toBe(date.toISOString());
			}),
		);
	});
});

describe('milliseconds, for comparisons', () => {
	it('are those of any form of the time', () => {
		const milliseconds = Date.parse(noon);
		expect([milliseconds, noon, '2026-03-31 12:00', new Date(noon)].map((value) => toMilliseconds(value))).toEqual(
			Array.from({ length: 4 }, () => milliseconds),
		);
	});

	it('take text without an offset in the zone that is given, and other text as it says', () => {
		expect(toMilliseconds('2026-03-31T14:00:00', 'Europe/Berlin')).toBe(Date.parse(noon));
		expect(toMilliseconds(noon, 'Europe/Berlin')).toBe(Date.parse(noon));
	});

	it.each([undefined, null, '', 'tomorrow', {}, true])('are undefined for %j', (value) => {
		expect(toMilliseconds(value)).toBeUndefined();
	});
});

describe('a row as it is sent', () => {
	const invoice = model('invoice');

	it('has no _id, no version and nothing that Planhat sets itself', async () => {
		const { row, unusable } = await writableRow(invoice, {
			_id: '5f1000000000000000000001',
			__v: 3,
			invoiceNo: 7,
			cName: 'Acme',
			lastUpdated: 'garbage',
			cId: '5f1000000000000000000002',
		});
		expect(row).toEqual({ cId: '5f1000000000000000000002' });
		expect(unusable).toEqual([]);
	});

	it('has days as whole days and times in ISO form, each as its field wants them', async () => {
		expect((await writableRow(invoice, { dueDate: '2026-03-31T08:00:00Z' })).row).toEqual({ dueDate: day });
		expect((await writableRow(model('task'), { startTime: '2026-03-31 12:00' })).row).toEqual({ startTime: noon });
	});

	it('keeps names that the model does not know, and values that are no dates, as they are', async () => {
		const given = {
			Unknown: '2026-03-31',
			custom: { Date: '2026-03-31' },
			amountTotal: 7,
			currency: 0,
			product: false,
		};
		expect((await writableRow(invoice, given)).row).toEqual(given);
	});

	it.each([null, '', '  '])('keeps %j in a date, which clears it', async (value) => {
		expect(await writableRow(invoice, { dueDate: value })).toEqual({ row: { dueDate: value }, unusable: [] });
	});

	it('leaves out what is undefined', async () => {
		expect(await writableRow(invoice, { dueDate: undefined, product: undefined, cId: 'x' })).toEqual({
			row: { cId: 'x' },
			unusable: [],
		});
	});

	it('names each date that is none, and leaves it out', async () => {
		const { row, unusable } = await writableRow(invoice, { dueDate: 'soon', paidDate: '31.03.2026', product: 'CRM' });
		expect(row).toEqual({ product: 'CRM' });
		expect(unusable).toEqual([
			expect.stringMatching(/^'dueDate' takes a date such as .* not 'soon'$/),
			expect.stringMatching(/^'paidDate' takes a date .* not '31\.03\.2026'$/),
		]);
	});

	it('never holds a date that is no number, which would clear the field', async () => {
		const broken = { dueDate: Number.NaN, paidDate: new Date('garbage') as unknown as string };
		const { row, unusable } = await writableRow(invoice, broken);
		expect(row).toEqual({});
		expect(unusable).toHaveLength(2);
	});

	it('is another object; the row of the user stays as it was', async () => {
		const given = Object.freeze({ _id: 'x', dueDate: '2026-03-31' });
		await writableRow(invoice, given);
		expect(given).toEqual({ _id: 'x', dueDate: '2026-03-31' });
	});
});

describe('what a new record lacks', () => {
	it.each<[string, Record<string, unknown>, string[]]>([
		['company', {}, ['name']],
		['company', { name: '  ' }, ['name']],
		['company', { name: 'Acme' }, []],
		['invoice', { cId: 'x' }, ['currency']],
		['enduser', {}, ['email or externalId or sourceId']],
		['enduser', { email: null, externalId: '' }, ['email or externalId or sourceId']],
		['enduser', { sourceId: 's' }, []],
		['customField', { name: 'Plan', type: 'text', parent: 'company', isHidden: false }, []],
		['nps', { email: 'a@example.org', score: 0 }, []],
		['license', { companyId: 'x', _currency: 'EUR', fromDate: '2026-01-01' }, ['value or mrr']],
		['ticket', { domains: ['acme.com'] }, ['sourceId', 'email']],
	])('of the model %s with %j is %j', (resource, row, missing) => {
		expect(missingFields(model(resource), row as Record<string, string>)).toEqual(missing);
	});
});

describe('the keys of a row', () => {
	it('are those that the model has and the row gives', () => {
		const row = { name: 'Acme', externalId: 'acme', sourceId: ' ', email: 'a@example.org' };
		expect(keysOf(model('company'), row)).toEqual({ externalId: 'acme' });
		expect(keysOf(model('enduser'), row)).toEqual({ externalId: 'acme', email: 'a@example.org' });
		expect(keysOf(model('invoice'), { extId: 'i-1', externalId: 'no key here' })).toEqual({ extId: 'i-1' });
		expect(keysOf(model('company'), { externalId: null })).toEqual({});
	});
});

describe('an object field', () => {
	it('may be given as its JSON text', async () => {
		expect((await writableRow(model('company'), { custom: '{"Plan": "Pro"}' })).row).toEqual({
			custom: { Plan: 'Pro' },
		});
		expect((await writableRow(model('company'), { custom: 'Pro' })).row).toEqual({ custom: 'Pro' });
	});

	it('takes unknown fields only when it is an object', async () => {
		const write = async (row: IDataObject) => await writableRow(model('company'), row, 'custom');
		const { row } = await write({ custom: '{"Plan": "Pro"}', colour: 'red' });
		expect(row).toEqual({ custom: { Plan: 'Pro', colour: 'red' } });
		expect((await write({ custom: 'Pro', colour: 'red' })).unusable).toEqual([
			"'custom' takes an object, so that 'colour' cannot be put into it",
		]);
	});
});
