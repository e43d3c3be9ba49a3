import type { INodeProperties } from 'n8n-workflow';

import { models } from '../Planhat/resources';
import { events } from './delivery/eventNames';
import { options, unreadNotice } from './options';
import { defaultHeaderName } from './verification';

/** Where deliveries are verified. */
export const withSecret = { show: { authentication: ['secret'] } };

/** Always: such a field shows a text to copy and keeps it. */
const readOnly = { show: { '@version': [1] } };

/** Names of menus and codes are those of Planhat's help pages on webhooks in automations and on replacement codes. */
const setUpSteps = [
	"Build a Custom Automation in Planhat and choose what starts it, such as 'Company' and 'updated'.",
	"Add the step 'Call a webhook' to it. It is under 'Connected Apps'.",
	"URL: copy the Production URL under 'Webhook URLs' above. Method: POST. Data format: JSON.",
	"Headers: add one. Its name is the text under 'Header Name' below, its value the 'Webhook Secret' of your credential.",
	"Body: paste the text under 'Body to Copy' below.",
	'Publish this workflow in n8n, and turn on the automation.',
];

const guide =
	'<a href="https://github.com/n8n-nodes-planhat/n8n-nodes-planhat/blob/HEAD/docs/guide/start-from-planhat.md#set-it-up" target="_blank">The same with pictures</a>';

/**
 * The editor leaves `a`, `ul` and `li` of what a notice holds in HTML, and gives each `li` a bullet: a list without one is a
 * line of its own, with nothing but its number.
 */
const setUpNotice = `Set up in Planhat, once for each kind of event: ${setUpSteps.map((step, place) => `<ul>${place + 1}. ${step}</ul>`).join('')} ${guide}`;

/**
 * Only ids and types are filled in: what is in quotes stays JSON whatever a record holds. The external id is no field of every model,
 * and stands where its line can be deleted alone.
 */
const safeBody = `{
  "externalId": "<<object.externalId>>",
  "actor": { "id": "<<actor._id>>", "type": "<<actor.type>>" },
  "id": "<<object._id>>"
}`;

const wholeRecordBody = `{
  "actor": { "id": "<<actor._id>>", "type": "<<actor.type>>" },
  "object": <<object>>
}`;

const eventOptions = events.map(({ name, value, action, description }) => ({ name, value, action, description }));

const modelOptions = models.map(({ name, resource }) => ({ name, value: resource }));

/** The parameters of the trigger, in the order of its panel. */
export const properties: INodeProperties[] = [
	{ displayName: setUpNotice, name: 'setUp', type: 'notice', default: '' },
	{
		displayName: 'Authentication',
		name: 'authentication',
		type: 'options',
		noDataExpression: true,
		default: 'secret',
		description: "How to verify that calls come from your Planhat. Planhat doesn't sign its calls.",
		options: [
			{ name: 'None', value: 'none', description: 'Anyone who knows the URL can start the workflow' },
			{
				name: 'Secret in a Header',
				value: 'secret',
				description:
					"Check the 'Webhook Secret' of a Planhat Webhook API credential. An older Planhat API credential with a secret works too.",
			},
		],
	},
	{
		displayName:
			"Anyone who learns the URL can start this workflow with any data. Choose 'Secret in a Header' unless a proxy in front of n8n keeps others out.",
		name: 'openNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { authentication: ['none'] } },
	},
	{
		displayName: 'Header Name',
		name: 'headerName',
		type: 'string',
		noDataExpression: true,
		default: defaultHeaderName,
		placeholder: 'e.g. X-Planhat-Secret',
		description: "Name of the header that holds the secret. Use the same name in Planhat's step.",
		displayOptions: withSecret,
	},
	{
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		noDataExpression: true,
		default: [],
		placeholder: 'Any event',
		description:
			'Events that start the workflow. Leave empty for all. Calls whose body names another event, in a line such as "event": "updated", are ignored.',
		// Workflows from before may hold 'any', which was an entry of the list.
		allowArbitraryValues: true,
		options: eventOptions,
	},
	{
		displayName: 'Models',
		name: 'models',
		type: 'multiOptions',
		noDataExpression: true,
		default: [],
		placeholder: 'Any model',
		description:
			'Record types that start the workflow. Leave empty for all. Calls whose body names another model, in a line such as "model": "company", are ignored.',
		allowArbitraryValues: true,
		options: modelOptions,
	},
	{
		displayName: 'Body to Copy',
		name: 'bodyToCopy',
		type: 'string',
		noDataExpression: true,
		typeOptions: { rows: 6 },
		default: safeBody,
		hint: 'Works with every record type and event. If Planhat says that \'externalId\' or \'actor\' is not a valid reference, delete that line. To get the whole record, add a Planhat node with the operation Get. If several automations call this URL, add a line such as "event": "updated", "model": "company", to each body.',
		disabledOptions: readOnly,
	},
	{
		displayName: 'Body With the Whole Record (Try It First)',
		name: 'wholeBodyToCopy',
		type: 'string',
		noDataExpression: true,
		typeOptions: { rows: 5 },
		default: wholeRecordBody,
		hint: "Planhat doesn't document whether this makes valid JSON. If it doesn't, the item holds the text as 'body', and 'unparsed' is true. Test it with a record that has quotes and line breaks in its texts.",
		disabledOptions: readOnly,
	},
	unreadNotice,
	options,
];
