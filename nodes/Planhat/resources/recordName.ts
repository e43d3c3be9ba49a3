import type { IDataObject } from 'n8n-workflow';

import { parentIdentity } from './parents';
import type { Model } from './types';

/** What a record is found by where Planhat matches no rows. */
export interface RecordName {
	/** As it is written. */
	exact: string;
	/** Without capitals: Planhat refuses a write that holds two names which differ only in them. */
	alike: string;
}

function textOf(value: unknown): string {
	return ['string', 'number'].includes(typeof value) ? String(value).trim().normalize() : '';
}

/**
 * The name of a record, with what it counts within.
 * @returns undefined where the model has none, or the record lacks a part of it
 */
export function recordName({ namedBy }: Pick<Model, 'namedBy'>, record: IDataObject): RecordName | undefined {
	if (namedBy === undefined) return undefined;
	const name = textOf(record[namedBy.field]);
	const within = textOf(record[namedBy.within]);
	if (name === '' || within === '') return undefined;
	const parent = parentIdentity(within);
	return { exact: `${parent}\n${name}`, alike: `${parent}\n${name.toLowerCase()}` };
}

/** What a row sends beside the name that its record was found by. */
export function withoutName(fields: IDataObject, { namedBy }: Pick<Model, 'namedBy'>): IDataObject {
	return Object.fromEntries(
		Object.entries(fields).filter(([name]) => name !== namedBy?.field && name !== namedBy?.within),
	);
}
