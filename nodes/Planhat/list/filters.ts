import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { kindQuery } from '../resources/kind';
import { updateTimeOf } from '../resources/model';
import type { Filter, Model } from '../resources/types';
import { toMilliseconds } from '../values/dates';
import { asDate, companySearch, readGiven, sentValues, type NamedFilter, type Parameters } from './filterValues';
import { timeOf } from './updatedAfter';

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
const companySearchParameter: INodeProperties = {
	displayName: 'Company Search',
	name: companySearch,
	type: 'string',
	default: '',
	placeholder: 'e.g. acme',
	description:
		"Narrows down the list of 'Company Names or IDs' to companies with these words in their name or keys. It does not filter the results.",
};

function parametersOf(model: Model): INodeProperties[] {
	return [
		...model.filters.map(asParameter),
		...(model.filters.some(({ options }) => options === 'getCompanies') ? [companySearchParameter] : []),
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
	/** Filters that an agent left blank, as people call them. */
	leftBlank: string[];
	/** The field that holds the time of the last change, and the time it has to be later than (milliseconds since 1970). */
	changed?: { field: string; after: number };
}

/** The filters that a list of the model has. */
function knownFilters(model: Model): NamedFilter[] {
	return [...model.filters, ...(updateTimeOf(model) === undefined ? [] : [updatedAfter])];
}

/**
 * Reads the parameter `filters` for the item's model.
 * @throws NodeOperationError when an expression comes out blank, when a filter cannot take what it is given, or when there
 * is no such filter
 */
export function readFilters(parameters: Parameters): ListFilter {
	const { model, node, timezone } = parameters;
	const { values, leftBlank } = readGiven(parameters, knownFilters(model));
	const checks: Check[] = [];
	let queries: IDataObject[] = [kindQuery(model)];
	for (const filter of model.filters) {
		if (!values.has(filter.name)) continue;
		const sent = sentValues(parameters, filter, values.get(filter.name));
		const name = filter.sentAs ?? filter.name;
		queries = queries.flatMap((query) => sent.map((value) => ({ ...query, [name]: value })));
		if (filter.verify !== undefined) checks.push({ fields: [filter.verify], value: sent[0] });
	}
	const field = updateTimeOf(model);
	const since = values.get(updatedAfter.name);
	const toTime = (time: unknown) => toMilliseconds(time, timezone);
	return {
		queries,
		checks: model.kind === undefined ? checks : [...checks, model.kind],
		leftBlank,
		...(field !== undefined &&
			since !== undefined && {
				changed: { field, after: asDate(node, updatedAfter.displayName, since, toTime) },
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
