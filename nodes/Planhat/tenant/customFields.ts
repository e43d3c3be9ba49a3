import type { IDataObject } from 'n8n-workflow';

import { lettersOf, parentNames } from '../resources/parents';
import type { Field, FieldType, Model } from '../resources/types';
import { fetchPages } from '../transport/paging';
import type { Transport } from '../transport/transport';

/** A custom field of the tenant: a field of a model under the exact name of its key in `custom`. */
export interface CustomField extends Field {
	/** Whether people may give it a value; not where it is hidden, locked or calculated. */
	offered: boolean;
}

/** Planhat's types of custom fields (Planhat's documents, "Custom Field"). Values of any other type go out as they are. */
const fieldTypes: Readonly<Record<string, FieldType>> = {
	text: 'text',
	'rich text': 'text',
	phone: 'text',
	url: 'text',
	email: 'email',
	number: 'number',
	rating: 'number',
	checkbox: 'boolean',
	// "Date with time" (assumption custom-dates) and "day only".
	date: 'date',
	day: 'isoDay',
	list: 'choice',
	multipicklist: 'texts',
	'team member': 'user',
	'team members': 'users',
	enduser: 'id',
	endusers: 'ids',
};

/** Custom fields that name other records name end users. */
export function referenceOf(type: FieldType): Pick<Field, 'refersTo'> {
	return type === 'id' || type === 'ids' ? { refersTo: 'enduser' } : {};
}

/** Whether a model has custom fields at all. */
export function hasCustomFields(model: Model): boolean {
	return model.fields.some(({ name }) => name === 'custom');
}

/**
 * Takes one definition of Planhat's for a field.
 * @param definition entry of `GET /customfields`; every key of it may be missing
 * @returns undefined where it has no name
 */
export function customFieldOf(definition: IDataObject): CustomField | undefined {
	const { name, type, listValues, isMandatory, isFormula, isLocked, isHidden } = definition;
	if (typeof name !== 'string' || name.trim() === '') return undefined;
	const values = Array.isArray(listValues) ? listValues.filter((value) => typeof value === 'string') : [];
	const known = fieldTypes[String(type).trim().toLowerCase()] ?? 'unknown';
	return {
		name,
		description: '',
		type: known === 'choice' && values.length === 0 ? 'text' : known,
		offered: isFormula !== true && isLocked !== true && isHidden !== true,
		...(isMandatory === true && { required: true }),
		...(isFormula === true && { readOnly: true }),
		...referenceOf(known),
		...(values.length > 0 && { values }),
	};
}

/**
 * Reads the custom fields of a model. All are asked for, as it is not documented that Planhat can be asked for those of
 * one model.
 * @throws NodeApiError when Planhat or the network refuses, UnreadableList when the answer is no list
 */
export async function fetchCustomFields(transport: Transport, model: Model): Promise<CustomField[]> {
	const target = { verb: 'list', record: 'custom fields', permission: 'Custom Field' };
	const parents = parentNames(model);
	const definitions = await fetchPages({
		plural: 'custom fields',
		pageMaximum: 2_000,
		limit: Infinity,
		filtered: true,
		keep: ({ parent }) => parents.has(lettersOf(parent)),
		page: async (offset, limit) => {
			const qs = { sort: '_id', limit, offset };
			return (await transport.send({ method: 'GET', url: '/customfields', qs, target })).body;
		},
	});
	return definitions.flatMap((definition) => customFieldOf(definition) ?? []);
}
