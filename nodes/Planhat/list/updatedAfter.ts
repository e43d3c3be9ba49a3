import type { IDataObject } from 'n8n-workflow';

import { readDate } from '../values/dates';

/**
 * Reads a time from a record; Planhat gives ISO text, and in old samples milliseconds since 1970.
 * @returns milliseconds since 1970, NaN where the record shows none
 */
export function timeOf(record: IDataObject, field: string): number {
	const value = record[field];
	return typeof value === 'number' ? value : (readDate(value, 'utc')?.milliseconds ?? Number.NaN);
}

/**
 * Watches a list that was asked for newest first. Planhat documents no filter by time, and sorting by it is
 * assumption sort-by-time; so the order is checked, and the list is read to its end as soon as the order does not hold.
 * @param changed the field that holds the time, and the time that wanted records are later than (milliseconds since 1970)
 * @returns a function that takes page after page and says whether all records of interest have been seen
 */
export function newestFirst({ field, after }: { field: string; after: number }): (page: IDataObject[]) => boolean {
	let previous = Infinity;
	let inOrder = true;
	return (page) => {
		for (const record of page) {
			const time = timeOf(record, field);
			// A time that is missing compares as false, and breaks the order too.
			inOrder &&= time <= previous;
			previous = time;
		}
		return inOrder && previous <= after;
	};
}
