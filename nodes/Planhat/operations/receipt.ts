import type { IDataObject } from 'n8n-workflow';

import { isRecord, planhatWords } from '../transport/answers';
import type { Transport } from '../transport/transport';
import { reduced } from './output';

/**
 * What a write hands over: the record as Planhat answered it, or, since it may answer 2xx without one, a receipt with
 * whatever else it said.
 * @param body of the answer
 * @param transport that got it: what is no record, but words of Planhat's, is shown as it may be said
 * @param _id of the record, where it is known
 * @param fields of the record to hand over; undefined for all
 */
export function recordOrReceipt(
	body: unknown,
	transport: Pick<Transport, 'said'>,
	_id?: string,
	fields?: readonly string[],
): IDataObject {
	if (isRecord(body) && body._id !== undefined) return reduced(body, fields);
	const said = transport.said(body);
	if (isRecord(said) && Object.keys(said).length > 0) return reduced(said, fields);
	const answer = planhatWords(said);
	return { success: true, ...(_id !== undefined && { _id }), ...(answer !== '' && { answer }) };
}
