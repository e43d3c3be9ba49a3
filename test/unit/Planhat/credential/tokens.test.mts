import { describe, expect, it } from '@jest/globals';

import { isTenantToken, parseToken, tokenProblem } from '../../../../nodes/Planhat/credential/tokens.ts';

describe('a token', () => {
	it.each([
		['abc', 'abc'],
		[' abc\n', 'abc'],
		['Bearer abc', 'abc'],
		['bearer abc', 'abc'],
		['BEARER\tabc ', 'abc'],
		['Basic abc==', 'abc=='],
		['Authorization: Bearer abc', 'abc'],
		['Bearer Bearer abc', 'abc'],
		['bearerabc', 'bearerabc'],
		['Bearer', ''],
		['Bearer ', ''],
		[123, '123'],
		[undefined, ''],
		[null, ''],
		['  ', ''],
		[{}, ''],
	])('%j is taken for %j', (given, token) => {
		expect(parseToken(given)).toBe(token);
	});

	it.each([undefined, null, '', ' ', 'Bearer', {}])('is missed where there is none (%j)', (given) => {
		expect(tokenProblem('apiToken', given)?.message).toBe('The Planhat credential has no API token');
		expect(tokenProblem('tenantToken', given)?.message).toBe('The Planhat credential has no tenant token');
	});

	it.each([
		['abc def', 'a space or a line break'],
		['abc\ndef', 'a space or a line break'],
		['abc\r\nX-Evil: 1', 'a space or a line break'],
		['abc\u00a0def', 'a space or a line break'],
		['abc\u200b', 'a character that tokens do not have'],
		['abcé', 'a character that tokens do not have'],
		['“abc”', 'a character that tokens do not have'],
		['abc\u0000', 'a character that tokens do not have'],
	])('%j is refused, and not repeated', (given, what) => {
		expect(tokenProblem('apiToken', given)?.message).toBe(`'API Token' in the Planhat credential holds ${what}`);
		expect(tokenProblem('tenantToken', given)?.message).toBe(`'Tenant Token' in the Planhat credential holds ${what}`);
	});

	it.each(['abc', ' Bearer abc ', 'api+token/1234567890abcdef==', '!~', 7])('%j has no problem', (given) => {
		expect(tokenProblem('apiToken', given)).toBeUndefined();
	});
});

it.each([
	['01234567-89ab-cdef-0123-456789abcdef', true],
	['01234567-89AB-CDEF-0123-456789ABCDEF', true],
	['01234567-89ab-cdef-0123-456789abcdeg', false],
	['0123456789abcdef0123456789abcdef', false],
	['x01234567-89ab-cdef-0123-456789abcdef', false],
	['', false],
])('%s has the form of a tenant token: %j', (token, expected) => {
	expect(isTenantToken(token)).toBe(expected);
});
