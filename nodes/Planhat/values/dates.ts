import { DateTime } from 'luxon';

const millisecondsPerDay = 86_400_000;

/** Days since 1970 are far below this, milliseconds since 1970 far above. */
const mostDays = 10_000_000;

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
 * @param zone of text without an offset
 * @returns undefined where it is none of these
 */
export function toTime(value: unknown, zone?: string): string | undefined {
	const time = typeof value === 'number' ? DateTime.fromMillis(value, { zone: 'utc' }) : parseTime(value, zone);
	return time?.toUTC().toISO() ?? undefined;
}

/**
 * A day without a time, as text.
 * @param value whatever `toDay` takes
 * @returns YYYY-MM-DD, undefined where it is no day
 */
export function toIsoDay(value: unknown): string | undefined {
	const count = toDay(value);
	if (count === undefined) return undefined;
	return DateTime.fromMillis(count * millisecondsPerDay, { zone: 'utc' }).toISODate() ?? undefined;
}
