import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

import { authenticatePlanhat } from '../nodes/Planhat/credential/authenticate';
import { paceProperties, regionProperties, tenantTokenProperty } from '../nodes/Planhat/credential/properties';
import { defaultBaseUrl, defaultRegion } from '../nodes/Planhat/credential/regions';

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
		...regionProperties,
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
		tenantTokenProperty,
		{
			// Credentials from before Planhat Webhook API hold it, and n8n drops what is not declared. The form does not show it.
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'hidden',
			typeOptions: { password: true },
			default: '',
		},
		...paceProperties,
	];

	authenticate: IAuthenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => authenticatePlanhat(credentials, requestOptions);
}
