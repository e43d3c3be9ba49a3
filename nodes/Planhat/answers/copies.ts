import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../values/checks';

/** What the answer to a request for copies holds. Its form is assumption duplicate-answer. */
export interface Copies {
	/** The copies, where the answer is a list. */
	records?: IDataObject[];
	/** The copy of each record, by the `_id` of the record; only where each copy names one, and each another. */
	bySource?: ReadonlyMap<string, IDataObject>;
}

/** The one of the records that a copy names in one of its fields, or in a list or object there; no deeper, however deep it is. */
function sourceOf(copy: IDataObject, ids: ReadonlySet<string>): string | undefined {
	const texts = Object.values(copy)
		.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : [value]))
		.flatMap((value) => (typeof value === 'string' ? [value.toLowerCase()] : []));
	const named = new Set(texts.filter((text) => ids.has(text)));
	return named.size === 1 ? [...named][0] : undefined;
}

/**
 * Reads what was copied.
 * @param body of the answer
 * @param ids of the records that were to be copied
 */
export function readCopies(body: unknown, ids: readonly string[]): Copies {
	if (!Array.isArray(body)) return {};
	const records = body.filter(isObject);
	const wanted = new Map(ids.map((id) => [id.toLowerCase(), id]));
	const names = new Set(wanted.keys());
	const bySource = new Map<string, IDataObject>();
	for (const record of records) {
		const source = wanted.get(sourceOf(record, names) ?? '');
		if (source !== undefined) bySource.set(source, record);
	}
	const isTold = records.length > 0 && bySource.size === records.length;
	return isTold ? { records, bySource } : { records };
}
