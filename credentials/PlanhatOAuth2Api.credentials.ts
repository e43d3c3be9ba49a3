import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

import { appUrlProperty, clientAuthenticationProperty, fixedProperties } from '../nodes/Planhat/credential/oAuth2';
import { paceProperties, regionProperties, tenantTokenProperty } from '../nodes/Planhat/credential/properties';

/** A connection to Planhat by OAuth2: n8n fetches its token, and renews it. n8n calls no `authenticate` of such a credential. */
export class PlanhatOAuth2Api implements ICredentialType {
	name = 'planhatOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Planhat OAuth2 API';

	icon: Icon = { light: 'file:../icons/planhat.svg', dark: 'file:../icons/planhat.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-planhat/n8n-nodes-planhat/blob/HEAD/docs/guide/credential.md#oauth2';

	properties: INodeProperties[] = [
		...fixedProperties,
		...regionProperties,
		appUrlProperty,
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. pk_0123456789abcdef',
			description: 'ID of an OAuth Client. An admin creates it in Planhat under Settings > App Center.',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Secret of the OAuth Client. Leave it empty if the client is public.',
		},
		tenantTokenProperty,
		...paceProperties,
		clientAuthenticationProperty,
	];
}
