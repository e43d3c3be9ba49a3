import { recordInLink, isPlanhatId } from '../values/planhatId';
import { mayLeadTo } from '../resources/linkedModel';
import { holdsUnseen, isObject, trimmed } from '../values/checks';
import { holdsObject, objectAdvice } from '../values/json';
import { emailAdvice, isEmail, keyAdvice, keyIn, unseenAdvice } from '../values/keys';
import { lookUpReference, wantedCompany } from './lookUpReference';
import { refusal, type Place, type Reading } from './reading';

/** No blanks and nothing that nobody sees, and none of the words for nothing, of which none begins so. */
const usualKeys = /^[\da-mo-tv-z][\w.:@/-]*$/i;

/** A key that goes out as it is. */
export function usualKey(value: unknown): unknown {
	return typeof value === 'string' && usualKeys.test(value) ? value : undefined;
}

/** An ID as Planhat writes it. */
export function usualId(value: unknown): unknown {
	return typeof value === 'string' && /^[\da-f]{24}$/.test(value) ? value : undefined;
}

/** An email without blanks around it. */
export function usualEmail(value: unknown): unknown {
	return isEmail(value) && trimmed(value) === value ? value : undefined;
}

/** An ID in one's own system. */
export function readKey(value: unknown): Reading {
	const read = keyIn(value);
	if ('key' in read) return { value: read.key };
	return { refused: keyAdvice(read.fault, value) };
}

export function readEmail(value: unknown, { source }: Pick<Place, 'source'> = { source: '$json.email' }): Reading {
	if (isEmail(value)) return { value: trimmed(value) };
	return typeof value === 'string' && holdsUnseen(value)
		? { refused: unseenAdvice }
		: { refused: emailAdvice(value, source) };
}

/** An object of a list of Planhat's, or of another node, stands for its `_id`. */
function plainId(value: unknown): unknown {
	return isObject(value) ? value._id : value;
}

function readLink(text: string, resource: string | undefined): Reading {
	const linked = recordInLink(text);
	if (linked === undefined) return refusal;
	if (linked === 'unclear') return { refused: 'It is not clear which record the link leads to' };
	if (mayLeadTo(resource, linked.model)) return { value: linked._id.toLowerCase() };
	return { refused: `The link leads to another record type: ${linked.model}` };
}

/** `extid-` or `srcid-` and the key of another record; blank behind it, it would name any. */
function readPrefixed(text: string): Reading {
	const prefix = text.slice(0, 6);
	const key = keyIn(text.slice(6));
	if ('key' in key) return { value: `${prefix}${String(key.key)}` };
	const isNone = key.fault === 'nothing' || key.fault === 'none';
	return { refused: isNone ? `There is no ID behind '${prefix}'` : keyAdvice(key.fault, text) };
}

/**
 * The ID of another record: `_id`, an object with one, a link to the record, or a key behind `extid-` or `srcid-`. The
 * record's own `_id` takes no such prefix.
 * @param resource of the records that may be meant; undefined for any
 */
export function readReference(value: unknown, place: Place, resource = place.field.refersTo): Reading {
	const reading = readAnyReference(value, place, resource);
	if ('value' in reading) return reading;
	const wants = place.field.name === '_id' ? undefined : wantedCompany(place, resource);
	return wants === undefined ? reading : { refused: reading.refused ?? adviceOn(value), wants };
}

/** Why a text or a number names no record. */
function adviceOn(value: unknown): string | undefined {
	const key = keyIn(value);
	return 'fault' in key ? keyAdvice(key.fault, value) : undefined;
}

function readAnyReference(value: unknown, place: Place, resource: string | undefined): Reading {
	const { field } = place;
	const found = lookUpReference(value, place, resource);
	if (found !== undefined) return found;
	const id = plainId(value);
	if (typeof id !== 'string') return refusal;
	const text = trimmed(id);
	if (holdsUnseen(text)) return { refused: unseenAdvice };
	if (isPlanhatId(text)) return { value: text.toLowerCase() };
	if (/^(ext|src)id-/.test(text) && field.name !== '_id') return readPrefixed(text);
	if (holdsObject(text)) return { refused: objectAdvice };
	return readLink(text, resource);
}

export function readRecord(value: unknown, place: Place): Reading {
	const reading = readReference(value, place);
	return 'value' in reading && reading.value !== undefined ? { ...reading, value: { _id: reading.value } } : reading;
}
