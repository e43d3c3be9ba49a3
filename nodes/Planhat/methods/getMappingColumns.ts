import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions, ResourceMapperFields } from 'n8n-workflow';

import { modelOf } from '../resources';
import { hasAlternatives } from '../resources/model';
import type { Field, Model } from '../resources/types';
import { isTool, speaksToModel } from '../run/parameters';
import { hasCustomFields, fetchCustomFields, type CustomField } from '../tenant/customFields';
import { columnTypes, customPrefix, type MapperColumn } from '../tenant/mapperColumns';
import { isBlank, isObject } from '../values/checks';
import { choicesOf, fetchColumnChoices, hasChoices, isOfCompany, type ColumnChoices } from './columnChoices';
import { withPlanhat } from './editorTransport';
import { customColumnLabel, columnLabel, toolLabel } from './mapperLabels';

/** The form that the columns are for. */
interface Form {
	model: Model;
	operation: string;
	/** A model of an AI agent is let to fill in texts, and no lists. */
	isTool: boolean;
	/** Whether all fields are texts, since a model that has to fill in a number or a Yes or No cannot leave it out. */
	isOfTexts: boolean;
	choices: ColumnChoices;
	/** What the fields hold already, by their names. */
	given: IDataObject;
}

/** A column, and how soon it is offered. */
interface Ranked {
	column: MapperColumn;
	rank: number;
}

/** Fields that are in the form stand before those that can be added, and those that few people need come last. */
const ranks = { shown: 0, standard: 1, custom: 2, rare: 3 };

/** Fields that most people need are shown at first; the others can be added. */
function isShown({ model, operation }: Form, field: Field): boolean {
	const isKey = operation === 'upsert' && model.keys.some((key) => key === field.name);
	return isKey || field.required === true || model.requiredOneOf.some((names) => names.includes(field.name));
}

/** The form has no other place for what a field is about. */
export function yesOrNo(description: string): INodePropertyOptions[] {
	return [
		{ name: 'Yes', value: true, ...(description !== '' && { description }) },
		{ name: 'No', value: false },
	];
}

/**
 * How a value is given. None of n8n's own switches: n8n stores them as off as soon as they are shown, and what nobody
 * touched would go out as false.
 */
function inputOf(field: Field, id: string, form: Form): Pick<MapperColumn, 'type' | 'options'> {
	const { type, values, description } = field;
	const documented = values?.map((value) => ({ name: value, value }));
	const chosen = documented ?? choicesOf(form.choices, field, form.given[id]);
	const options = type === 'boolean' ? yesOrNo(description) : chosen;
	if (form.isOfTexts) return { type: 'string', ...(options !== undefined && { options }) };
	if (options === undefined) return { type: columnTypes[type] };
	if (form.isTool) return { type: 'string', options };
	return { type: documented === undefined ? 'options' : columnTypes[type], options };
}

/** What is typed where nothing can be chosen, by the type of the field. */
const typedAs: Partial<Record<Field['type'], string>> = {
	id: ' ID',
	ids: ' (IDs)',
	records: ' (IDs)',
	user: ' ID or Email',
	users: ' (IDs or Emails)',
	members: ' (IDs or Emails)',
	endusers: ' (IDs or Emails)',
};

/** The label of a field in the form, which says what is typed or, in a tool, what the model gives. */
function labelIn(form: Form, label: string, field: Field, input: Pick<MapperColumn, 'options'>): string {
	return form.isOfTexts ? toolLabel(label, field) : labelOf(label, field, input);
}

/** n8n's form shows no description, so that the label says what is typed where nothing can be chosen. */
function labelOf(label: string, field: Field, { options }: Pick<MapperColumn, 'options'>): string {
	const { name, type, refersTo } = field;
	const how = refersTo === 'enduser' ? typedAs[type === 'id' ? 'user' : 'users'] : typedAs[type];
	if (how === undefined || name === '_id') return label;
	const alone = label.replace(/ IDs?$/, '');
	if (options !== undefined) return alone;
	if (how === typedAs.ids && alone !== label) return label;
	return isOfCompany(field) ? `${alone} (ID, extid- or srcid-)` : `${alone}${how}`;
}

/** Where the mapper is of n8n's mode `map`: there it demands no field. */
function demandsNothing({ model, operation }: Form): boolean {
	return ['upsert', 'update'].includes(operation) || hasAlternatives(model);
}

/**
 * A standard field. n8n shows at first what is marked as required, and nothing else; it demands it of new records alone,
 * and only of those whose required fields are each needed.
 */
function asColumn(form: Form, field: Field): Ranked {
	const removed = !isShown(form, field);
	const input = inputOf(field, field.name, form);
	const column: MapperColumn = {
		id: field.name,
		displayName: labelIn(form, columnLabel(field), field, input),
		required: demandsNothing(form) ? isShown(form, field) : field.required === true,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		removed,
		...input,
	};
	const later = form.model.rare.includes(field.name) ? ranks.rare : ranks.standard;
	return { column, rank: removed ? later : ranks.shown };
}

const idColumn: Field = { name: '_id', type: 'id', description: '' };

/** What Planhat sets or works out is not offered, but where a workflow holds a value for it. */
function standardColumns(form: Form): Ranked[] {
	const { calculated, fields } = form.model;
	const offered = fields.filter(
		({ name, readOnly }) => !readOnly && (!calculated.includes(name) || !isBlank(form.given[name])),
	);
	return (form.operation === 'upsert' ? [idColumn, ...offered] : offered).map((field) => asColumn(form, field));
}

function asCustomColumn(form: Form, field: CustomField, others: ReadonlySet<string>): Ranked {
	const required = field.required === true && form.operation === 'create';
	const id = `${customPrefix}${field.name}`;
	const input = inputOf(field, id, form);
	const column: MapperColumn = {
		id,
		displayName: labelIn(form, customColumnLabel(field.name, others), field, input),
		required,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		removed: !required,
		...input,
		fieldType: field.type,
	};
	return { column, rank: required ? ranks.shown : ranks.custom };
}

function byLabel({ column: one }: Ranked, { column: other }: Ranked): number {
	return one.displayName.localeCompare(other.displayName);
}

function columnsOf(form: Form, customFields: readonly CustomField[]): MapperColumn[] {
	const standard = standardColumns(form);
	const labels = new Set(standard.map(({ column }) => column.displayName));
	const custom = customFields.map((field) => asCustomColumn(form, field, labels)).sort(byLabel);
	return [...standard, ...custom].sort((one, other) => one.rank - other.rank).map(({ column }) => column);
}

const noChoices: ColumnChoices = { seen: new Map() };

/** What the form needs to know of the tenant. */
interface KnownOfTenant {
	customFields: readonly CustomField[];
	choices: ColumnChoices;
}

const nothing: KnownOfTenant = { customFields: [], choices: noChoices };

/** A model of an AI agent is offered no lists, so that none are read for it. */
async function fetchKnown(editor: ILoadOptionsFunctions, model: Model, forTool: boolean): Promise<KnownOfTenant> {
	return await withPlanhat(editor, async (transport) => {
		const all = hasCustomFields(model) ? await fetchCustomFields(transport, model) : [];
		const customFields = all.filter(({ offered }) => offered);
		const fields = [...model.fields, ...customFields];
		return { customFields, choices: forTool ? noChoices : await fetchColumnChoices(transport, model, fields) };
	});
}

/** Without custom fields to read, a form does without Planhat: metrics need no API token. */
async function knownOfTenant(editor: ILoadOptionsFunctions, model: Model, forTool: boolean): Promise<KnownOfTenant> {
	if (hasCustomFields(model)) return await fetchKnown(editor, model, forTool);
	if (forTool || !hasChoices(model)) return nothing;
	try {
		return await fetchKnown(editor, model, forTool);
	} catch {
		return nothing;
	}
}

/**
 * Fills the field mapper: the standard fields of the chosen resource, needed ones first, and the custom fields of the
 * tenant, with the values that can be chosen. What Planhat sets itself is not offered.
 * @throws NodeApiError when the custom fields cannot be read: the editor keeps what it knows and offers to try again
 */
export async function getMappingColumns(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const model = modelOf(String(this.getCurrentNodeParameter('resource')));
	if (model === undefined) return { fields: [] };
	const forTool = isTool(this.getNode());
	const fields: unknown = this.getCurrentNodeParameter('fields');
	const given = isObject(fields) && isObject(fields.value) ? fields.value : {};
	const { customFields, choices } = await knownOfTenant(this, model, forTool);
	const operation = String(this.getCurrentNodeParameter('operation'));
	const isOfTexts = speaksToModel(this.getNode());
	return { fields: columnsOf({ model, operation, isTool: forTool, isOfTexts, choices, given }, customFields) };
}
