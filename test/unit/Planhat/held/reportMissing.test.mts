import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { readConditions } from '../../../../nodes/Planhat/held/reportMissing.ts';
import type { BatchRun } from '../../../../nodes/Planhat/run/context.ts';
import { node } from '../../fakeItem.mts';

const conditions = async (reportMissing: unknown, inLoop: boolean, stored = reportMissing) => {
	const options = { reportMissing: stored } as INodeParameters;
	const run = {
		node: { ...node, parameters: { options } },
		items: [{ json: {} }],
		inLoop: () => inLoop,
		parameter: (name: string, _index: number, fallback: unknown) =>
			name === 'options.reportMissing' ? (reportMissing ?? fallback) : fallback,
		yieldToEventLoop: () => undefined,
	} as unknown as BatchRun;
	return await readConditions(run);
};

const one = (field: unknown, value: unknown) => ({ conditions: [{ field, value }] });

describe('Conditions of Report Missing', () => {
	it('are texts without blanks around them', async () => {
		expect(await conditions(one(' phase ', ' Live '), false)).toEqual([{ field: 'phase', value: 'Live' }]);
		expect(await conditions(one('h', 5), false)).toEqual([{ field: 'h', value: '5' }]);
	});

	it('are none where the option is not there', async () => {
		expect(await conditions(null, false)).toBeUndefined();
	});

	it('take no list', async () => {
		await expect(conditions(one('phase', ['Live', 'Lost']), false)).rejects.toThrow("takes one value for 'phase'");
	});

	it('say in a loop by an expression which part of the records a run is about', async () => {
		await expect(conditions(one('phase', 'Live'), true)).rejects.toThrow('in a loop');
		const read = await conditions(one('companyId', 'a'), true, one('companyId', '={{ $json.companyId }}'));
		expect(read).toEqual([{ field: 'companyId', value: 'a' }]);
	});
});
