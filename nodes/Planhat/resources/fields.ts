import type { Field, FieldType } from './types';

function field(type: FieldType): (name: string, description: string) => Field {
	return (name, description) => ({ name, type, description });
}

/** Plain text. */
export const text = field('text');
/** An ID in one's own system or in a connected one. */
export const key = field('key');
export const email = field('email');
/** The 24-hex id of another record. */
export const id = field('id');
export const number = field('number');
export const boolean = field('boolean');
/** A point in time, ISO 8601 on the wire. */
export const date = field('date');
/** A day, whole days since 1970-01-01 in UTC on the wire. */
export const day = field('day');
export const object = field('object');
/** A list of texts. */
export const texts = field('texts');
/** A list of 24-hex ids. */
export const ids = field('ids');
/** A list of objects. */
export const objects = field('objects');
/** The 24-hex id of a Planhat user. */
export const userId = field('user');
/** A list of 24-hex ids of Planhat users. */
export const users = field('users');
/** A list of Planhat users as `{ id, name }`. */
export const members = field('members');
/** A list of end users as `{ id, name }`. */
export const endusers = field('endusers');
/** A list of other records as `{ _id }`. */
export const records = field('records');

/**
 * A text of which Planhat documents the possible values.
 * @param values as Planhat spells them; case counts
 */
export function choice(name: string, description: string, values: readonly string[]): Field {
	return { name, type: 'choice', description, values };
}

/**
 * Says which values a text often has, where any may be given.
 * @param values as Planhat spells them; case counts
 */
export function usually(values: readonly string[], free: Field): Field {
	return { ...free, usualValues: values };
}

/** Says what the least and the most is that a number can be. */
export function within(range: readonly [least: number, most: number], free: Field): Field {
	return { ...free, range };
}

/** Marks a field that Planhat's documents ask for on create. */
export function required(needed: Field): Field {
	return { ...needed, required: true };
}

/** Gives a field a name for people, where Planhat's own says too little. */
export function labelled(label: string, unclear: Field): Field {
	return { ...unclear, label };
}

/** Says that the order of a list counts. */
export function ordered(list: Field): Field {
	return { ...list, isOrdered: true };
}

/** Says that a field decides what customers see. */
export function opensToCustomers(field: Field): Field {
	return { ...field, opensToCustomers: true };
}

/** Says which records the IDs of a field name. */
export function refersTo(resource: string, reference: Field): Field {
	return { ...reference, refersTo: resource };
}

/** Says that a field is what most models call by another name. */
export function sameAs(usual: string, unusual: Field): Field {
	return { ...unusual, sameAs: usual };
}

/** Says that Planhat answers with a field under another name than it takes it by. */
export function heldAs(name: string, sent: Field): Field {
	return { ...sent, heldAs: name };
}

/** Says what Planhat makes of a new record that lacks a field. */
export function whenLeftOut(clause: string, field: Field): Field {
	return { ...field, whenLeftOut: clause };
}

/** When something was; Planhat takes the time at which it arrives for one that is left out (its documents, "Metrics", "User activities"). */
export function timeOfArrival(description: string): Field {
	return whenLeftOut('Planhat takes the time of receipt', date('date', description));
}

/**
 * Fields that Planhat sets itself.
 * @param names as Planhat spells them, separated by blanks
 */
export function readOnly(type: FieldType, names: string): Field[] {
	return names.split(' ').map((name) => ({ name, type, description: '', readOnly: true }));
}

/** Which company a record belongs to, by Planhat's id or by a key of one's own. */
export const companyId = labelled(
	'Company',
	refersTo(
		'company',
		id(
			'companyId',
			"ID of the company in Planhat, or extid- or srcid- followed by the company's external or source ID",
		),
	),
);

/** Custom field values, keyed by the exact name of the custom field. Planhat merges them on update. */
export const custom = labelled(
	'Custom Fields (JSON)',
	object('custom', 'Values of custom fields, by the exact name of each field'),
);
