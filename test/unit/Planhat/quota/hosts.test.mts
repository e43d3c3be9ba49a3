import { describe, expect, it, jest } from '@jest/globals';

import { readSettings } from '../../../../nodes/Planhat/credential/settings.ts';
import { clock } from '../../../../nodes/Planhat/quota/clock.ts';
import { analyticsHost, apiHost } from '../../../../nodes/Planhat/quota/hosts.ts';

const credentials = { apiToken: 'api', tenantToken: 'tenant', callsPerMinute: 150 };

function limiters(changes: Record<string, unknown>) {
	const changed = { ...credentials, ...changes } as typeof credentials;
	const settings = readSettings(changed);
	return { api: apiHost(settings, changed).limiter, analytics: analyticsHost(settings, changed).limiter };
}

describe('a limiter', () => {
	const own = limiters({});

	it.each([
		['the same credential', {}],
		['another pace', { callsPerMinute: 20 }],
		['another tenant token', { tenantToken: 'other' }],
		['blanks around the token', { apiToken: ' api\n' }],
		['the word Bearer before the token', { apiToken: 'Bearer api' }],
		['another address of Planhat', { baseUrl: 'https://api-us2.planhat.com' }],
	])('of the API host is shared with %s', (_with, changes) => {
		expect(limiters(changes).api).toBe(own.api);
	});

	it('of the API host is not shared with another token', () => {
		expect(limiters({ apiToken: 'other' }).api).not.toBe(own.api);
	});

	it('of the analytics host is another one, and goes by the tenant token', () => {
		expect(own.analytics).not.toBe(own.api);
		expect(limiters({ apiToken: 'other' }).analytics).toBe(own.analytics);
		expect(limiters({ tenantToken: 'other' }).analytics).not.toBe(own.analytics);
	});

	it('is forgotten when it is idle for a minute and another token comes, and not while a call is under way', async () => {
		const now = jest.spyOn(clock, 'now');
		const settings = readSettings(credentials);
		const [idle, busy] = ['idle', 'busy'].map((apiToken) => apiHost(settings, { ...credentials, apiToken }));
		const before = { idle: idle?.limiter, busy: busy?.limiter };
		await before.busy?.acquire(0);
		now.mockReturnValue(performance.now() + 61_000);
		expect(limiters({ apiToken: 'new' }).api).toBeDefined();
		expect(busy?.limiter).toBe(before.busy);
		expect(idle?.limiter).not.toBe(before.idle);
		now.mockRestore();
	});
});

describe('a host', () => {
	it('has the pace of the credential, and none for analytics, for which Planhat states no quota', () => {
		const settings = readSettings(credentials);
		expect(apiHost(settings, credentials)).toMatchObject({ address: 'https://api.planhat.com', callsPerMinute: 150 });
		expect(analyticsHost(settings, credentials)).toMatchObject({
			address: 'https://analytics.planhat.com',
			callsPerMinute: 0,
		});
	});

	it.each([undefined, null, '', '  '])('says what the credential lacks (%j)', (token) => {
		const settings = readSettings({});
		expect(apiHost(settings, { apiToken: token } as never).missing?.message).toBe(
			'The Planhat credential has no API token',
		);
		expect(analyticsHost(settings, { tenantToken: token } as never).missing?.message).toBe(
			'The Planhat credential has no tenant token',
		);
	});

	it.each(['a b', 'a\nb'])('says what is wrong with a token (%j)', (token) => {
		const settings = readSettings({});
		expect(apiHost(settings, { apiToken: token }).missing?.message).toMatch(/^'API Token' .* holds a space/);
		expect(analyticsHost(settings, { tenantToken: token }).missing?.message).toMatch(
			/^'Tenant Token' .* holds a space/,
		);
	});

	it('lacks nothing where there is a token', () => {
		const settings = readSettings(credentials);
		expect(apiHost(settings, credentials).missing).toBeUndefined();
		expect(analyticsHost(settings, credentials).missing).toBeUndefined();
	});
});
