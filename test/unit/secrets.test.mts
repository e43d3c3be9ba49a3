import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { hiddenIn, secretHider } from '../../dist/nodes/Planhat/transport/secrets.js';

const credentials = { apiToken: ' api/token= ', tenantToken: 'tenant token', webhookSecret: 'first, second' };

async function hider(given: Record<string, unknown> = credentials) {
	const hide = await secretHider(async () => given as never);
	if (hide === undefined) throw new Error('There is no hider');
	return hide;
}

describe('secrets are taken out of a text', () => {
	it.each([
		['a token', 'Bearer api/token= is unknown', 'Bearer [hidden] is unknown'],
		['every time', 'api/token= and api/token=', '[hidden] and [hidden]'],
		['as it stands in an address', '/analytics/tenant%20token', '/analytics/[hidden]'],
		['as Basic', `Basic ${Buffer.from('tenant token:').toString('base64')}`, 'Basic [hidden]'],
		['both of two webhook secrets', 'first or second', '[hidden] or [hidden]'],
		['both together', 'first, second', '[hidden], [hidden]'],
		['nothing else', 'tenant', 'tenant'],
	])('%s', async (_what, text, shown) => {
		expect((await hider())(text)).toBe(shown);
	});

	it('whatever they are', async () => {
		const token = fc.string({ minLength: 12, unit: fc.constantFrom(...'abcXYZ019-_.+/=%') });
		await fc.assert(
			fc.asyncProperty(token, token, async (apiToken, tenantToken) => {
				const hide = await hider({ apiToken, tenantToken });
				const shown = hide(`Bearer ${apiToken}, /${encodeURIComponent(tenantToken)}, ${tenantToken}`);
				for (const secret of [apiToken, tenantToken, encodeURIComponent(tenantToken)])
					expect(shown).not.toContain(secret);
			}),
			{ seed: 20_261_122 },
		);
	});

	it('and blank ones take nothing out', async () => {
		expect((await hider({ apiToken: ' ', tenantToken: '', webhookSecret: ' , ' }))('a text, with blanks')).toBe(
			'a text, with blanks',
		);
		expect((await hider({}))('undefined')).toBe('undefined');
	});

	it('and there is no hider where the credential cannot be read', async () => {
		expect(
			await secretHider(async () => {
				throw new Error('gone');
			}),
		).toBeUndefined();
	});
});

it('secrets are taken out of the texts of a body, which keeps its form', async () => {
	const hide = await hider({ apiToken: '":"' });
	const body = { created: 1, errors: [{ message: 'a ":" b', externalId: 'x' }], none: null };
	expect(hiddenIn(body, hide)).toEqual({
		created: 1,
		errors: [{ message: 'a [hidden] b', externalId: 'x' }],
		none: null,
	});
	expect(body.errors[0]?.message).toBe('a ":" b');
});
