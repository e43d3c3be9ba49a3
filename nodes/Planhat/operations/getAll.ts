import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { filterOptions } from '../list/filterParameters';
import { isWanted, readFilters, type ListFilter } from '../list/filters';
import { usualLimit, withNotice } from '../list/leftBlank';
import { readSort, sortQuery, sortRecords, type Sort } from '../list/sort';
import { newestFirst } from '../list/updatedAfter';
import { readOutputFields } from '../output/fieldsToReturn';
import { outputFields } from '../output/outputFields';
import { reduced, selectQuery } from '../output/pickFields';
import { updateTimeOf } from '../resources/model';
import type { Model } from '../resources/types';
import { breather } from '../run/eventLoop';
import type { ItemContext, Operation } from '../run/operation';
import { readSwitch, shown } from '../run/parameters';
import { inputError } from '../transport/errors';
import { PageLengths, readList } from '../transport/paging';
import type { PlanhatRequest } from '../transport/request';
import type { Transport } from '../transport/transport';

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

/** Filters that an agent left blank make a list of what may be everything, of which it gets no more than the limit. */
function readLimit(item: ItemContext, { leftBlank }: ListFilter): number {
	const isAll = readSwitch(item, 'returnAll', 'Return All', false);
	if (isAll) return leftBlank.length > 0 ? usualLimit : Infinity;
	const value = item.parameter('limit');
	const limit =
		typeof value === 'number' || (typeof value === 'string' && /^\s*\d+\s*$/.test(value)) ? Number(value) : 0;
	if (Number.isSafeInteger(limit) && limit > 0) return limit;
	throw inputError(
		item.node,
		`'Limit' takes a whole number from 1 on, not '${shown(value)}'`,
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
		limit: readLimit(item, filter),
		filter,
		order: ours ?? (filter.queries.length > 1 && item.model.sortable ? sort : undefined),
		fields,
	};
}

const pageLengths = new WeakMap<Transport, Map<string, PageLengths>>();

/** What a run has seen of the pages of a list: the length of a page depends on what its records hold. */
function pagesOf(transport: Transport, list: string): PageLengths {
	const ofRun = pageLengths.get(transport) ?? new Map<string, PageLengths>();
	pageLengths.set(transport, ofRun);
	const pages = ofRun.get(list) ?? new PageLengths();
	ofRun.set(list, pages);
	return pages;
}

/** The request of a list, before it is parted into pages. */
interface ListRequest extends PlanhatRequest {
	plan: ListPlan;
}

async function readOne(item: ItemContext, request: ListRequest, query: IDataObject, plan: ListPlan) {
	const { plural, page } = item.model;
	const { filter, limit, order } = plan;
	// Where the order is made on our side, the first records of it are known only when all have been read.
	const remakesOrder = order !== undefined && filter.changed !== undefined;
	return await readList({
		plural,
		pageMaximum: page.maximum,
		limit: remakesOrder ? Infinity : limit,
		filtered: filter.checks.length > 0 || filter.changed !== undefined,
		page: async (offset, size) =>
			(await item.transport.send({ ...request, qs: { ...query, limit: size, offset } })).body,
		keep: (record) => isWanted(filter, record),
		pages: pagesOf(item.transport, `${request.url} ${String(query.select)}`),
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
