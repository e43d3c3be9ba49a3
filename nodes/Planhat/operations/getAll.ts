import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { updateTimeOf } from '../resources/model';
import type { Model } from '../resources/types';
import { inputError } from '../transport/errors';
import { readList } from '../transport/paging';
import type { PlanhatRequest } from '../transport/request';
import { newestFirst } from './changes';
import { filterOptions, isWanted, readFilters, type ListFilter } from './filters';
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

function readSelect(item: ItemContext): string[] {
	const value = item.model.sortable ? item.parameter('options.select', '') : '';
	const names = Array.isArray(value) ? value.map(String) : String(value ?? '').split(',');
	return names.map((name) => name.trim()).filter((name) => name !== '');
}

/** What the parameters of one item ask for. */
interface ListPlan {
	/** One query for each list to read. */
	queries: IDataObject[];
	limit: number;
	filter: ListFilter;
	/** The order in which the user wants the records; undefined for that of Planhat's answers. */
	order?: Sort;
	/** Fields that only our own side asked for. */
	extra: string[];
}

function readPlan(item: ItemContext): ListPlan {
	const filter = readFilters(item);
	const wanted = readSort(item);
	const sort = filter.changed === undefined ? (wanted ?? byId) : { field: filter.changed.field, descending: true };
	const select = readSelect(item);
	const needs = [...filter.checks.flatMap(({ fields }) => fields), ...(filter.changed ? [filter.changed.field] : [])];
	const ours = filter.queries.length > 1 || filter.changed !== undefined ? wanted : undefined;
	if (ours !== undefined) needs.push(ours.field);
	const extra = select.length > 0 ? [...new Set(needs)].filter((name) => !select.includes(name) && name !== '_id') : [];
	const list = {
		...(item.model.sortable && { sort: sortQuery(sort) }),
		...(select.length > 0 && { select: [...select, ...extra].join(',') }),
	};
	return {
		queries: filter.queries.map((query) => ({ ...query, ...list })),
		limit: readLimit(item),
		filter,
		order: ours ?? (filter.queries.length > 1 && item.model.sortable ? sort : undefined),
		extra,
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

function without(record: IDataObject, names: readonly string[]): IDataObject {
	return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}

/** Lists the records of a model, page by page. */
export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: ({ plural }) => `Get many ${plural}`,
	description: ({ plural }) => `Retrieve a list of ${plural}`,
	request: ({ path }) => ({ method: 'GET', url: path }),
	properties,

	async prepare(item, declared) {
		const { plural, name } = item.model;
		return { ...declared, qs: readPlan(item).queries[0], target: { verb: 'list', record: plural, permission: name } };
	},

	async answer(item, request) {
		const plan = readPlan(item);
		const lists: IDataObject[][] = [];
		for (const query of plan.queries) lists.push(await readOne(item, request, query, plan));
		const records = joined(lists, plan);
		return plan.extra.length === 0 ? records : records.map((record) => without(record, plan.extra));
	},
};
