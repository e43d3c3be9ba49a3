import { describe, expect, it } from '@jest/globals';

import { failureOfAnswer, failureOfNetwork, failureOfSuccess } from '../../../../nodes/Planhat/transport/failure.ts';
import { isWithoutAnswer } from '../../../../nodes/Planhat/transport/retryPolicy.ts';
import { networkError } from './networkError.mts';

describe('a failure of an answer', () => {
	it('has the status as its code and the words of Planhat', () => {
		expect(failureOfAnswer(400, { message: 'Name is required' })).toEqual({
			kind: 'refused',
			code: '400',
			words: 'Name is required',
			mayBeApplied: false,
		});
	});

	it.each([0, 99, 199, 408, 500, 502, 503, 504, 599, 600, 999])('%i may have been applied', (status) => {
		expect(failureOfAnswer(status, '')).toMatchObject({ mayBeApplied: true });
	});

	it.each([301, 400, 401, 403, 404, 413, 429])('%i was not applied', (status) => {
		expect(failureOfAnswer(status, '').mayBeApplied).toBe(false);
	});
});

describe('a failure of the network', () => {
	it("takes the code from the cause of n8n's error", () => {
		expect(failureOfNetwork(networkError('ECONNREFUSED'))).toEqual({
			kind: 'notDelivered',
			code: 'ECONNREFUSED',
			words: 'the connection was refused, ECONNREFUSED',
			mayBeApplied: false,
		});
	});

	it('takes the code from the error itself, where the cause has none', () => {
		const error = Object.assign(new Error('x', { cause: new Error('y') }), { code: 'ECONNRESET' });
		expect(failureOfNetwork(error)).toMatchObject({ kind: 'unknown', code: 'ECONNRESET', mayBeApplied: true });
		expect(failureOfNetwork({ httpCode: 'ENOTFOUND' })).toMatchObject({ kind: 'notDelivered', code: 'ENOTFOUND' });
	});

	it.each([
		['ECONNABORTED', 'it took too long to answer, ECONNABORTED'],
		['ECONNRESET', 'the connection was closed before the answer was complete, ECONNRESET'],
		['ENOTFOUND', 'the address does not exist, ENOTFOUND'],
		['EAI_AGAIN', 'the address could not be looked up, EAI_AGAIN'],
		['ENETUNREACH', 'the network has no way to it, ENETUNREACH'],
		['HPE_INVALID_CONSTANT', 'the answer is not valid HTTP, HPE_INVALID_CONSTANT'],
		['EODD', 'EODD'],
	])('%s is said in words, where they are known', (code, words) => {
		expect(failureOfNetwork(networkError(code))).toMatchObject({ code, words });
	});

	it.each(['Z_DATA_ERROR', 'Z_BUF_ERROR', 'ERR__ERROR_FORMAT_PADDING_2'])(
		'%s is an answer that cannot be unpacked, which the host is not to blame for',
		(code) => {
			const failure = failureOfNetwork(Object.assign(new Error('incorrect header check'), { code }));
			expect(failure).toEqual({
				kind: 'unknown',
				code: 'ERR_UNREADABLE',
				words: `the answer cannot be read (${code})`,
				mayBeApplied: true,
			});
			expect(isWithoutAnswer(failure)).toBe(false);
		},
	);

	it.each(['ETIMEDOUT', 'ECONNABORTED', 'ECONNRESET', 'EPIPE'])('%s may have been applied', (code) => {
		expect(failureOfNetwork(networkError(code))).toMatchObject({ kind: 'unknown', code, mayBeApplied: true });
	});

	it.each([new Error('no code'), 'text', undefined, null, 7, { code: 7 }])(
		'without a code (%p) may have been applied, since nobody knows',
		(thrown) => {
			expect(failureOfNetwork(thrown)).toEqual({
				kind: 'unknown',
				code: 'ERR_NETWORK',
				words: 'ERR_NETWORK',
				mayBeApplied: true,
			});
		},
	);

	it('without a code says what went wrong, where that is known, and hides what is secret in it', () => {
		const thrown = new Error('As n8n says it', { cause: new RangeError('Too much for a-token') });
		expect(failureOfNetwork(thrown, (text) => text.replace('a-token', '[hidden]'))).toMatchObject({
			words: 'Too much for [hidden] (ERR_NETWORK)',
			mayBeApplied: true,
		});
	});

	it('that n8n has blocked was not sent, however deep its error stands', () => {
		const blocked = new Error('The request was blocked because it resolves to a restricted IP address');
		blocked.name = 'SsrfBlockedIpError';
		for (const thrown of [
			blocked,
			new Error('x', { cause: blocked }),
			new Error('x', { cause: new Error('y', { cause: blocked }) }),
		]) {
			const failure = failureOfNetwork(thrown);
			expect(failure).toEqual({
				kind: 'refused',
				code: 'ERR_BLOCKED',
				words: blocked.message,
				mayBeApplied: false,
				isNotSent: true,
			});
		}
	});

	it('says what is wrong with a certificate', () => {
		const failure = failureOfNetwork(networkError('CERT_HAS_EXPIRED', 'certificate has expired'));
		expect(failure).toMatchObject({ kind: 'refused', words: 'certificate has expired (CERT_HAS_EXPIRED)' });
	});
});

describe('an answer that says success', () => {
	it.each(['', 'OK', 'all < well', 5, null, undefined, {}, [], { message: '<p>' }])('is taken as it is: %j', (body) => {
		expect(failureOfSuccess({}, body)).toBeUndefined();
	});

	it.each([
		['{"_id":"5f', 'the answer cannot be read: {"_id":"5f'],
		['[{"_id":', 'the answer cannot be read: [{"_id":'],
		[`{${'x'.repeat(1_000)}`, `the answer cannot be read: {${'x'.repeat(199)}`],
	])('is none when it breaks off: %s', (body, words) => {
		expect(failureOfSuccess({}, body)).toEqual({ kind: 'unknown', code: 'ERR_UNREADABLE', words, mayBeApplied: true });
		expect(failureOfSuccess({ host: 'analytics' }, body)).toBeUndefined();
	});
});
