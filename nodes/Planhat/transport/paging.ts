import type { GenericValue, IDataObject } from 'n8n-workflow';

import { isObject } from '../values/checks';
import { isSamePage, SeenIds } from './pages';

/** How a list is read to its end. */
export interface Paging {
	/** What the list holds, for errors, such as "companies". */
	plural: string;
	/** The largest page the model gives, in records. */
	pageMaximum: number;
	/** How many records are wanted; Infinity for all. */
	limit: number;
	/** Whether records are sorted out on our side, so that a page yields fewer than it holds. */
	filtered: boolean;
	/** Whether that leaves few of them, so that a first page of the wanted length would be one request too many. */
	isSifted?: boolean;
	/** Fetches `limit` records from `offset` on. */
	page(offset: number, limit: number): Promise<unknown>;
	/** Whether to keep a record. */
	keep(record: IDataObject): boolean;
	/** Whether all records of interest have been seen; it is asked after each page, with the place of its first record. */
	isEnough?(page: IDataObject[], offset: number): boolean;
	/** What is known of the length of the server's pages; shared by lists of the same kind, it saves requests. */
	pages?: PageLengths;
	/** Where to begin, and how long the first page is, in records. */
	start?: { offset: number; length: number };
	/**
	 * Whether a page goes on where what was read before ended. With it, pages overlap by a record, and one that does not go
	 * on, since records before it were deleted meanwhile, is read again from further ahead.
	 */
	goesOn?(page: IDataObject[]): boolean;
}

/** A list that cannot be read to its end, with words for the person who wanted it. */
export class UnreadableList extends Error {}

/** How many times a list may have changed under its reader, before the reading is given up. */
const mostSteps = 20;

/** Servers cap their pages at round numbers: a page of such a length may be a full one. */
function mayBeCap(length: number): boolean {
	const isPowerOfTwo = length >= 16 && Number.isInteger(Math.log2(length));
	return length % 10 === 0 || length % 25 === 0 || isPowerOfTwo;
}

/**
 * Tells which page ends its list. The server may give fewer records than it is asked for (assumption page-maximum): what a page held once, a later one can hold too, so that only a shorter one is known to be the last.
 */
export class PageLengths {
	private longest = 0;

	/**
	 * Takes a page.
	 * @returns whether the list ends with it
	 */
	endsWith(received: number, asked: number, isFirst: boolean): boolean {
		const { longest } = this;
		this.longest = Math.max(longest, received);
		if (received === 0) return true;
		if (received >= asked || (received === longest && !isFirst)) return false;
		return received < longest || !mayBeCap(received);
	}
}

/**
 * Takes the body of an answer for a list of records.
 * @throws UnreadableList when it is none
 */
export function asList(body: unknown, plural: string): IDataObject[] {
	if (Array.isArray(body) && body.every(isObject)) return body;
	if (Array.isArray(body))
		return body.map((entry: unknown) => (isObject(entry) ? entry : { value: entry as GenericValue }));
	throw new UnreadableList(`Planhat answered with something other than a list of ${plural}`);
}

/**
 * Reads a list page by page. Planhat gives no total and no link to the next page: the next one starts after as many
 * records as were received (Planhat's documents, "Lists"). Over data that changes, pages can overlap, so that no `_id` is
 * handed over twice.
 * @returns the records, at most `paging.limit`
 * @throws UnreadableList when an answer is no list, or when the same full page comes twice
 */
export async function fetchPages(paging: Paging): Promise<IDataObject[]> {
	const records: IDataObject[] = [];
	const seen = new SeenIds();
	const { pages = new PageLengths() } = paging;
	let previous: IDataObject[] = [];
	let wasShort = false;
	let stepsBack = 0;
	const start = paging.start?.offset ?? 0;
	for (let offset = start; ;) {
		// A first page of the wanted length is enough where everything is kept; otherwise long pages save requests.
		const isWhole = paging.isSifted === true || (paging.filtered && offset > 0);
		const wanted = isWhole ? Infinity : paging.limit - records.length;
		const longest = paging.start !== undefined && offset === start ? paging.start.length : paging.pageMaximum;
		const asked = Math.min(longest, wanted);
		const received = asList(await paging.page(offset, asked), paging.plural);
		if (offset > 0 && paging.goesOn?.(received) === false) {
			stepsBack += 1;
			if (stepsBack > mostSteps)
				throw new UnreadableList(`Planhat's list of ${paging.plural} changed while it was read`);
			offset = Math.max(0, offset - asked);
			previous = [];
			continue;
		}
		// One page may hold what others held before, when records move; only the same page again leads nowhere. After one
		// that was not full it says that the server does not page this list, and gave all of it.
		if (isSamePage(received, previous)) {
			if (wasShort) return records;
			throw new UnreadableList(
				`Planhat gave the same ${paging.plural} for two pages of the list, so the rest cannot be read`,
			);
		}
		for (const record of received) {
			const isNew = record._id === undefined || seen.add(record._id);
			if (isNew && paging.keep(record)) records.push(record);
		}
		previous = received;
		wasShort = received.length < asked;
		if (records.length >= paging.limit) return records.slice(0, paging.limit);
		if (paging.isEnough?.(received, offset)) return records;
		if (pages.endsWith(received.length, asked, offset === 0)) return records;
		offset += paging.goesOn === undefined ? received.length : received.length - 1;
	}
}
