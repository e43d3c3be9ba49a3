import type { IDataObject } from 'n8n-workflow';

import type { ItemRun } from '../run/context';
import { inputError } from '../transport/errors';
import { keysOf } from './keys';
import { readUnknownFields } from './parameters';
import { timePicker } from './pickedTimes';
import { readGivenFields, type Read } from './readRows';
import { missingFields } from './requiredFields';
import { rowWriter, writeRow } from './writeRow';

function givenRow(item: ItemRun): IDataObject {
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

async function writable(item: ItemRun, isNew: boolean): Promise<IDataObject> {
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
export async function readNewRow(item: ItemRun): Promise<{ row: IDataObject; keys: IDataObject }> {
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
export async function readChanges(item: ItemRun): Promise<IDataObject> {
	const row = await writable(item, false);
	if (Object.keys(row).length > 0) return row;
	throw inputError(
		item.node,
		`There is nothing to change in the ${item.model.singular}`,
		"Give at least one field. '_id' and fields that Planhat sets itself are left out.",
	);
}
