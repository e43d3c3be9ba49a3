import type { IDataObject } from 'n8n-workflow';

import { planhatWords } from '../transport/words/errorText';
import type { Transport } from '../transport/transport';
import { isObject } from '../values/checks';
import type { OutputFields } from './fieldsToReturn';
import { reduced } from './pickFields';
import type { People } from './plainRecord';

/**
 * An object of Planhat's as it may be shown: a record as it came, and what has no `_id`, so that it is no record but words,
 * as it may be said.
 */
export function shownObject(object: IDataObject, transport: Pick<Transport, 'said'>): IDataObject {
	return object._id === undefined ? (transport.said(object) as IDataObject) : object;
}

/**
 * What a write hands over: the record as Planhat answered it, or, since it may answer 2xx without one, a receipt with
 * whatever else it said.
 * @param fields of the record to hand over; undefined for all
 */
export function recordOrReceipt(
	body: unknown,
	{ transport, tenant }: { transport: Pick<Transport, 'said'>; tenant: People },
	_id?: string,
	fields?: OutputFields,
): IDataObject {
	if (isObject(body) && Object.keys(body).length > 0) return reduced(shownObject(body, transport), fields, tenant);
	const answer = planhatWords(transport.said(body));
	return { success: true, ...(_id !== undefined && { _id }), ...(answer !== '' && { answer }) };
}
