import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { withNotice } from '../list/leftBlank';
import { idField } from '../output/outputFields';
import type { Operation, Shown } from '../run/operation';
import { speaksToModel } from '../run/parameters';
import { nameOfUser } from '../resources/plainNames';
import type { Model } from '../resources/types';
import { inputError } from '../transport/errors';
import type { PlanhatRequest } from '../transport/request';
import { isBlank, trimmed } from '../values/checks';

/** Enough to choose from, and quickly read. */
const mostFound = 10;

function properties(show: Shown): INodeProperties[] {
	return [
		{
			displayName: 'Search Text',
			name: 'searchText',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Acme',
			displayOptions: { show },
			description:
				'Words of a name, or an external ID, source ID or email. Of end users, the newest 10,000 are searched.',
		},
	];
}

interface SearchRequest extends PlanhatRequest {
	text: string;
}

/** What a record is told from others by. */
function shownFields(record: IDataObject): IDataObject {
	const { _id, name, email, companyName } = record;
	const fields = { _id, name: name ?? nameOfUser(record), company: companyName, email };
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isBlank(value))) as IDataObject;
}

/** A model that misspells a name is told what may be meant. */
function withSimilar({ singular }: Model, near: readonly IDataObject[]): IDataObject[] {
	const [first, ...others] = near;
	return [{ notice: `No ${singular} matches. Similar:`, ...first }, ...others];
}

/** Finds records by what people call them. Planhat's lists take no search text: names are compared on our side. */
export const search: Operation<SearchRequest> = {
	value: 'search',
	name: 'Search',
	action: ({ plural }) => `Search ${plural}`,
	description: ({ plural }) => `Find up to ${mostFound} ${plural} by name, email or ID`,
	request: ({ path }) => ({ method: 'GET', url: path }),
	output: () => [
		idField,
		{ name: 'name', type: 'text' },
		{ name: 'company', type: 'text' },
		{ name: 'email', type: 'email' },
	],
	properties,

	async prepare(item, declared) {
		const { plural, name } = item.model;
		const text = item.parameter('searchText', '');
		if (typeof text === 'string' && trimmed(text) !== '')
			return { ...declared, text: trimmed(text), target: { verb: 'list', record: plural, permission: name } };
		throw inputError(item.node, "'Search Text' is empty", `Give words of the name, or an email.`);
	},

	async answer(item, { text }) {
		const { found, near } = await item.tenant.search(item.model, text);
		if (near.length > 0 && speaksToModel(item.node)) return withSimilar(item.model, near.map(shownFields));
		const shown = found.slice(0, mostFound).map(shownFields);
		return withNotice(item, shown, { leftBlank: [], limit: mostFound, total: found.length });
	},
};
