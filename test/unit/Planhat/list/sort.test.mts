import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { readSort, sortQuery, sortRecords } from '../../../../nodes/Planhat/list/sort.ts';
import { fakeItem } from '../../fakeItem.mts';

describe('the order of a list', () => {
	it('is read from the parameter, with blanks left out', () => {
		const sort = (values: IDataObject) => readSort(fakeItem('company', { 'sort.values': values }));
		expect(sort({ field: ' name ', direction: 'desc' })).toEqual({ field: 'name', descending: true });
		expect(sort({ field: 'name' })).toEqual({ field: 'name', descending: false });
		expect(sort({ field: ' ' })).toBeUndefined();
		expect(readSort(fakeItem('company'))).toBeUndefined();
	});

	it('is sent as the name of the field, with a minus for descending', () => {
		expect(sortQuery({ field: 'name', descending: false })).toBe('name');
		expect(sortQuery({ field: 'name', descending: true })).toBe('-name');
	});

	it('is made on our side for numbers and for text, with missing values first', () => {
		const given = [{ x: 10 }, { x: 9 }, { x: null }, { x: 100 }, {}];
		expect(sortRecords(given, { field: 'x', descending: false }).map(({ x }) => x)).toEqual([
			null,
			undefined,
			9,
			10,
			100,
		]);
		expect(sortRecords([{ x: 'b' }, { x: 'a' }], { field: 'x', descending: false })).toEqual([{ x: 'a' }, { x: 'b' }]);
		expect(sortRecords([{ x: 1 }, { x: 2 }], { field: 'x', descending: true })).toEqual([{ x: 2 }, { x: 1 }]);
		expect(given[0]).toEqual({ x: 10 });
	});
});
