import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { authenticationProperty } from './credential/authentication';
import { defaultBaseUrl } from './credential/regions';
import { customOperations, requestOperations } from './description/customOperations';
import { properties } from './description/properties';
import { subtitle } from './description/subtitle';
import { methods } from './methods';

/** Reads and writes the records of a Planhat tenant. */
export class Planhat implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Planhat',
		name: 'planhat',
		icon: { light: 'file:../../icons/planhat.svg', dark: 'file:../../icons/planhat.dark.svg' },
		group: ['transform'],
		version: [1, 1.1],
		defaultVersion: 1.1,
		subtitle: subtitle(),
		description: 'Read and update customer success data, or start a workflow when it changes',
		defaults: { name: 'Planhat' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
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
		// n8n routes a node that has methods only if it has this; the transport puts in the credential's own address.
		requestDefaults: { baseURL: defaultBaseUrl },
		requestOperations: requestOperations(),
		properties: [authenticationProperty, ...properties()],
	};

	methods = methods;

	customOperations = customOperations();
}
