import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { hiddenIn, secretHider } from '../../../../nodes/Planhat/credential/secrets.ts';
import { quickest } from '../../quickest.mts';

const credentials = { apiToken: ' api/token= ', tenantToken: 'tenant token', webhookSecret: 'first, second' };

const hide = secretHider(credentials);

describe('secrets are taken out of a text', () => {
	it.each([
		['a token', 'Bearer api/token= is unknown', 'Bearer [hidden] is unknown'],
		['every time', 'api/token= and api/token=', '[hidden] and [hidden]'],
		['within a word', 'xapi/token=x', 'x[hidden]x'],
		['as it stands in an address', '/analytics/tenant%20token', '/analytics/[hidden]'],
		['as it stands in an address in lower case', 'api%2ftoken%3d', '[hidden]'],
		['as it stands in a form', 'token=tenant+token&a=1', 'token=[hidden]&a=1'],
		['as Basic', `Basic ${Buffer.from('tenant token:').toString('base64')}`, 'Basic [hidden]'],
		['in base64', `is ${Buffer.from('api/token=').toString('base64')}`, 'is [hidden]'],
		['both of two webhook secrets', 'first or second', '[hidden] or [hidden]'],
		['both together', 'first, second', '[hidden], [hidden]'],
		['nothing else', 'tenant', 'tenant'],
	])('%s', (_what, text, shown) => {
		expect(hide(text)).toBe(shown);
	});

	it('whatever they are', () => {
		const token = fc.string({ minLength: 12, unit: fc.constantFrom(...'abcXYZ019-_.+/=%') });
		fc.assert(
			fc.property(token, token, (apiToken, tenantToken) => {
				const shown = secretHider({ apiToken, tenantToken })(
					`Bearer ${apiToken}, /${encodeURIComponent(tenantToken)}, ${tenantToken}`,
				);
				for (const secret of [apiToken, tenantToken, encodeURIComponent(tenantToken)])
					expect(shown).not.toContain(secret);
			}),
			{ seed: 20_261_122 },
		);
	});

	it('in base64 together with whatever stands around them, in both alphabets', () => {
		const around = fc.string({ maxLength: 20 });
		const token = fc.string({ minLength: 12, unit: fc.constantFrom(...'abcXYZ019-_.+/=%?~') });
		fc.assert(
			fc.property(token, around, around, (apiToken, before, after) => {
				for (const encoding of ['base64', 'base64url'] as const) {
					const encoded = Buffer.from(`${before}${apiToken}${after}`).toString(encoding);
					const shown = secretHider({ apiToken })(`It was ${encoded}`);
					const whole = shown.slice('It was '.length).split('[hidden]');
					expect(whole.length).toBeGreaterThan(1);
					for (const part of whole) expect(Buffer.from(part, encoding).toString()).not.toContain(apiToken.slice(0, 8));
				}
			}),
			{ seed: 20_261_122 },
		);
	});

	it.each(['Bearer abcdefgh-1', 'Authorization: Bearer abcdefgh-1', 'authorization:basic\tabcdefgh-1'])(
		'as pasted with what stands before it in a request: %j',
		(apiToken) => {
			expect(secretHider({ apiToken })('token abcdefgh-1')).toBe('token [hidden]');
		},
	);

	it('and blank ones take nothing out', () => {
		const blank = secretHider({ apiToken: ' ', tenantToken: '', webhookSecret: ' , ' });
		expect(blank('a text, with blanks')).toBe('a text, with blanks');
		expect(secretHider({})('undefined')).toBe('undefined');
	});
});

describe('a short secret', () => {
	const hideShort = secretHider({ webhookSecret: '000' });

	it.each([
		['5f0000000000000000000001', '5f0000000000000000000001'],
		['acme-000', 'acme-000'],
		['1000 rows', '1000 rows'],
		['the secret 000 is wrong', 'the secret [hidden] is wrong'],
		['"000"', '"[hidden]"'],
	])('is hidden only as a word of its own: %s', (text, shown) => {
		expect(hideShort(text)).toBe(shown);
	});
});

describe('a text that is cut', () => {
	const apiToken = 'abcdefghijklmnopqrstuvwxyz0123456';

	it('holds no part of a secret, wherever it is cut', () => {
		const cutting = secretHider({ apiToken, tenantToken: 'a-tenant-token' });
		const text = `The token ${apiToken} ${Buffer.from(apiToken).toString('base64')} is wrong, ${apiToken}`;
		for (let longest = 0; longest <= text.length; longest += 1) {
			const shown = cutting(text, longest);
			expect(shown.length).toBeLessThanOrEqual(longest);
			expect(shown).not.toContain('abc');
			expect(shown).not.toContain(Buffer.from(apiToken).toString('base64').slice(0, 4));
		}
	});

	it('is as long as is wanted where there is none', () => {
		expect(hide('x'.repeat(1_000_000), 300)).toBe('x'.repeat(300));
	});
});

describe('secrets are taken out of an answer', () => {
	it('in all its texts and names, and it keeps its form', () => {
		const hideQuotes = secretHider({ apiToken: 'secret":"token' });
		const body = {
			created: 1,
			errors: [{ message: 'a secret":"token b', externalId: 'x' }],
			'secret":"token': true,
			none: null,
		};
		expect(hiddenIn(body, hideQuotes)).toEqual({
			created: 1,
			errors: [{ message: 'a [hidden] b', externalId: 'x' }],
			'[hidden]': true,
			none: null,
		});
		expect(body.errors[0]?.message).toBe('a secret":"token b');
	});

	it('also where they are numbers', () => {
		expect(hiddenIn([1234567890, 12], secretHider({ apiToken: '1234567890', webhookSecret: '12' }))).toEqual([
			'[hidden]',
			12,
		]);
	});

	it('however deep it is nested: what nobody reads is left out', () => {
		const text = `${'{"a":'.repeat(60_000)}"api/token="${'}'.repeat(60_000)}`;
		expect(JSON.stringify(hiddenIn(JSON.parse(text), hide))).toContain('…');
	});

	it('however many values it has: what nobody reads is left out, and takes no time', () => {
		const body = {
			errors: Array.from({ length: 8_000 }, () => Array.from({ length: 50 }, () => ['api/token=', [{}]])),
		};
		expect(quickest(() => hiddenIn(body, hide))).toBeLessThan(200);
		const shown = JSON.stringify(hiddenIn(body, hide));
		expect(shown).toContain('…');
		expect(shown).not.toContain('api/token=');
		expect(shown.length).toBeLessThan(100_000);
	});

	it('however long its texts are together: what nobody reads is left out, and takes no time', () => {
		const body = Array.from({ length: 8_000 }, () => ['api/token= '.repeat(1_000)]);
		expect(quickest(() => hiddenIn(body, hide))).toBeLessThan(150);
		const shown = JSON.stringify(hiddenIn(body, hide));
		expect(shown).not.toContain('api/token=');
		expect(shown.length).toBeLessThan(300_000);
	});

	it('and 10 MB of text take no time', () => {
		const body = { message: 'api/token= '.repeat(1_000_000) };
		expect(quickest(() => hiddenIn(body, hide))).toBeLessThan(200);
		expect(JSON.stringify(hiddenIn(body, hide)).length).toBeLessThan(11_000);
	});
});
