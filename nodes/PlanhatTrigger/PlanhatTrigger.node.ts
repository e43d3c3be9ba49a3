import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { requireSecret } from './activation';
import { properties } from './properties';
import { receive } from './receive';

/** Starts workflows when an automation in Planhat calls its webhook. */
export class PlanhatTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Planhat Trigger',
		name: 'planhatTrigger',
		icon: { light: 'file:../../icons/planhat.svg', dark: 'file:../../icons/planhat.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{$parameter["events"].join(", ") + ": " + $parameter["models"].join(", ")}}',
		description: 'Starts the workflow when something changes in Planhat',
		eventTriggerDescription: 'Waiting for your automation in Planhat to call the Test URL',
		activationMessage: 'Automations in Planhat can now call the Production URL.',
		defaults: { name: 'Planhat Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'planhatApi', required: true, displayOptions: { show: { authentication: ['secret'] } } }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST,PUT',
				path: 'webhook',
				responseMode: '={{$parameter["options"]["responseMode"] || "onReceived"}}',
				responseCode: '={{$parameter["options"]["responseCode"] || 200}}',
				responseData:
					'={{$parameter["options"]["responseMode"] === "lastNode" ? $parameter["options"]["responseData"] || "noData" : ""}}',
			},
		],
		properties,
	};

	webhookMethods = {
		default: {
			/** Planhat keeps no list of webhooks that could be asked; an admin makes the automation by hand. */
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				await requireSecret.call(this);
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive.call(this);
	}
}
