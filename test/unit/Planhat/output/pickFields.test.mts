import { describe, expect, it } from '@jest/globals';

import type { IDataObject } from 'n8n-workflow';

import { reduced as reducedTo, selectQuery } from '../../../../nodes/Planhat/output/pickFields.ts';
import { model } from '../../fakeItem.mts';

const nobody = { userName: () => undefined };
const reduced = (record: IDataObject, names?: readonly string[]) => reducedTo(record, names && { names }, nobody);

describe('what Planhat is asked for', () => {
	it('is each field once, with those that the node needs itself, without the ID', () => {
		expect(selectQuery({ names: ['_id', 'name', 'phase'] }, ['updatedAt', 'name', '_id'])).toBe('name,phase,updatedAt');
	});

	it('is the whole of custom for one custom field', () => {
		expect(selectQuery({ names: ['_id', 'custom.Plan', 'custom.No. of seats'] }, [])).toBe('custom');
	});

	it('is the ID where nothing else is wanted, since no name would mean everything', () => {
		expect(selectQuery({ names: ['_id'] }, [])).toBe('_id');
	});
});

describe('a reduced record', () => {
	const record = {
		h: 5,
		custom: { Plan: 'Pro', 'No. of seats': 3, Old: null },
		name: 'A',
		_id: '1',
		owner: { _id: 'u' },
	};

	it('has the fields in the order of the list, whatever the order of the answer', () => {
		expect(Object.keys(reduced(record, ['_id', 'name', 'h']))).toEqual(['_id', 'name', 'h']);
		const again = { _id: '1', name: 'A', h: 5 };
		expect(JSON.stringify(reduced(again, ['_id', 'name', 'h']))).toBe(
			JSON.stringify(reduced(record, ['_id', 'name', 'h'])),
		);
	});

	it('has no field that Planhat did not send, and every one that it sent blank', () => {
		expect(reduced({ _id: '1', name: null, phase: '' }, ['_id', 'name', 'phase', 'h', 'custom.Plan'])).toEqual({
			_id: '1',
			name: null,
			phase: '',
		});
	});

	it('has single custom fields in their place, also those with a dot in the name', () => {
		expect(reduced(record, ['_id', 'custom.No. of seats', 'custom.Old', 'custom.Gone'])).toEqual({
			_id: '1',
			custom: { 'No. of seats': 3, Old: null },
		});
		expect(reduced(record, ['custom.Plan', 'custom'])).toEqual({ custom: record.custom });
		expect(reduced(record, ['custom', 'custom.Plan'])).toEqual({ custom: record.custom });
	});

	it('is made for people where that is wanted, also where it has no other fields', () => {
		const fields = { names: ['_id', 'h'], plainFor: model('company') };
		expect(reducedTo({ _id: '1', h: 5 }, fields, nobody)).toEqual({ _id: '1', health: 5 });
	});

	it('is a copy: the record itself is left alone', () => {
		const before = structuredClone(record);
		reduced(record, ['custom.Plan', 'custom.Old']);
		expect(record).toEqual(before);
		expect(reduced(record, undefined)).toBe(record);
	});
});
