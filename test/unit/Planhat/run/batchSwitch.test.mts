import { describe, expect, it } from '@jest/globals';

import { readBatchSwitch } from '../../../../nodes/Planhat/run/batchSwitch.ts';
import type { BatchRun } from '../../../../nodes/Planhat/run/context.ts';
import { thrownBy } from '../../../thrownBy.mts';
import { fakeItem } from '../../fakeItem.mts';

/** A run with one item for each value that the option comes to. */
function batchOf(values: unknown[], raw: string | boolean = '={{ $json.dry }}') {
	const asked: number[] = [];
	const item = fakeItem('company');
	const run: BatchRun = {
		...item,
		node: { ...item.node, parameters: { options: { dryRun: raw } } },
		items: values.map(() => ({ json: {} })),
		indexes: values.map((_, index) => index),
		stops: false,
		parameter: (name, index) => {
			expect(name).toBe('options.dryRun');
			asked.push(index);
			return values[index];
		},
		hint: () => undefined,
		inLoop: () => false,
		tell: () => {},
		yieldToEventLoop: () => undefined,
	};
	return { run, asked };
}

const read = async (run: BatchRun) => await readBatchSwitch(run, 'dryRun', 'Dry Run');

describe('a switch for a whole batch', () => {
	it('is on or off where all items agree, however they spell it', async () => {
		expect(await read(batchOf([true, 'yes', 1]).run)).toBe(true);
		expect(await read(batchOf([false, 'no', 0]).run)).toBe(false);
	});

	it('is refused where the last item differs', async () => {
		const error = await thrownBy(async () => await read(batchOf([true, true, false]).run));
		expect(error.message).toBe("'Dry Run' is on for some items and off for others");
	});

	it('is never guessed where one item has no value for it', async () => {
		const error = await thrownBy(async () => await read(batchOf([true, undefined]).run));
		expect(error.message).toBe("'Dry Run' is blank for this item");
	});

	it('is read once where it is no expression', async () => {
		const { run, asked } = batchOf([true, false], true);
		expect(await read(run)).toBe(true);
		expect(asked).toEqual([0]);
	});
});
