import { holdsUnseen, trimmed } from './checks';
import { holdsObject } from './json';
import { isExact } from './numbers';

/** What systems write for "nothing", in small letters. Texts without a letter or a digit, such as "-", are none either. */
const nothings = new Set(['n/a', 'n.a.', 'null', 'undefined', 'none', 'nan', 'nat', 'nil', '\\n']);

/** The same in brackets, such as "<null>" or "(empty)". */
const bracketed = /^(?:\((.*)\)|<(.*)>|\[(.*)\])$/;

const bracketedNothings = new Set([...nothings, 'blank', 'empty']);

/** How spreadsheets write in any language that a formula failed, such as "#REF!", "#WERT!", "#NAME?", "#NV". */
const excelFault = /^#(?:N\/A|NV|\p{L}[\p{L}\d/_]*[!?])$/iu;

/** Why a value names no record. */
export type KeyFault = 'none' | 'object' | 'unseen';

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
	if (typeof value === 'number') return isExact(value) ? { key: value } : { fault: 'none' };
	if (typeof value !== 'string') return { fault: 'none' };
	const text = trimmed(value);
	if (holdsUnseen(text)) return { fault: 'unseen' };
	if (!namesNothing(text)) return { key: text };
	return { fault: holdsObject(text) ? 'object' : 'none' };
}

/** Whether a value is the email of somebody, with or without blanks around it. */
export function isEmail(value: unknown): value is string {
	if (typeof value !== 'string') return false;
	const text = trimmed(value);
	return /^[^\s@,;:<>()"]+@[^\s@,;:<>()"]+$/.test(text) && !holdsUnseen(text);
}

/** The form by which emails are compared: people write them in any case. */
export function emailIdentity(email: string): string {
	return trimmed(email).toLowerCase();
}

/** What is said of a key with a character that nobody sees in it. */
export const unseenAdvice = 'It holds a character that nobody sees, such as a zero-width space: type it anew';
