import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

import { authenticatePlanhat } from '../nodes/Planhat/credential/authenticate';
import { customRegion, defaultBaseUrl, defaultRegion, regions } from '../nodes/Planhat/credential/regions';
import { defaultAnalyticsUrl, defaultCallsPerMinute } from '../nodes/Planhat/credential/settings';

/** The API token, the tenant token and the webhook secret of one Planhat tenant, with its hosts and its pace. */
export class PlanhatApi implements ICredentialType {
	name = 'planhatApi';

	displayName = 'Planhat API';

	icon: Icon = { light: 'file:../icons/planhat.svg', dark: 'file:../icons/planhat.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-planhat/n8n-nodes-planhat/blob/HEAD/docs/guide/credential.md';

	properties: INodeProperties[] = [
		{
			displayName: 'API Token',
			name: 'apiToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				"Token of a Private App. Create the app in Planhat under Settings > App Center; Planhat shows its token only once. Planhat Trigger doesn't need it.",
		},
		{
			displayName:
				'Your Private App needs permission for every record type your workflows use. <a href="https://github.com/n8n-nodes-planhat/n8n-nodes-planhat/blob/HEAD/docs/guide/credential.md#permissions" target="_blank">Permissions</a>',
			name: 'rightsNotice',
			type: 'notice',
			default: '',
		},
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
		{
			// A credential from before there were regions holds an address alone: it counts, and so it is shown.
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: defaultBaseUrl,
			displayOptions: { show: { region: [defaultRegion] }, hide: { '/baseUrl': [defaultBaseUrl, ''] } },
			description:
				"This credential uses this address, not the default one. To use the address of a region, choose it in 'Region'. To use the default one, empty this field.",
		},
		{
			displayName: 'Tenant Token',
			name: 'tenantToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Required for metrics and user activities only. Find it in Planhat under Settings > Developer module > Tokens.',
		},
		{
			// Credentials from before Planhat Webhook API hold it, and n8n drops what is not declared. The form does not show it.
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'hidden',
			typeOptions: { password: true },
			default: '',
		},
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

	authenticate: IAuthenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => authenticatePlanhat(credentials, requestOptions);
}
