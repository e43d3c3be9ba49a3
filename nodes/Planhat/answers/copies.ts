import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../values/checks';

/** What the answer to a request for copies holds. Its form is assumption duplicate-answer. */
export interface Copies {
	/** The copies, where the answer is a list. */
	records?: IDataObject[];
	/** The copy of each record, by the `_id` of the record; only where each copy names one, and each another. */
	bySource?: ReadonlyMap<string, IDataObject>;
}

/** The one of the records that a copy names in any of its fields. */
function sourceOf(copy: IDataObject, ids: readonly string[]): string | undefined {
	const text = JSON.stringify(copy).toLowerCase();
	const named = ids.filter((id) => text.includes(id.toLowerCase()));
	return named.length === 1 ? named[0] : undefined;
}

/**
 * Reads what was copied.
 * @param body of the answer
 * @param ids of the records that were to be copied
 */
export function readCopies(body: unknown, ids: readonly string[]): Copies {
	if (!Array.isArray(body)) return {};
	const records = body.filter(isObject);
	const bySource = new Map<string, IDataObject>();
	for (const record of records) {
		const source = sourceOf(record, ids);
		if (source !== undefined) bySource.set(source, record);
	}
	const isTold = records.length > 0 && bySource.size === records.length;
	return isTold ? { records, bySource } : { records };
}
