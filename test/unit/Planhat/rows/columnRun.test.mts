import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INode } from 'n8n-workflow';

import { columnRunOfBatch, columnRunOfItem } from '../../../../nodes/Planhat/rows/columnRun.ts';
import type { BatchRun } from '../../../../nodes/Planhat/run/context.ts';
import { fakeItem, node } from '../../fakeItem.mts';

function itemWith(fields: IDataObject) {
	const item = fakeItem('company', { fields, 'fields.mappingMode': fields.mappingMode });
	return { ...item, node: { ...node, parameters: { fields } as INode['parameters'] } };
}

describe('What the planning of columns sees', () => {
	it('of an item with automatic mapping is that its columns are those of the input', () => {
		const run = columnRunOfItem(itemWith({ mappingMode: 'autoMapInputData', value: null }));
		expect(run).toMatchObject({ isAutomatic: true, timezone: 'UTC', model: { resource: 'company' } });
		expect(run.sourceOf).toBeUndefined();
	});

	it('of an item that is mapped by hand is the expression behind each value', () => {
		const run = columnRunOfItem(itemWith({ mappingMode: 'defineBelow', value: { name: '={{ $json.title }}' } }));
		expect([run.isAutomatic, run.sourceOf?.('name')]).toEqual([false, '$json.title']);
	});

	it('of all items is what the first of them says, and the way back to the event loop', async () => {
		const asked: number[] = [];
		const run = {
			...itemWith({}),
			indexes: [3, 4],
			parameter: (_name: string, index: number, fallback: unknown) => {
				asked.push(index);
				return fallback;
			},
			yieldToEventLoop: async () => undefined,
		} as unknown as BatchRun;
		await columnRunOfBatch(run).yieldToEventLoop?.();
		expect([...new Set(asked)]).toEqual([3]);
	});
});
