import type { INodeProperties } from 'n8n-workflow';

import { updateTimeOf } from '../resources/model';
import type { Filter, Model } from '../resources/types';

/** n8n's standard sentences for lists that are loaded (n8n's UX guidelines, enforced by its lint). */
const expressionLink = '<a href="https://docs.n8n.io/code/expressions/">expression</a>';

/**
 * A parameter whose values are chosen from a list that the editor loads, or given by an expression.
 * @param filter with its method in `options`
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
		typeOptions: { loadOptionsMethod: options },
		// A list does not hold everything that Planhat may have.
		allowArbitraryValues: true,
	};
}

/** One of all records of a kind: n8n asks for what is typed into such a list. */
function searchedParameter(
	{ displayName, name, description }: Pick<Filter, 'displayName' | 'name' | 'description'>,
	searchListMethod: string,
	singular: string,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select a ${singular}...`,
				typeOptions: { searchListMethod, searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 61006bc89a3e0b702ed8ea49' },
		],
	};
}

function asParameter(filter: Filter): INodeProperties {
	const { displayName, name, description, takes } = filter;
	if (takes === 'user') return searchedParameter(filter, 'searchUsers', 'user');
	if (filter.options !== undefined) return optionsParameter(filter, takes === 'ids');
	if (takes === 'boolean') return { displayName, name, description, type: 'boolean', default: false };
	if (takes === 'day') return { displayName, name, description, type: 'dateTime', default: '' };
	return { displayName, name, description, type: 'string', default: '' };
}

export const updatedAfter: INodeProperties = {
	displayName: 'Updated After',
	name: 'updatedAfter',
	type: 'dateTime',
	default: '',
	description: 'Only records saved after this time. Planhat updates the time on every save, even when nothing changed.',
};

/** One company of all that there are; a list of several cannot be searched. */
export const companyFilter: INodeProperties = searchedParameter(
	{
		displayName: 'Company',
		name: 'company',
		description: "Only records of this company. For several, add 'Company Names or IDs'.",
	},
	'searchCompanies',
	'company',
);

/**
 * The filter by companies of a model's lists.
 * @returns undefined where its records belong to none
 */
export function companiesFilter({ filters }: Model): Filter | undefined {
	return filters.find(({ options }) => options === 'getCompanies');
}

function parametersOf(model: Model): INodeProperties[] {
	return [
		...model.filters.map(asParameter),
		...(companiesFilter(model) === undefined ? [] : [companyFilter]),
		...(updateTimeOf(model) === undefined ? [] : [updatedAfter]),
	];
}

/** The options of the collection `filters`: one for each filter, shown for the models that have it. */
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
