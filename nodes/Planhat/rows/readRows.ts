import type { IDataObject } from 'n8n-workflow';

import { noticeId } from '../tenant/mapperColumns';
import { isObject } from '../values/checks';
import type { TimePicker } from './pickedTimes';

/** Reads a parameter for one item. */
export type Read = (name: string, fallback?: unknown) => unknown;

/** The fields of an item: one row or several, or why there are none. */
export type GivenFields = { rows: IDataObject[] } | { unreadable: string };

function parse(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value);
	} catch {
		return undefined;
	}
}

function readJson(read: Read): GivenFields {
	const fields = parse(read('json', '{}'));
	if (isObject(fields)) return { rows: [fields] };
	if (Array.isArray(fields) && fields.every(isObject)) return { rows: fields };
	return { unreadable: "'Fields (JSON)' is not a JSON object" };
}

/** Without columns that the user has left empty. */
function withoutEmpty(values: IDataObject): IDataObject {
	const isGiven = ([name, value]: [string, unknown]) => value !== null && value !== undefined && name !== noticeId;
	return Object.fromEntries(Object.entries(values).filter(isGiven));
}

/**
 * Reads the fields that the user gives for one item, in any of the three ways.
 * @param read a parameter for the item; it may throw where an expression is no good
 * @param input data of the item, which are the fields when they are mapped automatically; it is not copied
 * @param picked takes times that were picked in the editor, see `timePicker`
 */
export function readGivenFields(read: Read, input: IDataObject, picked: TimePicker): GivenFields {
	if (read('specifyFields', 'map') === 'json') return readJson(read);
	if (read('fields.mappingMode', 'defineBelow') === 'autoMapInputData') return { rows: [input] };
	// Not 'fields.value': n8n would convert that by types of its own, and make 0 of a blank text.
	const fields = read('fields', {});
	const values = isObject(fields) ? fields.value : undefined;
	return { rows: [picked(withoutEmpty(isObject(values) ? values : {}))] };
}
