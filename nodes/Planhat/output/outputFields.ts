import type { Model } from '../resources/types';
import type { OutputField } from '../run/operation';

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
