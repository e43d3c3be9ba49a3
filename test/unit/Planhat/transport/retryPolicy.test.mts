import { describe, expect, it } from '@jest/globals';

import {
	kindOfNetworkError,
	kindOfStatus,
	mayRepeat,
	type FailureKind,
} from '../../../../nodes/Planhat/transport/retryPolicy.ts';

describe('an answer', () => {
	it.each<[number, FailureKind]>([
		[429, 'throttled'],
		[502, 'unknown'],
		[503, 'unknown'],
		[504, 'unknown'],
		[408, 'unknown'],
		[524, 'unknown'],
		[500, 'fault'],
		[301, 'refused'],
		[304, 'refused'],
		[400, 'refused'],
		[401, 'refused'],
		[403, 'refused'],
		[404, 'refused'],
		[409, 'refused'],
		[413, 'refused'],
		[422, 'refused'],
		[428, 'refused'],
		[430, 'refused'],
		[600, 'unknown'],
		[999, 'unknown'],
		[199, 'unknown'],
		[0, 'unknown'],
	])('%i is %s', (status, kind) => {
		expect(kindOfStatus(status)).toBe(kind);
	});
});

describe('a request without an answer', () => {
	it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])(
		'that ended with %s never reached Planhat',
		(code) => {
			expect(kindOfNetworkError(code)).toBe('notDelivered');
		},
	);

	it.each(['ECONNABORTED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ERR_NETWORK', 'ERR_BAD_RESPONSE'])(
		'that ended with %s may have been applied',
		(code) => {
			expect(kindOfNetworkError(code)).toBe('unknown');
		},
	);

	it.each([
		'SOMETHING_NEW',
		'HPE_HEADER_OVERFLOW',
		'HPE_INVALID_CONSTANT',
		'HPE_INVALID_HEADER_TOKEN',
		'Z_DATA_ERROR',
		'Z_BUF_ERROR',
	])('whose answer came but could not be read (%s) may have been applied', (code) => {
		expect(kindOfNetworkError(code)).toBe('unknown');
	});

	it.each(['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_INVALID_URL'])(
		'that ended with %s is not helped by trying again',
		(code) => {
			expect(kindOfNetworkError(code)).toBe('refused');
		},
	);
});

describe('the retry table', () => {
	// As in the design: failure; GET and DELETE, PUT by id, bulk PUT with keys, everything else.
	const columns: Array<[string, Parameters<typeof mayRepeat>[1]]> = [
		['GET', { method: 'GET' }],
		['DELETE', { method: 'DELETE' }],
		['PUT by id', { method: 'PUT' }],
		['bulk PUT with every row keyed', { method: 'PUT', idempotent: true }],
		['POST', { method: 'POST' }],
		['POST that says otherwise', { method: 'POST', idempotent: true }],
		['bulk PUT with keyless rows', { method: 'PUT', idempotent: false }],
	];
	const rows: Array<[FailureKind, string, string[]]> = [
		['throttled', '429', columns.map(([name]) => name)],
		['notDelivered', 'refused, DNS', columns.map(([name]) => name)],
		['unknown', 'timeout, reset, 502, 503, 504', ['GET', 'DELETE', 'PUT by id', 'bulk PUT with every row keyed']],
		['fault', '500', ['GET', 'DELETE']],
		['refused', 'other 4xx', []],
	];
	const cells = rows.flatMap(([kind, failure, repeated]) =>
		columns.map(([name, request]) => ({
			kind,
			failure,
			name,
			request,
			word: repeated.includes(name) ? 'is' : 'is not',
			expected: repeated.includes(name),
		})),
	);

	it.each(cells)('after $failure a $name $word sent again', ({ kind, request, expected }) => {
		expect(mayRepeat(kind, request, 0)).toBe(expected);
	});

	it('after 429 has no bound but the longest wait', () => {
		expect(mayRepeat('throttled', { method: 'POST' }, 10_000)).toBe(true);
	});

	it.each<[FailureKind, 'GET' | 'POST']>([
		['notDelivered', 'POST'],
		['unknown', 'GET'],
		['fault', 'GET'],
	])('gives up on %s when five tries running had no useful answer', (kind, method) => {
		const repeats = [0, 1, 2, 3, 4, 5].map((attempt) => mayRepeat(kind, { method }, attempt));
		// `attempt` is 0 after the first try, so that 4 is after the fifth.
		expect(repeats).toEqual([true, true, true, true, false, false]);
	});
});
