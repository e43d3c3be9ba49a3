import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import type { FieldType, Model } from '../resources/types';

const millisecondsPerDay = 86_400_000;

/** Days since 1970 are far below this, milliseconds since 1970 far above. */
const mostDays = 10_000_000;

/** Planhat's id and version of a record: every record that was read has them, no body may. */
const internal = new Set(['_id', '__v']);

/** A row as it is sent, and what could not be made sense of. */
export interface Written {
	row: IDataObject;
	/** One sentence for each value that its field cannot take. */
	unusable: string[];
}

function isBlank(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/** Text without an offset is taken as UTC unless the user chose the time in the editor, since Planhat keeps days in UTC. */
function parseTime(value: unknown, zone = 'utc'): DateTime | undefined {
	if (DateTime.isDateTime(value)) return value.isValid ? value.toUTC() : undefined;
	if (value instanceof Date)
		return Number.isNaN(value.getTime()) ? undefined : DateTime.fromJSDate(value, { zone: 'utc' });
	if (typeof value !== 'string') return undefined;
	const time = DateTime.fromISO(value.trim().replace(/^(\S+) (?=\d)/, '$1T'), { zone });
	return time.isValid ? time : undefined;
}

function wholeDays(milliseconds: number | undefined): number | undefined {
	return milliseconds === undefined ? undefined : Math.floor(milliseconds / millisecondsPerDay);
}

/**
 * A day as Planhat keeps it: whole days since 1970-01-01 in UTC (Planhat's documents, "Data standards").
 * @param value ISO text, DateTime, Date, milliseconds since 1970, or whole days already
 * @returns undefined where it is none of these
 */
export function toDay(value: unknown): number | undefined {
	const isYear = typeof value === 'string' && /^\d{4}$/.test(value.trim());
	const count = typeof value === 'string' && /^-?\d{1,6}$/.test(value.trim()) && !isYear ? Number(value) : value;
	if (typeof count !== 'number') return wholeDays(parseTime(value)?.toMillis());
	if (!Number.isFinite(count)) return undefined;
	return Math.abs(count) < mostDays ? Math.floor(count) : wholeDays(count);
}

/**
 * A point in time, for comparisons.
 * @param value ISO text, DateTime, Date, or milliseconds since 1970
 * @param zone of text without an offset
 * @returns milliseconds since 1970, undefined where it is none of these
 */
export function toMilliseconds(value: unknown, zone?: string): number | undefined {
	if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
	return parseTime(value, zone)?.toMillis();
}

/**
 * A point in time as Planhat keeps it: ISO 8601 in UTC.
 * @param value ISO text, DateTime, Date, or milliseconds since 1970
 * @returns undefined where it is none of these
 */
export function toTime(value: unknown): string | undefined {
	const time = typeof value === 'number' ? DateTime.fromMillis(value, { zone: 'utc' }) : parseTime(value);
	return time?.toISO() ?? undefined;
}

const converters: Partial<Record<FieldType, (value: unknown) => string | number | undefined>> = {
	day: toDay,
	date: toTime,
};

/**
 * What is sent of a row: without `_id`, `__v` and what else Planhat sets itself, and with dates as each field wants them (ISO
 * 8601, or whole days since 1970-01-01 in UTC). Names that the model does not know go out as they are.
 * @param model of the row
 * @param row as the user gave it; it is not changed
 */
export function writableRow(model: Model, row: IDataObject): Written {
	const fields = new Map(model.fields.map((field) => [field.name, field]));
	const written: Written = { row: {}, unusable: [] };
	for (const [name, value] of Object.entries(row)) {
		const field = fields.get(name);
		if (internal.has(name) || field?.readOnly) continue;
		const convert = field === undefined || isBlank(value) ? undefined : converters[field.type];
		const converted = convert === undefined ? value : convert(value);
		if (converted !== undefined) written.row[name] = converted;
		else if (value !== undefined) {
			written.unusable.push(
				`'${name}' takes a date such as 2026-03-31 or 2026-03-31T08:00:00Z, not '${String(value)}'`,
			);
		}
	}
	return written;
}

/**
 * What a new record still needs.
 * @param model of the row
 * @param row about to be sent
 * @returns names of fields, or "a or b" where one of several will do
 */
export function missingFields(model: Model, row: IDataObject): string[] {
	const single = model.fields.filter((field) => field.required && isBlank(row[field.name])).map((field) => field.name);
	const groups = model.requiredOneOf.filter((names) => names.every((name) => isBlank(row[name])));
	return [...single, ...groups.map((names) => names.join(' or '))];
}

/**
 * The keys of a row by which its record can be found again.
 * @param model of the row
 * @param row as it is sent
 */
export function keysOf(model: Model, row: IDataObject): IDataObject {
	return Object.fromEntries(model.keys.filter((key) => !isBlank(row[key])).map((key) => [key, row[key]]));
}
