import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Model } from '../resources/types';
import { Runs } from '../run/openRun';
import { answerItem, prepareItem } from '../run/sendItem';
import { nodeError, type NodeError } from '../transport/errors';
import { breather } from './breathe';
import { effortHint } from './effortHint';
import { errorItem, errorsNotFirst } from './errorItems';
import type { ItemContext, Operation } from './types';

async function itemOf(run: IExecuteFunctions, runs: Runs, index: number): Promise<ItemContext> {
	return {
		...(await runs.at(index)),
		input: run.getInputData()[index] ?? { json: {} },
		parameter: (name, fallback) => run.getNodeParameter(name, index, fallback),
	};
}

async function runItem(operation: Operation, item: ItemContext, index: number): Promise<INodeExecutionData[]> {
	const request = await prepareItem(operation, item);
	const records = await answerItem(operation, item, request);
	return records.map((json) => ({ json, pairedItem: { item: index } }));
}

/** What a run that stops has done, so that nobody has to guess what a second run would do twice. */
function addProgress(error: NodeError, index: number, count: number): void {
	const after = count - index - 1;
	const done = `${index} ${index === 1 ? 'item' : 'items'} before this one went through, ${after} after it ${after === 1 ? 'was' : 'were'} not sent.`;
	error.description = [error.description, done].filter(Boolean).join(' ');
}

/**
 * Makes the function that n8n calls once with all input items: one item after the other, so that an execution that stops
 * on an error sends nothing after it. (n8n's own routing sends all items at once.)
 * @param operation to run
 * @param model to run it on
 * @returns a function for `customOperations`; it throws NodeApiError or NodeOperationError with the index of the item
 */
export function runItems(operation: Operation, model: Model) {
	const writes = operation.request(model).method !== 'GET';
	return async function run(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const node = this.getNode();
		const runs = new Runs(this, model);
		const output: INodeExecutionData[] = [];
		const breathe = breather();
		const items = this.getInputData();
		for (const [index, input] of items.entries()) {
			let thrown: unknown;
			try {
				const item = await itemOf(this, runs, index);
				// No spread: a list may be longer than a call can have arguments.
				for (const record of await runItem(operation, item, index)) output.push(record);
			} catch (error) {
				thrown = error ?? new Error('The execution was cancelled');
			}
			if (thrown !== undefined) {
				const error = nodeError(node, thrown, index);
				if (!this.continueOnFail() || this.getExecutionCancelSignal()?.aborted) {
					if (writes && items.length > 1) addProgress(error, index, items.length);
					throw error;
				}
				output.push(errorItem(node, error, input, index));
			}
			await breathe();
		}
		const hint = effortHint(...runs.opened.map(({ transport }) => transport.effort));
		if (hint !== undefined) this.addExecutionHints({ message: hint, location: 'outputPane' });
		return [errorsNotFirst(output)];
	};
}
