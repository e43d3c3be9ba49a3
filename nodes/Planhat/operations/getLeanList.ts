import type { INodeProperties } from 'n8n-workflow';

import type { Model } from '../resources/types';
import { choiceFilter } from '../resources/filters';
import { isRecord } from '../transport/answers';
import { asList } from '../transport/paging';
import { optionsParameter } from './filters';
import { idField } from './output';
import type { Operation } from './types';

/** The filters that Planhat's lean list takes (Planhat's documents, "Company"). */
const filterNames = ['externalId', 'sourceId', 'status'];

/** What it holds of each company beside the ID. */
const leanFields = ['name', 'externalId', 'sourceId'];

const status = optionsParameter(
	choiceFilter('status', 'Status Names or IDs', 'Only companies of these statuses', 'getStatuses'),
	true,
);

function properties(models: readonly Model[]): INodeProperties[] {
	return [
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			displayOptions: { show: { resource: models.map(({ resource }) => resource), operation: ['getLeanList'] } },
			options: [
				{
					displayName: 'External ID',
					name: 'externalId',
					type: 'string',
					default: '',
					placeholder: 'e.g. acme-1',
					description: 'Only the company with this ID of your own system',
				},
				{
					displayName: 'Source ID',
					name: 'sourceId',
					type: 'string',
					default: '',
					placeholder: 'e.g. 0012000001UchdsAAB',
					description: 'Only the company with this ID of a connected system such as a CRM',
				},
				status,
			],
		},
	];
}

/** Lists every company by name and keys, in one request. Planhat does not page this list. */
export const getLeanList: Operation = {
	value: 'getLeanList',
	name: 'Get Lean List',
	action: ({ plural }) => `Get lean list of all ${plural} (names and IDs)`,
	description: ({ plural }) => `Retrieve ID, name, external ID and source ID of all ${plural} in one request`,
	request: () => ({ method: 'GET', url: '/leancompanies' }),
	output: ({ fields }) => [idField, ...fields.filter(({ name }) => leanFields.includes(name))],
	properties,

	async prepare(item, declared) {
		const { plural, name } = item.model;
		const filters = item.parameter('filters', {});
		const given = Object.entries(isRecord(filters) ? filters : {}).filter(
			([filter, value]) => filterNames.includes(filter) && String(value ?? '') !== '',
		);
		const qs = Object.fromEntries(given.map(([filter, value]) => [filter, String(value)]));
		return { ...declared, qs, target: { verb: 'list', record: plural, permission: name } };
	},

	async answer(item, request) {
		const { body } = await item.transport.send(request);
		return asList(body, item.model.plural);
	},
};
