import type { INodeExecutionData } from 'n8n-workflow';

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
		const ids: string[] = [];
		const refused: INodeExecutionData[] = [];
		for (const [index, item] of items.entries()) {
			let thrown: unknown;
			try {
				ids.push(await idAt(context, index));
			} catch (error) {
				thrown = error;
			}
			if (thrown !== undefined) {
				const error = nodeError(node, thrown, index);
				if (context.stops || signal?.aborted) throw error;
				refused.push(errorItem(node, error, item, index));
			}
			await context.breathe();
		}
		if (ids.length === 0) return refused;
		const target = { verb: 'duplicate', record: model.plural, permission: model.name };
		const { body } = await transport.send({ ...duplicate.request(model), body: { ids }, target });
		// What stands for all items comes first.
		return [...answered(context, body, ids), ...refused];
	},
};
