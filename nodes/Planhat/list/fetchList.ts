import type { IDataObject } from 'n8n-workflow';

import type { ListRequest } from '../operations/getAll';
import { reduced } from '../output/pickFields';
import { breather } from '../run/eventLoop';
import type { ItemContext } from '../run/operation';
import { PageLengths, readList } from '../transport/paging';
import type { Transport } from '../transport/transport';
import { isWanted } from './filters';
import type { ListPlan } from './query';
import { sortRecords } from './sort';
import { newestFirst } from './updatedAfter';

const pageLengths = new WeakMap<Transport, Map<string, PageLengths>>();

/** What a run has seen of the pages of a list: the length of a page depends on what its records hold. */
function pagesOf(transport: Transport, list: string): PageLengths {
	const ofRun = pageLengths.get(transport) ?? new Map<string, PageLengths>();
	pageLengths.set(transport, ofRun);
	const pages = ofRun.get(list) ?? new PageLengths();
	ofRun.set(list, pages);
	return pages;
}

export async function readOne(item: ItemContext, request: ListRequest, query: IDataObject, plan: ListPlan) {
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

export function joined(lists: IDataObject[][], { order, limit }: ListPlan): IDataObject[] {
	const seen = new Set<unknown>();
	const records = lists.flat().filter(({ _id }) => _id === undefined || (!seen.has(_id) && seen.add(_id)));
	return (order === undefined ? records : sortRecords(records, order)).slice(0, limit);
}

export async function allReduced(
	records: IDataObject[],
	fields: readonly string[] | undefined,
): Promise<IDataObject[]> {
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
