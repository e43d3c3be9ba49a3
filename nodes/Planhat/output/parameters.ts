import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Model } from '../resources/types';
import type { ItemContext, OutputField } from '../run/operation';
import { readSwitch } from '../run/parameters';
import { isRecord } from '../values/checks';

/** The operations that read records. */
const reading = ['get', 'getAll'];

const fieldChoices = { loadOptionsMethod: 'getOutputFields', loadOptionsDependsOn: ['resource'] };

function simplifyProperty(resource: string[]): INodeProperties {
	return {
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		displayOptions: { show: { resource, operation: reading, '@tool': [false] } },
		description: 'Whether to return a simplified version of the response instead of the raw data',
	};
}

function toolProperties(resource: string[], operation: string[]): INodeProperties[] {
	if (resource.length === 0) return [];
	const show = { resource, operation, '@tool': [true] };
	return [
		{
			displayName: 'Output',
			name: 'output',
			type: 'options',
			default: 'simplified',
			displayOptions: { show },
			options: [
				{ name: 'Raw', value: 'raw', description: 'All fields' },
				{ name: 'Selected Fields', value: 'selected', description: 'The fields that you choose, and the ID' },
				{ name: 'Simplified', value: 'simplified', description: 'The fields that matter most, and custom fields' },
			],
			description: 'How much of each record the agent gets to see',
		},
		{
			displayName: 'Output Fields',
			name: 'outputFields',
			type: 'multiOptions',
			default: [],
			displayOptions: { show: { ...show, output: ['selected'] } },
			typeOptions: fieldChoices,
			description: 'The fields that the agent gets to see. The ID always comes along.',
		},
	];
}

/**
 * The parameters that say how much of a record is handed over: a switch on the canvas, a choice of three where the node
 * is a tool of an AI agent (n8n's guidelines, "Simplifying output fields"). On the canvas, Create and Update hand over the
 * whole record: what people look for is what they changed.
 * @param models of the registry
 */
export function outputProperties(models: readonly Model[]): INodeProperties[] {
	const having = models.filter(({ simplified }) => simplified.length > 0);
	const resources = (writesRows: boolean) =>
		having.filter((model) => model.writesRows === writesRows).map(({ resource }) => resource);
	return [
		simplifyProperty(having.map(({ resource }) => resource)),
		...toolProperties(resources(false), ['create', ...reading, 'update']),
		// What is written by rows is answered by what became of the row.
		...toolProperties(resources(true), reading),
	];
}

/**
 * The option `select`, for all resources whose records can be read.
 * @param models of the registry
 */
export function selectOption(models: readonly Model[]): INodeProperties {
	const resources = models.filter(({ sortable }) => sortable).map(({ resource }) => resource);
	return {
		displayName: 'Fields to Return',
		name: 'select',
		type: 'multiOptions',
		default: [],
		displayOptions: { show: { '/operation': reading, '/resource': resources, '@tool': [false] } },
		typeOptions: fieldChoices,
		description:
			"The fields to return in place of all or of the simplified ones. The ID always comes along. An expression may give a list, or Planhat's own names separated by commas.",
	};
}

function namesIn(value: unknown): string[] {
	const names = Array.isArray(value) ? value.map(String) : String(value ?? '').split(',');
	return names.map((name) => name.trim()).filter((name) => name !== '');
}

/** What a tool is to show; undefined where the node is none, since only tools have the parameter. */
function readToolFields(item: ItemContext): { names: readonly string[] | undefined } | undefined {
	const output = item.parameter('output', '');
	if (output === 'selected') return { names: ['_id', ...namesIn(item.parameter('outputFields', []))] };
	if (output === 'raw') return { names: undefined };
	return output === 'simplified' ? { names: item.model.simplified } : undefined;
}

/**
 * Reads which fields of a record the user wants to see.
 * @returns their names, such as `phase` or `custom.Plan`, in the order of the output; undefined for all fields
 */
export function readOutputFields(item: ItemContext): readonly string[] | undefined {
	const { simplified, sortable } = item.model;
	const chosen = sortable ? namesIn(item.parameter('options.select', '')) : [];
	if (chosen.length > 0) return ['_id', ...chosen];
	if (simplified.length === 0) return undefined;
	const tool = readToolFields(item);
	if (tool !== undefined) return tool.names;
	return readSwitch(item, 'simplify', 'Simplify', true) ? simplified : undefined;
}

/**
 * Reads which fields of a record that was written are handed over: all, unless the node is a tool. A simplified one shows
 * what was sent too, so that the agent sees that it arrived.
 * @param sent the body of the request
 */
export function readWrittenFields(item: ItemContext, sent: unknown): readonly string[] | undefined {
	const names = readToolFields(item)?.names;
	const shown = names === item.model.simplified && isRecord(sent) ? Object.keys(sent) : [];
	return names && [...new Set([...names, ...shown])];
}

export const idField: OutputField = { name: '_id', type: 'id' };

/** The fields of a whole record. */
export function recordFields({ fields }: Model): OutputField[] {
	return [idField, ...fields];
}

/** The fields that an operation hands over of each record that it reads, unless the user wants others. */
export function outputFields(model: Model): OutputField[] {
	const all = recordFields(model);
	const { simplified } = model;
	if (simplified.length === 0) return all;
	return simplified.flatMap((wanted) => all.find(({ name }) => name === wanted) ?? []);
}

/** The fields of what became of a row. */
export function outcomeFields({ keys, fields }: Model): OutputField[] {
	const isKey = ({ name }: OutputField) => keys.some((key) => key === name);
	return [
		{ name: 'outcome', type: 'text' },
		idField,
		...fields.filter(isKey),
		{ name: 'reason', type: 'text' },
		{ name: 'resent', type: 'boolean' },
	];
}

/** The field of a record that a name such as `custom.Plan` leads into. */
function outerName(name: string): string {
	const [outer = name] = name.split('.', 1);
	return outer;
}

/**
 * The fields that a list has to be asked for, as Planhat's `select` takes them: whether it takes `custom.Plan` is not
 * known, so that the whole of `custom` is asked for (reference, "Lists"). It sends the ID in any case.
 * @param fields as `readOutputFields` returned them
 * @param needed fields that the node itself compares or sorts by
 */
export function selectQuery(fields: readonly string[], needed: readonly string[]): string {
	const names = [...fields, ...needed].map(outerName);
	// Without any name, everything would come.
	const wanted = [...new Set(names)].filter((name) => name !== '_id');
	return wanted.length > 0 ? wanted.join(',') : '_id';
}

function place(shown: IDataObject, record: IDataObject, name: string): void {
	if (record[name] !== undefined) {
		shown[name] = record[name];
		return;
	}
	const outer = outerName(name);
	const inside = record[outer];
	// The name of a custom field may hold dots itself.
	const inner = name.slice(outer.length + 1);
	if (!isRecord(inside) || inside[inner] === undefined) return;
	const beside = shown[outer];
	shown[outer] = { ...(isRecord(beside) && beside), [inner]: inside[inner] } as IDataObject;
}

/**
 * Reduces a record to the fields that the user wants to see, in their order. What Planhat did not send is left out.
 * @param record as Planhat sent it
 * @param fields as `readOutputFields` returned them; undefined for all
 */
export function reduced(record: IDataObject, fields: readonly string[] | undefined): IDataObject {
	if (fields === undefined) return record;
	const shown: IDataObject = {};
	for (const name of fields) place(shown, record, name);
	return shown;
}
