import type { IDataObject } from 'n8n-workflow';

import { isRecord, planhatWords } from '../transport/answers';
import { reduced } from './output';

/**
 * What a write hands over: the record as Planhat answered it, or, since it may answer 2xx without one, a receipt with
 * whatever else it said.
 * @param body of the answer
 * @param _id of the record, where it is known
 * @param fields of the record to hand over; undefined for all
 */
export function recordOrReceipt(body: unknown, _id?: string, fields?: readonly string[]): IDataObject {
	if (isRecord(body) && Object.keys(body).length > 0) return reduced(body, fields);
	const answer = planhatWords(body);
	return { success: true, ...(_id !== undefined && { _id }), ...(answer !== '' && { answer }) };
}
