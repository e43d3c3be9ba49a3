import type { IDataObject } from 'n8n-workflow';

import type { OutputFields } from '../output/fieldsToReturn';
import { fieldPicker } from '../output/pickFields';
import type { People } from '../output/plainRecord';
import type { ItemRun } from '../run/context';
import { eventLoopYielder } from '../run/eventLoop';
import { PageLengths, fetchPages, type Paging } from '../transport/paging';
import type { PlanhatRequest } from '../transport/request';
import type { Transport } from '../transport/transport';
import { keepReadCount, keepUnset } from './conditions/readCounts';
import { passes, unsetIn } from './filters';
import type { ListQuery } from './query';
import { sortRecords } from './sort';
import { newestFirst } from './updatedAfter';

/** A record is quickly reduced: the time is looked at after so many. */
const recordsBetweenLooks = 32;

const pageLengths = new WeakMap<Transport, Map<string, PageLengths>>();

/** What a run has seen of the pages of a list: the length of a page depends on what its records hold. */
function pagesOf(transport: Transport, list: string): PageLengths {
	const ofRun = pageLengths.get(transport) ?? new Map<string, PageLengths>();
	pageLengths.set(transport, ofRun);
	const pages = ofRun.get(list) ?? new PageLengths();
	ofRun.set(list, pages);
	return pages;
}

/** A request that lists records, before it is parted into pages. */
export interface ListRequest extends PlanhatRequest {
	query: ListQuery;
}

type Run = Pick<ItemRun, 'model' | 'transport' | 'tenant'>;

/** How far a reader of changes reads, page by page. */
export type Watch = Pick<Paging, 'keep' | 'isEnough' | 'start' | 'goesOn'>;

/** Reads one of the lists of a query as far as its reader wants. */
export async function watchList(
	{ model, transport }: Run,
	request: ListRequest,
	qs: IDataObject,
	watch: Watch,
): Promise<IDataObject[]> {
	return await fetchPages({
		plural: model.plural,
		pageMaximum: model.page.maximum,
		limit: Infinity,
		filtered: true,
		page: async (offset, size) => (await transport.send({ ...request, qs: { ...qs, limit: size, offset } })).body,
		...watch,
	});
}

async function fetchOne({ model, transport }: Run, request: ListRequest, qs: IDataObject): Promise<IDataObject[]> {
	const { filter, limit, order } = request.query;
	// Where the order is made on our side, the first records of it are known only when all have been read.
	const remakesOrder = order !== undefined && filter.changed !== undefined;
	const isSifted = filter.conditions !== undefined && filter.conditions.length > 0;
	let read = 0;
	const records = await fetchPages({
		plural: model.plural,
		pageMaximum: model.page.maximum,
		limit: remakesOrder ? Infinity : limit,
		filtered: filter.checks.length > 0 || filter.changed !== undefined || isSifted,
		isSifted,
		page: async (offset, size) => (await transport.send({ ...request, qs: { ...qs, limit: size, offset } })).body,
		keep(record) {
			read += 1;
			if (passes(filter, record)) return true;
			const field = isSifted ? unsetIn(filter, record) : undefined;
			if (field !== undefined) keepUnset(request.query, field);
			return false;
		},
		pages: pagesOf(transport, `${request.url} ${String(qs.select)}`),
		isEnough: filter.changed && newestFirst(filter.changed),
	});
	if (isSifted) keepReadCount(transport, read, records.length);
	return records;
}

/** One list alone holds no record twice. */
function withoutTwice(lists: IDataObject[][]): IDataObject[] {
	const [only, ...others] = lists;
	if (only !== undefined && others.length === 0) return only;
	const seen = new Set<unknown>();
	return lists.flat().filter(({ _id }) => _id === undefined || (!seen.has(_id) && seen.add(_id)));
}

function joined(lists: IDataObject[][], { order, limit }: ListQuery): IDataObject[] {
	const records = withoutTwice(lists);
	const sorted = order === undefined ? records : sortRecords(records, order);
	return sorted.length > limit ? sorted.slice(0, limit) : sorted;
}

/**
 * Reduces records to the fields that the query asks for.
 * @returns the same records where it asks for all
 */
export async function allReduced(
	records: IDataObject[],
	fields: OutputFields | undefined,
	people: People,
): Promise<IDataObject[]> {
	if (fields === undefined) return records;
	const yieldToEventLoop = eventLoopYielder();
	const pick = fieldPicker(fields, people);
	const shown: IDataObject[] = [];
	for (const [at, record] of records.entries()) {
		shown.push(pick(record));
		const pause = at % recordsBetweenLooks === 0 ? yieldToEventLoop() : undefined;
		if (pause) await pause;
	}
	return shown;
}

/**
 * Reads a list to its end, or to its limit.
 * @returns records in the order and with the fields that the query asks for
 */
export async function fetchList(run: Run, request: ListRequest): Promise<IDataObject[]> {
	const { query } = request;
	const lists: IDataObject[][] = [];
	for (const qs of query.queries) lists.push(await fetchOne(run, request, qs));
	return await allReduced(joined(lists, query), query.fields, run.tenant);
}
