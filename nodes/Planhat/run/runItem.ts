import type { IExecuteFunctions, INodeExecutionData, NodeApiError, NodeOperationError } from 'n8n-workflow';

import { canceledText, nodeError } from '../transport/errors';
import type { PlanhatRequest } from '../transport/request';
import type { ItemRun } from './context';
import { errorItem } from './errorItems';
import type { Operation } from './operation';
import { speaksToModel } from './parameters';
import type { RunHints } from './runHint';
import { answerItem, prepareItem } from './sendItem';

/** What became of one item: what it asked Planhat for, where it came that far, and its output items. */
export interface ItemResult {
	request?: PlanhatRequest;
	output: INodeExecutionData[];
}

/**
 * Runs one item: prepares its request, sends it, and makes its output items.
 * @throws NodeApiError or NodeOperationError with the index of the item where On Error is Stop, or when the execution is
 * cancelled
 */
export async function runItem(
	n8n: IExecuteFunctions,
	operation: Operation,
	index: number,
	open: () => Promise<ItemRun>,
	stopping?: (error: NodeApiError | NodeOperationError) => void,
): Promise<ItemResult> {
	let item: ItemRun | undefined;
	let request: PlanhatRequest | undefined;
	let thrown: unknown;
	try {
		item = await open();
		request = await prepareItem(operation, item);
		const records = await answerItem(operation, item, request);
		return { request, output: records.map((json) => ({ json, pairedItem: { item: index } })) };
	} catch (error) {
		thrown = error ?? new Error(canceledText);
	}
	const node = n8n.getNode();
	const error = nodeError(node, thrown, index);
	if (!n8n.continueOnFail() || n8n.getExecutionCancelSignal()?.aborted) {
		// A run that stops shows no hints. A model cannot change the options that they speak of.
		if (item !== undefined && !speaksToModel(node)) addHints(error, operation.hints?.(item));
		stopping?.(error);
		throw error;
	}
	return { request, output: [errorItem(node, error, n8n.getInputData()[index] ?? { json: {} }, index)] };
}

function addHints(error: NodeApiError | NodeOperationError, hints?: RunHints): void {
	error.description = [error.description, ...(hints?.lost ?? []), ...(hints?.told ?? [])].filter(Boolean).join(' ');
}
