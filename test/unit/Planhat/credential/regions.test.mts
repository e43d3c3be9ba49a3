import { describe, expect, it } from '@jest/globals';
import { NodeHelpers, type INodeParameters } from 'n8n-workflow';

import { PlanhatApi } from '../../../../credentials/PlanhatApi.credentials.ts';
import { readRegion, regions } from '../../../../nodes/Planhat/credential/regions.ts';

const { properties } = new PlanhatApi();

/** What n8n gives of a stored credential, and what its form stores of one. */
const asRead = (stored: INodeParameters) =>
	addresses(NodeHelpers.getNodeParameters(properties, stored, true, false, null, null));
const asStored = (form: INodeParameters) =>
	addresses(NodeHelpers.getNodeParameters(properties, form, false, false, null, null));

function addresses(values: INodeParameters | null): INodeParameters {
	const kept = Object.entries(values ?? {}).filter(([name]) => ['region', 'baseUrl'].includes(name));
	return Object.fromEntries(kept);
}

const usual = 'https://api.planhat.com';
const other = ' https://api-us2.planhat.com/x/ ';

describe('a credential', () => {
	it.each<[what: string, stored: INodeParameters, read: INodeParameters]>([
		[
			'from before there were regions keeps its address to the letter',
			{ baseUrl: other },
			{ region: 'default', baseUrl: other },
		],
		[
			'from before with an expression keeps it',
			{ baseUrl: '={{ $json.a }}' },
			{ region: 'default', baseUrl: '={{ $json.a }}' },
		],
		['from before with the usual address has the default region', { baseUrl: usual }, { region: 'default' }],
		['that holds nothing has the default region', {}, { region: 'default' }],
		['of a region has no address of its own', { region: 'us2', baseUrl: other }, { region: 'us2' }],
		[
			'of the region Custom keeps its address',
			{ region: 'custom', baseUrl: other },
			{ region: 'custom', baseUrl: other },
		],
	])('%s', (_what, stored, read) => {
		expect(asRead(stored)).toEqual(read);
	});

	it('is stored as the form shows it: an address only where it counts', () => {
		expect(asStored({ region: 'default', baseUrl: usual })).toEqual({});
		expect(asStored({ region: 'us2', baseUrl: usual })).toEqual({ region: 'us2' });
		expect(asStored({ region: 'custom', baseUrl: other })).toEqual({ region: 'custom', baseUrl: other });
		expect(asStored({ region: 'default', baseUrl: other })).toEqual({ baseUrl: other });
	});

	it('shows the field Base URL once at most, where its address counts', () => {
		const fields = properties.filter(({ name }) => name === 'baseUrl');
		const shown = (values: INodeParameters) =>
			fields.filter((field) => NodeHelpers.displayParameter(values, field, null, null)).length;
		expect(shown({ region: 'default', baseUrl: usual })).toBe(0);
		expect(shown({ region: 'default', baseUrl: other })).toBe(1);
		expect(shown({ region: 'us2', baseUrl: other })).toBe(0);
		expect(shown({ region: 'custom', baseUrl: usual })).toBe(1);
		expect(shown({ region: 'custom', baseUrl: other })).toBe(1);
	});
});

it('every region but two has an address below planhat.com or planhatdemo.com', () => {
	const addresses = regions.flatMap(({ address }) => address ?? []);
	expect(addresses).toHaveLength(regions.length - 2);
	for (const address of addresses) expect(address).toMatch(/^https:\/\/api(-(eu|us)\d?)?\.planhat(demo)?\.com$/);
	for (const { name, address } of regions) if (address) expect(name).toContain(new URL(address).host);
});

it.each(['mars', 'us2 us3', 7, {}, true])('a region is not %j', (given) => {
	expect(() => readRegion(given)).toThrow("'Region' in the Planhat credential is not a known region");
});
