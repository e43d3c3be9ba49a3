import type { IDataObject } from 'n8n-workflow';

import { isOwner, nameOfUser, ownerName, plainNameOf } from '../resources/plainNames';
import type { Model } from '../resources/types';
import { isObject } from '../values/checks';

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

/**
 * A record as people know it: custom fields beside the others, each under its own name, or as `custom.<name>` where a
 * standard field has that name; the health score as `health`; the owner's name beside the ID, where it is known (assumption owner-form).
 * @param names of the fields to show, in their order
 */
export function plainRecord(record: IDataObject, names: readonly string[], model: Model, people: People): IDataObject {
	const shown: IDataObject = {};
	for (const name of names) {
		const value = record[name];
		if (value === undefined) continue;
		if (name === 'custom' && isObject(value)) {
			addCustom(shown, value, takenNames(model));
			continue;
		}
		if (isOwner(name)) addOwner(shown, name, value, people);
		else shown[plainNameOf(name)] = value;
	}
	return shown;
}
