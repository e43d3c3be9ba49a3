import type { Field } from '../resources/types';
import type { Place, Reading } from './reading';

/** So many of the known values are named. */
const mostNamed = 10;

/** A value with what parts lists in it would read as two. */
export function quotedValue(value: string): string {
	return /[,;]/.test(value) ? `'${value}'` : value;
}

function listed(values: readonly string[]): string {
	return values.slice(0, mostNamed).map(quotedValue).join(', ') + (values.length > mostNamed ? ', …' : '');
}

/** Whether values of a field are looked at beyond their type. */
export function hasKnownValues({ usualValues, range }: Field): boolean {
	return usualValues !== undefined || range !== undefined;
}

/** The values that a field knows, in words, where a value is none of them. */
function knownOtherwise(value: unknown, { field, seen }: Place): string | undefined {
	const { range, usualValues = [] } = field;
	if (range !== undefined && typeof value === 'number')
		return value < range[0] || value > range[1] ? `${range[0]} to ${range[1]}` : undefined;
	const values = [...new Set([...usualValues, ...(seen?.() ?? [])])];
	const isKnown = values.length === 0 || typeof value !== 'string' || values.includes(value.trim());
	return isKnown ? undefined : listed(values);
}

/**
 * Looks whether a value is one that its field knows.
 * @returns the reading, with a note where the user is told, or a refusal
 */
export function withKnown(reading: Reading, place: Place): Reading {
	if (!('value' in reading) || reading.value === undefined) return reading;
	const { unknownValues = 'warn', field } = place;
	const isUnlisted = reading.note?.kind === 'unlisted';
	const known = isUnlisted ? listed(field.values ?? []) : knownOtherwise(reading.value, place);
	if (known === undefined) return reading;
	if (unknownValues === 'send') return isUnlisted ? { value: reading.value } : reading;
	const given = isUnlisted ? (reading.note?.given ?? '') : String(reading.value);
	const isTold = unknownValues === 'failListed' && (isUnlisted || field.range !== undefined);
	if (unknownValues === 'fail' || isTold) return { refused: undefined, wants: `one of its known values (${known})` };
	return isUnlisted ? reading : { ...reading, note: { kind: 'unlisted', given, taken: known } };
}
