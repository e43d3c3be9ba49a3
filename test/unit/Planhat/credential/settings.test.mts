import { describe, expect, it } from '@jest/globals';

import { readSettings } from '../../../../nodes/Planhat/credential/settings.ts';

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

	it.each([
		['us2', 'https://api-us2.planhat.com'],
		[' US2 ', 'https://api-us2.planhat.com'],
		['eu', 'https://api-eu.planhat.com'],
		['demo', 'https://api.planhatdemo.com'],
		['default', 'https://gateway.example/planhat'],
		['custom', 'https://gateway.example/planhat'],
		['', 'https://gateway.example/planhat'],
	])('for the region %j lead to %s', (region, address) => {
		const { baseUrl } = readSettings({ region, baseUrl: 'https://gateway.example/planhat' });
		expect(baseUrl).toBe(address);
	});

	it.each<[unknown, number]>([
		[0, 0],
		['0', 0],
		[1, 1],
		['150', 150],
		[' 150 ', 150],
		[undefined, 200],
		[null, 200],
		['', 200],
		[' ', 200],
	])('take %j calls per minute for %d', (given, callsPerMinute) => {
		expect(readSettings({ callsPerMinute: given as number }).callsPerMinute).toBe(callsPerMinute);
	});

	it.each<unknown>([0.5, '0.5', 199.9, -1, '-1', 'many', Number.NaN, Infinity, '1e2', '0x10', true, {}, [], [1]])(
		'take no %p for calls per minute',
		(given) => {
			expect(() => readSettings({ callsPerMinute: given as number })).toThrow(
				"'Calls per Minute' in the Planhat credential is not a whole number from 0",
			);
		},
	);

	it.each<unknown>([undefined, null, false, '', 'false', 'False', 0, '0', 'no', 'off'])(
		'are not read only by %j',
		(readOnly) => {
			expect(readSettings({ readOnly: readOnly as boolean }).readOnly).toBe(false);
		},
	);

	it.each<unknown>([true, 'true', 'TRUE', ' true ', 'yes', 1, '1', 'on', {}])('are read only by %j', (readOnly) => {
		expect(readSettings({ readOnly: readOnly as boolean }).readOnly).toBe(true);
	});

	it.each<[unknown, boolean]>([
		[true, true],
		['true', true],
		[undefined, false],
		[false, false],
		['', false],
		['yes', false],
		[1, false],
	])('allow HTTP by %j: %j', (allowHttp, allowed) => {
		const read = () => readSettings({ baseUrl: 'http://gateway.example', allowHttp: allowHttp as boolean }).baseUrl;
		if (allowed) expect(read()).toBe('http://gateway.example');
		else expect(read).toThrow('begins with http://');
	});
});
