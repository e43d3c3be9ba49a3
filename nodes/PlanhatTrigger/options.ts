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
			'Whether to take bodies of every kind. Without it, n8n answers 422 to a body that says that it is JSON and is not, and the event is lost.',
	},
	{
		displayName: 'Respond',
		name: 'responseMode',
		type: 'options',
		noDataExpression: true,
		default: 'onReceived',
		description: 'When Planhat gets its answer',
		options: [
			{ name: 'Immediately', value: 'onReceived', description: 'As soon as the workflow has been started' },
			{ name: 'When Last Node Finishes', value: 'lastNode', description: '500 if the workflow does not succeed' },
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
		description: 'What to answer: JSON or text. Later steps of the automation may read it.',
		displayOptions: { hide: { responseMode: ['lastNode'] } },
	},
	{
		displayName: 'Response Code',
		name: 'responseCode',
		type: 'number',
		noDataExpression: true,
		typeOptions: { minValue: 200, maxValue: 599 },
		default: 200,
		description: 'The status to answer with when the workflow is started',
	},
	{
		displayName: 'Response Data',
		name: 'responseData',
		type: 'options',
		noDataExpression: true,
		default: 'noData',
		description: 'What to answer with when the last node has finished',
		displayOptions: { show: { responseMode: ['lastNode'] } },
		options: [
			{ name: 'All Items', value: 'allEntries', description: 'The items of the last node, as a list' },
			{
				name: 'First Item',
				value: 'firstEntryJson',
				description: 'The first item of the last node; 500 if it has none',
			},
			{ name: 'No Response Body', value: 'noData', description: 'Nothing but the status' },
		],
	},
];

/** Shown where the option was not there when the workflow was made: n8n puts no default into options that are stored. */
export const unreadNotice: INodeProperties = {
	displayName:
		"A body that says that it is JSON and is not is refused by n8n, and its event is lost. Add the option 'Read Any Body' to take it as text.",
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
