import { recordInLink, isPlanhatId } from '../values/planhatId';
import { mayLeadTo } from '../resources/linkedModel';
import { holdsUnseen, isEmail, isObject, trimmed } from '../values/checks';
import { holdsObject } from '../values/json';
import { isExact } from '../values/numbers';
import { objectAdvice, refusal, type Place, type Reading } from './reading';

/** What systems write for "nothing", in small letters. Texts without a letter or a digit, such as "-", are none either. */
const nothings = new Set(['n/a', 'n.a.', 'null', 'undefined', 'none', 'nan', 'nat', 'nil', '\\n']);

/** The same in brackets, such as "<null>" or "(empty)". */
const bracketed = /^(?:\((.*)\)|<(.*)>|\[(.*)\])$/;

const bracketedNothings = new Set([...nothings, 'blank', 'empty']);

/** How spreadsheets write in any language that a formula failed, such as "#REF!", "#WERT!", "#NAME?", "#NV". */
const excelFault = /^#(?:N\/A|NV|\p{L}[\p{L}\d/_]*[!?])$/iu;

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

const unseenAdvice = 'It holds a character that nobody sees, such as a zero-width space: type it anew';

/** No blanks and nothing that nobody sees, and none of the words for nothing, of which none begins so. */
const usualKeys = /^[\da-mo-tv-z][\w.:@/-]*$/i;

/** A key that goes out as it is. */
export function usualKey(value: unknown): unknown {
	return typeof value === 'string' && usualKeys.test(value) ? value : undefined;
}

/** An ID in one's own system: text or a finite number, without blanks around it. */
export function readKey(value: unknown): Reading {
	if (typeof value === 'number') return isExact(value) ? { value } : refusal;
	if (typeof value !== 'string') return refusal;
	const text = trimmed(value);
	if (holdsUnseen(text)) return { refused: unseenAdvice };
	if (!namesNothing(text)) return { value: text };
	return holdsObject(text) ? { refused: objectAdvice } : refusal;
}

export function readEmail(value: unknown): Reading {
	if (isEmail(value)) return { value: trimmed(value) };
	return typeof value === 'string' && holdsUnseen(value) ? { refused: unseenAdvice } : refusal;
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
	const key = readKey(text.slice(6));
	return 'value' in key ? { value: `${prefix}${String(key.value)}` } : { refused: `There is no ID behind '${prefix}'` };
}

/**
 * The ID of another record: `_id`, an object with one, a link to the record, or a key behind `extid-` or `srcid-`. The
 * record's own `_id` takes no such prefix.
 * @param resource of the records that may be meant; undefined for any
 */
export function readReference(value: unknown, { field }: Place, resource = field.refersTo): Reading {
	const id = plainId(value);
	if (typeof id !== 'string') return refusal;
	const text = trimmed(id);
	if (holdsUnseen(text)) return { refused: unseenAdvice };
	if (isPlanhatId(text)) return { value: text.toLowerCase() };
	if (/^(ext|src)id-/.test(text) && field.name !== '_id') return readPrefixed(text);
	if (holdsObject(text)) return { refused: objectAdvice };
	if (isEmail(text) && resource === 'enduser') {
		return { refused: 'End users are named by their ID here, and not looked up by their email' };
	}
	return readLink(text, resource);
}

export function readRecord(value: unknown, place: Place): Reading {
	const reading = readReference(value, place);
	return 'value' in reading ? { value: { _id: reading.value } } : reading;
}
