import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { updateTimeOf } from '../resources/model';
import type { Model } from '../resources/types';
import { inputError } from '../transport/errors';
import { readList } from '../transport/paging';
import type { PlanhatRequest } from '../transport/request';
import { breather } from './breathe';
import { newestFirst } from './changes';
import { filterOptions, isWanted, readFilters, type ListFilter } from './filters';
import { outputFields, readOutputFields, reduced, selectQuery } from './output';
import { readSort, sortQuery, sortRecords, type Sort } from './sort';
import type { ItemContext, Operation } from './types';

/** What never changes: pages of a list that is not sorted by it may overlap. */
const byId: Sort = { field: '_id', descending: false };

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

function readLimit(item: ItemContext): number {
	if (item.parameter('returnAll', false) === true) return Infinity;
	const value = item.parameter('limit');
	const limit = Number(value);
	if (Number.isInteger(limit) && limit > 0) return limit;
	throw inputError(
		item.node,
		`'Limit' takes a whole number from 1 on, not '${String(value)}'`,
		"Correct the value, or switch on 'Return All'.",
	);
}

/** What the parameters of one item ask for. */
interface ListPlan {
	/** One query for each list to read. */
	queries: IDataObject[];
	limit: number;
	filter: ListFilter;
	/** The order in which the user wants the records; undefined for that of Planhat's answers. */
	order?: Sort;
	/** The fields to hand over; undefined for all. */
	fields?: readonly string[];
}

function readPlan(item: ItemContext): ListPlan {
	const filter = readFilters(item);
	const wanted = readSort(item);
	const sort = filter.changed === undefined ? (wanted ?? byId) : { field: filter.changed.field, descending: true };
	const fields = readOutputFields(item);
	const needs = [...filter.checks.flatMap(({ fields }) => fields), ...(filter.changed ? [filter.changed.field] : [])];
	const ours = filter.queries.length > 1 || filter.changed !== undefined ? wanted : undefined;
	if (ours !== undefined) needs.push(ours.field);
	const list = {
		...(item.model.sortable && { sort: sortQuery(sort) }),
		...(fields && { select: selectQuery(fields, needs) }),
	};
	return {
		queries: filter.queries.map((query) => ({ ...query, ...list })),
		limit: readLimit(item),
		filter,
		order: ours ?? (filter.queries.length > 1 && item.model.sortable ? sort : undefined),
		fields,
	};
}

async function readOne(item: ItemContext, request: PlanhatRequest, query: IDataObject, plan: ListPlan) {
	const { plural, page } = item.model;
	const { filter, limit, order } = plan;
	// Where the order is made on our side, the first records of it are known only when all have been read.
	const remakesOrder = order !== undefined && filter.changed !== undefined;
	return await readList({
		plural,
		pageMaximum: page.maximum,
		documented: page.documented,
		limit: remakesOrder ? Infinity : limit,
		filtered: filter.checks.length > 0 || filter.changed !== undefined,
		page: async (offset, size) =>
			(await item.transport.send({ ...request, qs: { ...query, limit: size, offset } })).body,
		keep: (record) => isWanted(filter, record),
		isEnough: filter.changed && newestFirst(filter.changed),
	});
}

function joined(lists: IDataObject[][], { order, limit }: ListPlan): IDataObject[] {
	const seen = new Set<unknown>();
	const records = lists.flat().filter(({ _id }) => _id === undefined || (!seen.has(_id) && seen.add(_id)));
	return (order === undefined ? records : sortRecords(records, order)).slice(0, limit);
}

async function allReduced(records: IDataObject[], fields: readonly string[] | undefined): Promise<IDataObject[]> {
	if (fields === undefined) return records;
	const breathe = breather();
	const shown: IDataObject[] = [];
	for (const record of records) {
		shown.push(reduced(record, fields));
		const pause = breathe();
		if (pause) await pause;
	}
	return shown;
}

/** Lists the records of a model, page by page. */
export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: ({ plural }) => `Get many ${plural}`,
	description: ({ plural }) => `Retrieve a list of ${plural}`,
	request: ({ path }) => ({ method: 'GET', url: path }),
	output: outputFields,
	properties,

	async prepare(item, declared) {
		const { plural, name } = item.model;
		return { ...declared, qs: readPlan(item).queries[0], target: { verb: 'list', record: plural, permission: name } };
	},

	async answer(item, request) {
		const plan = readPlan(item);
		const lists: IDataObject[][] = [];
		for (const query of plan.queries) lists.push(await readOne(item, request, query, plan));
		return await allReduced(joined(lists, plan), plan.fields);
	},
};
