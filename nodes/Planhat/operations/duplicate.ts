import type { INodeExecutionData } from 'n8n-workflow';

import { isRecord } from '../transport/answers';
import { inputError } from '../transport/errors';
import { pairedWithAll } from './batchReport';
import { errorItem, errorsNotFirst } from './errorItems';
import { isPlanhatId } from './planhatId';
import type { BatchContext, BatchOperation } from './types';

/** The `_id` that an item names, or undefined. */
function idAt(context: BatchContext, index: number): string | undefined {
	const parameter = context.parameter('recordId', index);
	const value = isRecord(parameter) ? parameter.value : parameter;
	const id = typeof value === 'string' ? value.trim() : '';
	return isPlanhatId(id) ? id : undefined;
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
		const { model, node, items, transport } = context;
		const ids: string[] = [];
		const refused: INodeExecutionData[] = [];
		for (const [index, item] of items.entries()) {
			const id = idAt(context, index);
			if (id !== undefined) ids.push(id);
			else {
				const error = inputError(
					node,
					`'Record' is not the ID of a ${model.singular}`,
					'Choose a record, or check the expression.',
				);
				error.context.itemIndex = index;
				if (context.stops) throw error;
				refused.push(errorItem(node, error, item, index));
			}
			await context.breathe();
		}
		if (ids.length === 0) return refused;
		const target = { verb: 'duplicate', record: model.plural, permission: model.name };
		const { body } = await transport.send({ ...duplicate.request(model), body: { ids }, target });
		return errorsNotFirst([...answered(context, body, ids), ...refused]);
	},
};
