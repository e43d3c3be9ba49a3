import { describe, expect, it } from '@jest/globals';
import type { IExecuteFunctions } from 'n8n-workflow';

import { isInLoop } from '../../../../nodes/Planhat/run/loop.ts';

type Context = Parameters<typeof isInLoop>[0];

const context = (before: string[], after: string[]): Context => {
	const nodes = (names: string[]) => names.map((name) => ({ name, type: 'some', typeVersion: 1, disabled: false }));
	return {
		getNode: () => ({ name: 'Planhat' }) as ReturnType<IExecuteFunctions['getNode']>,
		getParentNodes: () => nodes(before),
		getChildNodes: () => nodes(after),
	};
};

describe('A node', () => {
	it.each([
		[['Start', 'Read'], ['Write'], false],
		[['Start', 'Loop Over Items', 'Wait'], ['Wait', 'Loop Over Items', 'End'], true],
		[[], [], false],
	])('after %j and before %j: in a loop is %s', (before, after, inLoop) => {
		expect(isInLoop(context(before, after))).toBe(inLoop);
	});
});
