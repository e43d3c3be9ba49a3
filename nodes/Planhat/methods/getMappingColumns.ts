import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';

import { modelOf } from '../resources';
import type { Field, Model } from '../resources/types';
import { hasCustomFields, fetchCustomFields, type CustomField } from '../tenant/customFields';
import { columnTypes, customPrefix, noticeId, storedColumns, type MapperColumn } from '../tenant/mapperColumns';
import { wordsOf } from '../transport/errors';
import { openTransport } from '../transport/openTransport';
import { isObject } from '../values/checks';
import { customColumnLabel, columnLabel } from './mapperLabels';

/** The editor waits for the columns, and a person for the editor: custom fields have so long to arrive. Milliseconds. */
const longestRead = 5_000;

/** Fields that most people need are shown; the others can be added. */
function isShown(model: Model, field: Field): boolean {
	return field.required === true || model.requiredOneOf.some((names) => names.includes(field.name));
}

function optionsOf({ values }: Field): Pick<MapperColumn, 'options'> {
	return values === undefined ? {} : { options: values.map((value) => ({ name: value, value })) };
}

/** Only a new record needs its required fields: Update leaves out what is not given, and a row of an upsert may change one. */
function asColumn(model: Model, field: Field, operation: string): MapperColumn {
	const isKey = operation === 'upsert' && model.keys.some((key) => key === field.name);
	return {
		id: field.name,
		displayName: columnLabel(field),
		required: field.required === true && !['upsert', 'update'].includes(operation),
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		removed: !isShown(model, field) && !isKey,
		type: columnTypes[field.type],
		...optionsOf(field),
	};
}

const idColumn: Field = { name: '_id', type: 'id', description: '', label: 'ID' };

function standardColumns(model: Model, operation: string): MapperColumn[] {
	const writable = model.fields.filter((field) => !field.readOnly);
	const fields = operation === 'upsert' ? [idColumn, ...writable] : writable;
	return fields.map((field) => asColumn(model, field, operation));
}

function asCustomColumn(field: CustomField, operation: string): MapperColumn {
	const required = field.required === true && operation === 'create';
	return {
		id: `${customPrefix}${field.name}`,
		displayName: customColumnLabel(field),
		required,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		removed: !required,
		type: columnTypes[field.type],
		fieldType: field.type,
		...optionsOf(field),
	};
}

/**
 * A column that takes nothing and says why others are missing: the form has no other place for words of ours, and it cuts
 * labels after some 30 characters.
 */
function noticeColumn(reason: string): MapperColumn {
	return {
		id: noticeId,
		displayName: `No custom fields: ${reason}`,
		defaultValue: reason,
		required: false,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		removed: false,
		readOnly: true,
		type: 'string',
	};
}

function troubleOf(error: unknown): string {
	const isTimeout = error instanceof Error && error.name === 'TimeoutError';
	if (isTimeout) return `Planhat did not answer within ${longestRead / 1_000} seconds`;
	return wordsOf(error);
}

/**
 * The custom fields of the tenant as columns. Where they cannot be read, those that the editor knows already are kept: it
 * would drop what the user has mapped to them.
 */
async function customColumns(editor: ILoadOptionsFunctions, model: Model, operation: string): Promise<MapperColumn[]> {
	if (!hasCustomFields(model)) return [];
	let reason: string;
	try {
		const given: unknown = editor.getCurrentNodeParameter('requestOptions');
		const transport = openTransport(editor, await editor.getCredentials('planhatApi'), {
			maxWait: 3,
			requestOptions: { ...(isObject(given) && given), timeout: longestRead },
			signal: AbortSignal.timeout(longestRead),
		});
		const fields = await fetchCustomFields(transport, model);
		const offered = fields.filter((field) => field.offered);
		return offered.map((field) => asCustomColumn(field, operation)).sort(byLabel);
	} catch (error) {
		reason = troubleOf(error);
	}
	const known = storedColumns(editor.getCurrentNodeParameter('fields')).filter(({ id }) => id.startsWith(customPrefix));
	return [...known, noticeColumn(reason)];
}

function byLabel(one: MapperColumn, other: MapperColumn): number {
	return one.displayName.localeCompare(other.displayName);
}

/**
 * Fills the field mapper: the standard fields of the chosen resource, needed ones first, and the custom fields of the
 * tenant. What Planhat sets itself is not offered. Without a token, or when Planhat refuses, there are the standard fields
 * and a word about the others.
 */
export async function getMappingColumns(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const model = modelOf(String(this.getCurrentNodeParameter('resource')));
	if (model === undefined) return { fields: [] };
	const operation = String(this.getCurrentNodeParameter('operation'));
	const columns = [...standardColumns(model, operation), ...(await customColumns(this, model, operation))];
	const notice = columns.find(({ id }) => id === noticeId)?.displayName;
	return {
		fields: columns.sort((one, other) => Number(one.removed) - Number(other.removed)),
		// The editor shows it where there is no form, that is, when fields are mapped automatically.
		...(notice !== undefined && { emptyFieldsNotice: notice }),
	};
}
