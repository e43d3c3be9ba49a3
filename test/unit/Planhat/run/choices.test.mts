import { describe, expect, it } from '@jest/globals';
import type { INode } from 'n8n-workflow';

import { checkChoices, openChoices, type Choice } from '../../../../nodes/Planhat/run/choices.ts';

const mode: Choice = {
	path: 'options.mode',
	displayName: 'Mode',
	options: new Map([
		['a', 'First'],
		['b', 'Second'],
	]),
};

function nodeWith(options: unknown, type = 'planhat'): INode {
	return { id: '1', name: 'Planhat', type, typeVersion: 1.1, position: [0, 0], parameters: { options } } as INode;
}

describe('Choices of a node', () => {
	it.each([[{}], [{ mode: 'a' }], [undefined]])('are closed where the editor made %j', (options) => {
		expect(openChoices(nodeWith(options), [mode])).toEqual([]);
	});

	it.each([[{ mode: '={{ 1 }}' }], [{ mode: 'c' }], [{ mode: 7 }], ['={{ $json }}']])('are open in %j', (options) => {
		expect(openChoices(nodeWith(options), [mode])).toEqual([mode]);
	});

	it.each([
		[{ mode: '={{ $json.a }}' }, 'b', undefined],
		[{ mode: '={{ $json.a }}' }, 'First', "'Mode' has no choice 'First'"],
		[{ mode: '={{ $json.a }}' }, ['a'], "'Mode' has no choice '[\"a\"]'"],
		[{ mode: '={{ $json.a }}' }, undefined, "'Mode' is blank for this item"],
		[{ mode: '={{ $json.a }}' }, ' ', "'Mode' is blank for this item"],
		[{ mode: '' }, '', undefined],
		['={{ $json }}', undefined, undefined],
		['={{ $json }}', 'c', "'Mode' has no choice 'c'"],
	])('in %j that come to %j', (options, value, message) => {
		const check = () => checkChoices(nodeWith(options), [mode], () => value);
		if (message === undefined) expect(check).not.toThrow();
		else expect(check).toThrow(message);
	});

	it('may be left blank by a model, which has to fill every argument', () => {
		const node = nodeWith({ mode: "={{ $fromAI('mode') }}" }, 'planhatTool');
		expect(() => checkChoices(node, [mode], () => '')).not.toThrow();
		expect(() => checkChoices(node, [mode], () => 'c')).toThrow("'Mode' has no choice 'c'");
	});
});
