import { describe, expect, it } from '@jest/globals';

import {
	keepReadCount,
	keepUnset,
	readCountHints,
	unsetTexts,
} from '../../../../../nodes/Planhat/list/conditions/readCounts.ts';
import { fakeItem, model } from '../../../fakeItem.mts';

describe('the hint of a condition', () => {
	it('says how many records were read in a run, and for how many', () => {
		const run = fakeItem('company');
		expect(readCountHints(run)).toEqual({ lost: [], told: [] });
		keepReadCount(run.transport, 5_000, 2);
		keepReadCount(run.transport, 1, 1);
		expect(readCountHints(run).told).toEqual(['5,001 companies were read for 3 that meet the conditions.']);
	});
});

describe('what a model is told of records without a value', () => {
	it('is how many they are, by the field as people call it', () => {
		const query = {};
		expect(unsetTexts(query, model('company'))).toEqual([]);
		for (const field of ['h', 'lastTouch', 'lastTouch']) keepUnset(query, field);
		expect(unsetTexts(query, model('company'))).toEqual([
			'1 more company has no health (isEmpty).',
			'2 more companies have no lastTouch (isEmpty).',
		]);
	});
});
