import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

/** Whether an unknown value is an object with keys. */
export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What nobody sees: zero-width characters, soft hyphens, byte order marks, NUL. */
const unseen = /[\u200B-\u200D\u2060\u00AD\uFEFF\0]/;

const aroundText = /^[\s\u200B-\u200D\u2060\u00AD\uFEFF\0]+|[\s\u200B-\u200D\u2060\u00AD\uFEFF\0]+$/g;

/** Whether a text holds characters that nobody sees. */
export function holdsUnseen(text: string): boolean {
	return unseen.test(text);
}

/** A text without blanks and characters that nobody sees at its ends. */
export function trimmed(text: string): string {
	return holdsUnseen(text) ? text.replace(aroundText, '') : text.trim();
}

/**
 * Whether a value says nothing.
 * @param value anything; a text of blanks says nothing either
 */
export function isBlank(value: unknown): boolean {
	if (typeof value !== 'string') return value === undefined || value === null;
	// Most texts begin with a letter, so that there is no need to look at the rest.
	const first = value.charCodeAt(0);
	return !(first > 32 && first < 127) && trimmed(value) === '';
}

/** Whether a value is the email of somebody, with or without blanks around it. */
export function isEmail(value: unknown): value is string {
	return typeof value === 'string' && /^[^\s@,;<>]+@[^\s@,;<>]+$/.test(trimmed(value)) && !holdsUnseen(trimmed(value));
}

/**
 * Takes a moment out of what JavaScript and n8n's expressions use for one.
 * @param value anything; a Date may come from another realm
 * @returns milliseconds since 1970, NaN for a Date or DateTime that is invalid, undefined for any other value
 */
export function momentOf(value: unknown): number | undefined {
	if (typeof value !== 'object' || value === null) return undefined;
	if (DateTime.isDateTime(value)) return value.isValid ? value.toMillis() : Number.NaN;
	return Object.prototype.toString.call(value) === '[object Date]' ? (value as Date).getTime() : undefined;
}
