import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { batchOptions } from '../../../../nodes/Planhat/batch/options.ts';
import { readBatchRules, requireSameOptions } from '../../../../nodes/Planhat/rows/batchRules.ts';
import type { BatchRun } from '../../../../nodes/Planhat/run/context.ts';
import { thrownBy } from '../../../thrownBy.mts';
import { fakeItem } from '../../fakeItem.mts';

/** A run in which each parameter has one value for each item. */
function batchOf(parameters: INodeParameters, values: Record<string, unknown[]>) {
	const asked: number[] = [];
	const item = fakeItem('company');
	const run: BatchRun = {
		...item,
		node: { ...item.node, parameters },
		items: [{ json: {} }, { json: {} }, { json: {} }],
		indexes: [0, 1, 2],
		stops: false,
		parameter: (name, index, fallback) => {
			asked.push(index);
			return values[name]?.[index] ?? fallback;
		},
		hint: () => undefined,
		inLoop: () => false,
		tell: () => {},
		yieldToEventLoop: () => undefined,
	};
	return { run, asked };
}

describe('What is decided about all rows of a batch', () => {
	it.each([
		['emptyValues', 'Empty Values', ['clear', 'leave']],
		['unknownFields', 'Unknown Fields', ['ignore', 'custom']],
		['keylessRows', 'Rows Without a Key', ['create', 'fail']],
	])('is refused where the last item has another %s', async (name, displayName, [one, other]) => {
		const { run } = batchOf({ options: { [name]: '={{ $json.x }}' } }, { [`options.${name}`]: [one, one, other] });
		const error = await thrownBy(async () => await readBatchRules(run, 'either'));
		expect(error.message).toBe(`'${displayName}' is not the same for all items`);
	});

	it.each([
		['duplicateKeys', 'Duplicate Keys', ['sendLast', 'fail']],
		['batchSize', 'Batch Size', [1, 5]],
		['report', 'Report', ['perRow', 'summary']],
	])('is refused where an item of another credential has another %s', async (name, displayName, [one, other]) => {
		const { run } = batchOf({ options: { [name]: '={{ $json.x }}' } }, { [`options.${name}`]: [one, one, other] });
		const error = await thrownBy(async () => await requireSameOptions({ ...run, indexes: [0, 1] }, batchOptions));
		expect(error.message).toBe(`'${displayName}' is not the same for all items`);
	});

	it('is refused where the last item has other rows without a key', async () => {
		const { run } = batchOf({ keylessRows: '={{ $json.x }}' }, { keylessRows: ['create', 'create', 'fail'] });
		const error = await thrownBy(async () => await readBatchRules(run, 'either'));
		expect(error.message).toBe("'Rows Without a Key' is not the same for all items");
	});

	it('is refused where the fields are given otherwise', async () => {
		const { run } = batchOf({ specifyFields: '={{ $json.x }}' }, { specifyFields: ['map', 'json', 'map'] });
		const error = await thrownBy(async () => await readBatchRules(run, 'new'));
		expect(error.message).toBe("'Specify Fields' is not the same for all items");
	});

	it('is what the expression comes to for every item', async () => {
		const values = ['clear', 'clear', 'clear'];
		const { run } = batchOf({ options: { emptyValues: '={{ $json.x }}' } }, { 'options.emptyValues': values });
		expect((await readBatchRules(run, 'either')).options.emptyValues).toBe('clear');
	});

	it('is read for the first item alone where it is no expression', async () => {
		const { run, asked } = batchOf({ options: { emptyValues: 'clear' } }, { 'options.emptyValues': ['clear'] });
		expect((await readBatchRules(run, 'either')).options.emptyValues).toBe('clear');
		expect(new Set(asked)).toEqual(new Set([0]));
	});

	it.each([
		['timeEntry', 'create'],
		['timesheet', 'create'],
		['note', 'create'],
		['company', 'fail'],
	])('lets rows of the model %s without a key %s, unless the user says otherwise', async (resource, usual) => {
		const { model } = fakeItem(resource);
		const { run } = batchOf({}, {});
		expect((await readBatchRules({ ...run, model }, 'either')).options.keylessRows).toBe(usual);
		const { run: refusing } = batchOf({ options: { keylessRows: 'fail' } }, { 'options.keylessRows': ['fail'] });
		expect((await readBatchRules({ ...refusing, model }, 'either')).options.keylessRows).toBe('fail');
	});
});
