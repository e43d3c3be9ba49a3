import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { modelOf } from '../resources';
import type { Model } from '../resources/types';
import { isRecord } from '../transport/answers';
import type { Transport } from '../transport/transport';
import { withPlanhat } from './withPlanhat';

/** Planhat keeps no more than this in a page of custom fields (reference, "Lists"). */
const mostCustomFields = 2_000;

/** The model that Planhat keeps custom fields for: that of conversations also for notes and tickets. */
function parentOf({ resource, readPath }: Model): string {
	return readPath === '/conversations' ? 'conversation' : resource;
}

async function customFieldNames(transport: Transport, model: Model): Promise<string[]> {
	const { body } = await transport.send({
		method: 'GET',
		url: '/customfields',
		qs: { limit: mostCustomFields, select: 'name,parent' },
		target: { verb: 'list', record: 'custom fields', permission: 'Custom Field' },
	});
	const wanted = parentOf(model).toLowerCase();
	// Planhat writes the parent as "company", and in other places as "Company".
	return (Array.isArray(body) ? body : []).flatMap((field) =>
		isRecord(field) && typeof field.name === 'string' && String(field.parent).toLowerCase() === wanted
			? [field.name]
			: [],
	);
}

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
	if (!model.fields.some(({ name }) => name === 'custom')) return fields;
	let names: string[] = [];
	try {
		names = await withPlanhat(this, async (transport) => await customFieldNames(transport, model));
	} catch {
		// Without the right to read custom fields, they can still be chosen as a whole.
	}
	const custom = names.map((name) => ({ name: `Custom: ${name}`, value: `custom.${name}` }));
	return [...fields, ...custom.sort((one, other) => one.name.localeCompare(other.name))];
}
