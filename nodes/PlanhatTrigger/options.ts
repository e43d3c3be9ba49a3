import type { INodeProperties } from 'n8n-workflow';

const fields: INodeProperties[] = [
	{
		displayName: 'Read Any Body',
		// n8n itself looks for this name, in triggers of version 1: where it is true, n8n leaves the body to the node.
		name: 'binaryData',
		type: 'boolean',
		noDataExpression: true,
		default: true,
		description:
			'Whether to accept any body. When off, n8n answers 422 to a body with invalid JSON, and the event is lost.',
	},
	{
		displayName: 'Respond',
		name: 'responseMode',
		type: 'options',
		noDataExpression: true,
		default: 'onReceived',
		description: 'When to respond to Planhat',
		options: [
			{ name: 'Immediately', value: 'onReceived', description: 'As soon as the workflow starts' },
			{
				name: 'When Last Node Finishes',
				value: 'lastNode',
				description: 'When the workflow ends, with status 500 if it fails',
			},
		],
	},
	{
		displayName: 'Response Body',
		name: 'responseBody',
		type: 'string',
		noDataExpression: true,
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. { "received": true }',
		description: 'The response to send: JSON or text. Later steps of the automation can read it.',
		displayOptions: { hide: { responseMode: ['lastNode'] } },
	},
	{
		displayName: 'Response Code',
		name: 'responseCode',
		type: 'number',
		noDataExpression: true,
		typeOptions: { minValue: 200, maxValue: 599 },
		default: 200,
		description: 'The status code to send when the workflow starts',
	},
	{
		displayName: 'Response Data',
		name: 'responseData',
		type: 'options',
		noDataExpression: true,
		default: 'noData',
		description: 'What to send when the last node finishes',
		displayOptions: { show: { responseMode: ['lastNode'] } },
		options: [
			{ name: 'All Items', value: 'allEntries', description: 'The items of the last node, as a list' },
			{
				name: 'First Item',
				value: 'firstEntryJson',
				description: 'The first item of the last node, or status 500 if it has none',
			},
			{ name: 'No Response Body', value: 'noData', description: 'Only the status code' },
		],
	},
	{
		displayName: 'Skip Actors',
		name: 'skipActors',
		type: 'string',
		noDataExpression: true,
		default: '',
		placeholder: 'e.g. 61006bc89a3e0b702ed8ea49',
		description:
			"Whose changes don't start the workflow: IDs, names or types of actors as the output shows them, separated by commas. Use it for what this workflow itself writes to Planhat.",
	},
];

/** Shown where the option was not there when the workflow was made: n8n puts no default into options that are stored. */
export const unreadNotice: INodeProperties = {
	displayName:
		"n8n rejects a body with invalid JSON, and its event is lost. Add the option 'Read Any Body' to receive it as text.",
	name: 'unreadNotice',
	type: 'notice',
	default: '',
	displayOptions: { hide: { '/options.binaryData': [true] } },
};

/** How the trigger reads and answers. Its default holds for new nodes, and for workflows that were stored without options. */
export const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: { binaryData: true },
	options: fields,
};
