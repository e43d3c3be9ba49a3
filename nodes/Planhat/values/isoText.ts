const perDay = 86_400_000;

const zero = 48;

const codes = { dash: 45, colon: 58, point: 46, blank: 32, T: 84, Z: 90, plus: 43 };

/** In place of a number that a text does not have: as a whole number it is compared faster than NaN. */
const none = -1;

/** The number that so many digits make. */
function digits(text: string, from: number, count: number): number {
	let number = 0;
	for (let at = from; at < from + count; at += 1) {
		const digit = text.charCodeAt(at) - zero;
		if (!(digit >= 0 && digit <= 9)) return none;
		number = number * 10 + digit;
	}
	return number;
}

function daysIn(year: number, month: number): number {
	if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
	return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Whether a text begins with YYYY-MM-DD, and there is such a day. */
function beginsWithDay(text: string): boolean {
	if (text.charCodeAt(4) !== codes.dash || text.charCodeAt(7) !== codes.dash) return false;
	const year = digits(text, 0, 4);
	const month = digits(text, 5, 2);
	const day = digits(text, 8, 2);
	return year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

/** Whole days since 1970-01-01 of a text that begins with a day. */
function dayAtStart(text: string): number {
	const month = digits(text, 5, 2);
	// Years from March on have the day of leap years at their end.
	const from = digits(text, 0, 4) - (month > 2 ? 0 : 1);
	const era = Math.floor(from / 400);
	const inEra = from - era * 400;
	const inYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + digits(text, 8, 2) - 1;
	return era * 146_097 + inEra * 365 + Math.floor(inEra / 4) - Math.floor(inEra / 100) + inYear - 719_468;
}

/** Milliseconds of HH:MM:SS behind the day; none where that is no time, such as a leap second. */
function timeBehindDay(text: string): number {
	const parts = text.charCodeAt(10);
	const isParted = (parts === codes.T || parts === codes.blank) && text.charCodeAt(13) === codes.colon;
	if (!isParted || text.charCodeAt(16) !== codes.colon) return none;
	const hour = digits(text, 11, 2);
	const minute = digits(text, 14, 2);
	const second = digits(text, 17, 2);
	const isTime = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
	return isTime ? ((hour * 60 + minute) * 60 + second) * 1_000 : none;
}

/** Minutes of +HH:MM or -HH:MM that end a text, 0 for Z; NaN for anything else. */
function offsetAt(text: string, from: number): number {
	if (from === text.length - 1) return text.charCodeAt(from) === codes.Z ? 0 : Number.NaN;
	const sign = text.charCodeAt(from);
	if (text.length !== from + 6 || (sign !== codes.plus && sign !== codes.dash)) return Number.NaN;
	const hours = digits(text, from + 1, 2);
	const minutes = digits(text, from + 4, 2);
	if (text.charCodeAt(from + 3) !== codes.colon || !(hours >= 0 && hours < 24)) return Number.NaN;
	if (!(minutes >= 0 && minutes < 60)) return Number.NaN;
	return (hours * 60 + minutes) * (sign === codes.plus ? 1 : -1);
}

/** Where a text in the usual form ends its seconds; none where it has another form, or a fraction of other than three digits. */
function endOfSeconds(text: string): number {
	if (text.charCodeAt(19) !== codes.point) return 19;
	return digits(text, 20, 3) === none ? none : 23;
}

/** Texts that end here in UTC, or without an offset, which means UTC. */
function isUtc(text: string, end: number): boolean {
	return end === text.length || (end === text.length - 1 && text.charCodeAt(end) === codes.Z);
}

/**
 * A moment in UTC, of a text in the forms that most systems write: YYYY-MM-DD, alone or with HH:MM:SS, with or without
 * milliseconds, Z or an offset. Without an offset it is UTC.
 * @param text without blanks around it
 * @returns with milliseconds and Z, often the very text; undefined for any other form, which may be a date all the same
 */
export function usualTime(text: string): string | undefined {
	if (!beginsWithDay(text)) return undefined;
	if (text.length === 10) return `${text}T00:00:00.000Z`;
	const time = timeBehindDay(text);
	const end = endOfSeconds(text);
	if (time === none || end === none) return undefined;
	if (isUtc(text, end)) {
		if (text.length === 24 && text.charCodeAt(10) === codes.T) return text;
		return `${text.slice(0, 10)}T${text.slice(11, end)}${end === 19 ? '.000Z' : 'Z'}`;
	}
	const offset = offsetAt(text, end);
	const fraction = end === 19 ? 0 : digits(text, 20, 3);
	const moment = dayAtStart(text) * perDay + time + fraction - offset * 60_000;
	return isWithinYears(moment) ? new Date(moment).toISOString() : undefined;
}

/** The years 0 to 9999: what lies outside, ISO 8601 writes in another way. */
function isWithinYears(moment: number): boolean {
	return moment >= -62_167_219_200_000 && moment < 253_402_300_800_000;
}

/**
 * The calendar day as it is written, of a text in the forms that `usualTime` takes.
 * @param text without blanks around it
 * @returns whole days since 1970-01-01; undefined for any other form
 */
export function usualDay(text: string): number | undefined {
	return usualTime(text) === undefined ? undefined : dayAtStart(text);
}
