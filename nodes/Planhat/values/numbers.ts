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

/** The digits that matter of a decimal number, without point, exponent and zeros at either end. */
function digitsOf(text: string): string {
	const [mantissa = ''] = text.toLowerCase().split('e');
	return mantissa
		.replace(/[+\-.]/g, '')
		.replace(/^0+/, '')
		.replace(/0+$/, '');
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
	const text = value.trim();
	if (!decimal.test(text)) return /^[+-]?[\d.,]*\d,[\d.,]*$|^[+-]?,\d+$/.test(text) ? 'comma' : 'none';
	if (hasCommas && grouped.test(text)) return 'grouped';
	const number = Number(text);
	return isExact(number) && keepsDigits(text, number) ? number : 'inexact';
}

/** Whether a value has groups of three behind a point, which other values of its column decide about. */
export function hasGroups(value: unknown): boolean {
	return typeof value === 'string' && value.includes('.') && grouped.test(value.trim());
}

/** Whether a value is refused for its comma, so that points in the same column may part thousands. */
export function hasComma(value: unknown): boolean {
	return typeof value === 'string' && value.includes(',') && /(\d|^\s*[+-]?),\d/.test(value);
}

/**
 * The expression that reads a number with a comma.
 * @param text with a comma, or with groups of three behind a point
 * @param source the value as an expression reads it, such as `$json.value`
 */
export function numberExpression(text: string, source: string): string {
	const isEnglish = text.lastIndexOf('.') > text.lastIndexOf(',') && text.includes(',');
	if (isEnglish || /^[+-]?\d{1,3}(,\d{3}){2,}$/.test(text.trim())) return `${source}.replaceAll(',', '')`;
	return text.includes('.') ? `${source}.replaceAll('.', '').replace(',', '.')` : `${source}.replace(',', '.')`;
}
