import type { IDataObject } from 'n8n-workflow';

/**
 * Whether an unknown value is an object with keys.
 * @param value anything, such as the body of an answer
 */
export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Whether a value says nothing.
 * @param value anything; a text of blanks says nothing either
 */
export function isBlank(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/**
 * Whether a value is the email of somebody.
 * @param value anything
 */
export function isEmail(value: unknown): value is string {
	return typeof value === 'string' && /^[^\s@,;]+@[^\s@,;]+$/.test(value.trim());
}
