import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';

import { fixedProperties } from '../../../../nodes/Planhat/credential/oAuth2.ts';
import { regions } from '../../../../nodes/Planhat/credential/regions.ts';

/** A fixed field as n8n resolves it: only what stands in the credential itself is at hand. */
function resolved(name: string, credential: Record<string, unknown>): unknown {
	const value = String(fixedProperties.find((property) => property.name === name)?.default);
	const code = /^=\{\{ (.*) \}\}$/s.exec(value)?.[1];
	if (code === undefined) return value;
	expect(code).not.toContain('}}');
	const $self = { allowHttp: false, readOnly: false, ...credential };
	return runInNewContext(code, { $self }) as unknown;
}

const custom = (baseUrl: string, more: Record<string, unknown> = {}) => ({ region: 'custom', baseUrl, ...more });

describe('the addresses of OAuth2', () => {
	it('follow the region, and each has one', () => {
		expect(resolved('authUrl', { region: 'default' })).toBe('https://ws.planhat.com/oauth/authorize');
		expect(resolved('accessTokenUrl', { region: 'default' })).toBe('https://api.planhat.com/oauth/token');
		expect(resolved('authUrl', { region: 'us2' })).toBe('https://app-us2.planhat.com/oauth/authorize');
		expect(resolved('accessTokenUrl', { region: 'us2' })).toBe('https://api-us2.planhat.com/oauth/token');
		for (const { value, address } of regions) {
			if (address === undefined) continue;
			expect(resolved('accessTokenUrl', { region: value })).toBe(`${address}/oauth/token`);
			expect(resolved('allowedDomains', { region: value })).toBe(new URL(address).hostname);
		}
	});

	it('are those that were typed where the region is Custom', () => {
		const typed = custom(' api.acme.example/planhat/ ', { appUrl: 'https://app.acme.example' });
		expect(resolved('accessTokenUrl', typed)).toBe('https://api.acme.example/planhat/oauth/token');
		expect(resolved('authUrl', typed)).toBe('https://app.acme.example/oauth/authorize');
		expect(resolved('allowedDomains', typed)).toBe('api.acme.example');
	});

	it('are no addresses for a region that is not known', () => {
		expect(URL.canParse(String(resolved('accessTokenUrl', { region: 'us9' })))).toBe(false);
	});

	it('take no http but on this machine, or where it is allowed', () => {
		const protocol = (baseUrl: string, more = {}) =>
			new URL(String(resolved('accessTokenUrl', custom(baseUrl, more)))).protocol;
		expect(protocol('http://api.acme.example')).toBe('http-not-allowed:');
		expect(protocol('http://localhost:x@api.acme.example')).toBe('http-not-allowed:');
		expect(protocol('http://127.0.0.1.acme.example')).toBe('http-not-allowed:');
		expect(protocol('http://127.0.0.1:4010')).toBe('http:');
		expect(protocol('http://localhost')).toBe('http:');
		expect(protocol('http://api.acme.example', { allowHttp: true })).toBe('http:');
	});
});

describe("n8n's restriction of domains", () => {
	it.each([
		[false, 'domains'],
		['', 'domains'],
		['off', 'domains'],
		[true, 'none'],
		['true', 'none'],
		['={{ $vars.readOnly }}', 'none'],
	])('blocks what may be Read Only: %p', (readOnly, mode) => {
		expect(resolved('allowedHttpRequestDomains', { region: 'default', readOnly })).toBe(mode);
	});
});
