import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

/** The secret that Planhat's automations send, and Planhat Trigger looks for. Its test is a method of that node. */
export class PlanhatWebhookApi implements ICredentialType {
	name = 'planhatWebhookApi';

	displayName = 'Planhat Webhook API';

	icon: Icon = { light: 'file:../icons/planhat.svg', dark: 'file:../icons/planhat.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-planhat/n8n-nodes-planhat/blob/HEAD/docs/guide/start-from-planhat.md#set-it-up';

	properties: INodeProperties[] = [
		{
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				"At least 16 characters, without commas. Use a password manager to generate it. Planhat sends it in a header of its step 'Call a webhook'. To change it, enter the new and the old secret with a comma between them until Planhat sends the new one.",
		},
	];
}
