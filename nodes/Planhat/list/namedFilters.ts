import type { IDataObject } from 'n8n-workflow';

import { company } from '../resources/company';
import type { Filter, Model } from '../resources/types';
import { user } from '../resources/user';
import type { ItemRun } from '../run/context';
import { isMissing, speaksToModel } from '../run/parameters';
import { inputError } from '../transport/errors';
import { isObject, trimmed } from '../values/checks';
import { readListText } from '../values/listText';
import { isPlanhatId, recordInLink } from '../values/planhatId';
import { spokenDay } from '../values/spokenDays';
import { companyFilter, updatedAfter } from './filterParameters';

async function idOfNamed(item: ItemRun, model: Model, displayName: string, value: unknown): Promise<unknown> {
	const text = typeof value === 'string' ? trimmed(value) : '';
	if (text === '' || isPlanhatId(text)) return value;
	const linked = recordInLink(text);
	if (isObject(linked)) return linked._id;
	const found = await item.tenant.called(model, text, false);
	if ('record' in found) return found.record._id;
	throw inputError(item.node, `'${displayName}': ${found.refused}`, '');
}

/** A whole text may be one name that has a comma in it: it is parted only where it holds IDs. */
async function idsOfNamed(item: ItemRun, displayName: string, value: unknown): Promise<unknown> {
	const parts = typeof value === 'string' ? (readListText(trimmed(value)) ?? [value]) : [value].flat();
	const entries = parts.some((part) => typeof part === 'string' && isPlanhatId(trimmed(part))) ? parts : [value].flat();
	const ids: unknown[] = [];
	for (const entry of entries) ids.push(await idOfNamed(item, company, displayName, entry));
	return ids;
}

async function named(item: ItemRun, filter: Filter | undefined, name: string, given: unknown): Promise<unknown> {
	const value = isObject(given) && 'value' in given ? given.value : given;
	if (isMissing(value)) return given;
	if (name === companyFilter.name) return await idOfNamed(item, company, companyFilter.displayName, value);
	if (name === updatedAfter.name) return spokenDay(value, item.timezone) ?? value;
	if (filter?.takes === 'ids') return await idsOfNamed(item, 'Company', value);
	if (filter?.takes === 'user') return await idOfNamed(item, user, filter.displayName, value);
	return filter?.takes === 'day' ? (spokenDay(value, item.timezone) ?? value) : given;
}

/**
 * A model names companies and users as people do, and days too: filters then see their IDs and dates.
 * @returns the same item where the node is no tool
 * @throws NodeOperationError where a name is that of no record or of several
 */
export async function withNamedFilters(item: ItemRun): Promise<ItemRun> {
	const given = speaksToModel(item.node) ? item.parameter('filters', {}) : undefined;
	if (!isObject(given)) return item;
	const filters: IDataObject = {};
	for (const [name, value] of Object.entries(given)) {
		const filter = item.model.filters.find((candidate) => candidate.name === name);
		filters[name] = (await named(item, filter, name, value)) as IDataObject['any'];
	}
	return {
		...item,
		parameter: (name, fallback) => (name === 'filters' ? filters : item.parameter(name, fallback)),
	};
}
