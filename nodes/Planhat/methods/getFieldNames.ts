import { NodeApiError, type ILoadOptionsFunctions, type INodePropertyOptions } from 'n8n-workflow';

import { credentialIdOf } from '../credential/authentication';
import { modelOf } from '../resources';
import type { Model } from '../resources/types';
import { hasCustomFields, fetchCustomFields, type CustomField } from '../tenant/customFields';
import type { Transport } from '../transport/transport';
import { customPrefix } from '../tenant/mapperColumns';
import { loadFromPlanhat } from './editorTransport';
import { columnLabel, customColumnLabel } from './mapperLabels';

function byName(one: INodePropertyOptions, other: INodePropertyOptions): number {
	return one.name.localeCompare(other.name);
}

/** Fields by their names for people, each with Planhat's own name in its description. */
function fieldsOf(model: Model): INodePropertyOptions[] {
	const fields = model.fields.filter(({ name }) => name !== '__v');
	const labels = fields.map(columnLabel);
	const options = fields.map(({ name, description }, at) => {
		const label = labels[at] ?? name;
		const isShared = labels.filter((other) => other === label).length > 1;
		return {
			name: isShared ? `${label} (${name})` : label,
			value: name,
			description: description === '' ? name : `${name}: ${description}`,
		};
	});
	return options.sort(byName);
}

/** Fills the list of fields to sort by. Whether Planhat sorts by single custom fields is not known. It needs no token. */
export async function getSortFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const model = modelOf(String(this.getCurrentNodeParameter('resource')));
	if (model === undefined) return [];
	const id = { name: 'ID', value: '_id', description: '_id' };
	return [id, ...fieldsOf(model).filter(({ value }) => value !== 'custom')];
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
	const hasCredential = credentialIdOf(this.getNode()) !== undefined;
	if (!hasCredential || !hasCustomFields(model)) return fields;
	const customFields = await loadFromPlanhat(this, async (transport) => await readableCustomFields(transport, model));
	const labels = new Set(fields.map(({ name }) => name));
	const custom = customFields.map(({ name }) => {
		const value = `${customPrefix}${name}`;
		return { name: customColumnLabel(name, labels), value, description: value };
	});
	return [...fields, ...custom.sort(byName)];
}
