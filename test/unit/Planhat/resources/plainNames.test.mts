import { expect, it } from '@jest/globals';

import { isOfSimplified, isOwner, plainLabelOf, plainNameOf } from '../../../../nodes/Planhat/resources/plainNames.ts';
import { model } from '../../fakeItem.mts';

it('The health score is called health, and other fields as Planhat calls them', () => {
	expect(['h', 'mrr', 'constructor'].map(plainNameOf)).toEqual(['health', 'mrr', 'constructor']);
});

it('A field whose name says too little has a label', () => {
	expect(['h', 'hDiff', '_id', 'phase'].map(plainLabelOf)).toEqual(['Health', 'Health Change', 'ID', undefined]);
});

it('What only simplified items call so is known, where the model has the field', () => {
	expect(isOfSimplified(model('company'), 'health')).toBe(true);
	expect(isOfSimplified(model('objective'), 'health')).toBe(false);
	expect(isOfSimplified(model('deal'), 'ownerName')).toBe(true);
	expect(isOfSimplified(model('enduser'), 'ownerName')).toBe(false);
	expect(['owner', 'ownerId', 'coOwner'].map(isOwner)).toEqual([true, true, false]);
});
