import { trimmed } from './checks';

/** Decimal digits, with a point or an exponent or both. Hex, binary and words such as Infinity are none. */
const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i;

/** Groups of three behind a point, as German writes thousands. */
const grouped = /^[+-]?[1-9]\d{0,2}(?:\.\d{3})+$/;

/** Any text of so many digits comes back from a number as it was. */
const safeDigits = 15;

/** Nearer to 0 a number keeps fewer digits. */
const smallest = 1e-300;

/** Why a value is no number that can be sent as it was given. */
export type NumberFault = 'none' | 'comma' | 'grouped' | 'inexact';

/**
 * Whether a number is finite and below 2^53, up to which JavaScript and JSON keep every digit.
 * @param value of the input, whose last digits may be lost already above that
 */
export function isExact(value: number): boolean {
	return Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}

/**
 * What is said of a number that stands where a text is meant, such as an ID or a zip code.
 * @returns undefined where it has lost nothing, or is none
 */
export function digitsAdvice(value: number): string | undefined {
	if (isExact(value) || !Number.isFinite(value)) return undefined;
	return `Above ${Number.MAX_SAFE_INTEGER} a number loses digits: give it as text, in quotes`;
}

/** The digits that matter of a decimal number, without point, exponent and zeros at either end. */
function digitsOf(text: string): string {
	const [mantissa = ''] = text.toLowerCase().split('e');
	return mantissa
		.replace(/[+\-.]/g, '')
		.replace(/^0+/, '')
		.replace(/0+$/, '');
}

/** Whether a number in JSON comes to another one in JavaScript, or to none. */
export function losesDigits(text: string): boolean {
	const value = Number(text);
	return !Number.isFinite(value) || digitsOf(text) !== digitsOf(String(value));
}

function keepsDigits(text: string, value: number): boolean {
	if (text.length <= safeDigits && Math.abs(value) >= smallest) return true;
	const digits = digitsOf(text);
	if (Math.abs(value) < smallest) return digits === '';
	return digits.length <= safeDigits || digits === digitsOf(String(value));
}

/**
 * Reads a number: decimal, finite and exact.
 * @param hasCommas whether other values of the column have a comma, so that a point may part thousands
 * @returns the number, or why it is none
 */
export function readNumber(value: unknown, hasCommas = false): number | NumberFault {
	if (typeof value === 'number') return isExact(value) ? value : Number.isFinite(value) ? 'inexact' : 'none';
	if (typeof value !== 'string') return 'none';
	const text = trimmed(value);
	if (!decimal.test(text)) return /^[+-]?[\d.,]*\d,[\d.,]*$|^[+-]?,\d+$/.test(text) ? 'comma' : 'none';
	if (hasCommas && grouped.test(text)) return 'grouped';
	const number = Number(text);
	return isExact(number) && keepsDigits(text, number) ? number : 'inexact';
}

/** Whether a value has groups of three behind a point, which other values of its column decide about. */
export function hasGroups(value: unknown): boolean {
	return typeof value === 'string' && value.includes('.') && grouped.test(trimmed(value));
}

/** Whether a value is refused for its comma, so that points in the same column may part thousands. */
export function hasComma(value: unknown): boolean {
	return typeof value === 'string' && value.includes(',') && /(\d|^\s*[+-]?),\d/.test(value);
}

/** A number with what people write around it: a currency or per cent. */
const writtenNumber =
	/^(?:[€$£¥]|EUR|USD|GBP|CHF|SEK|NOK|DKK)?\s*([+-]?[\d.,'’\s]*\d)\s*(?:[%€$£¥]|EUR|USD|GBP|CHF|SEK|NOK|DKK)?$/;

/** Blanks and apostrophes stand between thousands alone. */
const spaced = /^[+-]?\d{1,3}(?:['’\s]\d{3})+(?:[.,]\d+)?$/;

/** What a text that is no plain number may mean, and the expression that reads it so. */
export interface NumberReading {
	value: number;
	expression: string;
}

/**
 * Finds the numbers that a text may be meant for: `1,200` is 1200 in English and 1.2 in German.
 * @param source the value as an expression reads it, such as `$json.value`
 */
export function numberReadings(text: string, source: string): NumberReading[] {
	const [, written = ''] = writtenNumber.exec(text.trim()) ?? [];
	const plain = /['’\s]/.test(written) && !spaced.test(written) ? '' : written.replace(/[^\d.,+-]/g, '');
	const base = plain === text.trim() ? source : `${source}.replace(/[^\\d.,+-]/g, '')`;
	const found: Array<[RegExp, string, string]> = [
		[/^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/, plain.replaceAll(',', ''), `${base}.replaceAll(',', '')`],
		[/^[+-]?\d*,\d+$/, plain.replace(',', '.'), `${base}.replace(',', '.')`],
		[
			/^[+-]?\d{1,3}(\.\d{3})+(,\d+)?$/,
			plain.replaceAll('.', '').replace(',', '.'),
			`${base}.replaceAll('.', '').replace(',', '.')`,
		],
		[decimal, plain, base],
	];
	return found.flatMap(([form, number, expression]) => {
		const value = form.test(plain) ? readNumber(number) : 'none';
		return typeof value === 'number' ? [{ value, expression }] : [];
	});
}
