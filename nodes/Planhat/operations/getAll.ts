import type { INodeProperties } from 'n8n-workflow';

import { fetchList, type ListRequest } from '../list/fetchList';
import { takeConditions } from '../list/conditions/conditions';
import { conditionParameters } from '../list/conditions/parameters';
import { readCountHints, unsetTexts } from '../list/conditions/readCounts';
import { filterOptions } from '../list/filterParameters';
import { withFilterIds } from '../list/filterReferences';
import { cutHints, keepCut } from '../list/cutLists';
import { withNotice } from '../list/leftBlank';
import { withNamedFields } from '../list/namedFields';
import { withNamedFilters } from '../list/namedFilters';
import { readListQuery } from '../list/query';
import { withAdditions } from '../output/additions';
import { shownTo } from '../output/forModel';
import { outputFields } from '../output/outputFields';
import type { Model } from '../resources/types';
import type { Operation, Shown } from '../run/operation';
import { joinedHints } from '../run/runHint';

function properties(show: Shown, models: readonly Model[]): INodeProperties[] {
	const filters = [...filterOptions(models), ...conditionParameters];
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
			displayOptions: { show },
			options: filters.sort((one, other) => one.displayName.localeCompare(other.displayName)),
		},
	];
}

interface NamedRequest extends ListRequest {
	/** What to tell a model of fields that it wanted and that there are not. */
	unknown: readonly string[];
}

/** Lists the records of a model, page by page. */
export const getAll: Operation<NamedRequest> = {
	value: 'getAll',
	name: 'Get Many',
	action: ({ plural }) => `Get many ${plural}`,
	request: ({ path }) => ({ method: 'GET', url: path }),
	output: outputFields,
	takes: ['output', 'sort'],
	properties,
	hints: (run) => joinedHints([cutHints(run), readCountHints(run)]),

	async prepare(item, declared) {
		const { plural, name } = item.model;
		const { item: filtered, conditions } = await takeConditions(item);
		const { item: named, unknown } = await withNamedFields(await withFilterIds(await withNamedFilters(filtered)));
		return {
			...declared,
			query: readListQuery(named, undefined, conditions),
			unknown,
			target: { verb: 'list', record: plural, permission: name },
		};
	},

	async answer(item, request) {
		const { filter, limit } = request.query;
		const records = await shownTo(item, await withAdditions(item, await fetchList(item, request)));
		keepCut(item.transport, records.length, limit);
		const { leftBlank, isNarrowed } = filter;
		const also = [...unsetTexts(request.query, item.model), ...request.unknown];
		return withNotice(item, records, { leftBlank, isNarrowed, limit, also });
	},
};
