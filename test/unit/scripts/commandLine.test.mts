import { describe, expect, it } from '@jest/globals';
import { readCommandLine } from '../../../scripts/lib/commandLine.mjs';

const apiToken = 'a-token';

function readBaseUrl(baseUrl: string) {
	return readCommandLine([], { PLANHAT_API_TOKEN: apiToken, PLANHAT_BASE_URL: baseUrl });
}

describe('npm start --once', () => {
	it.each([
		['--once after "--"', ['--once'], {}],
		['--once without "--", which npm takes for its own', [], { npm_config_once: 'true' }],
	])('ends after the examples with %s', (_name, parameters, environment) => {
		expect(readCommandLine(parameters, environment).once).toBe(true);
	});

	it.each([
		['nothing', {}],
		['--no-once', { npm_config_once: '' }],
		['--once=false', { npm_config_once: 'false' }],
	])('stays open with %s', (_name, environment) => {
		expect(readCommandLine([], environment).once).toBe(false);
	});

	it('refuses a flag that it does not know', () => {
		expect(() => readCommandLine(['--onec'], {})).toThrow('"--onec" is not known here.');
	});
});

describe('npm start --n8n', () => {
	const address = 'http://127.0.0.1:5678';
	const account = { N8N_EMAIL: 'ada@example.com', N8N_PASSWORD: 'a-password' };
	const n8n = { address, email: 'ada@example.com', password: 'a-password' };

	it.each([
		['the address behind it', ['--n8n', address, '--once'], {}],
		['"="', [`--n8n=${address}/`, '--once'], {}],
		['npm that takes it for its own', [address], { npm_config_n8n: 'true', npm_config_once: 'true' }],
		['npm that takes both for its own', [], { npm_config_n8n: address, npm_config_once: 'true' }],
	])('uses the n8n that is named, with %s', (_name, parameters, environment) => {
		expect(readCommandLine(parameters, { ...account, ...environment })).toMatchObject({ once: true, n8n });
	});

	it.each(['', '--once', 'n8n', 'https://n8n.example.com', 'http://ada@127.0.0.1:5678', 'file:///etc'])(
		'refuses what is no address of this machine: "%s"',
		(text) => {
			expect(() => readCommandLine(['--n8n', text], account)).toThrow(
				'--n8n needs the address of an n8n on this machine.',
			);
		},
	);

	it.each(Object.keys(account))('needs %s', (name) => {
		expect(() => readCommandLine(['--n8n', address], { ...account, [name]: '' })).toThrow('N8N_PASSWORD are needed');
	});

	it('starts an n8n of its own without it', () => {
		expect(readCommandLine([], account).n8n).toBeUndefined();
	});
});

describe('PLANHAT_BASE_URL', () => {
	it.each([
		'https://api-us4.planhat.com',
		'https://api-us4.planhat.com/',
		'api-us2.planhat.com',
		'https://gateway.example.com/planhat',
		'gateway.example.com:8443',
		'http://localhost:3000',
		'http://127.0.0.1:3000',
		'http://127.8.9.1',
		'http://[::1]:3000',
	])('is taken as it was given: %s', (baseUrl) => {
		expect(readBaseUrl(` ${baseUrl} `)).toEqual({ once: false, help: false, apiToken, baseUrl });
	});

	const person = 'holds a user name or a password.';
	const noAddress = 'is not a web address.';
	const more = 'goes on after a "?" or a "#".';
	const open = 'begins with http:, so that your token would travel for everybody to read.';

	it.each([
		['http://user:pw@api.planhat.com', person],
		['https://user@api.planhat.com', person],
		['https://:pw@api.planhat.com', person],
		['user:pw@api.planhat.com', person],
		['user@api.planhat.com', person],
		['ftp://user:pw@api.planhat.com', person],
		['https://api.planhat.com?x=pw', more],
		['https://api.planhat.com/?', more],
		['https://api.planhat.com/#pw', more],
		['api.planhat.com#', more],
		['ftp://api.planhat.com', noAddress],
		['file:///etc/hosts', noAddress],
		['javascript:alert(1)', noAddress],
		['https:api.planhat.com', noAddress],
		['https:/api.planhat.com', noAddress],
		['https:///api.planhat.com', noAddress],
		['https:\\\\api.planhat.com', noAddress],
		['https://api.planhat .com', noAddress],
		['https://api.plan\that.com', noAddress],
		['https://', noAddress],
		['http://api.planhat.com', open],
		['http://127.0.0.1.example.com', open],
		['http://localhost.example.com', open],
		['http://0.0.0.0', open],
	])('is refused in words where it is wrong: %s', (baseUrl, message) => {
		expect(() => readBaseUrl(baseUrl)).toThrow(`PLANHAT_BASE_URL ${message}`);
	});

	it('is not repeated when it is refused, since it may hold a password', () => {
		const told = () => readBaseUrl('http://user:s3cret@api.planhat.com');
		expect(told).toThrow(expect.objectContaining({ message: expect.not.stringContaining('s3cret') }));
		expect(told).toThrow(expect.objectContaining({ advice: expect.not.stringContaining('s3cret') }));
		expect(told).toThrow(expect.objectContaining({ advice: expect.stringContaining('before the @') }));
	});

	it('needs a token', () => {
		expect(() => readCommandLine([], { PLANHAT_BASE_URL: 'https://api.planhat.com' })).toThrow(
			'PLANHAT_BASE_URL is set, but PLANHAT_API_TOKEN is not.',
		);
	});
});
