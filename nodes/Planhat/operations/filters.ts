import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Filter, Model } from '../resources/types';
import { isRecord } from '../transport/answers';
import { inputError } from '../transport/errors';
import type { ItemContext } from './types';

const planhatId = /^[0-9a-f]{24}$/i;

function asParameter(filter: Filter): INodeProperties {
	const { displayName, name, description } = filter;
	if (filter.takes === 'boolean') return { displayName, name, description, type: 'boolean', default: false };
	const placeholder = filter.takes === 'ids' ? 'e.g. 61006bc89a3e0b702ed8ea49' : '';
	return { displayName, name, description, type: 'string', default: '', placeholder };
}

/**
 * The options of the collection `filters`: one for each filter, shown for the models that have it.
 * @param models that can be listed
 */
export function filterOptions(models: readonly Model[]): INodeProperties[] {
	const options = new Map<string, { filter: Filter; resources: string[] }>();
	for (const model of models) {
		for (const filter of model.filters) {
			const key = JSON.stringify(asParameter(filter));
			const option = options.get(key) ?? { filter, resources: [] };
			option.resources.push(model.resource);
			options.set(key, option);
		}
	}
	const sorted = [...options.values()].sort((a, b) => a.filter.displayName.localeCompare(b.filter.displayName));
	return sorted.map(({ filter, resources }) => ({
		...asParameter(filter),
		displayOptions: { show: { '/resource': resources } },
	}));
}

/** What the user wants to see of a list: what Planhat is asked for, and what is compared on our side. */
export interface ListFilter {
	qs: IDataObject;
	/** Fields that `keep` looks at. */
	needs: string[];
	/** Whether `keep` may sort records out. */
	verifies: boolean;
	keep(record: IDataObject): boolean;
}

function idList(item: ItemContext, filter: Filter, value: unknown): string {
	const given = (Array.isArray(value) ? value : String(value).split(',')).map((entry) => String(entry).trim());
	const wrong = given.find((entry) => !planhatId.test(entry));
	if (wrong === undefined) return given.join(',');
	throw inputError(
		item.node,
		wrong === ''
			? `'${filter.displayName}' holds a blank`
			: `'${wrong}' in '${filter.displayName}' is not the ID of a company in Planhat`,
		"Give Planhat's own IDs, separated by commas: 24 characters each, 0 to 9 and a to f. Get Lean List finds them by external or source ID.",
	);
}

function isGiven(value: unknown): boolean {
	return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
}

function sameText(one: unknown, other: unknown): boolean {
	return String(one).toLowerCase() === String(other).toLowerCase();
}

/**
 * Reads the parameter `filters` for the item's model.
 * @throws NodeOperationError when a company id is none
 */
export function readFilters(item: ItemContext): ListFilter {
	const parameter = item.parameter('filters', {});
	const values = isRecord(parameter) ? parameter : {};
	const { kind, filters } = item.model;
	const given = filters.filter(({ name }) => isGiven(values[name]));
	const qs: IDataObject = {};
	const checks: Array<{ fields: readonly string[]; value: unknown }> = [];
	for (const filter of given) {
		const value = values[filter.name];
		qs[filter.name] = filter.takes === 'ids' ? idList(item, filter, value) : value;
		if (filter.verify !== undefined) checks.push({ fields: [filter.verify], value });
	}
	if (kind !== undefined) checks.push(kind);
	// A model with an endpoint of its own needs no word of its kind; the shared one is asked for it.
	if (kind !== undefined && item.model.path === item.model.readPath) qs[kind.fields[0] ?? 'type'] = kind.value;
	return {
		qs,
		needs: checks.flatMap(({ fields }) => fields),
		verifies: checks.length > 0,
		keep: (record) =>
			checks.every(({ fields, value }) => {
				const known = fields.filter((field) => record[field] !== undefined);
				// What an answer does not show cannot be held against it.
				return known.length === 0 || known.some((field) => sameText(record[field], value));
			}),
	};
}
