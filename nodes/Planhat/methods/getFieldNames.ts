import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { modelOf } from '../resources';
import type { Model } from '../resources/types';
import { hasCustomFields, fetchCustomFields } from '../tenant/customFields';
import { withPlanhat } from './editorTransport';

function fieldsOf(model: Model): INodePropertyOptions[] {
	return model.fields
		.filter(({ name }) => name !== '__v')
		.map(({ name, description }) => ({ name, value: name, ...(description !== '' && { description }) }))
		.sort((one, other) => one.name.localeCompare(other.name));
}

/** Fills the list of fields to sort by. Whether Planhat sorts by single custom fields is not known. It needs no token. */
export async function getSortFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const model = modelOf(String(this.getCurrentNodeParameter('resource')));
	if (model === undefined) return [];
	const id = '_id';
	return [{ name: id, value: id }, ...fieldsOf(model).filter(({ value }) => value !== 'custom')];
}

/**
 * Fills the lists of fields to return: the fields of the chosen resource under Planhat's own names, then its custom fields
 * one by one, for those whose token may read them.
 */
export async function getOutputFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const model = modelOf(String(this.getCurrentNodeParameter('resource')));
	if (model === undefined) return [];
	const fields = fieldsOf(model);
	if (!hasCustomFields(model)) return fields;
	let names: string[] = [];
	try {
		const customFields = await withPlanhat(this, async (transport) => await fetchCustomFields(transport, model));
		names = customFields.map(({ name }) => name);
	} catch {
		// Without the right to read custom fields, they can still be chosen as a whole.
	}
	const custom = names.map((name) => ({ name: `Custom: ${name}`, value: `custom.${name}` }));
	return [...fields, ...custom.sort((one, other) => one.name.localeCompare(other.name))];
}
