import { describe, expect, it } from '@jest/globals';

import { fixedField } from '../../../../nodes/Planhat/columns/column.ts';
import { models } from '../../../../nodes/Planhat/resources/index.ts';
import { model } from '../../fakeItem.mts';

describe('The fixed field of a model', () => {
	it('tells it from those that share its endpoint, with a value that stays the same', () => {
		expect(fixedField(model('note'))).toEqual({ name: 'type', value: 'note' });
		expect(fixedField(model('company'))).toBeUndefined();
	});

	it('is none where the endpoint of the model is its own for writing', () => {
		for (const entry of models.filter(({ writesRows }) => writesRows)) expect(fixedField(entry)).toBeUndefined();
		expect(models.some(({ kind, writesRows }) => kind !== undefined && writesRows)).toBe(true);
	});
});
