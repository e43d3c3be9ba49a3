import { trimmed } from './checks';

const switches = new Map<string, boolean>([
	['true', true],
	['yes', true],
	['1', true],
	['false', false],
	['no', false],
	['0', false],
]);

/**
 * Reads what is on or off, as an expression may give it: true or false, 1 or 0, or those words, yes and no as text.
 * @returns undefined where it is none of these
 */
export function parseSwitch(value: unknown): boolean | undefined {
	if (typeof value === 'boolean') return value;
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	return switches.get(trimmed(String(value)).toLowerCase());
}
