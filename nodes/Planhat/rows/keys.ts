import type { IDataObject } from 'n8n-workflow';

import type { Model } from '../resources/types';
import { isBlank } from '../values/checks';

/**
 * The keys of a row by which its record can be found again.
 * @param model of the row
 * @param row as it is sent
 */
export function keysOf(model: Model, row: IDataObject): IDataObject {
	return Object.fromEntries(model.keys.filter((key) => !isBlank(row[key])).map((key) => [key, row[key]]));
}

function isKey(value: unknown): boolean {
	return value !== undefined && value !== null && (typeof value !== 'string' || value.trim() !== '');
}

/**
 * The keys of a row, best first, as Planhat matches them.
 * @param keyNames keys of the model, in Planhat's order
 * @param given the row as the user gave it
 */
export function keysAmong(keyNames: readonly string[], given: IDataObject): RowKeys {
	const keys: Array<readonly [string, string]> = [];
	for (const name of keyNames) {
		const value = given[name];
		if (isKey(value)) keys.push([name, String(value).trim()]);
	}
	return keys;
}

/** Whether a row has a key that Planhat can match it by. */
export function isKeyed(keyNames: readonly string[], given: IDataObject): boolean {
	for (const name of keyNames) if (isKey(given[name])) return true;
	return false;
}

/** The keys of a row, best first, as name and value. */
export type RowKeys = ReadonlyArray<readonly [name: string, value: string]>;
