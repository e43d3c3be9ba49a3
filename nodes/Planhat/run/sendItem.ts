import type { IDataObject } from 'n8n-workflow';

import { unsureError } from '../transport/errors';
import type { PlanhatRequest } from '../transport/request';
import type { ItemRun } from './context';
import type { Operation } from './operation';

/**
 * Completes the request of an item. What writes is refused before anything is asked of Planhat where the credential does
 * not allow it: custom fields and records are looked up for a write, too.
 * @throws NodeOperationError when the credential is Read Only or lacks a token, or when the parameters are no good
 */
export async function prepareItem(operation: Operation, item: ItemRun): Promise<PlanhatRequest> {
	const declared = operation.request(item.model);
	const refusal = item.transport.refusalOf(declared, `run '${operation.action(item.model)}'`);
	if (declared.method !== 'GET' && refusal !== undefined) throw refusal;
	return await operation.prepare(item, declared);
}

/**
 * Sends the request of an item and makes its output records.
 * @throws what the operation throws; of a write that had left, an error that says that it may have been applied
 */
export async function answerItem(operation: Operation, item: ItemRun, request: PlanhatRequest): Promise<IDataObject[]> {
	const { node, transport } = item;
	const before = transport.writes;
	let thrown: unknown;
	try {
		return await operation.answer(item, request);
	} catch (error) {
		thrown = error;
	} finally {
		item.tenant.forgetNames(request);
	}
	throw transport.writes > before ? unsureError(node, thrown, request.target) : thrown;
}
