import type { IDataObject } from 'n8n-workflow';

import { customPrefix } from '../tenant/mapperColumns';
import type { Model } from '../resources/types';
import { isObject } from '../values/checks';
import { isNothing } from './compareRow';

/**
 * Leaves out of a row what its record has already.
 * @param fields as they are sent
 * @param names of the fields that are filled only where the record has nothing, such as `phase` or `custom.Plan`
 * @returns the same fields where nothing is left out
 */
export function withoutHeld(
	fields: IDataObject,
	record: IDataObject,
	names: ReadonlySet<string>,
	model: Pick<Model, 'fields' | 'keys'>,
): IDataObject {
	const heldName = (name: string) => model.fields.find((field) => field.name === name)?.heldAs ?? name;
	const isKey = (name: string) => model.keys.some((key) => key === name);
	const isKept = (name: string) => names.has(name) && !isKey(name) && !isNothing(record[heldName(name)]);
	const inside = isObject(record.custom) ? record.custom : {};
	const isKeptInside = (name: string) =>
		(names.has('custom') || names.has(`${customPrefix}${name}`)) && !isNothing(inside[name]);
	const left: IDataObject = {};
	for (const [name, value] of Object.entries(fields)) {
		if (name === 'custom' && isObject(value)) {
			const custom = Object.fromEntries(Object.entries(value).filter(([own]) => !isKeptInside(own)));
			if (Object.keys(custom).length > 0) left.custom = custom;
		} else if (!isKept(name)) left[name] = value;
	}
	return left;
}

/**
 * What a record holds in a field.
 * @param name such as `phase` or `custom.Plan`
 */
export function heldValue(record: IDataObject, name: string, { fields }: Pick<Model, 'fields'>): unknown {
	if (!name.startsWith(customPrefix)) return record[fields.find((field) => field.name === name)?.heldAs ?? name];
	return isObject(record.custom) ? record.custom[name.slice(customPrefix.length)] : undefined;
}

/** The field of a record that holds a field, such as `custom` for `custom.Plan`. */
export function outerName(name: string): string {
	return name.startsWith(customPrefix) ? 'custom' : name;
}

/** Whether a row has nothing beside what its record is found by. */
export function holdsKeysAlone(fields: IDataObject, { keys }: Pick<Model, 'keys'>): boolean {
	for (const name in fields) if (!keys.some((key) => key === name)) return false;
	return true;
}
