import { DateTime } from 'luxon';

import { isoDay, readDate, readDayCount } from '../../values/dates';
import { spokenDay } from '../../values/spokenDays';
import type { DateRange } from './meets';
import type { Operator } from './operators';

const dayMilliseconds = 86_400_000;

/** The beginning of a day where the workflow is at home. Milliseconds since 1970. */
function startOf(day: number, zone: string): number {
	return DateTime.fromISO(isoDay(day), { zone }).toMillis();
}

function ofDays(from: number, to: number, zone: string): DateRange {
	return {
		days: { from, to },
		times: {
			from: Number.isFinite(from) ? startOf(from, zone) : -Infinity,
			to: Number.isFinite(to) ? startOf(to + 1, zone) - 1 : Infinity,
		},
		isMoment: false,
	};
}

/** What is before, after or on something that is counted in days, or in milliseconds. */
function bounds(operator: Operator, at: number): { from: number; to: number } {
	if (operator === 'before') return { from: -Infinity, to: at - 1 };
	if (operator === 'after') return { from: at + 1, to: Infinity };
	if (operator === 'atLeast') return { from: at, to: Infinity };
	return operator === 'atMost' ? { from: -Infinity, to: at } : { from: at, to: at };
}

/** Today, in days since 1970. */
function todayIn(zone: string, now: DateTime): number {
	const { year, month, day } = now.setZone(zone);
	return Date.UTC(year, month - 1, day) / dayMilliseconds;
}

/** Counts days from today, which counts among them. */
export function rangeFromToday(
	operator: Operator,
	count: number,
	zone: string,
	now: DateTime = DateTime.now(),
): DateRange {
	const today = todayIn(zone, now);
	if (operator === 'withinNextDays') return ofDays(today, today + count, zone);
	if (operator === 'withinLastDays') return ofDays(today - count, today, zone);
	return ofDays(today + count, today + count, zone);
}

/**
 * Reads a date, and what is before, after or on it. What has no time of day, or that of midnight, is a day.
 * @param countsDays whether the field holds days as they are counted from 1970
 * @returns undefined where it is no date
 */
export function rangeOfDate(
	value: unknown,
	operator: Operator,
	zone: string,
	countsDays: boolean,
): DateRange | undefined {
	const count = countsDays ? readDayCount(value) : undefined;
	const date = readDate(spokenDay(value, zone) ?? value, zone, zone);
	const day = count ?? date?.day;
	if (day === undefined) return undefined;
	const { from, to } = bounds(operator, day);
	const range = ofDays(from, to, zone);
	const isMidnight = date?.milliseconds === startOf(day, zone) || date?.milliseconds === day * dayMilliseconds;
	if (date === undefined || count !== undefined || isMidnight) return range;
	return { days: range.days, times: bounds(operator, date.milliseconds), isMoment: true };
}
