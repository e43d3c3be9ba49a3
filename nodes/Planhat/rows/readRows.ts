import type { IDataObject } from 'n8n-workflow';

import type { Model } from '../resources/types';
import type { BatchContext, ItemContext } from '../run/operation';
import { customFieldsAmong, customPrefix, noticeId, storedColumns } from '../tenant/mapperColumns';
import { inputError } from '../transport/errors';
import { isRecord } from '../values/checks';
import { toTime } from '../values/dates';
import { keysOf, missingFields, rowWriter, writeRow, type UnknownFields } from './writeRow';

/** Reads a parameter for one item. */
type Read = (name: string, fallback?: unknown) => unknown;

/** The fields of an item: one row or several, or why there are none. */
export type GivenFields = { rows: IDataObject[] } | { unreadable: string };

/**
 * Reads the option `unknownFields`.
 * @param read a parameter
 */
export function readUnknownFields(read: Read): UnknownFields {
	const value = read('options.unknownFields', 'send');
	return value === 'custom' || value === 'ignore' || value === 'refuse' ? value : 'send';
}

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
	if (isRecord(fields)) return { rows: [fields] };
	if (Array.isArray(fields) && fields.every(isRecord)) return { rows: fields };
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
	const values = isRecord(fields) ? fields.value : undefined;
	return { rows: [picked(withoutEmpty(isRecord(values) ? values : {}))] };
}

/** Gives times that were picked in the editor the offset that they lack. */
export type TimePicker = (values: IDataObject) => IDataObject;

/** How the editor's picker writes a time. Midnight is what it writes for a day without a time, which has no zone. */
const pickedTime = /^\d{4}-\d{2}-\d{2}T(?!00:00:00$)\d{2}:\d{2}:\d{2}$/;

function timeColumns(model: Model, fields: unknown): Set<string> {
	const standard = model.fields.filter(({ type }) => type === 'date').map(({ name }) => name);
	const custom = customFieldsAmong(storedColumns(fields)).filter(({ type }) => type === 'date');
	return new Set([...standard, ...custom.map(({ name }) => `${customPrefix}${name}`)]);
}

/**
 * Finds the times that were picked in the editor: they carry no offset and are meant in the time zone of the workflow. Text
 * from the input, by an expression, is taken as UTC like everywhere else.
 * @param context of the run
 */
export function timePicker({ model, node, timezone }: Pick<BatchContext, 'model' | 'node' | 'timezone'>): TimePicker {
	const fields: unknown = node.parameters.fields;
	const typed = isRecord(fields) && isRecord(fields.value) ? Object.entries(fields.value) : [];
	const times = typed.filter(([, value]) => typeof value === 'string' && pickedTime.test(value));
	if (times.length === 0) return (values) => values;
	const columns = timeColumns(model, fields);
	const picked = times.filter(([name]) => columns.has(name)).map(([name, value]) => [name, toTime(value, timezone)]);
	return (values) => ({ ...values, ...(Object.fromEntries(picked) as IDataObject) });
}

function givenRow(item: ItemContext): IDataObject {
	const read: Read = (name, fallback) => item.parameter(name, fallback);
	const given = readGivenFields(read, item.input.json, timePicker(item));
	const [row, ...others] = 'rows' in given ? given.rows : [];
	if (row !== undefined && others.length === 0) return row;
	throw inputError(
		item.node,
		'unreadable' in given ? given.unreadable : "'Fields (JSON)' is not a JSON object",
		'Give an object such as {"name": "Acme"}, or an expression that results in one. Texts need double quotes.',
	);
}

async function writable(item: ItemContext, isNew: boolean): Promise<IDataObject> {
	const { model, tenant } = item;
	const unknownFields = readUnknownFields((name, fallback) => item.parameter(name, fallback));
	const { row, unusable } = await writeRow(rowWriter(model, tenant, { unknownFields, isNew }), tenant, givenRow(item));
	if (unusable.length === 0) return row;
	throw inputError(item.node, unusable.join('; '), 'Correct the value, or leave the field out.');
}

/**
 * Reads the fields of a new record.
 * @returns the row to send, and the keys it carries
 * @throws NodeOperationError when it is no object, holds a value that its field cannot take, or lacks what Planhat asks for
 */
export async function readNewRow(item: ItemContext): Promise<{ row: IDataObject; keys: IDataObject }> {
	const row = await writable(item, true);
	const keys = keysOf(item.model, row);
	const missing = missingFields(item.model, row);
	if (missing.length === 0) return { row, keys };
	throw inputError(
		item.node,
		`The ${item.model.singular} lacks ${missing.join(', ')}`,
		'Planhat asks for this when a record is created. Add it to the fields.',
		{ keys },
	);
}

/**
 * Reads the fields to change.
 * @throws NodeOperationError when it is no object, holds a value that its field cannot take, or nothing that can be changed
 */
export async function readChanges(item: ItemContext): Promise<IDataObject> {
	const row = await writable(item, false);
	if (Object.keys(row).length > 0) return row;
	throw inputError(
		item.node,
		`There is nothing to change in the ${item.model.singular}`,
		"Give at least one field. '_id' and fields that Planhat sets itself are left out.",
	);
}
