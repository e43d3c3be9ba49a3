import type { IDataObject } from 'n8n-workflow';

import type { FieldType, Model } from '../resources/types';
import { speaksToModel } from '../run/parameters';
import { isBlank, isObject } from '../values/checks';
import { readWrittenFields, sentNames, type OutputFields, type OutputParameters } from './fieldsToReturn';
import { valueAt } from './pickFields';

/** Where the node reads words: which day Friday is, is for a model to know. (A name is refused unless it means one record.) */
const understood: readonly FieldType[] = ['date', 'day', 'isoDay'];

/**
 * Of a new record a model needs the ID, what it is called, and what became of its own words where they came back as others:
 * it knows what it sent.
 */
function newsOf(model: Model, sent: IDataObject, created: IDataObject): string[] {
	const isNews = (name: string) =>
		model.fields.some((field) => field.name === name && understood.includes(field.type)) ||
		JSON.stringify(valueAt(created, name)) !== JSON.stringify(valueAt(sent, name));
	const called = isBlank(created[model.title]) ? model.keys.filter((name) => !isBlank(created[name])) : [model.title];
	return [...new Set(['_id', ...called, ...sentNames(sent).filter(isNews)])];
}

/** Reads which fields of a record that was created are handed over: as `readWrittenFields`, and for a model what is new to it. */
export function readCreatedFields(item: OutputParameters, sent: unknown, created: unknown): OutputFields | undefined {
	const isShort = item.parameter('output', '') === 'simplified' && speaksToModel(item.node);
	if (isShort && isObject(sent) && isObject(created)) return { names: newsOf(item.model, sent, created) };
	return readWrittenFields(item, sent);
}
