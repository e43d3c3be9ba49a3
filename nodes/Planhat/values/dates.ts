import { DateTime } from 'luxon';

import { momentOf, trimmed } from './checks';

const dayMilliseconds = 86_400_000;

/** 400 years have the same days as the next 400. */
const millisecondsOf400Years = 146_097 * dayMilliseconds;

/** Where Excel's days count from, in days before 1970. */
const excelEpochDays = 25_569;

/** Days of Excel are taken from 1990-01-01 to 2060-01-01, where days since 1970 end. */
const excelDays = { from: 32_874, to: 58_441 };

/** 2060-01-01 in days since 1970. */
const mostDays = 32_872;

/** From here on a number counts seconds since 1970 (1973-03-03). */
const fewestSeconds = 1e8;

/** From here on a number counts milliseconds since 1970 (1973-03-03). */
const fewestMilliseconds = 1e11;

/** The years 0 and 10000: what lies outside, ISO 8601 writes in another way. Milliseconds. */
const years = { from: -62_167_219_200_000, to: 253_402_300_800_000 };

const isoForm =
	/^(\d{4})-(\d\d)(?:-(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)?(?: ?(?:(Z)|([+-])(\d\d):?(\d\d)?))?)?)?$/i;

/** ISO 8601 by weeks, by days of the year, without separators, or with less of the time. Luxon reads them. */
const rareIsoForm = /^\d{4}-?(?:\d\d-?\d\d|W\d\d-?\d|\d{3})(?:[T ]\S+)?$/i;

/** A date that was read. */
export interface ReadDate {
	/** The moment, in milliseconds since 1970. */
	milliseconds: number;
	/** The calendar day as it was written, in whole days since 1970-01-01. */
	day: number;
	/** Whether a number was taken for days as Excel counts them. */
	isExcel?: true;
}

function dayIn(milliseconds: number, zone: string): number {
	const { year, month, day } = DateTime.fromMillis(milliseconds, { zone });
	return startOf(year, month, day) / dayMilliseconds;
}

function hasYear(milliseconds: number): boolean {
	return milliseconds >= years.from && milliseconds < years.to;
}

function moment(milliseconds: number, zone: string): ReadDate | undefined {
	return hasYear(milliseconds) ? { milliseconds, day: dayIn(milliseconds, zone) } : undefined;
}

/** The beginning of a day in UTC; NaN where the month has no such day. */
function startOf(year: number, month: number, day: number): number {
	// JavaScript takes years below 100 for years of the last century.
	const start = Date.UTC(year + 400, month - 1, day) - millisecondsOf400Years;
	const date = new Date(start);
	return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? start : Number.NaN;
}

/** Years, months and days as digits alone. */
function fromDigits(number: number): ReadDate | undefined {
	const milliseconds = startOf(Math.floor(number / 10_000), Math.floor(number / 100) % 100, number % 100);
	return Number.isNaN(milliseconds) ? undefined : { milliseconds, day: milliseconds / dayMilliseconds };
}

function fromExcel(number: number): ReadDate {
	const milliseconds = Math.round((number - excelEpochDays) * dayMilliseconds);
	return { milliseconds, day: Math.floor(milliseconds / dayMilliseconds), isExcel: true };
}

/** A number says what it counts by its size; what could be one thing or another is no date. */
function fromNumber(number: number, zone: string): ReadDate | undefined {
	if (number >= excelDays.from && number < excelDays.to + 1) return fromExcel(number);
	if (Number.isInteger(number) && number >= 10_000_000 && number < fewestSeconds) return fromDigits(number);
	if (number >= fewestSeconds && number < fewestMilliseconds) return moment(Math.round(number * 1_000), zone);
	return number >= fewestMilliseconds ? moment(Math.floor(number), zone) : undefined;
}

function fromLuxon(date: DateTime): ReadDate | undefined {
	if (!date.isValid || !hasYear(date.toMillis())) return undefined;
	return { milliseconds: date.toMillis(), day: startOf(date.year, date.month, date.day) / dayMilliseconds };
}

function timeOf(hour: number, minute: number, second: number, fraction: string): number {
	const isTime = minute < 60 && second < 60 && (hour < 24 || (hour === 24 && minute === 0 && second === 0));
	if (!isTime) return Number.NaN;
	return ((hour * 60 + minute) * 60 + second) * 1_000 + Number(fraction.padEnd(3, '0').slice(0, 3));
}

/** @param zone of text without an offset */
function fromText(text: string, zone: string): ReadDate | undefined {
	const parts = isoForm.exec(text);
	if (parts === null) {
		return rareIsoForm.test(text)
			? fromLuxon(DateTime.fromISO(text.replace(' ', 'T'), { zone, setZone: true }))
			: undefined;
	}
	const [, year, month, day = '01', hour, minute, second = '0', fraction = '', utc, sign, hours, minutes = '0'] = parts;
	const start = startOf(Number(year), Number(month), Number(day));
	const time = hour === undefined ? 0 : timeOf(Number(hour), Number(minute), Number(second), fraction);
	const written = start + time;
	if (Number.isNaN(written) || Number(hours ?? 0) > 23 || Number(minutes) > 59) return undefined;
	if (utc === undefined && sign === undefined && zone !== 'utc')
		return fromLuxon(DateTime.fromISO(text.replace(' ', 'T'), { zone }));
	const offset = sign === undefined ? 0 : Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) * 60_000;
	return hasYear(written - offset) ? { milliseconds: written - offset, day: start / dayMilliseconds } : undefined;
}

/**
 * Reads a date, with year and month at least: in any ISO form, or digits alone, which mean the same as a number and as text:
 * days of Excel (32,874 to 58,441), YYYYMMDD, seconds since 1970 (from 1e8 on) or milliseconds (from 1e11 on).
 * @param zone in which moments fall on a day: a Date, a DateTime, seconds and milliseconds
 * @param textZone of text without an offset
 * @returns undefined where it is no date, or could be several
 */
export function readDate(value: unknown, zone: string, textZone = 'utc'): ReadDate | undefined {
	if (typeof value === 'number') return fromNumber(value, zone);
	if (typeof value === 'string') {
		const text = trimmed(value);
		if (!/^\d+(\.\d+)?$/.test(text)) return fromText(text, textZone);
		return text.startsWith('0') ? undefined : fromNumber(Number(text), zone);
	}
	const milliseconds = momentOf(value);
	return milliseconds === undefined ? undefined : moment(milliseconds, zone);
}

/**
 * Reads a count of days, in fields that hold such: from 1970 to 2060.
 * @returns undefined where it is none
 */
export function readDayCount(value: unknown): number | undefined {
	const count = typeof value === 'string' && /^\s*(0|[1-9]\d*)\s*$/.test(value) ? Number(value) : value;
	if (typeof count !== 'number' || !Number.isInteger(count)) return undefined;
	return count >= 0 && count <= mostDays ? count : undefined;
}

/**
 * A moment as Planhat keeps it: ISO 8601 in UTC.
 * @param milliseconds since 1970
 */
export function isoTime(milliseconds: number): string {
	return new Date(milliseconds).toISOString();
}

/**
 * A day without a time, as text.
 * @param day whole days since 1970-01-01
 * @returns YYYY-MM-DD
 */
export function isoDay(day: number): string {
	return isoTime(day * dayMilliseconds).slice(0, 10);
}
