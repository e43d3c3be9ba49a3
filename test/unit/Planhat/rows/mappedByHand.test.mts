import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INode } from 'n8n-workflow';

import { rawFields, sourceByHand, withoutEmpty } from '../../../../nodes/Planhat/rows/mappedByHand.ts';
import { noticeId } from '../../../../nodes/Planhat/tenant/mapperColumns.ts';

function nodeWith(value: IDataObject, more: IDataObject = {}): Pick<INode, 'type' | 'parameters'> {
	return {
		type: 'n8n-nodes-planhat.planhat',
		parameters: { fields: { mappingMode: 'defineBelow', value }, ...more } as INode['parameters'],
	};
}

describe('What is mapped by hand', () => {
	it('is what stands in the mapper, expressions as they are', () => {
		expect(rawFields(nodeWith({ name: '={{ $json.name }}' }))).toEqual({ name: '={{ $json.name }}' });
	});

	it('is nothing where the fields are given in another way', () => {
		expect(rawFields(nodeWith({ name: 'A' }, { specifyFields: 'json' }))).toEqual({});
		expect(rawFields({ parameters: { fields: { mappingMode: 'autoMapInputData', value: { name: 'A' } } } })).toEqual(
			{},
		);
		expect(rawFields({ parameters: {} })).toEqual({});
	});
});

describe('A field of the mapper', () => {
	it('that was left empty is not given, and one whose expression comes out blank is', () => {
		const node = nodeWith({ name: '', phase: '={{ $json.phase }}', status: '', [noticeId]: 'They are missing' });
		const values = {
			name: '',
			phase: '',
			status: 'prospect',
			[noticeId]: 'They are missing',
			owner: null,
			rest: undefined,
		};
		expect(withoutEmpty(values, node)).toEqual({ phase: '', status: 'prospect' });
	});
});

describe('A field that a model fills in', () => {
	it('is not given where it was left empty, in a tool', () => {
		const node = nodeWith({ phase: "={{ $fromAI('Phase') }}", city: '={{ $json.city }}' });
		const values = { phase: '', city: '' };
		expect(withoutEmpty(values, { ...node, type: 'n8n-nodes-planhat.planhatTool' })).toEqual({ city: '' });
		expect(withoutEmpty(values, node)).toEqual(values);
	});
});

describe('The expression behind a value', () => {
	const node = nodeWith({
		plain: 'Acme',
		one: '={{ $json.start }}',
		two: '={{ $json.a }}{{ $json.b }}',
		text: '=at {{ $json.a }}',
		number: 7,
	});

	it('is what stands between the braces, or the text itself', () => {
		expect(sourceByHand(node, 'one')).toBe('$json.start');
		expect(sourceByHand(node, 'plain')).toBe('"Acme"');
	});

	it.each(['two', 'text', 'number', 'absent'])('is not known where there is no single one: %s', (name) => {
		expect(sourceByHand(node, name)).toBeUndefined();
	});
});
