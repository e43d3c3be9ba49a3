import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { allReduced, joined, readOne } from '../list/fetchList';
import { filterOptions } from '../list/filterParameters';
import { withNotice } from '../list/leftBlank';
import { readPlan, type ListPlan } from '../list/query';
import { outputFields } from '../output/outputFields';
import { updateTimeOf } from '../resources/model';
import type { Model } from '../resources/types';
import type { Operation } from '../run/operation';
import type { PlanhatRequest } from '../transport/request';

function properties(models: readonly Model[]): INodeProperties[] {
	const show = { resource: models.map(({ resource }) => resource), operation: ['getAll'] };
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

/** The request of a list, before it is parted into pages. */
export interface ListRequest extends PlanhatRequest {
	plan: ListPlan;
}

/** Lists the records of a model, page by page. */
export const getAll: Operation<ListRequest> = {
	value: 'getAll',
	name: 'Get Many',
	action: ({ plural }) => `Get many ${plural}`,
	description: ({ plural }) => `Retrieve a list of ${plural}`,
	request: ({ path }) => ({ method: 'GET', url: path }),
	output: outputFields,
	properties,

	async prepare(item, declared) {
		const { plural, name } = item.model;
		return { ...declared, plan: readPlan(item), target: { verb: 'list', record: plural, permission: name } };
	},

	async answer(item, request) {
		const { plan } = request;
		const lists: IDataObject[][] = [];
		for (const query of plan.queries) lists.push(await readOne(item, request, query, plan));
		const records = await allReduced(joined(lists, plan), plan.fields);
		return withNotice(records, plan.filter.leftBlank, plan.limit);
	},
};
