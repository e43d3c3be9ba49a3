import { describe, expect, it } from '@jest/globals';
import type { INode } from 'n8n-workflow';
import { limitsOf } from '../../../../nodes/Planhat/batch/options.ts';

function rowsFor(value: unknown): number {
	const parameter = (name: string, _index: number, fallback?: unknown) =>
		name === 'options.batchSize' ? (value ?? fallback) : fallback;
	return limitsOf({ node: { name: 'Planhat' } as INode, parameter }).rows;
}

describe('Batch Size', () => {
	it.each([
		[undefined, 5_000],
		['', 5_000],
		[1, 1],
		['200', 200],
		[5_000, 5_000],
	])('%p means %p rows in a request', (value, rows) => {
		expect(rowsFor(value)).toBe(rows);
	});

	it.each([0, -5, 1.5, 5_001, 'many', '1e3', true, [], {}, Number.NaN])('of %p is refused', (value) => {
		expect(() => rowsFor(value)).toThrow(/^'Batch Size' takes a whole number from 1 to 5,000, not '/);
	});
});
