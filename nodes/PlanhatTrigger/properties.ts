import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

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
	"Headers: add the one under 'Header to Copy' below, with your secret.",
	"Body: paste the text under 'Body to Copy' below. Change event and model to what starts the automation.",
	'Publish this workflow in n8n, and switch the automation on.',
];

const guide =
	'<a href="https://github.com/n8n-nodes-planhat/n8n-nodes-planhat#start-a-workflow-when-something-changes" target="_blank">The same with pictures</a>';

/** The editor leaves only links and lists of what a notice holds in HTML. */
const setUpNotice = `Set up in Planhat, once for each kind of event: <ul>${setUpSteps.map((step) => `<li>${step}</li>`).join('')}</ul> ${guide}`;

/**
 * Only ids are filled in: what is in quotes stays JSON whatever a record holds. The external id is no field of every model,
 * and stands where its line can be deleted alone.
 */
const safeBody = `{
  "event": "updated",
  "model": "company",
  "externalId": "<<object.externalId>>",
  "id": "<<object._id>>"
}`;

const wholeRecordBody = `{
  "event": "updated",
  "model": "company",
  "object": <<object>>
}`;

function anyOf(name: string, description: string): INodePropertyOptions {
	return { name, value: 'any', description };
}

const eventOptions = [
	anyOf('Any Event', 'Whatever the automation sends'),
	...events.map(({ name, value, description }) => ({ name, value, description })),
];

const modelOptions = [
	anyOf('Any Model', 'Whatever the automation sends'),
	...models.map(({ name, resource }) => ({ name, value: resource })),
];

/** The parameters of the trigger, in the order of its panel. */
export const properties: INodeProperties[] = [
	{ displayName: setUpNotice, name: 'setUp', type: 'notice', default: '' },
	{
		displayName: 'Authentication',
		name: 'authentication',
		type: 'options',
		noDataExpression: true,
		default: 'secret',
		description: 'How to tell that a call comes from your Planhat. Planhat does not sign what it sends.',
		options: [
			{ name: 'None', value: 'none', description: 'Anybody who knows the URL can start the workflow' },
			{
				name: 'Secret in a Header',
				value: 'secret',
				description:
					"The 'Webhook Secret' of a Planhat Webhook API credential. A Planhat API credential that has one from before works too.",
			},
		],
	},
	{
		displayName:
			"Anybody who learns the URL can start this workflow, with any data. Choose 'Secret in a Header' unless something before n8n keeps others out.",
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
		description:
			"Name of the header in which the automation sends the secret. Any name, the same as in Planhat's step.",
		displayOptions: withSecret,
	},
	{
		displayName: 'Header to Copy',
		name: 'headerToCopy',
		type: 'string',
		noDataExpression: true,
		default: `${defaultHeaderName}: your secret`,
		hint: "In place of 'your secret', the text in 'Webhook Secret' of the credential. If you changed 'Header Name', that name.",
		displayOptions: withSecret,
		disabledOptions: readOnly,
	},
	{
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		required: true,
		noDataExpression: true,
		default: ['any'],
		options: eventOptions,
	},
	{
		displayName: 'Models',
		name: 'models',
		type: 'multiOptions',
		required: true,
		noDataExpression: true,
		default: ['any'],
		description: 'Kinds of records. A body that names no event or no model counts as any.',
		options: modelOptions,
	},
	{
		displayName: 'Body to Copy',
		name: 'bodyToCopy',
		type: 'string',
		noDataExpression: true,
		typeOptions: { rows: 6 },
		default: safeBody,
		hint: "Works with every record. If Planhat says that 'externalId' is not a valid reference, delete that line. Read the record itself with a Planhat node, operation Get.",
		disabledOptions: readOnly,
	},
	{
		displayName: 'Body With the Whole Record (Try It First)',
		name: 'wholeBodyToCopy',
		type: 'string',
		noDataExpression: true,
		typeOptions: { rows: 5 },
		default: wholeRecordBody,
		hint: "Whether Planhat makes valid JSON of it is not documented. If it does not, the item holds its text as 'body', and 'unparsed' is true. Try it on the Test URL with a record that has quotes and line breaks in its texts.",
		disabledOptions: readOnly,
	},
	unreadNotice,
	options,
];
