import type {
	IExecuteFunctions,
	IExecutePaginationFunctions,
	IExecuteSingleFunctions,
	INodeExecutionData,
} from 'n8n-workflow';

import type { Model } from '../resources/types';
import { Tenant } from '../tenant/tenant';
import { nodeError } from '../transport/errors';
import { openTransport } from '../transport/transport';
import { breather } from './breathe';
import { effortHint } from './effortHint';
import { errorItem } from './errorItems';
import type { BatchContext, BatchOperation } from './types';

type Parameters = Pick<BatchContext, 'items' | 'parameter' | 'hint'>;

async function contextOf(
	run: IExecuteFunctions | IExecuteSingleFunctions,
	model: Model,
	parameters: Parameters,
): Promise<BatchContext> {
	const node = run.getNode();
	const transport = await openTransport(run, (name, fallback) => parameters.parameter(name, 0, fallback));
	return {
		...parameters,
		model,
		node,
		timezone: run.getTimezone(),
		stops: !run.continueOnFail(),
		signal: run.getExecutionCancelSignal(),
		transport,
		tenant: new Tenant(transport, model, node),
		breathe: breather(),
	};
}

async function runSafely(
	run: IExecuteFunctions | IExecuteSingleFunctions,
	operation: BatchOperation,
	model: Model,
	parameters: Parameters,
): Promise<INodeExecutionData[]> {
	let thrown: unknown;
	let context: BatchContext | undefined;
	try {
		context = await contextOf(run, model, parameters);
		return await operation.runAll(context);
	} catch (error) {
		thrown = error;
	} finally {
		const hint = context && effortHint(context.transport.effort);
		if (hint !== undefined) parameters.hint(hint);
	}
	const error = nodeError(run.getNode(), thrown);
	if (!run.continueOnFail() || run.getExecutionCancelSignal()?.aborted) throw error;
	return parameters.items.map((item, index) => errorItem(run.getNode(), error, item, index));
}

/**
 * Makes the function that n8n calls once with all input items.
 * @param operation to run
 * @param model to run it on
 */
export function runBatch(operation: BatchOperation, model: Model) {
	return async function run(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const parameters: Parameters = {
			items: this.getInputData(),
			parameter: (name, index, fallback) => this.getNodeParameter(name, index, fallback),
			hint: (message) => this.addExecutionHints({ message, location: 'outputPane' }),
		};
		return [await runSafely(this, operation, model, parameters)];
	};
}

/**
 * The pagination function of a batch operation, for n8n's routing: runs it over the one item that is handed over.
 * @param operation that is routed
 * @param model that it works on
 */
export function runRoutedBatch(operation: BatchOperation, model: Model) {
	return async function pagination(this: IExecutePaginationFunctions): Promise<INodeExecutionData[]> {
		const parameters: Parameters = {
			items: [this.getInputData()],
			parameter: (name, _index, fallback) => this.getNodeParameter(name, fallback),
			// n8n has no place for hints of a routed operation.
			hint: () => {},
		};
		const items = await runSafely(this, operation, model, parameters);
		return items.map((item) => ({ ...item, pairedItem: { item: this.getItemIndex() } }));
	};
}
