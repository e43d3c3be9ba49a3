import type { INodeProperties } from 'n8n-workflow';

import { operators } from './operators';
import { fieldChoices } from '../../run/fieldChoices';

/** Names of the parameters, within the collection of filters. */
export const conditionsAsForm = 'conditions';
export const conditionsAsJson = 'conditionsJson';

/** n8n hands a model the label of an argument and nothing else, so that it says the form. */
const jsonLabel = 'Conditions, e.g. [{"field":"h","operator":"lessThan","value":5}]';

const form: INodeProperties = {
	displayName: 'Conditions',
	name: conditionsAsForm,
	type: 'fixedCollection',
	placeholder: 'Add Condition',
	default: {},
	typeOptions: { multipleValues: true },
	description: 'Only records that meet all of them. The node reads the list and checks each record.',
	options: [
		{
			displayName: 'Condition',
			name: 'values',
			values: [
				{
					displayName: 'Field',
					name: 'field',
					type: 'options',
					typeOptions: fieldChoices,
					default: '',
				},
				{
					displayName: 'Operator',
					name: 'operator',
					type: 'options',
					options: Object.entries(operators).map(([value, name]) => ({ name, value })),
					default: 'equals',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					displayOptions: { hide: { operator: ['isEmpty', 'isNotEmpty'] } },
					default: '',
					description:
						'Dates can be "in 60 days", times without a zone are the workflow\'s; users and companies, names',
				},
			],
		},
	],
};

/** Conditions, as a form and as JSON. */
export const conditionParameters: readonly INodeProperties[] = [
	form,
	{ displayName: jsonLabel, name: conditionsAsJson, type: 'string', default: '' },
];
