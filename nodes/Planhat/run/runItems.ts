import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Model } from '../resources/types';
import type { NodeError } from '../transport/errors';
import type { ItemRun } from './context';
import { errorsNotFirst } from './errorItems';
import { eventLoopYielder } from './eventLoop';
import { ListRepeats } from './listRepeats';
import { Runs } from './openRun';
import type { Operation } from './operation';
import { runItem } from './runItem';
import { effortHint } from './waitHint';

async function itemOf(run: IExecuteFunctions, runs: Runs, index: number): Promise<ItemRun> {
	return {
		...(await runs.at(index)),
		input: run.getInputData()[index] ?? { json: {} },
		parameter: (name, fallback) => run.getNodeParameter(name, index, fallback),
	};
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
		const yieldToEventLoop = eventLoopYielder();
		const lists = new ListRepeats(operation.request(model));
		const { length } = this.getInputData();
		for (let index = 0; index < length; index += 1) {
			const item = async () => await itemOf(this, runs, index);
			const { request, output: items } = await runItem(this, operation, index, item, (error) => {
				if (writes && length > 1) addProgress(error, index, length);
			});
			// No spread: a list may be longer than a call can have arguments.
			for (const made of items) output.push(made);
			lists.add(request);
			await yieldToEventLoop();
		}
		for (const message of [effortHint(...runs.opened.map(({ transport }) => transport.effort)), lists.hint()]) {
			if (message !== undefined) this.addExecutionHints({ message, location: 'outputPane' });
		}
		return [errorsNotFirst(node, output)];
	};
}
