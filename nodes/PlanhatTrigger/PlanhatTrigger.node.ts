import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { properties, withSecret } from './properties';
import { requireSecret } from './requireSecret';
import { testWebhookSecret } from './testWebhookSecret';
import { receive } from './webhook';

const webhook = {
	name: 'default',
	path: 'webhook',
	responseMode: '={{$parameter["options"]["responseMode"] || "onReceived"}}',
	responseCode: '={{$parameter["options"]["responseCode"] || 200}}',
	responseData:
		'={{$parameter["options"]["responseMode"] === "lastNode" ? $parameter["options"]["responseData"] || "noData" : ""}}',
} as const;

const executionsHelp = {
	inactive:
		'<b>While you build</b>, click the button above and let an automation in Planhat call the Test URL: one that starts by a manual action is the easiest. What it sends appears here.<br /><br /><b>Then</b> publish the workflow and enter the Production URL in the automation. From then on, the workflow runs by itself.',
	active:
		'<b>While you build</b>, click the button above and let an automation in Planhat call the Test URL. What it sends appears here.<br /><br /><b>This workflow is published</b>: automations that call the Production URL run it. Those runs are in the <a data-key="executions">executions list</a>.',
};

/** Starts workflows when an automation in Planhat calls its webhook. */
export class PlanhatTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Planhat Trigger',
		name: 'planhatTrigger',
		icon: { light: 'file:../../icons/planhat.svg', dark: 'file:../../icons/planhat.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{$parameter["models"].join(", ").replace(/^(any)?$/, "any model") + ": " + $parameter["events"].join(", ").replace(/^(any)?$/, "any event")}}',
		// The nodes panel shows it for Planhat too.
		description: 'Read and update customer success data, or start a workflow when it changes',
		eventTriggerDescription: 'Waiting for your automation in Planhat to call the Test URL',
		activationMessage: 'Automations in Planhat can now call the Production URL.',
		triggerPanel: {
			header: 'Wait for Planhat to call',
			executionsHelp,
			activationHint: 'Publish the workflow to receive events on the production URL.',
		},
		defaults: { name: 'Planhat Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		// Neither is required: each is enough, and n8n drops a credential that is not shown when a workflow is saved.
		credentials: [
			{ name: 'planhatWebhookApi', displayOptions: withSecret, testedBy: 'testWebhookSecret' },
			// n8n's lint asks for the method at each node; n8n takes that of the first node that has it, Planhat.
			{ name: 'planhatApi', displayOptions: withSecret, testedBy: 'testCredential' },
		],
		webhooks: [
			{ ...webhook, httpMethod: 'POST' },
			{ ...webhook, httpMethod: 'PUT,PATCH,DELETE,GET', ndvHideUrl: true },
		],
		properties,
	};

	methods = { credentialTest: { testWebhookSecret } };

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
