import type { IDataObject } from 'n8n-workflow';

import type { Model } from '../resources/types';
import { isBlank } from '../values/checks';

const requiredNames = new WeakMap<Model, string[]>();

function requiredOf(model: Model): string[] {
	const names = requiredNames.get(model) ?? model.fields.filter((field) => field.required).map(({ name }) => name);
	requiredNames.set(model, names);
	return names;
}

/**
 * What a new record still needs.
 * @param model of the row
 * @param row about to be sent
 * @returns names of fields, or "a or b" where one of several will do
 */
export function missingFields(model: Model, row: IDataObject): string[] {
	const single = requiredOf(model).filter((name) => isBlank(row[name]));
	const groups = model.requiredOneOf.filter((names) => names.every((name) => isBlank(row[name])));
	return groups.length === 0 ? single : [...single, ...groups.map((names) => names.join(' or '))];
}
