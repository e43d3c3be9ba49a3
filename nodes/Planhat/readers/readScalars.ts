import { momentOf, trimmed } from '../values/checks';
import { dateExpressions, namesZone, plainDates } from '../values/dateFormats';
import { isoDay, isoTime, readDate, readDayCount, type ReadDate } from '../values/dates';
import { usualDay, usualTime } from '../values/isoText';
import { holdsObject, objectAdvice } from '../values/json';
import { digitsAdvice, isExact, numberReadings, readNumber } from '../values/numbers';
import { refusal, type Note, type Place, type Reader, type Reading } from './reading';

export function isText(value: unknown): boolean {
	return typeof value === 'string' && !holdsObject(value);
}

export function usualText(value: unknown): unknown {
	return isText(value) || typeof value === 'boolean' ? value : usualNumber(value);
}

export function usualTruth(value: unknown): unknown {
	return typeof value === 'boolean' ? value : undefined;
}

export function usualNumber(value: unknown): unknown {
	return typeof value === 'number' && isExact(value) ? value : undefined;
}

export function usualIsoTime(value: unknown): unknown {
	return typeof value === 'string' ? usualTime(value) : undefined;
}

export function usualDayCount(value: unknown): unknown {
	return typeof value === 'string' ? usualDay(value) : undefined;
}

export function usualIsoDay(value: unknown): unknown {
	return usualDayCount(value) === undefined ? undefined : String(value).slice(0, 10);
}

export function readText(value: unknown): Reading {
	if (typeof value === 'string') return isText(value) ? { value } : { refused: objectAdvice };
	if (typeof value === 'number') return isExact(value) ? { value } : { refused: digitsAdvice(value) };
	if (typeof value === 'boolean') return { value };
	const moment = momentOf(value);
	if (moment === undefined || Number.isNaN(moment)) return refusal;
	// A DateTime writes its own zone, a Date UTC.
	return { value: (value as { toJSON(): unknown }).toJSON() };
}

export function readDecimal(value: unknown, { source, hasCommas }: Place): Reading {
	const number = readNumber(value, hasCommas);
	if (typeof number === 'number') return { value: number };
	if (number === 'inexact') return { refused: inexactAdvice(Number(value), source) };
	const readings = typeof value === 'string' ? numberReadings(value, source) : [];
	if (readings.length === 0) return refusal;
	const why =
		number === 'grouped' ? 'Other values of the column have a comma, so that the point may part thousands. ' : '';
	const forms = readings.map((reading) => String(reading.value));
	const expressions = readings.map(({ expression }) => expression);
	return { refused: `${why}${sendText(String(value), forms, expressions)}` };
}

/** What to send in place of a text that can be read in one way or two. */
function sendText(text: string, forms: readonly string[], expressions: readonly string[]): string {
	const sent = forms.length === 0 ? '' : `Send '${text.trim()}' as ${forms.join(' or ')}. `;
	return `${sent}This reads it: ${expressions.map((expression) => `{{ ${expression} }}`).join(', or ')}`;
}

function inexactAdvice(number: number, source: string): string {
	if (!isExact(number)) return `Above ${Number.MAX_SAFE_INTEGER} a number loses digits`;
	return `It has more digits than a number keeps. This rounds it: {{ ${source}.toNumber() }}`;
}

const truths = new Map<unknown, boolean>([
	...['true', 'yes', '1', 1].map((word) => [word, true] as const),
	...['false', 'no', '0', 0].map((word) => [word, false] as const),
]);

export function readBoolean(value: unknown): Reading {
	if (typeof value === 'boolean') return { value };
	const truth = truths.get(typeof value === 'string' ? trimmed(value).toLowerCase() : value);
	return truth === undefined ? refusal : { value: truth };
}

/** Makes a reader of dates from what the field holds. */
function dateReader(write: (date: ReadDate) => unknown): Reader['read'] {
	return (value, { zone, source }) => {
		const date = readDate(value, zone);
		if (date === undefined) return { refused: dateAdvice(value, source) };
		const sent = write(date);
		return date.isExcel ? { value: sent, note: excelNote(value, date) } : { value: sent };
	};
}

function excelNote(value: unknown, { milliseconds, day }: ReadDate): Note {
	const time = isoTime(milliseconds);
	return { kind: 'excel', given: String(value), taken: time.endsWith('T00:00:00.000Z') ? isoDay(day) : time };
}

const zoneAdvice = 'A time zone is given as Z or as an offset, such as +02:00';

function dateAdvice(value: unknown, source: string): string | undefined {
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const text = typeof value === 'string' ? source : `${source}.toString()`;
	const expressions = dateExpressions(String(value), text);
	if (expressions.length > 0) return sendText(String(value), plainDates(String(value)), expressions);
	return namesZone(String(value)) && /\d:\d/.test(String(value)) ? zoneAdvice : undefined;
}

export const readIsoDay = dateReader(({ day }) => isoDay(day));

export const readTime = dateReader(({ milliseconds }) => isoTime(milliseconds));

const readAnyDay = dateReader(({ day }) => day);

export function readDay(value: unknown, place: Place): Reading {
	const count = readDayCount(value);
	return count === undefined ? readAnyDay(value, place) : { value: count };
}
