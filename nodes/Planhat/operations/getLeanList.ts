import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { optionsParameter } from '../list/filterParameters';
import { asText, asTexts, readGiven } from '../list/filterValues';
import { usualLimit, withNotice } from '../list/leftBlank';
import { idField } from '../output/outputFields';
import { choiceFilter } from '../resources/filters';
import type { Operation, Shown } from '../run/operation';
import { speaksToModel } from '../run/parameters';
import { asList } from '../transport/paging';
import type { PlanhatRequest } from '../transport/request';

/** What it holds of each company beside the ID. */
const leanFields = ['name', 'externalId', 'sourceId'];

const status = optionsParameter(
	choiceFilter('status', 'Status Names or IDs', 'Only companies of these statuses', 'getStatuses'),
	true,
);

/** The filters that Planhat's lean list takes (Planhat's documents, "Company"). */
const filters: readonly INodeProperties[] = [
	{
		displayName: 'External ID',
		name: 'externalId',
		type: 'string',
		default: '',
		placeholder: 'e.g. acme-1',
		description: 'Only the company with this ID in your own system',
	},
	{
		displayName: 'Source ID',
		name: 'sourceId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 0012000001UchdsAAB',
		description: 'Only the company with this ID in a connected system, such as a CRM',
	},
	status,
];

function properties(show: Shown): INodeProperties[] {
	return [
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			displayOptions: { show },
			options: [...filters],
		},
	];
}

interface LeanRequest extends PlanhatRequest {
	/** Filters that an agent left blank, as people call them. */
	leftBlank: string[];
}

/** Lists every company by name and keys, in one request. Planhat does not page this list. */
export const getLeanList: Operation<LeanRequest> = {
	value: 'getLeanList',
	name: 'Get Lean List',
	action: ({ plural }) => `Get lean list of all ${plural} (names and IDs)`,
	description: ({ plural }) => `Retrieve ID, name, external ID and source ID of all ${plural} in one request`,
	request: () => ({ method: 'GET', url: '/leancompanies' }),
	output: ({ fields }) => [idField, ...fields.filter(({ name }) => leanFields.includes(name))],
	properties,

	async prepare(item, declared) {
		const { plural, name } = item.model;
		const { values, leftBlank } = readGiven(item, filters);
		const qs: IDataObject = {};
		for (const [filter, value] of values) {
			const named = filters.find((each) => each.name === filter) ?? status;
			qs[filter] =
				named === status
					? asTexts(item.node, named, value).join(',')
					: asText(item.node, { ...named, takes: 'key' }, value);
		}
		return { ...declared, qs, leftBlank, target: { verb: 'list', record: plural, permission: name } };
	},

	async answer(item, request) {
		const { body } = await item.transport.send(request);
		const { leftBlank } = request;
		const companies = asList(body, item.model.plural);
		const isCut = leftBlank.length > 0 || speaksToModel(item.node);
		if (!isCut) return companies;
		const listed = { leftBlank, limit: usualLimit, total: companies.length };
		return withNotice(item, companies.slice(0, usualLimit), listed);
	},
};
