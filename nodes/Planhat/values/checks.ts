import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

/** Whether an unknown value is an object with keys. */
export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What nobody sees: zero-width characters, marks of the direction of writing, soft hyphens, byte order marks, controls. */
const unseenCharacters =
	'\\0-\\x08\\x0E-\\x1F\\x7F-\\x84\\x86-\\x9F\\u00AD\\u061C\\u115F\\u1160\\u180E\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF9-\\uFFFB';

const unseen = new RegExp(`[${unseenCharacters}]`);

const allUnseen = new RegExp(unseen, 'g');

const aroundText = new RegExp(`^[\\s${unseenCharacters}]+|[\\s${unseenCharacters}]+$`, 'g');

/** Whether a text holds characters that nobody sees. */
export function holdsUnseen(text: string): boolean {
	return unseen.test(text);
}

/** A text without the characters that nobody sees. */
export function withoutUnseen(text: string): string {
	return holdsUnseen(text) ? text.replace(allUnseen, '') : text;
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
