import type { IDataObject } from 'n8n-workflow';

import type { Model } from '../resources/types';
import type { ItemRun } from '../run/context';
import { showsForPeople } from '../run/nodeVersion';
import { readSwitch, speaksToModel } from '../run/parameters';
import { isObject } from '../values/checks';
import { neededForKeys } from './additions';

/** The fields of a record that the user wants to see. */
export interface OutputFields {
	/** Planhat's names, such as `phase` or `custom.Plan`, in the order of the output. */
	names: readonly string[];
	/** Set where they are shown as people know them, and not as Planhat has them. */
	plainFor?: Model;
}

type Parameters = Pick<ItemRun, 'model' | 'node' | 'parameter'>;

function namesIn(value: unknown): string[] {
	const names = Array.isArray(value) ? value.map(String) : String(value ?? '').split(',');
	return names.map((name) => name.trim()).filter((name) => name !== '');
}

/** Nodes of the first version show fewer fields, under Planhat's own names. */
function simplifiedFields({ model, node }: Pick<ItemRun, 'model' | 'node'>): OutputFields {
	return showsForPeople(node) ? { names: model.simplified, plainFor: model } : { names: model.simplifiedBefore };
}

/** A model pays for each word: custom fields, and keys of other systems but one, come where they are asked for. Texts are what notes are for. */
function fieldsForModel(model: Model): OutputFields {
	const names = model.simplifiedBefore.filter((name) => name !== 'custom');
	const isText = model.readPath === '/conversations';
	return { names: isText ? [...names, 'description'] : names, plainFor: model };
}

/** Of what was sent, each custom field by itself. */
function sentNames(sent: IDataObject): string[] {
	return Object.entries(sent).flatMap(([name, value]) =>
		name === 'custom' && isObject(value) ? Object.keys(value).map((inner) => `custom.${inner}`) : [name],
	);
}

/** What a tool is to show; undefined where the node is none, since only tools have the parameter. */
function readToolFields(item: Parameters): { fields: OutputFields | undefined; isSimplified?: true } | undefined {
	const output = item.parameter('output', '');
	if (output === 'selected') return { fields: { names: ['_id', ...namesIn(item.parameter('outputFields', []))] } };
	if (output === 'raw') return { fields: undefined };
	if (output !== 'simplified') return undefined;
	const isForModel = speaksToModel(item.node);
	return { fields: isForModel ? fieldsForModel(item.model) : simplifiedFields(item), isSimplified: true };
}

/**
 * Reads which fields of a record the user wants to see.
 * @returns undefined for all fields, as Planhat has them
 */
export function readOutputFields(item: Parameters): OutputFields | undefined {
	const fields = readFields(item);
	if (fields === undefined) return undefined;
	const needed = neededForKeys(item);
	return needed === undefined ? fields : { ...fields, names: [...new Set([...fields.names, needed])] };
}

function readFields(item: Parameters): OutputFields | undefined {
	const { simplified, sortable } = item.model;
	const chosen = sortable ? namesIn(item.parameter('options.select', '')) : [];
	if (chosen.length > 0) return { names: ['_id', ...chosen] };
	if (simplified.length === 0) return undefined;
	const tool = readToolFields(item);
	if (tool !== undefined) return tool.fields;
	return readSwitch(item, 'simplify', 'Simplify', true) ? simplifiedFields(item) : undefined;
}

/**
 * Reads which fields of a record that was written are handed over: all, unless the node is a tool. A simplified one shows
 * what was sent, so that the agent sees that it arrived, and what the record is called.
 */
export function readWrittenFields(item: Parameters, sent: unknown): OutputFields | undefined {
	const { fields, isSimplified } = readToolFields(item) ?? {};
	if (isSimplified && isObject(sent) && speaksToModel(item.node))
		return { names: [...new Set(['_id', item.model.title, ...sentNames(sent)])] };
	const shown = isSimplified && isObject(sent) ? Object.keys(sent) : [];
	return fields && { ...fields, names: [...new Set([...fields.names, ...shown])] };
}
