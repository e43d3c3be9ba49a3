import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { readOutputFields, readWrittenFields } from '../../../../nodes/Planhat/output/fieldsToReturn.ts';
import { reduced, selectQuery } from '../../../../nodes/Planhat/output/pickFields.ts';
import { fakeItem, model } from '../../fakeItem.mts';

const { simplified } = model('company');

const fieldsOf = (resource: string, parameters: IDataObject = {}) => readOutputFields(fakeItem(resource, parameters));

describe('which fields of a record are handed over', () => {
	it('is the simplified ones, unless Simplify is off', () => {
		expect(fieldsOf('company')).toBe(simplified);
		expect(fieldsOf('company', { simplify: true })).toBe(simplified);
		expect(fieldsOf('company', { simplify: false })).toBeUndefined();
	});

	it('is all of them where a record has few', () => {
		for (const resource of ['campaign', 'metric', 'objective', 'workspace']) expect(fieldsOf(resource)).toBeUndefined();
	});

	it('is what a tool says', () => {
		expect(fieldsOf('company', { output: 'simplified' })).toBe(simplified);
		expect(fieldsOf('company', { output: 'raw' })).toBeUndefined();
		expect(fieldsOf('company', { output: 'selected', outputFields: ['h', 'phase'] })).toEqual(['_id', 'h', 'phase']);
		expect(fieldsOf('company', { output: 'selected', outputFields: [] })).toEqual(['_id']);
	});

	it.each([[['phase', ' custom.Plan ']], ['phase, custom.Plan,']])('is what the user chooses: %j', (select) => {
		const wanted = ['_id', 'phase', 'custom.Plan'];
		expect(fieldsOf('company', { 'options.select': select })).toEqual(wanted);
		expect(fieldsOf('company', { 'options.select': select, simplify: false })).toEqual(wanted);
		expect(fieldsOf('campaign', { 'options.select': select })).toEqual(wanted);
	});

	it.each([[[]], [''], [' , '], [undefined], [null]])('does not mind a choice of nothing: %j', (select) => {
		expect(fieldsOf('company', { 'options.select': select })).toBe(simplified);
	});
});

describe('of a record that was written', () => {
	const written = (parameters: IDataObject = {}) =>
		readWrittenFields(fakeItem('company', parameters), { zip: '1', name: 'A' });

	it('all fields are handed over on the canvas', () => {
		expect(written()).toBeUndefined();
		expect(written({ simplify: true, 'options.select': 'name' })).toBeUndefined();
	});

	it('a tool shows what it is told to, and beside the simplified fields what was sent', () => {
		expect(written({ output: 'raw' })).toBeUndefined();
		expect(written({ output: 'selected', outputFields: ['h'] })).toEqual(['_id', 'h']);
		expect(written({ output: 'simplified' })).toEqual([...simplified, 'zip']);
	});
});

describe('what Planhat is asked for', () => {
	it('is each field once, with those that the node needs itself, without the ID', () => {
		expect(selectQuery(['_id', 'name', 'phase'], ['updatedAt', 'name', '_id'])).toBe('name,phase,updatedAt');
	});

	it('is the whole of custom for one custom field', () => {
		expect(selectQuery(['_id', 'custom.Plan', 'custom.No. of seats'], [])).toBe('custom');
	});

	it('is the ID where nothing else is wanted, since no name would mean everything', () => {
		expect(selectQuery(['_id'], [])).toBe('_id');
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

	it('is a copy: the record itself is left alone', () => {
		const before = structuredClone(record);
		reduced(record, ['custom.Plan', 'custom.Old']);
		expect(record).toEqual(before);
		expect(reduced(record, undefined)).toBe(record);
	});
});
