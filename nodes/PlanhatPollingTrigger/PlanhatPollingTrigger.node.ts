import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { authenticationProperty } from '../Planhat/credential/authentication';
import { methods } from '../Planhat/methods';
import { pollPlanhat } from './poll';
import { properties, triggerSubtitle } from './properties';

/** Starts workflows when records in Planhat were created or updated, by asking for them. */
export class PlanhatPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Planhat Polling Trigger',
		name: 'planhatPollingTrigger',
		icon: { light: 'file:../../icons/planhat.svg', dark: 'file:../../icons/planhat.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: triggerSubtitle(),
		description: 'Start a workflow when records in Planhat were created or updated, without an automation in Planhat',
		eventTriggerDescription: '',
		activationMessage: 'Changes in Planhat from now on start the workflow.',
		defaults: { name: 'Planhat Polling Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'planhatApi',
				required: true,
				testedBy: 'testCredential',
				displayOptions: { show: { authentication: ['apiToken'] } },
			},
			{ name: 'planhatOAuth2Api', required: true, displayOptions: { show: { authentication: ['oAuth2'] } } },
		],
		properties: [authenticationProperty, ...properties],
	};

	methods = {
		credentialTest: methods.credentialTest,
		listSearch: methods.listSearch,
		loadOptions: methods.loadOptions,
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollPlanhat.call(this);
	}
}
