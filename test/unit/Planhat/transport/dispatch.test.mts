import { describe, expect, it } from '@jest/globals';

import { connectionOptions } from '../../../../nodes/Planhat/transport/connectionOptions.ts';
import { helperOptions } from '../../../../nodes/Planhat/transport/dispatch.ts';

const usual = {};

const target = { verb: 'get', record: 'company', permission: 'Company' };

describe('request options', () => {
	it.each([undefined, null, {}, 'text', [], { proxy: '' }, { proxy: '  ' }, { allowUnauthorizedCerts: false }])(
		'that say nothing (%j) mean the usual time, no proxy and a check of certificates',
		(given) => {
			expect(connectionOptions(given)).toEqual(usual);
		},
	);

	it.each([
		[5_000, 5_000],
		['5000', 5_000],
	])('with the timeout %j mean %i ms', (timeout, milliseconds) => {
		expect(connectionOptions({ timeout })).toEqual({ timeout: milliseconds });
	});

	it.each([0, -5, 'soon'])('with the timeout %j mean the usual one', (timeout) => {
		expect(connectionOptions({ timeout })).toEqual(usual);
	});

	it.each([
		['GET', 60_000],
		['PUT', 300_000],
		['POST', 300_000],
		['DELETE', 300_000],
	] as const)('without a timeout give %s %i ms', (method, timeout) => {
		const request = { method, url: '/companies', target };
		expect(helperOptions(request, 'https://api.planhat.com', connectionOptions({}))).toMatchObject({ timeout });
		expect(helperOptions(request, 'https://api.planhat.com', { timeout: 5 })).toMatchObject({ timeout: 5 });
	});

	it('can switch off the check of certificates', () => {
		expect(connectionOptions({ allowUnauthorizedCerts: true })).toEqual({
			...usual,
			skipSslCertificateValidation: true,
		});
	});
});

describe('a proxy', () => {
	it.each([
		['http://proxy.example:3128', { host: 'proxy.example', port: 3128, protocol: 'http' }],
		[' http://proxy.example:3128 ', { host: 'proxy.example', port: 3128, protocol: 'http' }],
		['proxy.example:3128', { host: 'proxy.example', port: 3128, protocol: 'http' }],
		['10.0.0.1:8080', { host: '10.0.0.1', port: 8080, protocol: 'http' }],
		['localhost:8080', { host: 'localhost', port: 8080, protocol: 'http' }],
		['http://proxy.example', { host: 'proxy.example', port: 80, protocol: 'http' }],
		['https://proxy.example', { host: 'proxy.example', port: 443, protocol: 'https' }],
		['https://proxy.example:8443/', { host: 'proxy.example', port: 8443, protocol: 'https' }],
		[
			'http://user:pass@proxy.example:3128',
			{ host: 'proxy.example', port: 3128, protocol: 'http', auth: { username: 'user', password: 'pass' } },
		],
		[
			'user:pass@proxy.example:3128',
			{ host: 'proxy.example', port: 3128, protocol: 'http', auth: { username: 'user', password: 'pass' } },
		],
		[
			'http://us%40er:p%3Ass@proxy.example:3128',
			{ host: 'proxy.example', port: 3128, protocol: 'http', auth: { username: 'us@er', password: 'p:ss' } },
		],
		[
			'http://user@proxy.example',
			{ host: 'proxy.example', port: 80, protocol: 'http', auth: { username: 'user', password: '' } },
		],
	])('%s is read', (proxy, expected) => {
		expect(connectionOptions({ proxy })).toEqual({ ...usual, proxy: expected });
	});

	it.each(['socks5://proxy.example:1080', 'socks://proxy.example', 'ftp://proxy.example'])(
		'of a scheme that n8n would bypass is refused: %s',
		(proxy) => {
			expect(() => connectionOptions({ proxy })).toThrow(/^The proxy in Request Options begins with '\w+:/);
		},
	);

	it('that is no address is an error', () => {
		expect(() => connectionOptions({ proxy: 'not an address' })).toThrow('Invalid URL');
	});
});
