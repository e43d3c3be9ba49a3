import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../transport/answers';
import { inputError } from '../transport/errors';
import { keysOf, missingFields, rowWriter, type UnknownFields } from './convert';
import type { ItemContext } from './types';

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

/** What the mapper holds for columns that the user has left empty. */
function withoutEmpty(values: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined));
}

/**
 * Reads the fields that the user gives for one item, in any of the three ways.
 * @param read a parameter for the item; it may throw where an expression or the type of a value is no good
 * @param input data of the item, which are the fields when they are mapped automatically; it is not copied
 */
export function readGivenFields(read: Read, input: IDataObject): GivenFields {
	if (read('specifyFields', 'map') === 'json') return readJson(read);
	if (read('fields.mappingMode', 'defineBelow') === 'autoMapInputData') return { rows: [input] };
	const values = read('fields.value', {});
	return { rows: [withoutEmpty(isRecord(values) ? values : {})] };
}

function givenRow(item: ItemContext): IDataObject {
	const given = readGivenFields((name, fallback) => item.parameter(name, fallback), item.input.json);
	const [row, ...others] = 'rows' in given ? given.rows : [];
	if (row !== undefined && others.length === 0) return row;
	throw inputError(
		item.node,
		'unreadable' in given ? given.unreadable : "'Fields (JSON)' is not a JSON object",
		'Give an object such as {"name": "Acme"}, or an expression that results in one. Texts need double quotes.',
	);
}

function writable(item: ItemContext, isNew: boolean): IDataObject {
	const unknownFields = readUnknownFields((name, fallback) => item.parameter(name, fallback));
	const { row, unusable } = rowWriter(item.model, { unknownFields, isNew }).write(givenRow(item));
	if (unusable.length === 0) return row;
	throw inputError(item.node, unusable.join('; '), 'Correct the value, or leave the field out.');
}

/**
 * Reads the fields of a new record.
 * @returns the row to send, and the keys it carries
 * @throws NodeOperationError when it is no object, holds a date that is none, or lacks what Planhat asks for
 */
export function readNewRow(item: ItemContext): { row: IDataObject; keys: IDataObject } {
	const row = writable(item, true);
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
 * @throws NodeOperationError when it is no object, holds a date that is none, or nothing that can be changed
 */
export function readChanges(item: ItemContext): IDataObject {
	const row = writable(item, false);
	if (Object.keys(row).length > 0) return row;
	throw inputError(
		item.node,
		`There is nothing to change in the ${item.model.singular}`,
		"Give at least one field. '_id' and fields that Planhat sets itself are left out.",
	);
}
