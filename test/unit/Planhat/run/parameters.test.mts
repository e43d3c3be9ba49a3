import { describe, expect, it } from '@jest/globals';

import { asSwitch, expressionIn, isMissing, isTool, readSwitch } from '../../../../nodes/Planhat/run/parameters.ts';
import { thrownBy } from '../../../thrownBy.mts';
import { fakeItem, node } from '../../fakeItem.mts';

describe('the expression of a parameter', () => {
	it.each<[unknown, string | undefined]>([
		['={{ $json.x }}', '={{ $json.x }}'],
		[['a', '={{ 1 }}', '={{ 2 }}'], '={{ 1 }}'],
		['a = b', undefined],
		[['a', 5, null], undefined],
		[undefined, undefined],
		[{ x: '={{ 1 }}' }, undefined],
	])('of %j is %j', (raw, expression) => {
		expect(expressionIn(raw)).toBe(expression);
	});
});

describe('a tool of an agent', () => {
	it('is told by the name of its type, or by its parameter Output', () => {
		expect(isTool({ ...node, type: `${node.type}Tool` })).toBe(true);
		expect(isTool({ ...node, parameters: { output: 'raw' } })).toBe(true);
		expect(isTool({ ...node, parameters: { outputFields: [] } })).toBe(false);
	});
});

describe('a value that is missing', () => {
	it.each([undefined, null, '', ' \n', NaN, [], [''], [null, [' ']]])('is %j', (value) => {
		expect(isMissing(value)).toBe(true);
	});

	it.each([0, false, 'a', {}, ['', 'a'], [0]])('is not %j', (value) => {
		expect(isMissing(value)).toBe(false);
	});
});

describe('a switch of the node', () => {
	it('is what its value says', () => {
		expect(asSwitch(node, 'Dry Run', 'yes')).toBe(true);
		expect(asSwitch(node, 'Dry Run', 0)).toBe(false);
	});

	it('is refused in words where it is neither, and where it is blank', async () => {
		const error = await thrownBy(() => asSwitch(node, 'Dry Run', ['x']));
		expect(error.message).toBe("'Dry Run' takes true or false, not '[\"x\"]'");
		expect((await thrownBy(() => asSwitch(node, 'Dry Run', ''))).message).toBe("'Dry Run' is blank for this item");
	});

	it('is as it usually is where an item has no value for it', () => {
		for (const usually of [true, false]) {
			expect(readSwitch(fakeItem('company'), 'simplify', 'Simplify', usually)).toBe(usually);
			expect(readSwitch(fakeItem('company', { simplify: '' }), 'simplify', 'Simplify', usually)).toBe(usually);
			expect(readSwitch(fakeItem('company', { simplify: 'no' }), 'simplify', 'Simplify', usually)).toBe(false);
		}
	});
});
