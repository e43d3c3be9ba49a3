import type { INodeProperties } from 'n8n-workflow';

import { fetchList, type ListRequest } from '../list/fetchList';
import { filterOptions } from '../list/filterParameters';
import { withFilterIds } from '../list/filterReferences';
import { cutHints, keepCut } from '../list/cutLists';
import { withNotice } from '../list/leftBlank';
import { withNamedFilters } from '../list/namedFilters';
import { readListQuery } from '../list/query';
import { withAdditions } from '../output/additions';
import { shownTo } from '../output/forModel';
import { outputFields } from '../output/outputFields';
import { updateTimeOf } from '../resources/model';
import type { Model } from '../resources/types';
import type { Operation, Shown } from '../run/operation';

function properties(show: Shown, models: readonly Model[]): INodeProperties[] {
	const filtered = models.filter((model) => model.filters.length > 0 || updateTimeOf(model) !== undefined);
	return [
		{
			displayName: 'Return All',
			name: 'returnAll',
			type: 'boolean',
			default: false,
			displayOptions: { show },
			description: 'Whether to return all results or only up to a given limit',
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 50,
			displayOptions: { show: { ...show, returnAll: [false] } },
			description: 'Max number of results to return',
		},
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			displayOptions: { show: { ...show, resource: filtered.map(({ resource }) => resource) } },
			options: filterOptions(models),
		},
	];
}

/** Lists the records of a model, page by page. */
export const getAll: Operation<ListRequest> = {
	value: 'getAll',
	name: 'Get Many',
	action: ({ plural }) => `Get many ${plural}`,
	request: ({ path }) => ({ method: 'GET', url: path }),
	output: outputFields,
	takes: ['output', 'sort'],
	properties,
	hints: cutHints,

	async prepare(item, declared) {
		const { plural, name } = item.model;
		return {
			...declared,
			query: readListQuery(await withFilterIds(await withNamedFilters(item))),
			target: { verb: 'list', record: plural, permission: name },
		};
	},

	async answer(item, request) {
		const { filter, limit } = request.query;
		const records = await shownTo(item, await withAdditions(item, await fetchList(item, request)));
		keepCut(item.transport, records.length, limit);
		return withNotice(item, records, { leftBlank: filter.leftBlank, limit });
	},
};
