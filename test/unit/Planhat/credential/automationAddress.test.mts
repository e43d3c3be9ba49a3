import { describe, expect, it } from '@jest/globals';

import { parseAutomationAddress } from '../../../../nodes/Planhat/credential/automationAddress.ts';
import { thrownBy } from '../../../thrownBy.mts';

const api = 'https://api.planhat.com';

describe('The address that starts an automation', () => {
	it('is parted into its origin, its path and what nobody could guess of it', () => {
		expect(parseAutomationAddress(' https://ws.planhat.com/hooks/0123-4567-89ab?key=abcdefghij ', api)).toEqual({
			origin: 'https://ws.planhat.com',
			path: '/hooks/0123-4567-89ab?key=abcdefghij',
			secrets: ['0123-4567-89ab', 'abcdefghij'],
		});
		for (const host of ['planhat.com', 'API-us2.Planhat.com', 'api.planhatdemo.com'])
			expect(parseAutomationAddress(`https://${host}/x`, api).path).toBe('/x');
	});

	it.each([
		'https://planhat.com.example.org/x',
		'https://planhat.org/x',
		'https://evilplanhat.com/x',
		'https://planhat.com@example.org/x',
		'https://u:p@api.planhat.com/x',
		'https://api.planhat.com:8443/x',
		'https://api.planhat.com/x#y',
		'http://api.planhat.com/x',
		'ftp://api.planhat.com/x',
		'http://127.0.0.1:4010/x',
		'https://api.planhat.com',
		'',
		undefined,
		{},
	])('is refused for %s, without a word of its path', async (given) => {
		const error = await thrownBy(() => parseAutomationAddress(given, api));
		expect(error.message).toMatch(/^'Webhook URL' /);
		expect(error.message).not.toContain('/x');
	});

	it('may be on this machine where the API is, and on no other host of a credential', () => {
		const local = 'http://127.0.0.1:4010';
		expect(parseAutomationAddress(`${local}/x`, local).origin).toBe(local);
		expect(() => parseAutomationAddress('http://127.0.0.1:4011/x', local)).toThrow();
		expect(() => parseAutomationAddress('https://proxy.example.org/x', 'https://proxy.example.org')).toThrow();
	});
});
