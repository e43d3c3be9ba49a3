import { describe, expect, it } from '@jest/globals';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { inspect } from 'node:util';

import { apiError, detailsOf, inputError, nodeError } from '../../../../nodes/Planhat/transport/errors.ts';
import { node } from '../../fakeItem.mts';

const explanation = { message: 'Planhat did not create the company: no', description: 'Check the fields.' };

describe("an error of Planhat's", () => {
	it.each(['400', '401', '403', '404', '429', '500', '503', 'ECONNREFUSED', 'ETIMEDOUT', 'ERR_NETWORK'])(
		'with the code %s keeps our words, whatever n8n would say',
		(code) => {
			const error = apiError(node, code, explanation, { outcome: 'failed' });
			expect(error).toBeInstanceOf(NodeApiError);
			expect(error.message).toBe(explanation.message);
			expect(error.description).toBe(explanation.description);
			expect(error.httpCode).toBe(code);
			expect(error.messages).toEqual([]);
		},
	);

	it('carries the outcome, the id and the keys of its row', () => {
		const details = { outcome: 'unknown', _id: 'a', keys: { externalId: 'acme' } } as const;
		expect(detailsOf(apiError(node, '503', explanation, details))).toEqual(details);
	});

	it('has no cause, which could hold the request with its token', () => {
		const error = apiError(node, '401', explanation, { outcome: 'failed' });
		expect(error.cause).toBeUndefined();
		expect(Object.values(JSON.parse(JSON.stringify(error)) as object)).toContain(explanation.message);
		expect(inspect(error, { depth: Infinity, showHidden: true })).not.toMatch(/authorization|bearer/i);
	});
});

describe('an error in what the user gave', () => {
	it('says what is the matter and how to mend it', () => {
		const error = inputError(node, "'Record' is blank", 'Choose a record.');
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.message).toBe("'Record' is blank");
		expect(error.description).toBe('Choose a record.');
		expect(detailsOf(error)).toEqual({ outcome: 'failed', _id: undefined, keys: undefined });
	});

	it('carries the record in question', () => {
		const error = inputError(node, 'x', 'y', { _id: 'a', keys: { email: 'b@example.org' } });
		expect(detailsOf(error)).toEqual({ outcome: 'failed', _id: 'a', keys: { email: 'b@example.org' } });
	});
});

describe('whatever was thrown', () => {
	it('names the item afterwards; errors of ours stay the same', () => {
		const known = inputError(node, 'x', 'y');
		expect(nodeError(node, known, 3)).toBe(known);
		expect(known.context.itemIndex).toBe(3);
		const api = apiError(node, '400', explanation, { outcome: 'failed' });
		expect(nodeError(node, api, 0)).toBe(api);
		expect(api.context.itemIndex).toBe(0);
	});

	it('keeps the index that it has when none is given', () => {
		const known = inputError(node, 'x', 'y');
		known.context.itemIndex = 5;
		expect(nodeError(node, known).context.itemIndex).toBe(5);
	});

	it.each<[string, unknown, string]>([
		['an error', new TypeError('broken'), 'broken'],
		['text', 'broken', 'broken'],
		['a number', 7, '7'],
	])('becomes an error of n8n: %s', (_case, thrown, message) => {
		const error = nodeError(node, thrown, 1);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.message).toBe(message);
		expect(error.node).toBe(node);
		expect(error.context.itemIndex).toBe(1);
		expect(detailsOf(error)).toEqual({ outcome: 'failed' });
	});
});
