import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Model } from '../resources/types';
import { isRecord } from '../transport/answers';
import { inputError } from '../transport/errors';
import { keysOf, missingFields, writableRow } from './convert';
import type { ItemContext } from './types';

/**
 * The parameter `json`: the fields of one record.
 * @param models that have the operations
 * @param operations that take fields
 */
export function fieldsProperty(models: readonly Model[], operations: readonly string[]): INodeProperties {
	return {
		displayName: 'Fields (JSON)',
		name: 'json',
		type: 'json',
		default: '{}',
		required: true,
		displayOptions: { show: { resource: models.map((model) => model.resource), operation: [...operations] } },
		placeholder: 'e.g. {"externalId": "acme-1", "custom": {"Plan": "Pro"}}',
		description:
			"The fields to set, under Planhat's own names, as JSON or as an object from an expression. Custom fields go into 'custom'. Dates can be given in any ISO form.",
	};
}

function parseFields(item: ItemContext): IDataObject {
	const value = item.parameter('json', '{}');
	let fields: unknown = value;
	if (typeof value === 'string') {
		try {
			fields = JSON.parse(value);
		} catch {
			fields = undefined;
		}
	}
	if (isRecord(fields)) return fields;
	throw inputError(
		item.node,
		"'Fields (JSON)' is not a JSON object",
		'Give an object such as {"name": "Acme"}, or an expression that results in one. Texts need double quotes.',
	);
}

/** A model that shares its endpoint writes the value that makes a record its own. */
function withKind(item: ItemContext, row: IDataObject): IDataObject {
	const { kind, writesRows, singular } = item.model;
	const [field] = kind?.fields ?? [];
	if (kind === undefined || field === undefined || writesRows) return row;
	if (row[field] === undefined || row[field] === kind.value) return { ...row, [field]: kind.value };
	throw inputError(
		item.node,
		`'${field}' of a ${singular} is always '${kind.value}', not '${String(row[field])}'`,
		`Leave '${field}' out, or use the resource Conversation.`,
	);
}

function writable(item: ItemContext): IDataObject {
	const { row, unusable } = writableRow(item.model, parseFields(item));
	if (unusable.length === 0) return row;
	throw inputError(item.node, unusable.join('; '), 'Correct the value, or leave the field out.');
}

/**
 * Reads the fields of a new record.
 * @returns the row to send, and the keys it carries
 * @throws NodeOperationError when it is no object, holds a date that is none, or lacks what Planhat asks for
 */
export function readNewRow(item: ItemContext): { row: IDataObject; keys: IDataObject } {
	const row = withKind(item, writable(item));
	const keys = keysOf(item.model, row);
	const missing = missingFields(item.model, row);
	if (missing.length === 0) return { row, keys };
	throw inputError(
		item.node,
		`The ${item.model.singular} lacks ${missing.join(', ')}`,
		"Planhat asks for this when a record is created. Add it to 'Fields (JSON)'.",
		{ keys },
	);
}

/**
 * Reads the fields to change.
 * @throws NodeOperationError when it is no object, holds a date that is none, or nothing that can be changed
 */
export function readChanges(item: ItemContext): IDataObject {
	const fields = writable(item);
	const row = item.model.kind?.fields.some((field) => field in fields) ? withKind(item, fields) : fields;
	if (Object.keys(row).length > 0) return row;
	throw inputError(
		item.node,
		`There is nothing to change in the ${item.model.singular}`,
		"Give at least one field in 'Fields (JSON)'. '_id' and fields that Planhat sets itself are left out.",
	);
}
