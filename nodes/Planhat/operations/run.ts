import type { IExecuteFunctions, INode, INodeExecutionData, NodeApiError, NodeOperationError } from 'n8n-workflow';

import type { Model } from '../resources/types';
import { ListRepeats } from '../run/listRepeats';
import { runItem } from '../run/runItem';
import { Tenant } from '../tenant/tenant';
import { openTransport } from '../transport/transport';
import { breather } from './breathe';
import { effortHint } from './effortHint';
import { errorsNotFirst } from './errorItems';
import type { ItemContext, Operation } from './types';

/** What is the same for all items of a run. */
type Run = Pick<ItemContext, 'model' | 'node' | 'transport' | 'tenant' | 'timezone'>;

async function open(run: IExecuteFunctions, model: Model, node: INode): Promise<Run> {
	const transport = await openTransport(run, (name, fallback) => run.getNodeParameter(name, 0, fallback));
	return { model, node, transport, tenant: new Tenant(transport, model, node), timezone: run.getTimezone() };
}

function itemOf(run: IExecuteFunctions, shared: Run, index: number): ItemContext {
	return {
		...shared,
		input: run.getInputData()[index] ?? { json: {} },
		parameter: (name, fallback) => run.getNodeParameter(name, index, fallback),
	};
}

/** What a run that stops has done, so that nobody has to guess what a second run would do twice. */
function addProgress(error: NodeApiError | NodeOperationError, index: number, count: number): void {
	const after = count - index - 1;
	const done = `${index} ${index === 1 ? 'item' : 'items'} before this one went through, ${after} after it ${after === 1 ? 'was' : 'were'} not sent.`;
	error.description = [error.description, done].filter(Boolean).join(' ');
}

async function addHints(run: IExecuteFunctions, opening: Promise<Run>, hint: string | undefined): Promise<void> {
	const opened = await opening.catch(() => undefined);
	const messages = [opened && effortHint(opened.transport.effort), hint];
	for (const message of messages) {
		if (message !== undefined) run.addExecutionHints({ message, location: 'outputPane' });
	}
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
		const opening = open(this, model, node);
		const output: INodeExecutionData[] = [];
		const breathe = breather();
		const lists = new ListRepeats(operation.request(model));
		const { length } = this.getInputData();
		for (let index = 0; index < length; index += 1) {
			const item = async () => itemOf(this, await opening, index);
			const { request, output: items } = await runItem(this, operation, index, item, (error) => {
				if (writes && length > 1) addProgress(error, index, length);
			});
			// No spread: a list may be longer than a call can have arguments.
			for (const made of items) output.push(made);
			lists.add(request);
			await breathe();
		}
		await addHints(this, opening, lists.hint());
		return [errorsNotFirst(node, output)];
	};
}
