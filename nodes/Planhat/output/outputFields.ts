import { titleField } from '../resources/model';
import { plainNameOf } from '../resources/plainNames';
import type { Model } from '../resources/types';
import { isForPeople } from '../run/nodeVersion';
import type { OutputField } from '../run/operation';

export const idField: OutputField = { name: '_id', type: 'id' };

/** The fields of a whole record. */
export function recordFields({ fields }: Model): OutputField[] {
	return [idField, ...fields];
}

/** The fields that an operation hands over of each record that it reads, unless the user wants others. */
export function outputFields(model: Model, version: number): OutputField[] {
	const all = recordFields(model);
	if (model.simplified.length === 0) return all;
	const names = isForPeople(version) ? model.simplified : model.simplifiedBefore;
	const shown = names.flatMap((wanted) => all.find(({ name }) => name === wanted) ?? []);
	if (!isForPeople(version)) return shown;
	return shown.filter(({ name }) => name !== 'custom').map(({ name, type }) => ({ name: plainNameOf(name), type }));
}

/** The fields of what became of a row. */
export function outcomeFields(model: Model, version: number): OutputField[] {
	const { keys, fields } = model;
	const title = isForPeople(version) ? titleField(model) : undefined;
	const isKey = ({ name }: OutputField) => keys.some((key) => key === name);
	return [
		{ name: 'outcome', type: 'text' },
		idField,
		...(title === undefined || isKey(title) ? [] : [title]),
		...fields.filter(isKey),
		{ name: 'reason', type: 'text' },
		{ name: 'resent', type: 'boolean' },
	];
}
