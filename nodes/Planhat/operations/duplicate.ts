import type { INodeExecutionData, NodeApiError, NodeOperationError } from 'n8n-workflow';

import { isRecord } from '../transport/answers';
import { nodeError } from '../transport/errors';
import { pairedWithAll } from './batchReport';
import { errorItem } from './errorItems';
import { lookUp } from './lookUp';
import { readAddress } from './record';
import type { BatchContext, BatchOperation, ItemContext } from './types';

function itemAt(context: BatchContext, index: number): ItemContext {
	return {
		...context,
		input: context.items[index] ?? { json: {} },
		parameter: (name, fallback) => context.parameter(name, index, fallback),
	};
}

/** The `_id` that an item names in any of the ways of Record. */
async function idAt(context: BatchContext, index: number): Promise<string> {
	const item = itemAt(context, index);
	return (await lookUp(item, await readAddress(item, 'duplicate')))._id;
}

function answered(context: BatchContext, body: unknown, ids: string[]): INodeExecutionData[] {
	const pairedItem = pairedWithAll(context);
	const records = Array.isArray(body) ? body.filter(isRecord) : [];
	if (records.length > 0) return records.map((json) => ({ json, pairedItem }));
	return [{ json: { duplicated: true, ids, ...(isRecord(body) && { answer: body }) }, pairedItem }];
}

/** Copies the time entries of all input items by one request. */
export const duplicate: BatchOperation = {
	value: 'duplicate',
	name: 'Duplicate',
	action: ({ plural }) => `Duplicate ${plural}`,
	description: ({ plural }) => `Copy ${plural}, those of all input items in one request`,
	request: ({ path }) => ({ method: 'POST', url: `${path}/duplicate` }),
	output: () => [],
	properties: () => [],

	async runAll(context) {
		const { model, node, items, transport, signal } = context;
		const ids = new Map<number, string>();
		const errors = new Map<number, NodeApiError | NodeOperationError>();
		for (const index of items.keys()) {
			let thrown: unknown;
			try {
				ids.set(index, await idAt(context, index));
			} catch (error) {
				thrown = error;
			}
			if (thrown !== undefined) errors.set(index, nodeError(node, thrown, index));
			const error = errors.get(index);
			if (error !== undefined && (context.stops || signal?.aborted)) throw error;
			await context.breathe();
		}
		const output: INodeExecutionData[] = [];
		if (ids.size > 0) {
			const body = { ids: [...ids.values()] };
			const target = { verb: 'duplicate', record: model.plural, permission: model.name };
			const answer = await transport.exchange({ ...duplicate.request(model), body, target });
			if (!('error' in answer)) output.push(...answered(context, answer.body, body.ids));
			else if (context.stops) throw answer.error;
			else for (const index of ids.keys()) errors.set(index, answer.error);
		}
		// What stands for all items comes first.
		for (const [index, item] of items.entries()) {
			const error = errors.get(index);
			if (error !== undefined) output.push(errorItem(node, error, item, index));
		}
		return output;
	},
};
