import type {
	FieldType as ColumnType,
	ILoadOptionsFunctions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';

import { modelOf } from '../resources';
import type { Field, FieldType, Key, Model } from '../resources/types';

const columnTypes: Record<FieldType, ColumnType> = {
	text: 'string',
	id: 'string',
	number: 'number',
	boolean: 'boolean',
	date: 'dateTime',
	day: 'dateTime',
	choice: 'options',
	object: 'object',
	texts: 'array',
	ids: 'array',
	objects: 'array',
};

/** Fields that most people need are shown; the others can be added. */
function isShown(model: Model, field: Field): boolean {
	return field.required === true || model.requiredOneOf.some((names) => names.includes(field.name));
}

function asColumn(model: Model, field: Field, matches: boolean): ResourceMapperField {
	const isKey = matches && model.keys.includes(field.name as Key);
	return {
		id: field.name,
		displayName: field.name,
		required: field.required === true && !matches,
		defaultMatch: isKey && field.name !== '_id',
		canBeUsedToMatch: isKey,
		display: true,
		removed: !isShown(model, field) && !isKey,
		type: columnTypes[field.type],
		...(field.values && { options: field.values.map((value) => ({ name: value, value })) }),
	};
}

const idColumn: Field = { name: '_id', type: 'id', description: '' };

/**
 * Fills the field mapper with the standard fields of the chosen resource, required ones first. Fields that Planhat sets
 * itself are not offered. It needs no token.
 */
export async function getMappingColumns(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const model = modelOf(String(this.getCurrentNodeParameter('resource')));
	if (model === undefined) return { fields: [] };
	const matches = this.getCurrentNodeParameter('operation') === 'upsert';
	const writable = model.fields.filter((field) => !field.readOnly);
	const columns = (matches ? [idColumn, ...writable] : writable).map((field) => asColumn(model, field, matches));
	return { fields: columns.sort((one, other) => Number(one.removed) - Number(other.removed)) };
}
