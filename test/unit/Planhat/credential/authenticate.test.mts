import { describe, expect, it } from '@jest/globals';
import type { IHttpRequestOptions } from 'n8n-workflow';

import { authenticatePlanhat } from '../../../../nodes/Planhat/credential/authenticate.ts';

const credentials = {
	apiToken: 'api-secret',
	tenantToken: 'tenant-secret',
	baseUrl: 'https://api.planhat.com',
	analyticsUrl: 'https://analytics.planhat.com',
};

const bearer = 'Bearer api-secret';
const basic = `Basic ${Buffer.from('tenant-secret:').toString('base64')}`;

/** What is sent for a request to an address. */
const sent = (url: string, more: Partial<IHttpRequestOptions> = {}, changed: Record<string, unknown> = {}) =>
	authenticatePlanhat({ ...credentials, ...changed } as typeof credentials, { url, ...more });

describe('on the API host', () => {
	it('the API token goes along as Bearer, for a path as for a whole address', () => {
		expect(sent('/companies')).toMatchObject({
			url: 'https://api.planhat.com/companies',
			headers: { Authorization: bearer },
		});
		expect(sent('https://api.planhat.com/companies').headers).toEqual({ Authorization: bearer });
		expect(sent('HTTPS://API.planhat.com/companies').headers).toEqual({ Authorization: bearer });
	});

	it.each([
		'https://api-us2.planhat.com',
		'https://api-us2.planhat.com/',
		'https://api-us2.planhat.com///',
		'  https://api-us2.planhat.com ',
		'api-us2.planhat.com',
		'api-us2.planhat.com/',
	])("it does with the base URL '%s'", (baseUrl) => {
		for (const path of ['/companies', 'companies', '//companies']) {
			const request = sent(path, { baseURL: baseUrl }, { baseUrl });
			expect(request.url).toBe('https://api-us2.planhat.com/companies');
			expect(request.baseURL).toBeUndefined();
			expect(request.headers).toEqual({ Authorization: bearer });
		}
	});

	it('a blank base URL is the usual one', () => {
		const request = sent('/companies', { baseURL: '' }, { baseUrl: '' });
		expect(request.url).toBe('https://api.planhat.com/companies');
		expect(request.headers).toEqual({ Authorization: bearer });
	});

	it('a base URL with a path keeps it', () => {
		const baseUrl = 'https://gateway.example/planhat/';
		const request = sent('/companies', { baseURL: baseUrl }, { baseUrl });
		expect(request.url).toBe('https://gateway.example/planhat/companies');
		expect(request.headers).toEqual({ Authorization: bearer });
	});

	it.each(['', ' ', undefined, 'Bearer'])('nothing goes without an API token: %j', (apiToken) => {
		expect(() => sent('/companies', {}, { apiToken })).toThrow('The Planhat credential has no API token');
		expect(sent('https://elsewhere.example/', {}, { apiToken }).headers).toBeUndefined();
	});

	it.each([' api-secret\n', 'Bearer api-secret', 'BEARER  api-secret', 'bearer api-secret', 'Basic api-secret'])(
		'what is pasted around the token is left out: %j',
		(apiToken) => {
			expect(sent('/companies', {}, { apiToken }).headers).toEqual({ Authorization: bearer });
		},
	);

	it.each(['api secret', 'api\nsecret', 'api-secret\u200b'])('a token that is none is refused: %j', (apiToken) => {
		expect(() => sent('/companies', {}, { apiToken })).toThrow(/^'API Token' in the Planhat credential holds a/);
	});

	it('other headers stay', () => {
		expect(sent('/companies', { headers: { Accept: 'application/json' } }).headers).toEqual({
			Accept: 'application/json',
			Authorization: bearer,
		});
	});

	it('the tenant token is not filled in', () => {
		expect(JSON.stringify(sent('/analytics/{tenantToken}'))).not.toContain('tenant-secret');
	});
});

describe('on the analytics host', () => {
	it('the tenant token takes the place that the path leaves for it, and the API token stays away', () => {
		const request = sent('https://analytics.planhat.com/dimensiondata/{tenantToken}');
		expect(request.url).toBe('https://analytics.planhat.com/dimensiondata/tenant-secret');
		expect(JSON.stringify(request)).not.toContain('api-secret');
		expect(request.headers).toBeUndefined();
	});

	it('the tenant token is percent-encoded, and can break nothing', () => {
		const request = sent('https://analytics.planhat.com/x/{tenantToken}', {}, { tenantToken: " a/b?c#d$&$'" });
		expect(request.url).toBe("https://analytics.planhat.com/x/a%2Fb%3Fc%23d%24%26%24'");
	});

	it('Segment gets the tenant token as Basic', () => {
		const request = sent('https://analytics.planhat.com/dock/segment');
		expect(request.headers).toEqual({ Authorization: basic });
		expect(JSON.stringify(request)).not.toContain('api-secret');
	});

	it('any other path gets no token', () => {
		const request = sent('https://analytics.planhat.com/elsewhere');
		expect(request.headers).toBeUndefined();
	});

	it('of the credential alone the tenant token goes along', () => {
		const analyticsUrl = 'analytics.example/';
		expect(sent('https://analytics.example/x/{tenantToken}', {}, { analyticsUrl }).url).toContain('tenant-secret');
		expect(sent('https://analytics.planhat.com/x/{tenantToken}', {}, { analyticsUrl }).url).toContain('{tenantToken}');
	});
});

describe('any other host gets no token', () => {
	it.each([
		'https://api.planhat.com.evil.example/companies',
		'https://evil.example/api.planhat.com',
		'https://evil.example/?https://api.planhat.com',
		'https://evil.example/#api.planhat.com',
		'https://api.planhat.com@evil.example/companies',
		'https://api.planhat.com:443@evil.example/companies',
		'https://api.planhat.com%2F@evil.example/companies',
		'https://evil.example\\@api.planhat.com/companies',
		'https://evilapi.planhat.com/companies',
		'https://planhat.com/companies',
		'https://api-us2.planhat.com/companies',
		'https://api.planhat.com:8443/companies',
		'http://api.planhat.com/companies',
		'http://analytics.planhat.com/x/{tenantToken}',
		'https://analytics.planhat.com.evil.example/x/{tenantToken}',
		'https://analytics.planhat.com@evil.example/x/{tenantToken}',
		'https://evil.example/dock/segment',
		'https://analytics.planhat.com@evil.example/dock/segment',
	])('%s', (url) => {
		const request = sent(url);
		expect(request).toEqual({ url, baseURL: undefined });
	});

	it('also when it is given as the base of a path', () => {
		const request = sent('/companies', { baseURL: 'https://api.planhat.com.evil.example' });
		expect(request).toEqual({ url: 'https://api.planhat.com.evil.example/companies', baseURL: undefined });
	});

	it.each([
		'//evil.example/companies',
		' https://evil.example/companies',
		'/https://evil.example',
		'https:evil.example',
		'https:\\\\evil.example',
		'ftp://evil.example',
		'\\\\evil.example',
	])("and '%s' is a path of the API host", (url) => {
		expect(new URL(sent(url).url).origin).toBe('https://api.planhat.com');
	});
});

describe('a base URL with a path gives its token to that path only', () => {
	const baseUrl = 'https://gateway.example/planhat';

	it.each([
		'/companies',
		'https://gateway.example/planhat/companies',
		'HTTPS://GATEWAY.example:443/planhat/companies',
		'https://gateway.example./planhat/companies',
		'https://gateway.example/planhat/a/../companies',
		'https://gateway.example/planhat\\companies',
	])('%s', (url) => {
		const request = sent(url, {}, { baseUrl });
		expect(request.url).toBe('https://gateway.example/planhat/companies');
		expect(request.headers).toEqual({ Authorization: bearer });
	});

	it.each([
		'https://gateway.example/companies',
		'https://gateway.example/planhat-other/companies',
		'https://gateway.example/planhat/../other',
		'https://gateway.example/planhat/%2e%2e/other',
		'https://gateway.example/planhat/..%2fother',
		'https://gateway.example/planhat/..%252fother',
		'https://gateway.example/planhat/..%5Cother',
		'https://gateway.example/planhat\\..\\other',
		'https://gateway.example/planhat/..;/other',
		'/../other',
		'/..%2fother',
	])('not %s', (url) => {
		expect(sent(url, {}, { baseUrl }).headers).toBeUndefined();
	});

	it('also of the analytics URL', () => {
		const analyticsUrl = 'https://gateway.example/analytics';
		const place = 'dimensiondata/{tenantToken}';
		expect(sent(`${analyticsUrl}/${place}`, {}, { analyticsUrl }).url).toBe(
			'https://gateway.example/analytics/dimensiondata/tenant-secret',
		);
		for (const url of [`https://gateway.example/other/${place}`, `${analyticsUrl}/..%2f${place}`]) {
			expect(sent(url, {}, { analyticsUrl }).url).toBe(url);
		}
		expect(sent('https://gateway.example/dock/segment', {}, { analyticsUrl }).headers).toBeUndefined();
	});

	it('also where it is given as the base of a path', () => {
		const request = sent('/companies', { baseURL: 'https://gateway.example/other' }, { baseUrl });
		expect(request.headers).toBeUndefined();
	});
});

describe('an address in the credential that cannot or may not be used stops every request', () => {
	it.each([
		['baseUrl', 'ftp://api.planhat.com', 'does not begin with https://'],
		['baseUrl', 'javascript:alert(1)', 'does not begin with https://'],
		['baseUrl', 'https://user:word@api.planhat.com', 'holds a user name or a password'],
		['baseUrl', 'https://api.planhat.com?x=1', 'holds more than an address'],
		['baseUrl', 'http://api.planhat.com', 'begins with http://'],
		['analyticsUrl', 'http://analytics.planhat.com', 'begins with http://'],
		['analyticsUrl', 'https://analytics.planhat.com#x', 'holds more than an address'],
	])('%s %s', (name, address, what) => {
		for (const url of ['/companies', 'https://evil.example/', 'https://analytics.planhat.com/x/{tenantToken}']) {
			expect(() => sent(url, {}, { [name]: address })).toThrow(what);
		}
	});

	it('http elsewhere only where it is allowed', () => {
		const request = sent('/companies', {}, { baseUrl: 'http://gateway.example', allowHttp: true });
		expect(request.url).toBe('http://gateway.example/companies');
		expect(request.headers).toEqual({ Authorization: bearer });
	});
});

describe('Read Only', () => {
	const methods = ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'post', 'delete', 'TRACE', 'ANY'];
	const urls = [
		'/companies',
		'https://analytics.planhat.com/dimensiondata/{tenantToken}',
		'https://analytics.planhat.com/dock/segment',
	];

	it.each(methods)('refuses %s on both hosts', (method) => {
		for (const url of urls) {
			expect(() => sent(url, { method: method as 'POST' }, { readOnly: true })).toThrow(
				`The Planhat credential is read only, and ${method.toUpperCase()} may change data`,
			);
			expect(sent(url, { method: method as 'POST' }).url).toBeDefined();
		}
	});

	it.each(['GET', 'HEAD', 'get', 'head', undefined, ''])('lets %j through', (method) => {
		for (const url of urls) expect(sent(url, { method: method as 'GET' }, { readOnly: true }).url).toBeDefined();
	});

	it.each<unknown>([true, 'true', 1])('is on by %j', (readOnly) => {
		expect(() => sent('/companies', { method: 'DELETE' }, { readOnly })).toThrow('read only');
	});
});

describe('a redirect', () => {
	const followed = { followRedirect: true, followAllRedirects: true, maxRedirects: 21 } as object;
	const followsNone = {
		disableFollowRedirect: true,
		followRedirect: false,
		followAllRedirects: false,
		maxRedirects: 0,
		sendCredentialsOnCrossOriginRedirect: false,
	};

	it.each([
		'/companies',
		'https://analytics.planhat.com/dimensiondata/{tenantToken}',
		'https://analytics.planhat.com/dock/segment',
	])('is not followed with any token: %s', (url) => {
		expect(sent(url, { ...followed, sendCredentialsOnCrossOriginRedirect: true })).toMatchObject(followsNone);
	});

	it('of a request without a token is left to n8n', () => {
		expect(sent('https://elsewhere.example/', followed)).toMatchObject(followed);
	});
});

describe('the request that n8n gives', () => {
	it('is not changed', () => {
		const headers = Object.freeze({ Accept: 'application/json' });
		const request = Object.freeze({ url: '/companies', baseURL: 'https://api.planhat.com/', headers });
		authenticatePlanhat(credentials, request);
		expect(request).toEqual({
			url: '/companies',
			baseURL: 'https://api.planhat.com/',
			headers: { Accept: 'application/json' },
		});
	});

	it('keeps everything else', () => {
		const body = { name: 'Acme' };
		expect(sent('/companies', { method: 'POST', body, qs: { a: 1 }, timeout: 5 })).toMatchObject({
			method: 'POST',
			body,
			qs: { a: 1 },
			timeout: 5,
		});
	});
});

it("the credential takes the address from `uri` too, as n8n's HTTP Request node gives it", () => {
	const credentials = { apiToken: 'secret' };
	const given = { method: 'GET', uri: 'https://api.planhat.com/companies', headers: { Accept: '*/*' } };
	expect(authenticatePlanhat(credentials, given as never)).toMatchObject({
		method: 'GET',
		uri: 'https://api.planhat.com/companies',
		url: 'https://api.planhat.com/companies',
		headers: { Accept: '*/*', Authorization: 'Bearer secret' },
	});
	const elsewhere = { ...given, uri: 'https://example.com/companies' };
	expect(authenticatePlanhat(credentials, elsewhere as never).headers).toEqual({ Accept: '*/*' });
});
