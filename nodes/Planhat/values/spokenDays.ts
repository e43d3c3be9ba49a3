import { DateTime } from 'luxon';

const nearDays: Readonly<Record<string, number>> = { yesterday: -1, today: 0, tomorrow: 1 };

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** "in 60 days", "3 days ago". */
const distance = /^(?:in (\d{1,4}) days?|(\d{1,4}) days? ago)$/;

/**
 * Reads a day as people say it: "today", "Friday" (the next one), "in 60 days".
 * @param zone in which it is today
 * @returns such as 2026-03-31; undefined for anything else
 */
export function spokenDay(value: unknown, zone: string, now: DateTime = DateTime.now()): string | undefined {
	if (typeof value !== 'string') return undefined;
	const words = value.trim().toLowerCase().replace(/\s+/g, ' ');
	const today = now.setZone(zone).startOf('day');
	const near = nearDays[words];
	if (near !== undefined) return today.plus({ days: near }).toISODate() ?? undefined;
	const [, after, before] = distance.exec(words) ?? [];
	if (after !== undefined || before !== undefined)
		return today.plus({ days: Number(after ?? 0) - Number(before ?? 0) }).toISODate() ?? undefined;
	const weekday = weekdays.indexOf(words.replace(/^(next|on|this) /, '')) + 1;
	if (weekday === 0) return undefined;
	return today.plus({ days: ((weekday - today.weekday + 6) % 7) + 1 }).toISODate() ?? undefined;
}
