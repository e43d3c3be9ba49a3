import { describe, expect, it } from '@jest/globals';

import { connectionOptions } from '../../../../nodes/Planhat/transport/connectionOptions.ts';

const usual = { timeout: 300_000 };

describe('request options', () => {
	it.each([undefined, null, {}, 'text', [], { proxy: '' }, { proxy: '  ' }, { allowUnauthorizedCerts: false }])(
		'that say nothing (%j) mean five minutes, no proxy and a check of certificates',
		(given) => {
			expect(connectionOptions(given)).toEqual(usual);
		},
	);

	it.each([
		[5_000, 5_000],
		['5000', 5_000],
		[0, 300_000],
		[-5, 300_000],
		['soon', 300_000],
	])('with the timeout %j mean %i ms', (timeout, milliseconds) => {
		expect(connectionOptions({ timeout })).toEqual({ timeout: milliseconds });
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

	it('that is no address is an error', () => {
		expect(() => connectionOptions({ proxy: 'not an address' })).toThrow('Invalid URL');
	});
});
