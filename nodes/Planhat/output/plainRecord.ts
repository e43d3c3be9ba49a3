import type { IDataObject } from 'n8n-workflow';

import { isOwner, nameOfUser, ownerName, plainNameOf } from '../resources/plainNames';
import type { Model } from '../resources/types';
import { isObject } from '../values/checks';
import { hasNames } from '../values/hasNames';

/** Tells the names of users that the run has read anyway. */
export interface People {
	userName(id: unknown): string | undefined;
}

/** n8n takes an item for a failed one by `error`; the other would change what an object is. */
const reserved = ['error', '__proto__', '_id', '__v', ownerName];

const taken = new WeakMap<Model, ReadonlySet<string>>();

/** Names that standard fields have, so that a custom field of the same name cannot stand beside them. */
function takenNames(model: Model): ReadonlySet<string> {
	const names =
		taken.get(model) ?? new Set([...reserved, ...model.fields.flatMap(({ name }) => [name, plainNameOf(name)])]);
	taken.set(model, names);
	return names;
}

function addCustom(shown: IDataObject, custom: IDataObject, names: ReadonlySet<string>): void {
	for (const [name, value] of Object.entries(custom)) shown[names.has(name) ? `custom.${name}` : name] = value;
}

/** An owner who came as an object leaves as an ID, like all others. */
function addOwner(shown: IDataObject, name: string, value: unknown, people: People): void {
	const { _id: id = value, ...user } = isObject(value) ? value : {};
	shown[name] = id as IDataObject['any'];
	const owner = nameOfUser(user) ?? people.userName(id);
	if (owner !== undefined) shown[ownerName] = owner;
}

/** What becomes of records with the same fields. */
interface Shape {
	/** Of the fields, in their order. */
	names: readonly string[];
	/** Those that are shown, in the order of the output. */
	shown: ReadonlyArray<{ from: string; to: string; isOwner: boolean; isCustom: boolean }>;
	/** Whether a record with these fields is shown as it is. */
	isPlain: boolean;
}

function shapeOf(record: IDataObject, fields: readonly string[]): Shape {
	const names = Object.keys(record);
	const shown = fields
		.filter((name) => Object.hasOwn(record, name))
		.map((from) => ({ from, to: plainNameOf(from), isOwner: isOwner(from), isCustom: from === 'custom' }));
	const isPlain = shown.every(({ from, to, isOwner: isPerson, isCustom }, at) => {
		return from === names[at] && from === to && !isPerson && !isCustom;
	});
	return { names, shown, isPlain: isPlain && shown.length === names.length };
}

function madePlain(record: IDataObject, { shown }: Shape, model: Model, people: People): IDataObject {
	const made: IDataObject = {};
	for (const { from, to, isOwner: isPerson, isCustom } of shown) {
		const value = record[from];
		if (value === undefined) continue;
		if (isCustom && isObject(value)) {
			addCustom(made, value, takenNames(model));
			continue;
		}
		if (isPerson) addOwner(made, from, value, people);
		else made[to] = value;
	}
	return made;
}

/**
 * Makes what shows a record as people know it: custom fields beside the others, each under its own name, or as `custom.<name>`
 * where a standard field has that name; the health score as `health`; the owner's name beside the ID, where it is known
 * (assumption owner-form).
 * @param fields names of those to show, in their order
 */
export function plainRecords(fields: readonly string[], model: Model, people: People) {
	// Most records of a list have the same fields as the one before.
	let shape: Shape | undefined;
	return (record: IDataObject): IDataObject => {
		if (shape === undefined || !hasNames(record, shape.names)) shape = shapeOf(record, fields);
		return shape.isPlain ? record : madePlain(record, shape, model, people);
	};
}
