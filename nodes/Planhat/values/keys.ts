import { holdsUnseen, trimmed } from './checks';
import { holdsObject, objectAdvice } from './json';
import { digitsAdvice, isExact } from './numbers';

/** What systems write for "nothing", in small letters. Texts without a letter or a digit, such as "-", are none either. */
const nothings = new Set(['n/a', 'n.a.', 'null', 'undefined', 'none', 'nan', 'nat', 'nil', '\\n']);

/** The same in brackets, such as "<null>" or "(empty)". */
const bracketed = /^(?:\((.*)\)|<(.*)>|\[(.*)\])$/;

const bracketedNothings = new Set([...nothings, 'blank', 'empty']);

/** How spreadsheets write in any language that a formula failed, such as "#REF!", "#WERT!", "#NAME?", "#NV". */
const excelFault = /^#(?:N\/A|NV|\p{L}[\p{L}\d/_]*[!?])$/iu;

/** A number as spreadsheets shorten one of many digits; such are IDs of cards, of Facebook, or of devices. */
const shortened = /^[+-]?\d(?:[.,]\d+)?e\+\d{2,3}$/i;

/** Why a value names no record. */
export type KeyFault = 'none' | 'nothing' | 'object' | 'unseen' | 'inexact' | 'shortened' | 'halved';

/**
 * Whether a text names nothing, so that it is no key.
 * @param text without blanks around it
 */
export function namesNothing(text: string): boolean {
	// None of them begins with a digit or another letter.
	if (/^[\da-mo-tv-z]/i.test(text)) return holdsObject(text);
	const word = text.toLowerCase();
	const [, round, pointed, square] = bracketed.exec(word) ?? [];
	if (bracketedNothings.has((round ?? pointed ?? square ?? '').trim())) return true;
	if (nothings.has(word) || excelFault.test(text) || holdsObject(text)) return true;
	return !/[\p{L}\p{N}]/u.test(text);
}

/**
 * Reads what names a record, wherever it is given: text or a number, without blanks and what nobody sees around it.
 * @returns the key, or why the value is none
 */
export function keyIn(value: unknown): { key: string | number } | { fault: KeyFault } {
	if (typeof value === 'number') return isExact(value) ? { key: value } : { fault: faultOf(value) };
	if (typeof value !== 'string') return { fault: 'none' };
	const text = trimmed(value);
	if (holdsUnseen(text)) return { fault: 'unseen' };
	// Planhat would keep another character in its place, and not find the key again.
	if (/\p{Surrogate}/u.test(text)) return { fault: 'halved' };
	if (shortened.test(text)) return { fault: 'shortened' };
	if (!namesNothing(text)) return { key: text };
	return { fault: holdsObject(text) ? 'object' : 'nothing' };
}

function faultOf(number: number): KeyFault {
	return digitsAdvice(number) === undefined ? 'none' : 'inexact';
}

/** Names and a dot between them: `kim@example.com.` and `kim@example.com/x` would be somebody else. */
const email = /^[^\s@,;:<>()"]+@[^\s@,;:<>()"/?#.]+(?:\.[^\s@,;:<>()"/?#.]+)*$/;

/** Whether a value is the email of somebody, with or without blanks around it. */
export function isEmail(value: unknown): value is string {
	if (typeof value !== 'string') return false;
	const text = trimmed(value);
	return email.test(text) && !holdsUnseen(text);
}

/** No longer text is looked through for an email. Characters. */
const longestNaming = 320;

/** As n8n's `extractEmail` finds them. */
const emailsWithin = /[^\s@,;:<>()"'[\]]+@[a-z\d-]+(?:\.[a-z\d-]+)+/gi;

/**
 * What helps with a text that holds an email beside other things, such as `Kim <kim@example.com>`.
 * @param source the value as an expression reads it
 * @returns a sentence without a full stop; undefined where there is no email in it, or several
 */
export function emailAdvice(value: unknown, source: string): string | undefined {
	const isShort = typeof value === 'string' && value.length <= longestNaming;
	const [only, ...others] = isShort ? new Set(value.match(emailsWithin) ?? []) : [];
	return only === undefined || others.length > 0
		? undefined
		: `Send it as ${only}. This reads it: {{ ${source}.extractEmail() }}`;
}

/** The form by which emails are compared: people write them in any case. */
export function emailIdentity(email: string): string {
	return trimmed(email).toLowerCase();
}

const shortenedAdvice =
	'A spreadsheet has shortened the number, and its last digits are lost: give the column the format of text there';

/**
 * What helps with a value that names no record.
 * @returns a sentence without a full stop; undefined where there is no more to say
 */
export function keyAdvice(fault: KeyFault, value: unknown): string | undefined {
	const advice: Readonly<Record<KeyFault, string | undefined>> = {
		none: undefined,
		nothing: 'Words and signs for nothing are no ID: leave it empty where there is none',
		object: objectAdvice,
		unseen: unseenAdvice,
		inexact: typeof value === 'number' ? digitsAdvice(value) : undefined,
		shortened: shortenedAdvice,
		halved: 'It holds half of a character, as a text does that was cut in the middle of one',
	};
	return advice[fault];
}

/** What is said of a key with a character that nobody sees in it. */
export const unseenAdvice = 'It holds a character that nobody sees, such as a zero-width space: type it anew';
