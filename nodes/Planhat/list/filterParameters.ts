import type { INodeProperties } from 'n8n-workflow';

import { updateTimeOf } from '../resources/model';
import type { Filter, Model } from '../resources/types';
import { companySearch } from './filterValues';

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

export const updatedAfter: INodeProperties = {
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
