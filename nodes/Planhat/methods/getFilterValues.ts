import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { modelOf } from '../resources';
import { kindQuery } from '../resources/kind';
import type { Model } from '../resources/types';
import type { Transport } from '../transport/transport';
import { loadFromPlanhat } from './editorTransport';
import { entryName } from '../tenant/recordLabels';
import { readSome } from './readSome';

/** How many of the newest records are looked at. */
const mostRecords = 2_000;

/** More different values than this are no choice between a few. */
const mostValues = 500;

/**
 * The different values of a list of records, in the order of the alphabet.
 * @param field whose values are wanted; blank ones and others than text are left out
 */
export function differentValues(records: readonly IDataObject[], field: string): string[] {
	const values = records.map((record) => record[field]).filter((value) => typeof value === 'string');
	const given = values.filter((value) => value.trim() !== '');
	return [...new Set(given)].slice(0, mostValues).sort((one, other) => one.localeCompare(other));
}

/**
 * The values that some fields have in the newest records of a model. Planhat has no list of the statuses, phases and types
 * of a tenant.
 * @param fields such as "phase"
 * @returns for each of them its values, in the order of the alphabet
 * @throws NodeApiError when Planhat refuses the list
 */
export async function valuesSeen(transport: Transport, model: Model, fields: readonly string[]): Promise<string[][]> {
	const wanted = Math.min(mostRecords, model.page.maximum);
	const seen: string[][] = fields.map(() => []);
	for (const query of queriesOf(model)) {
		const qs = { ...kindQuery(model), ...query, sort: '-_id', select: fields.join(',') };
		const records = await readSome(transport, model, qs, wanted);
		for (const [at, field] of fields.entries()) seen[at]?.push(...differentValues(records, field));
	}
	return seen.map((values) => [...new Set(values)]);
}

/** Lists of tasks hold those that are not finished unless they are asked for the others (reference, "Filters"). */
function queriesOf({ filters }: Model): IDataObject[] {
	return filters.some(({ name }) => name === 'isArchived') ? [{}, { isArchived: true }] : [{}];
}

/**
 * Makes the method that fills the list of a filter: with the values that Planhat documents for the field, else with those
 * that are found in the newest records.
 * @param field of the model that is filtered
 */
export function optionsOf(field: string) {
	return async function loadOptions(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const model = modelOf(String(this.getCurrentNodeParameter('resource')));
		if (model === undefined) return [];
		const documented = model.fields.find(({ name }) => name === field)?.values;
		const values =
			documented ??
			(await loadFromPlanhat(this, async (transport) => (await valuesSeen(transport, model, [field])).flat()));
		return values.map((value) => ({ name: entryName(value), value }));
	};
}
