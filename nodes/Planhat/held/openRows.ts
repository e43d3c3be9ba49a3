import type { IDataObject } from 'n8n-workflow';

import { identityOf, type KeyPlace, type RecordIndex } from '../batch/recordIndex';
import { isOfKind } from '../resources/kind';
import type { KeyName, Model } from '../resources/types';
import type { Written } from '../rows/row';
import { isBlank } from '../values/checks';

export type WrittenRows = ReadonlyArray<Pick<Written, 'fields'>>;

/** So many keys at most may be looked up one by one before a list is read to its end. */
export const fewKeys = 10;

/** What stands before a key in the path of a record. A path that names a key of several companies leads to any of them. */
function pathPrefix({ keysWithinCompany, prefixes }: Model, key: KeyName): string | undefined {
	if (key === '_id') return '';
	if (keysWithinCompany.includes(key)) return undefined;
	return key === 'sourceId' ? prefixes.sourceId : prefixes.externalId;
}

/** Whether a record can be read by a key. */
export function hasPathPrefix(model: Model, name: string): boolean {
	const key = model.keys.find((own) => own === name);
	return key !== undefined && pathPrefix(model, key) !== undefined;
}

/** What is still to be found of the rows, page by page. */
export class OpenRows {
	private pages = 0;

	private readonly rows: IDataObject[] = [];

	/** Of all rows. */
	private keys = 0;

	/** Rows that wait for their record, by a best key that counts within a company. */
	private readonly waiting = new Map<KeyPlace, Map<string, IDataObject[]>>();

	constructor(
		private readonly model: Model,
		private readonly index: RecordIndex,
	) {
		for (const place of index.places) if (place.isWithin) this.waiting.set(place, new Map());
	}

	/** Looks for the record of one more row. */
	add(fields: IDataObject): void {
		const best = this.index.lookFor(fields);
		if (best === undefined) return;
		this.rows.push(fields);
		this.keys += this.index.places.filter(({ key }) => !isBlank(fields[key])).length;
		const waiting = this.waiting.get(best.place);
		const same = waiting?.get(best.identity);
		if (same === undefined) waiting?.set(best.identity, [fields]);
		else same.push(fields);
	}

	get isOver(): boolean {
		return this.count === 0;
	}

	get open(): IDataObject[] {
		return this.rows.filter((fields) => !this.index.isSure(fields));
	}

	take(records: readonly IDataObject[]): void {
		this.pages += 1;
		for (const record of records) {
			if (!isOfKind(this.model, record) || !this.index.add(record)) continue;
			for (const [place, rows] of this.waiting) this.takeFound(record, place, rows);
		}
	}

	/**
	 * Whether asking for the records one by one takes no more requests than the next page, or than the pages so far and one
	 * more where rows are few: what is said before of the number of requests is kept.
	 */
	get isShort(): boolean {
		const most = this.keys > fewKeys ? 1 : this.pages + 1;
		if (this.count > most) return false;
		const { open } = this;
		const requests = open.reduce((sum, fields) => sum + this.pathsOf(fields).length, 0);
		return requests <= most && open.every((fields) => this.hasPaths(fields));
	}

	/** Where the record of a row is read, best key first. */
	pathsOf(fields: IDataObject): string[] {
		return this.model.keys.flatMap((key) => {
			const prefix = pathPrefix(this.model, key);
			return isBlank(fields[key]) || prefix === undefined
				? []
				: [`${prefix}${encodeURIComponent(String(fields[key]))}`];
		});
	}

	private get count(): number {
		let count = 0;
		for (const place of this.index.places) count += this.waiting.get(place)?.size ?? place.awaited;
		return count;
	}

	/** A key that counts within a company may be that of another record. */
	private takeFound(record: IDataObject, { key, held }: KeyPlace, rows: Map<string, IDataObject[]>): void {
		const value = record[held];
		if (rows.size === 0 || isBlank(value)) return;
		const identity = identityOf(key, value);
		const open = rows.get(identity)?.filter((fields) => !this.index.isSure(fields));
		if (open?.length === 0) rows.delete(identity);
		else if (open !== undefined) rows.set(identity, open);
	}

	private hasPaths(fields: IDataObject): boolean {
		return this.model.keys.every((key) => isBlank(fields[key]) || pathPrefix(this.model, key) !== undefined);
	}
}
