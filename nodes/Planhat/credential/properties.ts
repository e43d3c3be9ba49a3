import type { INodeProperties } from 'n8n-workflow';

import { customRegion, defaultBaseUrl, defaultRegion, regions } from './regions';
import { defaultAnalyticsUrl, defaultCallsPerMinute } from './settings';

/** Where Planhat is, for every credential that leads there. */
export const regionProperties: INodeProperties[] = [
	{
		displayName: 'Region',
		name: 'region',
		type: 'options',
		default: defaultRegion,
		options: regions.map(({ name, value, description }) => ({ name, value, description })),
		description:
			'Where your Planhat is. If you open it at app-us2.planhat.com, choose US2. At any other address, such as ws.planhat.com, choose Default.',
	},
	{
		displayName: 'Base URL',
		name: 'baseUrl',
		type: 'string',
		default: defaultBaseUrl,
		placeholder: 'e.g. https://api-us5.planhat.com',
		displayOptions: { show: { region: [customRegion] } },
		description: 'Address of the API of your region, such as https://api-us5.planhat.com',
	},
];

/** For metrics and activities, which no other token serves. */
export const tenantTokenProperty: INodeProperties = {
	displayName: 'Tenant Token',
	name: 'tenantToken',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description:
		'Required for metrics and user activities only. Find it in Planhat under Settings > Developer module > Tokens.',
};

/** What a credential allows, and how fast. */
export const paceProperties: INodeProperties[] = [
	{
		displayName: 'Read Only',
		name: 'readOnly',
		type: 'boolean',
		default: false,
		description: 'Whether to block every request that would change data in Planhat',
	},
	{
		displayName: 'Calls per Minute',
		name: 'callsPerMinute',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: defaultCallsPerMinute,
		description:
			'Planhat allows 200 calls a minute for each token. Lower this if other programs use the same token. 0 turns pacing off.',
	},
	{
		displayName: 'Analytics URL',
		name: 'analyticsUrl',
		type: 'string',
		default: defaultAnalyticsUrl,
		description: 'Address for metrics and user activities, the same in every region',
	},
	{
		displayName: 'Allow HTTP',
		name: 'allowHttp',
		type: 'boolean',
		default: false,
		description:
			'Whether to allow addresses that begin with http://, where anyone on the network can read your tokens. Leave this off unless the server has no https and you trust the network.',
	},
];
