import type { IDataObject } from 'n8n-workflow';

import { isRecord, planhatWords } from '../transport/answers';

/**
 * What a write hands over: the record as Planhat answered it, or, since it may answer 2xx without one, a receipt with
 * whatever else it said.
 * @param body of the answer
 * @param _id of the record, where it is known
 */
export function recordOrReceipt(body: unknown, _id?: string): IDataObject {
	if (isRecord(body) && Object.keys(body).length > 0) return body;
	const answer = planhatWords(body);
	return { success: true, ...(_id !== undefined && { _id }), ...(answer !== '' && { answer }) };
}
