import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { readOutputFields, readWrittenFields } from '../../../../nodes/Planhat/output/fieldsToReturn.ts';
import { fakeItem, model } from '../../fakeItem.mts';

const company = model('company');
const { simplified } = company;
const plain = { names: simplified, plainFor: company };

const fieldsOf = (resource: string, parameters: IDataObject = {}) => readOutputFields(fakeItem(resource, parameters));

describe('which fields of a record are handed over', () => {
	it('is the simplified ones, unless Simplify is off', () => {
		expect(fieldsOf('company')).toEqual(plain);
		expect(fieldsOf('company', { simplify: true })).toEqual(plain);
		expect(fieldsOf('company', { simplify: false })).toBeUndefined();
	});

	it('is fewer, under Planhat’s own names, for a node of the first version', () => {
		const item = fakeItem('company');
		expect(readOutputFields({ ...item, node: { ...item.node, typeVersion: 1 } })).toEqual({
			names: company.simplifiedBefore,
		});
	});

	it('is all of them where a record has few', () => {
		for (const resource of ['campaign', 'metric', 'objective', 'workspace']) expect(fieldsOf(resource)).toBeUndefined();
	});

	it('is what a tool says', () => {
		expect(fieldsOf('company', { output: 'simplified' })).toEqual(plain);
		expect(fieldsOf('company', { output: 'raw' })).toBeUndefined();
		expect(fieldsOf('company', { output: 'selected', outputFields: ['h', 'phase'] })).toEqual({
			names: ['_id', 'h', 'phase'],
		});
		expect(fieldsOf('company', { output: 'selected', outputFields: [] })).toEqual({ names: ['_id'] });
	});

	it('is what a model asks for in its own words', () => {
		const item = {
			...fakeItem('company', { output: 'selected', outputFields: 'Name, health, Renewal Date, ownerName, Plan' }),
		};
		const tool = { ...item, node: { ...item.node, type: 'n8n-nodes-planhat.planhatTool' } };
		expect(readOutputFields(tool)).toEqual({
			names: ['_id', 'name', 'h', 'renewalDate', 'owner', 'Plan', 'custom.Plan'],
		});
		const blank = { ...fakeItem('company', { output: 'selected', outputFields: '' }), node: tool.node };
		expect(readOutputFields(blank)?.names).toContain('phase');
	});

	it.each([[['phase', ' custom.Plan ']], ['phase, custom.Plan,']])('is what the user chooses: %j', (select) => {
		const wanted = { names: ['_id', 'phase', 'custom.Plan'] };
		expect(fieldsOf('company', { 'options.select': select })).toEqual(wanted);
		expect(fieldsOf('company', { 'options.select': select, simplify: false })).toEqual(wanted);
		expect(fieldsOf('campaign', { 'options.select': select })).toEqual(wanted);
	});

	it.each([[[]], [''], [' , '], [undefined], [null]])('does not mind a choice of nothing: %j', (select) => {
		expect(fieldsOf('company', { 'options.select': select })).toEqual(plain);
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
		expect(written({ output: 'selected', outputFields: ['h'] })).toEqual({ names: ['_id', 'h'] });
		expect(written({ output: 'simplified' })).toEqual({ names: [...simplified, 'zip'], plainFor: company });
	});
});
