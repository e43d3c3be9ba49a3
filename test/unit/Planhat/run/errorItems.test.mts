import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { INodeExecutionData } from 'n8n-workflow';

import { errorItem, errorsNotFirst } from '../../../../nodes/Planhat/run/errorItems.ts';
import { apiError, inputError } from '../../../../nodes/Planhat/transport/errors.ts';
import { node } from '../../fakeItem.mts';

const input: INodeExecutionData = {
	json: { name: 'Acme', error: 'of the input', details: 'of the input' },
	binary: {},
};

const refused = () =>
	apiError(
		node,
		'400',
		{ message: 'Planhat did not create the company: no', description: 'Check the fields.' },
		{ outcome: 'failed', keys: { externalId: 'acme' } },
	);

describe('an error item', () => {
	it('with an error output holds the error and its details only, so that n8n routes it there', () => {
		const item = errorItem({ ...node, onError: 'continueErrorOutput' }, refused(), input, 4);
		expect(item).toEqual({
			json: { error: expect.any(String), details: { outcome: 'failed', keys: { externalId: 'acme' } } },
			pairedItem: { item: 4 },
		});
	});

	it('without one holds the data of its input too', () => {
		const item = errorItem({ ...node, onError: 'continueRegularOutput' }, refused(), input, 4);
		expect(item).toEqual({
			json: { name: 'Acme', error: expect.any(String), details: { outcome: 'failed', keys: { externalId: 'acme' } } },
			pairedItem: { item: 4 },
		});
	});

	it.each(['continueErrorOutput', 'continueRegularOutput'] as const)(
		'has no error beside json, nor anything else that n8n would take it for (%s)',
		(onError) => {
			const item = errorItem({ ...node, onError }, refused(), input, 0);
			expect(Object.keys(item).sort()).toEqual(['json', 'pairedItem']);
		},
	);

	it('says what happened and what to do next, with one full stop between', () => {
		const { json } = errorItem(node, refused(), input, 0);
		expect(json.error).toMatch(/^Planhat did not create the company: no\b.*Check the fields\.$/);
		const ended = inputError(node, 'Planhat said so.', 'Check the fields.');
		expect(errorItem(node, ended, input, 0).json.error).toBe('Planhat said so. Check the fields.');
	});

	it('without advice ends with what happened', () => {
		const error = inputError(node, 'Nothing works', '');
		expect(errorItem(node, error, input, 0).json.error).toBe('Nothing works');
	});

	it('carries outcome, id and keys where they are known', () => {
		const explanation = { message: 'x', description: '' };
		const lost = apiError(node, '503', explanation, { outcome: 'unknown', _id: 'a', keys: { sourceId: 's' } });
		expect(errorItem(node, lost, input, 0).json.details).toEqual({
			outcome: 'unknown',
			_id: 'a',
			keys: { sourceId: 's' },
		});
		expect(errorItem(node, inputError(node, 'x', 'y'), input, 0).json.details).toEqual({ outcome: 'failed', keys: {} });
	});

	it('leaves the input as it was', () => {
		errorItem(node, refused(), input, 0);
		expect(input.json).toEqual({ name: 'Acme', error: 'of the input', details: 'of the input' });
	});
});

describe('the order of the output', () => {
	const retrying = { ...node, retryOnFail: true };
	const good = (number: number): INodeExecutionData => ({ json: { number }, pairedItem: { item: number } });
	const bad = (number: number) => errorItem(node, inputError(node, 'x', 'y'), { json: { number } }, number);
	const numbers = (items: INodeExecutionData[]) => items.map(({ json }) => json.number);

	it.each<[string, INodeExecutionData[], number[]]>([
		['nothing', [], []],
		['good items', [good(0), good(1)], [0, 1]],
		['an error that is not first', [good(0), bad(1), good(2)], [0, 1, 2]],
		['an error that is first', [bad(0), good(1), good(2)], [1, 0, 2]],
		['several errors that are first', [bad(0), bad(1), good(2), bad(3), good(4)], [2, 0, 1, 3, 4]],
		['errors only', [bad(0), bad(1)], [0, 1]],
	])('for %s is that of the input, but where the node retries on fail', (_case, items, order) => {
		expect(numbers(errorsNotFirst(retrying, items))).toEqual(order);
		expect(errorsNotFirst(node, items)).toEqual(items);
	});

	it('takes a record with an error of its own for no error', () => {
		const record: INodeExecutionData = { json: { number: 0, error: 'a field of Planhat' } };
		expect(numbers(errorsNotFirst(retrying, [record, good(1)]))).toEqual([0, 1]);
	});

	it('has no error first when another item exists, loses nothing, and moves one item at most', () => {
		fc.assert(
			fc.property(fc.array(fc.boolean(), { maxLength: 30 }), (kinds) => {
				const items = kinds.map((isGood, index) => (isGood ? good(index) : bad(index)));
				const sorted = errorsNotFirst(retrying, items);
				expect(sorted[0]?.json.error === undefined).toBe(kinds.length === 0 || kinds.includes(true));
				const moved = sorted[0]?.json.number;
				expect(numbers(sorted.slice(1))).toEqual(numbers(items).filter((number) => number !== moved));
				expect(sorted).toHaveLength(items.length);
			}),
		);
	});
});
