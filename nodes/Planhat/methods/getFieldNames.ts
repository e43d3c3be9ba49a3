import { NodeApiError, type ILoadOptionsFunctions, type INodePropertyOptions } from 'n8n-workflow';

import { modelOf } from '../resources';
import type { Model } from '../resources/types';
import { hasCustomFields, fetchCustomFields, type CustomField } from '../tenant/customFields';
import type { Transport } from '../transport/transport';
import { loadFromPlanhat } from './editorTransport';

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

/** Without the right to read custom fields, they can still be chosen as a whole. */
async function readableCustomFields(transport: Transport, model: Model): Promise<CustomField[]> {
	let thrown: unknown;
	try {
		return await fetchCustomFields(transport, model);
	} catch (error) {
		thrown = error;
	}
	if (thrown instanceof NodeApiError && thrown.httpCode === '403') return [];
	throw thrown;
}

/**
 * Fills the lists of fields to return: the fields of the chosen resource under Planhat's own names, then its custom fields
 * one by one, for those whose token may read them.
 * @throws NodeOperationError where Planhat does not accept the token, or does not answer
 */
export async function getOutputFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const model = modelOf(String(this.getCurrentNodeParameter('resource')));
	if (model === undefined) return [];
	const fields = fieldsOf(model);
	const hasCredential = this.getNode().credentials?.planhatApi !== undefined;
	if (!hasCredential || !hasCustomFields(model)) return fields;
	const customFields = await loadFromPlanhat(this, async (transport) => await readableCustomFields(transport, model));
	const custom = customFields.map(({ name }) => ({ name: `Custom: ${name}`, value: `custom.${name}` }));
	return [...fields, ...custom.sort((one, other) => one.name.localeCompare(other.name))];
}
