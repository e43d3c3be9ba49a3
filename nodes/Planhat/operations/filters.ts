import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { kindQuery, updateTimeOf } from '../resources/model';
import type { Filter, Model } from '../resources/types';
import { isRecord } from '../transport/answers';
import { inputError } from '../transport/errors';
import { timeOf } from './changes';
import { toDay, toMilliseconds } from './convert';
import { isPlanhatId } from './planhatId';
import type { ItemContext } from './types';

/** n8n's standard sentences for lists that are loaded (n8n's UX guidelines, enforced by its lint). */
const expressionLink = '<a href="https://docs.n8n.io/code/expressions/">expression</a>';

/**
 * A parameter whose values are chosen from a list that the editor loads, or given by an expression.
 * @param filter with its method in `options`
 * @param takesSeveral whether more than one can be chosen
 */
export function optionsParameter(
	{ displayName, name, description, options }: Filter,
	takesSeveral: boolean,
): INodeProperties {
	const what = takesSeveral ? 'IDs' : 'an ID';
	return {
		displayName,
		name,
		type: takesSeveral ? 'multiOptions' : 'options',
		default: takesSeveral ? [] : '',
		description: `${description}. Choose from the list, or specify ${what} using an ${expressionLink}.`,
		typeOptions: {
			loadOptionsMethod: options,
			...(options === 'getCompanies' && { loadOptionsDependsOn: ['filters.companySearch'] }),
		},
		// A list does not hold everything that Planhat may have.
		allowArbitraryValues: true,
	};
}

function asParameter(filter: Filter): INodeProperties {
	const { displayName, name, description, takes } = filter;
	if (filter.options !== undefined) return optionsParameter(filter, takes === 'ids');
	if (takes === 'boolean') return { displayName, name, description, type: 'boolean', default: false };
	if (takes === 'day') return { displayName, name, description, type: 'dateTime', default: '' };
	return { displayName, name, description, type: 'string', default: '' };
}

const updatedAfter: INodeProperties = {
	displayName: 'Updated After',
	name: 'updatedAfter',
	type: 'dateTime',
	default: '',
	description:
		'Only records that Planhat saved later than this. Planhat moves this time on every save, even when nothing changed.',
};

/** The editor cannot draw tens of thousands of companies, nor ask for those that match what is typed into the list. */
const companySearch: INodeProperties = {
	displayName: 'Company Search',
	name: 'companySearch',
	type: 'string',
	default: '',
	placeholder: 'e.g. acme',
	description:
		"Narrows down the list of 'Company Names or IDs' to companies with these words in their name or keys. It does not filter the results.",
};

function parametersOf(model: Model): INodeProperties[] {
	return [
		...model.filters.map(asParameter),
		...(model.filters.some(({ options }) => options === 'getCompanies') ? [companySearch] : []),
		...(updateTimeOf(model) === undefined ? [] : [updatedAfter]),
	];
}

/**
 * The options of the collection `filters`: one for each filter, shown for the models that have it.
 * @param models that can be listed
 */
export function filterOptions(models: readonly Model[]): INodeProperties[] {
	const options = new Map<string, { parameter: INodeProperties; resources: string[] }>();
	for (const model of models) {
		for (const parameter of parametersOf(model)) {
			const key = JSON.stringify(parameter);
			const option = options.get(key) ?? { parameter, resources: [] };
			option.resources.push(model.resource);
			options.set(key, option);
		}
	}
	const sorted = [...options.values()].sort((a, b) => a.parameter.displayName.localeCompare(b.parameter.displayName));
	return sorted.map(({ parameter, resources }) => ({
		...parameter,
		displayOptions: { show: { '/resource': resources } },
	}));
}

/** A comparison on our side, of any of the fields with the value. */
interface Check {
	fields: readonly string[];
	value: unknown;
}

/** What the user wants to see of a list: what Planhat is asked for, and what is compared on our side. */
export interface ListFilter {
	/** One query, or several where a list of ids is too long for one. */
	queries: IDataObject[];
	checks: Check[];
	/** The field that holds the time of the last change, and the time it has to be later than (milliseconds since 1970). */
	changed?: { field: string; after: number };
}

function readIds(item: ItemContext, filter: Filter, value: unknown): string[] {
	const given = [value].flat().flatMap((entry) =>
		String(entry)
			.split(',')
			.map((part) => part.trim()),
	);
	const wrong = given.find((entry) => !isPlanhatId(entry));
	if (wrong === undefined) return [...new Set(given)];
	throw inputError(
		item.node,
		wrong === ''
			? `'${filter.displayName}' holds a blank`
			: `'${wrong}' in '${filter.displayName}' is not the ID of a company in Planhat`,
		"Give Planhat's own IDs, separated by commas: 24 characters each, 0 to 9 and a to f. Get Lean List finds them by external or source ID.",
	);
}

function asDate<Result>(
	item: ItemContext,
	name: string,
	value: unknown,
	convert: (value: unknown) => Result | undefined,
) {
	const converted = convert(value);
	if (converted !== undefined) return converted;
	throw inputError(
		item.node,
		`'${name}' takes a date such as 2026-03-31 or 2026-03-31T08:00:00Z, not '${String(value)}'`,
		'Correct the value, or remove the filter.',
	);
}

/** The values that one filter sends, one for each query. */
function valuesOf(item: ItemContext, filter: Filter, value: unknown): unknown[] {
	if (filter.takes === 'day') return [asDate(item, filter.displayName, value, toDay)];
	if (filter.takes !== 'ids') return [value];
	const ids = readIds(item, filter, value);
	const atATime = filter.idsAtATime ?? ids.length;
	const groups = Math.ceil(ids.length / atATime);
	return Array.from({ length: groups }, (_, group) => ids.slice(group * atATime, (group + 1) * atATime).join(','));
}

function isGiven(value: unknown): boolean {
	return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
}

/**
 * Reads the parameter `filters` for the item's model.
 * @throws NodeOperationError when a company id is none, or a date
 */
export function readFilters(item: ItemContext): ListFilter {
	const parameter = item.parameter('filters', {});
	const values = isRecord(parameter) ? parameter : {};
	const { kind, filters } = item.model;
	const given = filters.filter(({ name }) => isGiven(values[name]));
	const checks = given.flatMap(({ name, verify }) => (verify ? [{ fields: [verify], value: values[name] }] : []));
	let queries: IDataObject[] = [kindQuery(item.model)];
	for (const filter of given) {
		const name = filter.sentAs ?? filter.name;
		const sent = valuesOf(item, filter, values[filter.name]);
		queries = queries.flatMap((query) => sent.map((value) => ({ ...query, [name]: value }) as IDataObject));
	}
	const field = updateTimeOf(item.model);
	const since = values.updatedAfter;
	return {
		queries,
		checks: kind === undefined ? checks : [...checks, kind],
		...(field !== undefined &&
			isGiven(since) && {
				changed: {
					field,
					after: asDate(item, updatedAfter.displayName, since, (time) => toMilliseconds(time, item.timezone)),
				},
			}),
	};
}

function sameText(one: unknown, other: unknown): boolean {
	return String(one).toLowerCase() === String(other).toLowerCase();
}

/**
 * Whether a record is one that the user wants to see. What an answer does not show cannot be held against it.
 * @param filter as `readFilters` returned it
 * @param record of the list
 */
export function isWanted({ checks, changed }: ListFilter, record: IDataObject): boolean {
	if (changed !== undefined) {
		if (timeOf(record, changed.field) <= changed.after) return false;
	}
	return checks.every(({ fields, value }) => {
		const known = fields.filter((field) => record[field] !== undefined);
		return known.length === 0 || known.some((field) => sameText(record[field], value));
	});
}
