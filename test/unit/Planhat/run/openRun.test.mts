import { describe, expect, it } from '@jest/globals';

import { defaultMaxWait, readMaxWait } from '../../../../nodes/Planhat/run/openRun.ts';
import { thrownBy } from '../../../thrownBy.mts';
import { node } from '../../fakeItem.mts';

describe('the longest wait', () => {
	it.each([undefined, null, '', ' '])('is 600 seconds where it is %j', (value) => {
		expect(readMaxWait(node, value)).toBe(defaultMaxWait);
		expect(defaultMaxWait).toBe(600);
	});

	it('is 30 seconds for a tool, and as before for one of the first version', () => {
		const tool = { ...node, type: 'n8n-nodes-planhat.planhatTool' };
		expect(readMaxWait(tool, undefined)).toBe(30);
		expect(readMaxWait(tool, 5)).toBe(5);
		expect(readMaxWait({ ...tool, typeVersion: 1 }, undefined)).toBe(600);
	});

	it.each([
		[0, 0],
		[2.5, 2.5],
		['30', 30],
		[' 0 ', 0],
	])('is a number from 0, also as text: %j', (value, seconds) => {
		expect(readMaxWait(node, value)).toBe(seconds);
	});

	it.each([-1, '-1', 'soon', '1e3', '0x10', Number.NaN, Infinity, true, [], [5], {}])(
		'is refused in words where it is %p',
		async (value) => {
			const error = await thrownBy(() => readMaxWait(node, value));
			expect(error.message).toMatch(/^'Longest Wait' takes a number of seconds of 0 or more, not '/);
			expect(error.context?.details).toMatchObject({ outcome: 'failed' });
		},
	);
});
