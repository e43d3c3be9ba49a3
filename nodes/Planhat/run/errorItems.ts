import type {
	IDataObject,
	INode,
	INodeExecutionData,
	IPairedItemData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';

import { detailsOf, type FailureDetails } from '../transport/errors';
import type { BatchRun } from './context';
import { speaksToModel } from './parameters';

/**
 * The item that stands for a failed one when the workflow goes on. n8n routes it to the error output, and merges the
 * input's data there, only if it holds nothing but `error` and `details`; where there is no error output, the data is
 * put in here.
 */
export function errorItem(
	node: INode,
	error: NodeApiError | NodeOperationError | { message: string; description?: string; details: FailureDetails },
	input: INodeExecutionData,
	index: number,
): INodeExecutionData {
	const { outcome, _id, keys } = 'details' in error ? error.details : detailsOf(error);
	const details: IDataObject = { outcome, ...(_id !== undefined && { _id }), keys: keys ?? {} };
	const stop = /[.!?…]$/.test(error.message) ? '' : '.';
	const advice = error.description ? `${stop} ${error.description}` : '';
	// What else an agent was given, such as the headers of a webhook, is not for its model.
	const data = node.onError === 'continueErrorOutput' || speaksToModel(node) ? {} : input.json;
	return { json: { ...data, error: `${error.message}${advice}`, details }, pairedItem: { item: index } };
}

function isError(item: INodeExecutionData): boolean {
	return item.json.details !== undefined && item.json.error !== undefined;
}

/**
 * Puts an item that is no error first, where there is one and the node retries on fail: n8n runs the whole node again when
 * the first item of the output is an error, which would send everything twice. Otherwise the order of the input stays.
 */
export function errorsNotFirst(node: INode, items: INodeExecutionData[]): INodeExecutionData[] {
	if (node.retryOnFail !== true) return items;
	const first = items.findIndex((item) => !isError(item));
	const [good] = first > 0 ? items.slice(first, first + 1) : [];
	return good === undefined ? items : [good, ...items.slice(0, first), ...items.slice(first + 1)];
}

/** Links an item that stands for the whole batch to all input items. */
export function pairedWithAll(run?: Pick<BatchRun, 'items'>): IPairedItemData[] {
	return (run?.items ?? []).map((_item, item) => ({ item }));
}
