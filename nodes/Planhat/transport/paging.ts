import type { GenericValue, IDataObject } from 'n8n-workflow';

import { isRecord } from './answers';

/** How a list is read to its end. */
export interface Paging {
	/** The largest page the model gives, in records. */
	pageMaximum: number;
	/** Whether Planhat documents that maximum. Where it does not, the server may give less than was asked for. */
	documented: boolean;
	/** How many records are wanted; Infinity for all. */
	limit: number;
	/** Whether records are sorted out on our side, so that a page yields fewer than it holds. */
	filtered: boolean;
}

/** A list that cannot be read to its end, with words for the person who wanted it. */
export class UnreadableList extends Error {}

/** Page sizes that servers cap at are round numbers: a page of such a length may be a full one. */
const roundPage = 100;

function isLast(received: number, asked: number, documented: boolean): boolean {
	if (received >= asked) return false;
	return received === 0 || documented || received % roundPage !== 0;
}

/**
 * Takes the body of an answer for a list of records.
 * @throws UnreadableList when it is none
 */
export function asList(body: unknown): IDataObject[] {
	if (Array.isArray(body))
		return body.map((entry: unknown) => (isRecord(entry) ? entry : { value: entry as GenericValue }));
	throw new UnreadableList('Planhat answered with something other than a list');
}

/**
 * Reads a list page by page. Planhat gives no total and no link to the next page: the next one starts after as many
 * records as were received (Planhat's documents, "Lists"). Over data that changes, pages can overlap, so that no `_id` is
 * handed over twice.
 * @param paging how far to read
 * @param page fetches `limit` records from `offset` on
 * @param keep whether to keep a record
 * @returns the records, at most `paging.limit`
 * @throws UnreadableList when an answer is no list, or when a page brings only records that were there before
 */
export async function readList(
	paging: Paging,
	page: (offset: number, limit: number) => Promise<unknown>,
	keep: (record: IDataObject) => boolean = () => true,
): Promise<IDataObject[]> {
	const records: IDataObject[] = [];
	const seen = new Set<unknown>();
	for (let offset = 0; ;) {
		// A first page of the wanted length is enough where everything is kept; otherwise long pages save requests.
		const wanted = paging.filtered && offset > 0 ? Infinity : paging.limit - records.length;
		const asked = Math.min(paging.pageMaximum, wanted);
		const received = asList(await page(offset, asked));
		let fresh = 0;
		for (const record of received) {
			const key = record._id ?? JSON.stringify(record);
			const again = seen.has(key);
			if (!again) fresh += 1;
			seen.add(key);
			if (!(again && record._id !== undefined) && keep(record)) records.push(record);
		}
		if (received.length > 0 && fresh === 0) {
			throw new UnreadableList('Planhat gave the same page of the list twice, so that the rest cannot be read');
		}
		if (records.length >= paging.limit) return records.slice(0, paging.limit);
		if (isLast(received.length, asked, paging.documented)) return records;
		offset += received.length;
	}
}
