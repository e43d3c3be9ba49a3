import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { isHeaderName, isVerified, readHeaderName, readSecrets } from '../../../nodes/PlanhatTrigger/verification.ts';

describe('the name of the header', () => {
	it.each([
		['X-Key', 'x-key'],
		[' X-Key: ', 'x-key'],
		['', 'x-planhat-secret'],
		[' : ', 'x-planhat-secret'],
		[undefined, 'x-planhat-secret'],
		[5, 'x-planhat-secret'],
	])('%j is looked for as %s', (value, name) => {
		expect(readHeaderName(value)).toBe(name);
	});

	it('is one that HTTP allows', () => {
		expect(['x-key', 'x_key', '~a!'].map(isHeaderName)).toEqual([true, true, true]);
		expect(['x key', 'ü', 'a:b', 'a\nb', ''].map(isHeaderName)).toEqual([false, false, false, false, false]);
	});
});

describe('secrets', () => {
	it.each([
		['one', ['one']],
		[' new , old ', ['new', 'old']],
		['new,,old,', ['new', 'old']],
		['with blanks inside', ['with blanks inside']],
		['', []],
		[' , ', []],
		[undefined, []],
		[5, []],
	])('%j are %j', (value, secrets) => {
		expect(readSecrets(value)).toEqual(secrets);
	});
});

describe('a delivery', () => {
	const secrets = ['new', 'old'];

	it.each(['new', 'old', ' old ', 'new, old', ['new', 'old'], ['new']])('is verified by %j', (header) => {
		expect(isVerified(header, secrets)).toBe(true);
	});

	it.each([undefined, '', ',', 'ne', 'newer', 'New', 'new,', 'new, wrong', ['new', 'wrong'], [], ['']])(
		'is not verified by %j',
		(header) => {
			expect(isVerified(header, secrets)).toBe(false);
		},
	);

	it('is never verified without a secret', () => {
		fc.assert(fc.property(fc.string(), (header) => !isVerified(header, [])));
	});

	it('is verified by the secret and by nothing else, whatever the lengths', () => {
		const text = fc.stringMatching(/^[\x21-\x2b\x2d-\x7e]{1,60}$/);
		fc.assert(
			fc.property(text, text, (secret, other) => {
				expect(isVerified(secret, [secret])).toBe(true);
				expect(isVerified(other, [secret])).toBe(other === secret);
				expect(isVerified(secret + other, [secret])).toBe(false);
				expect(isVerified(secret.slice(1), [secret])).toBe(false);
			}),
		);
	});
});
