import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import { valueAt } from '../Planhat/output/pickFields';

/** For so many records it is remembered what the watched fields held; of the others every change counts. */
export const mostDigests = 10_000;

/** What the watched fields of records held, by ID; the one that was seen last stands at the end. */
export type Digests = Record<string, string>;

function digestOf(record: IDataObject, fields: readonly string[]): string {
	const text = JSON.stringify(fields.map((field) => valueAt(record, field) ?? null));
	return createHash('sha256').update(text).digest('base64').slice(0, 12);
}

/** Tells whether watched fields changed. What it has seen counts once `kept` is stored. */
export class WatchedFields {
	private readonly seen: Map<string, string>;

	constructor(
		readonly fields: readonly string[],
		private readonly before: Digests = {},
		/** Whether others may have changed before anybody looked. */
		private readonly isNew = false,
	) {
		this.seen = new Map(Object.entries(before));
	}

	/** Whether a field differs from what it held when the record was last seen; true where it never was. */
	hasChanged(record: IDataObject): boolean {
		return this.fields.length === 0 || this.seen.get(String(record._id)) !== digestOf(record, this.fields);
	}

	/** Whether it cannot be told what changed in a record: it may have given way to others that were seen later. */
	mayBeForgotten({ _id }: IDataObject): boolean {
		return this.fields.length > 0 && (this.isNew || this.wasFull) && !Object.hasOwn(this.before, String(_id));
	}

	private get wasFull(): boolean {
		return Object.keys(this.before).length >= mostDigests;
	}

	remember(record: IDataObject): void {
		if (this.fields.length === 0) return;
		const id = String(record._id);
		this.seen.delete(id);
		this.seen.set(id, digestOf(record, this.fields));
	}

	/** What is to be kept, and whether older records gave way, so that each of their changes counts. */
	stored(): { kept?: Digests; isFull: boolean } {
		if (this.fields.length === 0) return { isFull: false };
		const entries = [...this.seen];
		return { kept: Object.fromEntries(entries.slice(-mostDigests)), isFull: entries.length > mostDigests };
	}
}
