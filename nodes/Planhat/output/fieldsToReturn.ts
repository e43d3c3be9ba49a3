import type { IDataObject } from 'n8n-workflow';

import { isOwner, ownerName, plainNameOf } from '../resources/plainNames';
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

/** What of an item's run says which fields to show. */
export type OutputParameters = Pick<ItemRun, 'model' | 'node' | 'parameter'>;

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
export function sentNames(sent: IDataObject): string[] {
	return Object.entries(sent).flatMap(([name, value]) =>
		name === 'custom' && isObject(value) ? Object.keys(value).map((inner) => `custom.${inner}`) : [name],
	);
}

/** A model that chooses fields names them as it was shown them, or as it says them; what is no field may be a custom one. */
function namedFields({ fields }: Model, asked: string): string[] {
	const folded = (text: string) => text.toLowerCase().replace(/[\s_-]/g, '');
	const isMeant = ({ name }: { name: string }) =>
		[name, plainNameOf(name), ...(isOwner(name) ? ['owner', ownerName] : [])].some(
			(known) => folded(known) === folded(asked),
		);
	const field = fields.find(({ name }) => name === asked) ?? fields.find(isMeant);
	if (field !== undefined) return [field.name];
	return asked.includes('.') || asked === '_id' ? [asked] : [asked, `custom.${asked}`];
}

function selectedFields({ model, node, parameter }: OutputParameters): OutputFields {
	const given = parameter('outputFields', []);
	const asked = namesIn(given);
	if (!speaksToModel(node)) return { names: ['_id', ...asked] };
	// What a model leaves blank is no choice; what the builder leaves empty is the ID alone.
	if (asked.length === 0 && !Array.isArray(given)) return fieldsForModel(model);
	return { names: [...new Set(['_id', ...asked.flatMap((name) => namedFields(model, name))])] };
}

/** What a tool is to show; undefined where the node is none, since only tools have the parameter. */
function readToolFields(item: OutputParameters): { fields: OutputFields | undefined; isSimplified?: true } | undefined {
	const output = item.parameter('output', '');
	if (output === 'selected') return { fields: selectedFields(item) };
	if (output === 'raw') return { fields: undefined };
	if (output !== 'simplified') return undefined;
	const isForModel = speaksToModel(item.node);
	return { fields: isForModel ? fieldsForModel(item.model) : simplifiedFields(item), isSimplified: true };
}

/**
 * Reads which fields of a record the user wants to see.
 * @returns undefined for all fields, as Planhat has them
 */
export function readOutputFields(item: OutputParameters): OutputFields | undefined {
	const fields = readFields(item);
	if (fields === undefined) return undefined;
	const needed = neededForKeys(item);
	return needed === undefined ? fields : { ...fields, names: [...new Set([...fields.names, needed])] };
}

function readFields(item: OutputParameters): OutputFields | undefined {
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
export function readWrittenFields(item: OutputParameters, sent: unknown): OutputFields | undefined {
	const { fields, isSimplified } = readToolFields(item) ?? {};
	if (isSimplified && isObject(sent) && speaksToModel(item.node))
		return { names: [...new Set(['_id', item.model.title, ...sentNames(sent)])] };
	const shown = isSimplified && isObject(sent) ? Object.keys(sent) : [];
	return fields && { ...fields, names: [...new Set([...fields.names, ...shown])] };
}
