import type { IDataObject } from 'n8n-workflow';

import { readOutputFields, type OutputFields } from '../output/fieldsToReturn';
import { selectQuery } from '../output/pickFields';
import { isMissing, readSwitch, speaksToModel } from '../run/parameters';
import { inputError } from '../transport/errors';
import { shown } from '../values/json';
import { noConditions, type Conditions } from './conditions/conditions';
import { readFilters, type ListFilter } from './filters';
import type { Parameters } from './filterValues';
import { mostForModel, usualLimit } from './leftBlank';
import { readSort, sortQuery, type Sort } from './sort';

/** What never changes: pages of a list that is not sorted by it may overlap. */
const byId: Sort = { field: '_id', descending: false };

/** Filters that an agent left blank make a list of what may be everything, of which it gets no more than the limit. */
function readLimit(item: Parameters, { leftBlank }: ListFilter): number {
	const most = speaksToModel(item.node) ? mostForModel : Infinity;
	const isAll = readSwitch(item, 'returnAll', 'Return All', false);
	if (isAll) return leftBlank.length > 0 ? usualLimit : most;
	const given = item.parameter('limit');
	const value = speaksToModel(item.node) && isMissing(given) ? usualLimit : given;
	const limit =
		typeof value === 'number' || (typeof value === 'string' && /^\s*\d+\s*$/.test(value)) ? Number(value) : 0;
	if (Number.isSafeInteger(limit) && limit > 0) return Math.min(limit, most);
	throw inputError(
		item.node,
		`'Limit' takes a whole number of 1 or more, not '${shown(value)}'`,
		"Correct the value, or turn on 'Return All'.",
	);
}

/** What the parameters of one item ask for. */
export interface ListQuery {
	/** One query for each list to read. */
	queries: IDataObject[];
	limit: number;
	filter: ListFilter;
	/** The order in which the user wants the records; undefined for that of Planhat's answers. */
	order?: Sort;
	/** The fields to hand over; undefined for all. */
	fields?: OutputFields;
}

/** What a reader of changes wants of a list beside its parameters: an order, and fields that it compares. */
export interface Watched {
	sort: Sort;
	needs: readonly string[];
}

function withConditions(filter: ListFilter, { all, leftBlank }: Conditions): ListFilter {
	if (all.length + leftBlank.length === 0) return filter;
	return {
		...filter,
		conditions: all,
		leftBlank: [...filter.leftBlank, ...leftBlank],
		...(all.length > 0 && { isNarrowed: true }),
	};
}

/**
 * Reads what to list: filters, order, fields and limit.
 * @param conditions that were read already, since that may take a look at the tenant
 * @throws NodeOperationError when one of them cannot take what it is given
 */
export function readListQuery(item: Parameters, watched?: Watched, conditions = noConditions): ListQuery {
	const filter = withConditions(readFilters(item), conditions);
	const wanted = watched?.sort ?? readSort(item);
	const sort = filter.changed === undefined ? (wanted ?? byId) : { field: filter.changed.field, descending: true };
	const fields = readOutputFields(item);
	const changed = filter.changed ? [filter.changed.field] : [];
	const compared = [...filter.checks.flatMap(({ fields }) => fields), ...conditions.all.map(({ path }) => path)];
	const needs = [...compared, ...changed, ...(watched?.needs ?? [])];
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
