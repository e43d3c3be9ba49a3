import { models } from '../resources';
import { referenceModes, withArticle } from '../resources/model';
import type { Model, ReferenceMode } from '../resources/types';
import type { ItemRun } from '../run/context';
import { speaksToModel } from '../run/parameters';
import { inputError, markUnclear } from '../transport/errors';
import type { Target } from '../transport/request';
import { isBlank, isObject, trimmed } from '../values/checks';
import { shown } from '../values/json';
import { isEmail, keyAdvice, keyIn } from '../values/keys';
import { isPlanhatId, recordInLink } from '../values/planhatId';
import { findByEmail } from './findByEmail';

/** How the user named one record. */
export interface Reference {
	mode: Exclude<ReferenceMode, 'list'>;
	/** Without blanks around it, never blank. */
	value: string;
}

/** A record that can be addressed. */
export interface Address {
	/** Last part of the path, percent-encoded. */
	path: string;
	/** Names the record in errors and outcomes. */
	target: Target;
	/** What a model called the record, as it was within the last minute. */
	calledBy?: string;
}

const modeNames: Record<Reference['mode'], string> = {
	id: 'ID',
	externalId: 'external ID',
	sourceId: 'source ID',
	email: 'email',
};

/**
 * Reads how the user names the record of an item.
 * @throws NodeOperationError when the reference is blank or no key
 */
export function readNaming(item: ItemRun): Reference {
	const parameter = item.parameter('recordId');
	const { mode, value } = isObject(parameter) ? parameter : { mode: 'id', value: parameter };
	const known = referenceModes(item.model).find((candidate) => candidate === mode) ?? 'id';
	if (!isBlank(value) && !Number.isNaN(value)) {
		const named = known === 'list' ? 'id' : known;
		return withoutPrefix(item.model, { mode: named, value: keyOf(item, named, value) });
	}
	throw inputError(
		item.node,
		"'Record' is required",
		speaksToModel(item.node)
			? `Give the name or the ID of the ${item.model.singular}.`
			: 'Select a record, or check that the expression returns an ID for this item.',
	);
}

/** A list, an object or a word for nothing would go out as some text that names another record, or none. */
function keyOf(item: ItemRun, mode: Reference['mode'], value: unknown): string {
	const read = keyIn(value);
	if ('key' in read) return String(read.key);
	// What is no ID of Planhat's is refused for that.
	if (mode === 'id' && typeof value === 'string' && read.fault !== 'unseen') return trimmed(value);
	const advice = keyAdvice(read.fault, value);
	throw inputError(
		item.node,
		read.fault === 'halved'
			? `The ID of the ${item.model.singular} has an invalid character`
			: `'Record' takes one ID as text, not ${typeof value === 'string' ? `'${shown(value)}'` : shown(value)}`,
		advice === undefined ? 'Check that the expression results in a single ID for this item.' : `${advice}.`,
	);
}

/** `extid-acme` in place of an `_id` (assumption get-by-prefix) is how Planhat's own documents write it, so people paste it. An email names people. */
function withoutPrefix(model: Model, reference: Reference): Reference {
	if (reference.mode !== 'id') return reference;
	for (const [mode, prefix] of Object.entries(model.prefixes) as Array<['externalId' | 'sourceId', string]>) {
		const key = reference.value.startsWith(prefix) ? keyIn(reference.value.slice(prefix.length)) : undefined;
		if (key !== undefined && 'key' in key) return { mode, value: String(key.key) };
	}
	return model.findByEmail && isEmail(reference.value) ? { mode: 'email', value: reference.value } : reference;
}

/** What errors and outcomes call a record. */
export function targetOf(model: Model, verb: string, { mode, value }: Reference): Target {
	const record = `${model.singular} with ${modeNames[mode]} '${value}'`;
	const permission = model.name;
	if (mode === 'id') return { verb, record, permission, _id: value };
	const key = mode === 'externalId' && model.keys.includes('extId') ? 'extId' : mode;
	return { verb, record, permission, keys: { [key]: value } };
}

/**
 * Reads which record the user means.
 * @returns its address in a path; for an email after Planhat was asked for it
 * @throws NodeOperationError when the reference is blank or no id, or when an email is that of none or of several records
 */
export async function readAddress(item: ItemRun, verb: string): Promise<Address> {
	const reference = readNaming(item);
	const { mode, value } = reference;
	const target = targetOf(item.model, verb, reference);
	if (mode === 'email') {
		item.namesRecord('address', { email: value });
		const _id = await findByEmail(item, value, target);
		return { path: encodeURIComponent(_id), target: { ...target, _id } };
	}
	const called = await calledSo(item, verb, reference);
	if (called !== undefined) return called;
	const address = addressOf(item, verb, { mode, value }, target);
	item.namesRecord('address', address.target.keys ?? { _id: address.target._id });
	return address;
}

/** Operations that would harm another record than the one that is meant take a name only as it is written. */
const harmful: readonly string[] = ['update', 'delete'];

/**
 * A model names a record as people do: by its name, or a key of another system.
 * @returns undefined where the node is no tool, or where an ID or a link is given
 */
async function calledSo(item: ItemRun, verb: string, { mode, value }: Reference): Promise<Address | undefined> {
	const { model, node, tenant } = item;
	if (mode !== 'id' || !speaksToModel(node) || isPlanhatId(value) || recordInLink(value) !== undefined)
		return undefined;
	const found = await tenant.called(model, value, harmful.includes(verb));
	if ('refused' in found)
		throw markUnclear(inputError(node, found.refused, '', targetOf(model, verb, { mode, value })));
	const _id = String(found.record._id).toLowerCase();
	item.namesRecord('address', { _id });
	return { path: _id, target: targetOf(model, verb, { mode, value: _id }), calledBy: value };
}

function addressOf(
	item: ItemRun,
	verb: string,
	{ mode, value }: { mode: Exclude<Reference['mode'], 'email'>; value: string },
	target: Target,
): Address {
	if (mode !== 'id') return { path: `${item.model.prefixes[mode] ?? ''}${encodeURIComponent(value)}`, target };
	const _id = (isPlanhatId(value) ? value : idInLink(item, value, target))?.toLowerCase();
	if (_id !== undefined) return { path: _id, target: targetOf(item.model, verb, { mode, value: _id }) };
	throw inputError(
		item.node,
		`'${value}' is not the ID of a ${item.model.singular} in Planhat`,
		"Planhat's own IDs have 24 characters, 0 to 9 and a to f. A link to the record works too. For an ID of your own system, choose 'By External ID' or 'By Source ID', if the resource has them.",
		target,
	);
}

/** Whether Planhat's name of a model in a link is that of the item's model; a name that nobody knows may be. */
function mayBeOf({ resource, path }: Model, name: string): boolean {
	const named = models.filter((model) => model.resource.toLowerCase() === name.toLowerCase());
	return named.length === 0 || named.some((model) => model.resource === resource || model.path === path);
}

function idInLink(item: ItemRun, value: string, target: Target): string | undefined {
	const linked = recordInLink(value);
	if (linked === undefined) return undefined;
	const { singular } = item.model;
	if (linked === 'unclear') {
		throw inputError(
			item.node,
			`It is not clear which ${singular} the link '${value}' leads to`,
			`Open the ${singular} in Planhat and copy its link, or use its ID.`,
			target,
		);
	}
	if (linked.model === undefined || mayBeOf(item.model, linked.model)) return linked._id;
	throw inputError(
		item.node,
		`The link '${value}' leads to ${withArticle(linked.model)}, not to ${withArticle(singular)}`,
		`Copy the link of the ${singular}, or choose another resource.`,
		target,
	);
}
