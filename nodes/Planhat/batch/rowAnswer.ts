import type { IDataObject } from 'n8n-workflow';

import type { ItemRun } from '../run/context';
import { apiError } from '../transport/errors';
import { errorLists, planhatWords } from '../transport/errorText';
import type { PlanhatRequest } from '../transport/request';
import { isObject } from '../values/checks';

function firstId(list: unknown): string | undefined {
	const [entry]: unknown[] = Array.isArray(list) ? list : [];
	const _id = isObject(entry) ? entry._id : entry;
	return typeof _id === 'string' ? _id : undefined;
}

/**
 * Reads what became of the one row that was sent by the bulk endpoint.
 * @param request that carried it
 * @param body of the answer, in the form of Planhat's documents, "Bulk upsert"; every key of it may be missing
 * @returns `{ outcome, _id, … keys of the row }`; `unknown` where the answer does not say, as Planhat drops tickets
 * without an email in silence
 * @throws NodeApiError with Planhat's own words when the row was refused
 */
export function readRowOutcome(item: ItemRun, request: PlanhatRequest, body: unknown): IDataObject {
	const { verb, record, _id: known, keys } = request.target;
	const answer = isObject(body) ? body : {};
	const words = planhatWords(item.transport.said(errorLists.map((list) => answer[list])));
	if (words !== '') {
		const description = 'Check the fields against what Planhat said.';
		const explanation = { message: `Planhat did not ${verb} the ${record}: ${words}`, description };
		throw apiError(item.node, '206', explanation, { outcome: 'failed', _id: known, keys });
	}
	const created = firstId(answer.insertsKeys) ?? firstId(answer.upsertedIds);
	const updated = firstId(answer.updatesKeys) ?? firstId(answer.modified);
	if (created !== undefined || Number(answer.created) > 0) return { outcome: 'created', _id: created, ...keys };
	const _id = updated ?? known;
	if (updated !== undefined || Number(answer.updated) > 0) return { outcome: 'updated', _id, ...keys };
	if (Number(answer.nonupdates) > 0) return { outcome: 'unchanged', _id, ...keys };
	return { outcome: 'unknown', _id, ...keys, reason: 'Planhat accepted the request without naming the record' };
}
