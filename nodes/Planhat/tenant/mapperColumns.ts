import type { FieldType as ColumnType, ResourceMapperField } from 'n8n-workflow';

import type { FieldType } from '../resources/types';
import { isObject } from '../values/checks';
import { referenceOf, type CustomField } from './customFields';

/** A column of the field mapper. The editor keeps it in the workflow, with all that it holds. */
export interface MapperColumn extends ResourceMapperField {
	/** The type of a custom field, so that it is known when the workflow runs: n8n's own type says less. */
	fieldType?: FieldType;
}

/** What stands before the name of a custom field, as in Planhat's own dotted form. */
export const customPrefix = 'custom.';

/** A column that former versions put into the form, to say why custom fields were missing. It is never sent. */
export const noticeId = 'customFieldsMissing';

/** What the editor offers for a value. Lists take a text with commas, which n8n's `array` does not. */
export const columnTypes: Record<FieldType, ColumnType> = {
	text: 'string',
	key: 'string',
	email: 'string',
	id: 'string',
	user: 'string',
	number: 'number',
	boolean: 'options',
	date: 'dateTime',
	day: 'dateTime',
	isoDay: 'dateTime',
	choice: 'options',
	object: 'object',
	texts: 'string',
	ids: 'string',
	users: 'string',
	objects: 'array',
	members: 'string',
	endusers: 'string',
	records: 'string',
	unknown: 'string',
};

const fieldTypesOfColumns: Partial<Record<ColumnType, FieldType>> = {
	number: 'number',
	boolean: 'boolean',
	dateTime: 'date',
	object: 'object',
};

function customFieldIn(column: unknown): CustomField | undefined {
	const { id, type, fieldType, options } = isObject(column) ? column : {};
	if (typeof id !== 'string' || !id.startsWith(customPrefix)) return undefined;
	const known = typeof fieldType === 'string' && fieldType in columnTypes ? (fieldType as FieldType) : undefined;
	// Users can be chosen, and be given by their email all the same.
	const isFree = known === 'user' || !Array.isArray(options);
	const values = (isFree ? [] : options).flatMap((option: unknown) =>
		isObject(option) && typeof option.value === 'string' ? option.value : [],
	);
	return {
		name: id.slice(customPrefix.length),
		description: '',
		type: known ?? fieldTypesOfColumns[type as ColumnType] ?? 'text',
		...(known !== undefined && referenceOf(known)),
		offered: true,
		...(values.length > 0 && { values }),
	};
}

/**
 * The columns that the editor has stored with the field mapper of a node.
 * @param fields value of the parameter `fields`, before its expressions are resolved
 */
export function storedColumns(fields: unknown): MapperColumn[] {
	const { schema } = isObject(fields) ? fields : {};
	const columns: unknown[] = Array.isArray(schema) ? schema : [];
	return columns.filter((column): column is MapperColumn => isObject(column) && typeof column.id === 'string');
}

/** The custom fields among stored columns. */
export function customFieldsAmong(columns: readonly unknown[]): CustomField[] {
	return columns.flatMap((column) => customFieldIn(column) ?? []);
}
