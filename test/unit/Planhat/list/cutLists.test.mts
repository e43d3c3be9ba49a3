import { describe, expect, it } from '@jest/globals';

import { cutHints, keepCut } from '../../../../nodes/Planhat/list/cutLists.ts';
import { fakeItem } from '../../fakeItem.mts';

describe('a list that ended at its limit', () => {
	it('is told where nobody set the limit, once a run', () => {
		const item = fakeItem('company');
		expect(cutHints(item)).toEqual({ lost: [], told: [] });
		keepCut(item.transport, 50, 50);
		expect(cutHints(item).lost).toEqual([
			'The list was cut at the Limit of 50, and there may be more. To get all companies, turn on Return All.',
		]);
		keepCut(item.transport, 50, 50);
		expect(cutHints(item).lost).toEqual([expect.stringMatching(/^2 lists were cut/)]);
	});

	it('is nothing to tell where there are fewer, or another limit was wanted', () => {
		const item = fakeItem('company');
		keepCut(item.transport, 49, 50);
		keepCut(item.transport, 7, 7);
		keepCut(item.transport, 50, Infinity);
		expect(cutHints(item).lost).toEqual([]);
	});
});
