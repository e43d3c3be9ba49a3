import { describe, expect, it } from '@jest/globals';

import { readSettings, tidyAddress } from '../../dist/nodes/Planhat/transport/settings.js';

describe('an address', () => {
	it.each([
		['https://api.planhat.com', 'https://api.planhat.com'],
		['https://api.planhat.com/', 'https://api.planhat.com'],
		['https://api.planhat.com//', 'https://api.planhat.com'],
		[' https://api.planhat.com/ ', 'https://api.planhat.com'],
		['http://localhost:3000/', 'http://localhost:3000'],
		['HTTP://localhost', 'HTTP://localhost'],
		['api-us2.planhat.com', 'https://api-us2.planhat.com'],
		['localhost:3000', 'https://localhost:3000'],
		['https://gateway.example/planhat/', 'https://gateway.example/planhat'],
	])("'%s' is tidied to '%s'", (typed, tidy) => {
		expect(tidyAddress(typed, 'https://fallback.example')).toBe(tidy);
	});

	it.each([undefined, null, '', '  ', '/', 7, {}])('%j is none, so that the fallback is taken', (value) => {
		expect(tidyAddress(value, 'https://fallback.example')).toBe('https://fallback.example');
	});
});

describe('the settings', () => {
	it('have defaults for everything', () => {
		expect(readSettings({})).toEqual({
			baseUrl: 'https://api.planhat.com',
			analyticsUrl: 'https://analytics.planhat.com',
			callsPerMinute: 200,
			readOnly: false,
		});
	});

	it('are those of the credential, and hold no token', () => {
		const settings = readSettings({
			apiToken: 'secret-a',
			tenantToken: 'secret-b',
			webhookSecret: 'secret-c',
			baseUrl: 'https://api-us2.planhat.com/',
			analyticsUrl: 'localhost:4000',
			callsPerMinute: 20,
			readOnly: true,
		});
		expect(settings).toEqual({
			baseUrl: 'https://api-us2.planhat.com',
			analyticsUrl: 'https://localhost:4000',
			callsPerMinute: 20,
			readOnly: true,
		});
	});

	it.each<[unknown, number]>([
		[0, 0],
		['0', 0],
		['150', 150],
		[-1, 200],
		['many', 200],
		[Number.NaN, 200],
		[null, 200],
		['', 200],
		[' ', 200],
	])('take %j calls per minute for %d', (given, callsPerMinute) => {
		expect(readSettings({ callsPerMinute: given as number }).callsPerMinute).toBe(callsPerMinute);
	});

	it.each<unknown>(['true', 1, undefined, null])('are not read only by %j', (readOnly) => {
		expect(readSettings({ readOnly: readOnly as boolean }).readOnly).toBe(false);
	});
});
