import type { IDataObject } from 'n8n-workflow';

import { operationsOf } from '../operations/index';
import { resources } from '../resources';
import type { FieldType } from '../resources/types';
import type { OutputField } from '../run/operation';

const jsonTypes: Record<FieldType, IDataObject> = {
	text: { type: 'string' },
	key: { type: 'string' },
	email: { type: 'string' },
	id: { type: 'string' },
	user: { type: 'string' },
	number: { type: 'number' },
	boolean: { type: 'boolean' },
	date: { type: 'string' },
	day: { type: 'number' },
	isoDay: { type: 'string' },
	choice: { type: 'string' },
	object: { type: 'object', properties: {} },
	texts: { type: 'array', items: { type: 'string' } },
	ids: { type: 'array', items: { type: 'string' } },
	users: { type: 'array', items: { type: 'string' } },
	objects: { type: 'array', items: { type: 'object', properties: {} } },
	members: { type: 'array', items: { type: 'object', properties: {} } },
	endusers: { type: 'array', items: { type: 'object', properties: {} } },
	// Planhat takes objects and answers with their IDs.
	records: { type: 'array', items: { type: 'string' } },
	unknown: {},
};

function schemaOf(fields: readonly OutputField[]): IDataObject {
	const properties = Object.fromEntries(fields.map(({ name, type }) => [name, jsonTypes[type]]));
	return { type: 'object', properties, version: 1 };
}

/**
 * What each operation puts out, as JSON schemas, for the build to write beside the node: the editor of n8n shows them
 * before the node has run, so that fields can be dragged from them.
 * @returns schemas by their paths in the folder `__schema__`, such as `v1.0.0/company/get.json` (n8n-core,
 * output-schema-resolver); none for an operation whose output is not known
 */
export function outputSchemas(version: number): Record<string, IDataObject> {
	const folder = `v${[...String(version).split('.'), '0', '0'].slice(0, 3).join('.')}`;
	const schemas: Record<string, IDataObject> = {};
	for (const model of resources) {
		for (const { value, output } of operationsOf(model)) {
			const fields = output(model, version);
			if (fields.length > 0) schemas[`${folder}/${model.resource}/${value}.json`] = schemaOf(fields);
		}
	}
	return schemas;
}
