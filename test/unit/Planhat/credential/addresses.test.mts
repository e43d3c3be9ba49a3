import { describe, expect, it } from '@jest/globals';

import { isBelow, parseAddress, parseUrl } from '../../../../nodes/Planhat/credential/addresses.ts';

const field = { label: 'Base URL', fallback: 'https://fallback.example' } as const;

const parsed = (given: unknown, allowHttp = false) => parseAddress(given, field, allowHttp);

describe('an address', () => {
	it.each([
		['https://api.planhat.com', 'https://api.planhat.com'],
		['https://api.planhat.com/', 'https://api.planhat.com'],
		['https://api.planhat.com//', 'https://api.planhat.com'],
		[' https://api.planhat.com/ \n', 'https://api.planhat.com'],
		['HTTPS://API.Planhat.com:443', 'https://api.planhat.com'],
		['https://api.planhat.com.', 'https://api.planhat.com'],
		['https://api.planhat.com:8443/', 'https://api.planhat.com:8443'],
		['api-us2.planhat.com', 'https://api-us2.planhat.com'],
		['api-us2.planhat.com/', 'https://api-us2.planhat.com'],
		['//api-us2.planhat.com', 'https://api-us2.planhat.com'],
		['api-us2.planhat.com:8443', 'https://api-us2.planhat.com:8443'],
		['localhost:3000', 'https://localhost:3000'],
		['localhost:3000/planhat', 'https://localhost:3000/planhat'],
		['https://gateway.example/planhat/', 'https://gateway.example/planhat'],
		['gateway.example/a/../planhat', 'https://gateway.example/planhat'],
		['https:\\\\gateway.example\\planhat', 'https://gateway.example/planhat'],
	])("'%s' is taken for '%s'", (typed, address) => {
		expect(parsed(typed)).toBe(address);
	});

	it.each([undefined, null, '', '  ', '\n'])('that is blank is the usual one (%j)', (value) => {
		expect(parsed(value)).toBe('https://fallback.example');
	});

	it.each([
		'/',
		'//',
		'not an address',
		'https://',
		'https://:443',
		'http://:',
		'https://a b.example',
		7,
		{},
		true,
		[],
	])('that is none is refused (%j)', (value) => {
		expect(() => parsed(value)).toThrow("'Base URL' in the Planhat credential is not an address");
	});

	it.each([
		'ftp://api.planhat.com',
		'javascript:alert(1)',
		'file:///etc/passwd',
		'data:text/html,x',
		'mailto:a@planhat.com',
		'ws://api.planhat.com',
		'htps://api.planhat.com',
		'user:password@api.planhat.com',
	])('with another scheme is refused (%s)', (address) => {
		expect(() => parsed(address, true)).toThrow("'Base URL' in the Planhat credential does not begin with https://");
	});

	it.each([
		['https://user@api.planhat.com', 'holds a user name or a password'],
		['https://user:word@api.planhat.com', 'holds a user name or a password'],
		['user@api.planhat.com', 'holds a user name or a password'],
		['https://:word@api.planhat.com', 'holds a user name or a password'],
		['https://api.planhat.com?x=1', 'holds more than an address'],
		['https://api.planhat.com/?', 'holds more than an address'],
		['api.planhat.com/v1?x=1', 'holds more than an address'],
		['https://api.planhat.com#', 'holds more than an address'],
		['https://api.planhat.com/#/companies', 'holds more than an address'],
	])('with more to it is refused, and not repeated (%s)', (address, what) => {
		expect(() => parsed(address)).toThrow(`'Base URL' in the Planhat credential ${what}`);
	});

	it.each([
		'http://localhost',
		'http://localhost:3000',
		'HTTP://LOCALHOST',
		'http://localhost.',
		'http://127.0.0.1:8080',
		'http://127.1',
		'http://127.255.0.3',
		'http://[::1]:8080',
		'http://[0:0:0:0:0:0:0:1]',
	])('on this machine needs no https (%s)', (address) => {
		expect(parsed(address)).toMatch(/^http:\/\//);
	});

	it.each([
		'http://api.planhat.com',
		'HTTP://api.planhat.com',
		'http:api.planhat.com',
		'http://localhost.evil.example',
		'http://127.0.0.1.evil.example',
		'http://notlocalhost',
		'http://128.0.0.1',
		'http://10.0.0.1',
		'http://[::2]',
		'http://host.docker.internal:3000',
	])('elsewhere needs https, unless that is allowed deliberately (%s)', (address) => {
		expect(() => parsed(address)).toThrow(/^'Base URL' .* begins with http:\/\//);
		expect(parsed(address, true)).toMatch(/^http:\/\//);
	});

	it('is named as its field, with what to do', () => {
		const analytics = { ...field, label: 'Analytics URL' } as const;
		expect(() => parseAddress('http://a.example', analytics, false)).toThrow(
			expect.objectContaining({
				message: expect.stringMatching(/^'Analytics URL' in the Planhat credential/),
				description: expect.stringContaining("'Allow HTTP'"),
			}),
		);
	});
});

describe('an address is below another', () => {
	const below = (url: string, address: string) => {
		const target = parseUrl(url);
		return target !== undefined && isBelow(target, address);
	};

	it.each([
		['https://api.example/companies', 'https://api.example'],
		['HTTPS://API.example:443/companies', 'https://api.example'],
		['https://api.example./companies', 'https://api.example'],
		['https://api.example/companies/extid-a%2Fb', 'https://api.example'],
		['https://api.example/..%2fx', 'https://api.example'],
		['https://gateway.example/planhat/companies', 'https://gateway.example/planhat'],
		['https://gateway.example/planhat', 'https://gateway.example/planhat'],
		['https://gateway.example/planhat?x=/../', 'https://gateway.example/planhat'],
		['https://gateway.example/planhat/companies/extid-a%2Fb', 'https://gateway.example/planhat'],
		['https://gateway.example/planhat/companies/extid-..%2F..%2Fb', 'https://gateway.example/planhat'],
		['https://gateway.example/planhat/a/../companies', 'https://gateway.example/planhat'],
		['https://gateway.example/other/../planhat/companies', 'https://gateway.example/planhat'],
		['https://gateway.example/a%2Fb/companies', 'https://gateway.example/a%2Fb'],
	])('%s, %s', (url, address) => {
		expect(below(url, address)).toBe(true);
	});

	it.each([
		['https://api.example.evil.example/companies', 'https://api.example'],
		['http://api.example/companies', 'https://api.example'],
		['https://api.example:8443/companies', 'https://api.example'],
		['https://gateway.example/', 'https://gateway.example/planhat'],
		['https://gateway.example/other', 'https://gateway.example/planhat'],
		['https://gateway.example/planhat-evil/companies', 'https://gateway.example/planhat'],
		['https://gateway.example/Planhat/companies', 'https://gateway.example/planhat'],
		['https://gateway.example/planhat/../other', 'https://gateway.example/planhat'],
		['https://gateway.example/planhat/%2e%2e/other', 'https://gateway.example/planhat'],
		['https://gateway.example/planhat/..%2fother', 'https://gateway.example/planhat'],
		['https://gateway.example/planhat/..%5cother', 'https://gateway.example/planhat'],
		['https://gateway.example/planhat/..%252fother', 'https://gateway.example/planhat'],
		['https://gateway.example/planhat/%252e%252e%25252fother', 'https://gateway.example/planhat'],
		['https://gateway.example/planhat/..;/other', 'https://gateway.example/planhat'],
		['https://gateway.example/planhat/..\\..\\other', 'https://gateway.example/planhat'],
		['https://gateway.example\\other', 'https://gateway.example/planhat'],
		['https://gateway.example/planhat%2Fcompanies', 'https://gateway.example/planhat'],
		['https://gateway.example/other?/planhat/', 'https://gateway.example/planhat'],
	])('not %s, %s', (url, address) => {
		expect(below(url, address)).toBe(false);
	});
});
