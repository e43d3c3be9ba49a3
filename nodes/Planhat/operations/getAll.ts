import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Model } from '../resources/types';
import { isRecord } from '../transport/answers';
import { inputError } from '../transport/errors';
import { readList } from '../transport/paging';
import { filterOptions, readFilters } from './filters';
import type { ItemContext, Operation } from './types';

function properties(models: readonly Model[]): INodeProperties[] {
	const show = { resource: models.map((model) => model.resource), operation: ['getAll'] };
	return [
		{
			displayName: 'Return All',
			name: 'returnAll',
			type: 'boolean',
			default: false,
			displayOptions: { show },
			description: 'Whether to return all results or only up to a given limit',
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 50,
			displayOptions: { show: { ...show, returnAll: [false] } },
			description: 'Max number of results to return',
		},
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			displayOptions: {
				show: { ...show, resource: models.filter(({ filters }) => filters.length > 0).map(({ resource }) => resource) },
			},
			options: filterOptions(models),
		},
	];
}

/** The sort collection stands below Options, as n8n's guidelines have it. */
export function sortProperty(models: readonly Model[]): INodeProperties {
	return {
		displayName: 'Sort',
		name: 'sort',
		type: 'fixedCollection',
		placeholder: 'Add Sort Rule',
		default: {},
		displayOptions: { show: { resource: models.map((model) => model.resource), operation: ['getAll'] } },
		options: [
			{
				displayName: 'Sort Rule',
				name: 'values',
				values: [
					{
						displayName: 'Field',
						name: 'field',
						type: 'string',
						default: '_id',
						placeholder: 'e.g. name',
						description: "Planhat's own name of the field; capital letters count",
					},
					{
						displayName: 'Direction',
						name: 'direction',
						type: 'options',
						options: [
							{ name: 'Ascending', value: 'asc' },
							{ name: 'Descending', value: 'desc' },
						],
						default: 'asc',
					},
				],
			},
		],
	};
}

function readLimit(item: ItemContext): number {
	if (item.parameter('returnAll', false) === true) return Infinity;
	const value = item.parameter('limit');
	const limit = Number(value);
	if (Number.isInteger(limit) && limit > 0) return limit;
	throw inputError(
		item.node,
		`'Limit' takes a whole number from 1 on, not '${String(value)}'`,
		"Correct the value, or switch on 'Return All'.",
	);
}

/** Pages of an unsorted list may overlap, so that it is sorted by what never changes unless the user sorts. */
function readSort(item: ItemContext): string {
	const sort = item.parameter('sort.values', {});
	const { field, direction } = isRecord(sort) ? sort : {};
	const name = typeof field === 'string' && field.trim() !== '' ? field.trim() : '_id';
	return direction === 'desc' ? `-${name}` : name;
}

function readSelect(item: ItemContext): string[] {
	const value = item.parameter('options.select', '');
	const names = Array.isArray(value) ? value.map(String) : String(value ?? '').split(',');
	return names.map((name) => name.trim()).filter((name) => name !== '');
}

/** What the parameters of one item ask for. */
interface ListPlan {
	qs: IDataObject;
	limit: number;
	filtered: boolean;
	keep(record: IDataObject): boolean;
	/** Fields that only our own side asked for. */
	extra: string[];
}

function readPlan(item: ItemContext): ListPlan {
	const { qs, needs, verifies, keep } = readFilters(item);
	const select = readSelect(item);
	const extra = select.length > 0 ? needs.filter((name) => !select.includes(name)) : [];
	const sort = readSort(item);
	return {
		qs: { ...qs, sort, ...(select.length > 0 && { select: [...select, ...extra].join(',') }) },
		limit: readLimit(item),
		filtered: verifies,
		keep,
		extra,
	};
}

function without(record: IDataObject, names: readonly string[]): IDataObject {
	return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}

/** Lists the records of a model, page by page. */
export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: ({ plural }) => `Get many ${plural}`,
	description: ({ plural }) => `Retrieve a list of ${plural}`,
	request: ({ path }) => ({ method: 'GET', url: path }),
	properties,

	async prepare(item, declared) {
		const { plural, name } = item.model;
		return { ...declared, qs: readPlan(item).qs, target: { verb: 'list', record: plural, permission: name } };
	},

	async answer(item, request) {
		const { limit, filtered, keep, extra } = readPlan(item);
		const { maximum, documented } = item.model.page;
		const page = async (offset: number, size: number) =>
			(await item.transport.send({ ...request, qs: { ...request.qs, limit: size, offset } })).body;
		const records = await readList({ pageMaximum: maximum, documented, limit, filtered }, page, keep);
		return extra.length === 0 ? records : records.map((record) => without(record, extra));
	},
};
