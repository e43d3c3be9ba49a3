import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';

import { modelOf } from '../resources';
import { hasAlternatives } from '../resources/model';
import type { Field, Model } from '../resources/types';
import { isTool } from '../run/parameters';
import { hasCustomFields, fetchCustomFields, type CustomField } from '../tenant/customFields';
import { columnTypes, customPrefix, type MapperColumn } from '../tenant/mapperColumns';
import { withPlanhat } from './editorTransport';
import { customColumnLabel, columnLabel } from './mapperLabels';

/** The form that the columns are for. */
interface Form {
	model: Model;
	operation: string;
	/** A model of an AI agent is let to fill in texts, and no lists. */
	isTool: boolean;
}

/** Fields that most people need are shown at first; the others can be added. */
function isShown({ model, operation }: Form, field: Field): boolean {
	const isKey = operation === 'upsert' && model.keys.some((key) => key === field.name);
	return isKey || field.required === true || model.requiredOneOf.some((names) => names.includes(field.name));
}

const yesAndNo: MapperColumn['options'] = [
	{ name: 'Yes', value: true },
	{ name: 'No', value: false },
];

/**
 * How a value is given. None of n8n's own switches: n8n stores them as off as soon as they are shown, and what nobody
 * touched would go out as false.
 */
function inputOf({ type, values }: Field, form: Form): Pick<MapperColumn, 'type' | 'options'> {
	const options = type === 'boolean' ? yesAndNo : values?.map((value) => ({ name: value, value }));
	if (options === undefined) return { type: columnTypes[type] };
	return { type: form.isTool ? 'string' : columnTypes[type], options };
}

/** Where the mapper is of n8n's mode `map`: there it demands no field. */
function demandsNothing({ model, operation }: Form): boolean {
	return ['upsert', 'update'].includes(operation) || hasAlternatives(model);
}

/**
 * A standard field. n8n shows at first what is marked as required, and nothing else; it demands it of new records alone,
 * and only of those whose required fields are each needed.
 */
function asColumn(form: Form, field: Field): MapperColumn {
	return {
		id: field.name,
		displayName: columnLabel(field),
		required: demandsNothing(form) ? isShown(form, field) : field.required === true,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		removed: !isShown(form, field),
		...inputOf(field, form),
	};
}

const idColumn: Field = { name: '_id', type: 'id', description: '', label: 'ID' };

function standardColumns(form: Form): MapperColumn[] {
	const writable = form.model.fields.filter((field) => !field.readOnly);
	const fields = form.operation === 'upsert' ? [idColumn, ...writable] : writable;
	return fields.map((field) => asColumn(form, field));
}

function asCustomColumn(form: Form, field: CustomField): MapperColumn {
	const required = field.required === true && form.operation === 'create';
	return {
		id: `${customPrefix}${field.name}`,
		displayName: customColumnLabel(field),
		required,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		removed: !required,
		...inputOf(field, form),
		fieldType: field.type,
	};
}

function byLabel(one: MapperColumn, other: MapperColumn): number {
	return one.displayName.localeCompare(other.displayName);
}

async function customColumns(editor: ILoadOptionsFunctions, form: Form): Promise<MapperColumn[]> {
	if (!hasCustomFields(form.model)) return [];
	const fields = await withPlanhat(editor, async (transport) => await fetchCustomFields(transport, form.model));
	const offered = fields.filter((field) => field.offered);
	return offered.map((field) => asCustomColumn(form, field)).sort(byLabel);
}

/**
 * Fills the field mapper: the standard fields of the chosen resource, needed ones first, and the custom fields of the
 * tenant. What Planhat sets itself is not offered.
 * @throws NodeApiError when the custom fields cannot be read: the editor keeps what it knows and offers to try again
 */
export async function getMappingColumns(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const model = modelOf(String(this.getCurrentNodeParameter('resource')));
	if (model === undefined) return { fields: [] };
	const operation = String(this.getCurrentNodeParameter('operation'));
	const form: Form = { model, operation, isTool: isTool(this.getNode()) };
	const columns = [...standardColumns(form), ...(await customColumns(this, form))];
	return { fields: columns.sort((one, other) => Number(one.removed) - Number(other.removed)) };
}
