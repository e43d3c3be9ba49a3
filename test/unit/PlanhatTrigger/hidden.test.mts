import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { shownHeaders, shownQuery } from '../../../nodes/PlanhatTrigger/hidden.ts';

const long = 'correct horse battery';

/** The names of the headers that are shown. */
function shown(headers: Record<string, string | string[]>, secrets: string[]): string[] {
	return Object.keys(shownHeaders(headers, 'x-key', secrets));
}

describe('the headers that are shown', () => {
	it('lack the header of the secret, what authenticates elsewhere, and whatever holds a secret', () => {
		const headers = {
			'x-key': 'wrong',
			'X-KEY': 'wrong',
			authorization: 'Basic a',
			'proxy-authorization': 'b',
			cookie: 'c',
			'x-copy': 'Bearer s3cret',
			'x-list': ['a', 's3cret'],
			s3cret: 'd',
			'x-kept': ['e', 'f'],
			host: 'g',
		};
		expect(shownHeaders(headers, 'x-key', ['s3cret'])).toEqual({ 'x-kept': ['e', 'f'], host: 'g' });
		expect(headers['x-key']).toBe('wrong');
	});

	it.each([
		'000',
		' 000 ',
		'Bearer 000',
		'the 000',
		'token=000',
		'/webhook?token=000&a=1',
		'key="000"',
		'wrong, 000',
		'000, wrong',
		'MDAw',
		`Basic ${Buffer.from('planhat:000').toString('base64')}`,
		`Basic ${Buffer.from('000:').toString('base64')}`,
		'%3000',
	])('lack %j, where the secret is 000', (value) => {
		expect(shown({ 'x-a': value }, ['wrong one', '000'])).toEqual([]);
	});

	it.each([
		'5f0000000000000000000001',
		'1000',
		'1,000',
		'2026-01-01T00:00:00.000Z',
		'ABC-000',
		'000000',
		'id=5f0000000000000000000001',
		'/companies/000/x',
		Buffer.from('1000:1').toString('base64'),
	])('hold %j, where the secret is 000', (value) => {
		expect(shown({ 'x-a': value, 'x-000': 'b' }, ['000'])).toEqual(['x-a', 'x-000']);
	});

	it.each([
		long,
		`a${long}b`,
		encodeURIComponent(long),
		...['', 'a', 'ab', 'abc'].map((before) => Buffer.from(`${before}${long}!`).toString('base64')),
		`_${Buffer.from(`{"token":"${long}"}`).toString('base64url')}`,
	])('lack %j, since a long secret is nowhere by accident', (value) => {
		expect(shown({ 'x-a': value, [`x-${long}`]: 'b', 'x-b': 'c' }, [long])).toEqual(['x-b']);
	});

	it('lack a secret with letters that are no ASCII, in either encoding', () => {
		const values = ['Schlüssel', Buffer.from('Schlüssel', 'utf8').toString('latin1')];
		expect(values.map((value) => shown({ 'x-a': value }, ['Schlüssel']))).toEqual([[], []]);
	});

	it('take any characters of a secret as they are', () => {
		fc.assert(
			fc.property(fc.string({ minLength: 1 }), fc.string(), (secret, other) => {
				const secrets = [secret.trim()].filter((one) => one !== '');
				expect(shown({ 'x-a': secret }, secrets)).toEqual(secrets.length > 0 ? [] : ['x-a']);
				expect(shown({ 'x-a': `a${other}` }, secrets).length).toBeLessThan(2);
			}),
		);
	});
});

describe('the query that is shown', () => {
	it('lacks what is a secret, however deep it is, and nothing beside it', () => {
		const query = {
			a: { b: { c: long, d: '1' }, e: [long, 'x'] },
			f: [{ g: long }],
			h: { i: { j: long } },
			k: [{ l: '1' }],
			[long]: '',
			m: {},
		};
		expect(shownQuery(query, [long])).toEqual({ a: { b: { d: '1' } }, k: [{ l: '1' }] });
		expect(query.a.b.c).toBe(long);
	});

	it('holds IDs and keys that happen to hold a short secret', () => {
		const query = { id: '5f0000000000000000000001', name: 'ABC 000', 'x000[': { '0001': '1000' } };
		expect(shownQuery({ ...query, '000': '1', token: '000', basic: 'MDAw' }, ['000'])).toEqual(query);
	});

	it('is all of it where there is no secret', () => {
		expect(shownQuery({ a: '', b: { c: '' } }, [])).toEqual({ a: '', b: { c: '' } });
	});
});
