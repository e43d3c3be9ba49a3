import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { ItemRun } from '../run/context';
import type { Shown } from '../run/operation';
import { isObject } from '../values/checks';

/** By which field a list is sorted. */
export interface Sort {
	field: string;
	descending: boolean;
}

const usualField = '_id';

const fieldChoices = { loadOptionsMethod: 'getSortFields', loadOptionsDependsOn: ['resource'] };

/** The parameter `sort`; it stands below Options, as n8n's guidelines have it. */
export function sortProperty(show: Shown): INodeProperties {
	return {
		displayName: 'Sort',
		name: 'sort',
		type: 'fixedCollection',
		placeholder: 'Add Sort Rule',
		default: {},
		displayOptions: { show },
		options: [
			{
				displayName: 'Sort Rule',
				name: 'values',
				values: [
					{
						displayName: 'Field',
						name: 'field',
						type: 'options',
						typeOptions: fieldChoices,
						default: usualField,
						description: 'The field to sort by, by its API name',
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

/**
 * Reads the parameter `sort`.
 * @returns undefined where the user does not sort
 */
export function readSort(item: Pick<ItemRun, 'model' | 'parameter'>): Sort | undefined {
	const sort = item.model.sortable ? item.parameter('sort.values', {}) : {};
	const { field, direction } = isObject(sort) ? sort : {};
	if (typeof field !== 'string' || field.trim() === '') return undefined;
	return { field: field.trim(), descending: direction === 'desc' };
}

/** As Planhat takes it: the field's name, with a minus for descending (assumption sort-by-field). */
export function sortQuery({ field, descending }: Sort): string {
	return descending ? `-${field}` : field;
}

function compare(one: unknown, other: unknown): number {
	if (typeof one === 'number' && typeof other === 'number') return one - other;
	// As Planhat does it, records without the value come first.
	const [first, second] = [one, other].map((value) => (value === undefined || value === null ? '' : String(value)));
	if (first === second) return 0;
	return String(first) < String(second) ? -1 : 1;
}

/**
 * Sorts records on our side, where they come from several lists.
 * @param records in any order; the list is not changed
 */
export function sortRecords(records: readonly IDataObject[], { field, descending }: Sort): IDataObject[] {
	const sign = descending ? -1 : 1;
	return [...records].sort((one, other) => sign * compare(one[field], other[field]));
}
