import {
	NodeOperationError,
	type IExecutePaginationFunctions,
	type IExecuteSingleFunctions,
	type IHttpRequestOptions,
	type INodeExecutionData,
} from 'n8n-workflow';

import type { Model } from '../resources/types';
import type { ItemRun } from './context';
import { openSingle } from './openRun';
import type { Operation } from './operation';
import { runItem } from './runItem';

async function itemOf(single: IExecuteSingleFunctions, model: Model): Promise<ItemRun> {
	const input = single.getInputData();
	return {
		...(await openSingle(single, model)),
		items: [input],
		input,
		parameter: (name, fallback) => single.getNodeParameter(name, fallback),
		parameterAt: (_index, name, fallback) => single.getNodeParameter(name, fallback),
		// n8n gives each item a context of its own, and sends them as it likes.
		namesRecord: () => {},
	};
}

/**
 * The pagination function of an operation, for n8n's routing: runs it for the one item that is handed over, from its
 * parameters on. (What a `preSend` throws would become an error item without the data of its item and without a link.)
 */
export function runSingle(operation: Operation, model: Model) {
	return async function pagination(this: IExecutePaginationFunctions): Promise<INodeExecutionData[]> {
		const item = async () => await itemOf(this, model);
		return (await runItem(this, operation, this.getItemIndex(), item)).output;
	};
}

/** n8n takes the equals sign off an expression in a parameter that takes none, and leaves the braces. */
function isExpression(value: unknown): boolean {
	return typeof value === 'string' && /^=|\{\{/.test(value);
}

/**
 * The `preSend` of the parameter Resource. n8n reads the selectors as they stand when it chooses between
 * `customOperations` and routing; where they name no operation it would send `GET /` and call the answer a success.
 * @throws NodeOperationError when Resource or Operation is an expression, or when there is no such operation
 */
export async function refuseWithoutOperation(
	this: IExecuteSingleFunctions,
	options: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	const node = this.getNode();
	const { resource, operation } = node.parameters;
	if (isExpression(resource) || isExpression(operation)) {
		throw new NodeOperationError(node, "'Resource' and 'Operation' cannot be expressions", {
			description:
				'Choose them from the lists. To decide while the workflow runs, use a Switch node and one Planhat node for each case.',
		});
	}
	if (options.url !== undefined && options.url !== '') return options;
	const what =
		operation === undefined
			? `There is no resource '${String(resource)}'`
			: `There is no operation '${String(operation)}' for '${String(resource)}'`;
	throw new NodeOperationError(node, what, {
		description: "Choose 'Resource' and 'Operation' from the lists.",
	});
}
