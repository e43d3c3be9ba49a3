import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../values/checks';
import type { OutputFields } from './fieldsToReturn';
import { plainRecords, type People } from './plainRecord';

/** The field of a record that a name such as `custom.Plan` leads into. */
function outerName(name: string): string {
	const end = name.indexOf('.');
	return end < 0 ? name : name.slice(0, end);
}

/**
 * The fields that a list has to be asked for (assumption select). Whether Planhat takes `custom.Plan` is not known, so that
 * the whole of `custom` is asked for. It sends the ID in any case (assumption select-keeps-id).
 * @param needed fields that the node itself compares or sorts by
 */
export function selectQuery(fields: Pick<OutputFields, 'names'>, needed: readonly string[]): string {
	const names = [...fields.names, ...needed].map(outerName);
	// Without any name, everything would come.
	const wanted = [...new Set(names)].filter((name) => name !== '_id');
	return wanted.length > 0 ? wanted.join(',') : '_id';
}

/**
 * What a record holds under a name such as `phase` or `custom.Plan`.
 * @returns undefined where it holds nothing
 */
export function valueAt(record: IDataObject, name: string): unknown {
	if (record[name] !== undefined) return record[name];
	const inside = record[outerName(name)];
	// The name of a custom field may hold dots itself.
	return isObject(inside) ? inside[name.slice(outerName(name).length + 1)] : undefined;
}

function place(shown: IDataObject, record: IDataObject, name: string): void {
	const value = record[name];
	if (value !== undefined) {
		shown[name] = value;
		return;
	}
	const outer = outerName(name);
	if (outer === name) return;
	const inside = record[outer];
	// The name of a custom field may hold dots itself.
	const inner = name.slice(outer.length + 1);
	if (!isObject(inside) || inside[inner] === undefined) return;
	const beside = shown[outer];
	shown[outer] = { ...(isObject(beside) && beside), [inner]: inside[inner] } as IDataObject;
}

/** Whether a record has no other fields, and has them in this order, as Planhat sends it where it was asked for them. */
function isReduced(record: IDataObject, fields: readonly string[]): boolean {
	let at = 0;
	for (const name in record) {
		while (at < fields.length && fields[at] !== name) at += 1;
		if (at === fields.length) return false;
		at += 1;
	}
	return true;
}

/**
 * Makes what reduces a record to the fields that the user wants to see, in their order. What Planhat did not send is left out.
 * @param fields as `readOutputFields` returned them; undefined for all
 * @param people for the names of users
 */
export function fieldPicker(fields: OutputFields | undefined, people: People): (record: IDataObject) => IDataObject {
	if (fields === undefined) return (record) => record;
	const { names, plainFor } = fields;
	if (plainFor !== undefined) return plainRecords(names, plainFor, people);
	return (record) => {
		if (isReduced(record, names)) return record;
		const shown: IDataObject = {};
		for (const name of names) place(shown, record, name);
		return shown;
	};
}

/** Reduces one record to the fields that the user wants to see. */
export function reduced(record: IDataObject, fields: OutputFields | undefined, people: People): IDataObject {
	return fieldPicker(fields, people)(record);
}
