import type { IDataObject } from 'n8n-workflow';

import type { ItemRun } from '../run/context';
import { inputError } from '../transport/errors';
import { isObject, trimmed } from '../values/checks';
import { isEmail } from '../values/keys';
import { readListText } from '../values/listText';
import { companiesFilter, companyFilter } from './filterParameters';

type Run = Pick<ItemRun, 'node' | 'tenant'>;

/** What filters are read of: an item, or a trigger that asks. */
type Filtered = Run & Pick<ItemRun, 'model' | 'parameter'>;

async function companyOf({ node, tenant }: Run, key: string): Promise<string> {
	const way = key.startsWith('srcid-') ? 'companySourceId' : 'companyExternalId';
	const text = key.slice(6);
	await tenant.learnReferences(way, [text]);
	const found = tenant.referencesBy(way, text) ?? [];
	const [only, ...others] = 'reason' in found ? [] : found;
	if (only !== undefined && others.length === 0) return only._id;
	const why =
		'reason' in found
			? `cannot be looked up: ${found.reason}`
			: `is the key of ${others.length === 0 ? 'no company' : 'several companies'} in Planhat`;
	throw inputError(node, `'${key}' in the filter ${why}`, "Check the key, or use Planhat's own ID.");
}

async function userOf({ node, tenant }: Run, email: string): Promise<string> {
	await tenant.learn('users');
	const found = tenant.usersBy(email);
	const users = Array.isArray(found) ? found : [];
	const [only, ...others] = users;
	if (only !== undefined && others.length === 0) return only._id;
	const why =
		typeof found === 'object' && 'reason' in found
			? `cannot be looked up: ${found.reason}`
			: `is the email of ${others.length === 0 ? 'no user' : 'several users'} in Planhat`;
	throw inputError(node, `'${email}' in the filter ${why}`, 'Check the email, or choose the user from the list.');
}

async function resolved(
	value: unknown,
	isMeant: (text: string) => boolean,
	find: (text: string) => Promise<string>,
): Promise<unknown> {
	if (Array.isArray(value)) return await Promise.all(value.map(async (each) => await resolved(each, isMeant, find)));
	if (isObject(value) && 'value' in value) return { ...value, value: await resolved(value.value, isMeant, find) };
	if (typeof value !== 'string') return value;
	const entries = (readListText(trimmed(value)) ?? [value]).map((entry) => trimmed(String(entry)));
	if (!entries.some(isMeant)) return value;
	return (await Promise.all(entries.map(async (entry) => (isMeant(entry) ? await find(entry) : entry)))).join(',');
}

function isOwnKey(text: string): boolean {
	return /^(ext|src)id-./.test(text);
}

/**
 * Finds the companies that filters name by `extid-` or `srcid-`, and the users whom they name by email: Planhat's filters take
 * its own IDs.
 * @throws NodeOperationError where there is none, or several
 */
export async function withFilterIds<Item extends Filtered>(item: Item): Promise<Item> {
	const given = item.parameter('filters', {});
	if (!isObject(given)) return item;
	const filters: IDataObject = { ...given };
	const companies = [companiesFilter(item.model)?.name, companyFilter.name];
	for (const name of companies)
		if (name !== undefined && name in filters)
			filters[name] = (await resolved(
				filters[name],
				isOwnKey,
				async (key) => await companyOf(item, key),
			)) as IDataObject[string];
	for (const { name, takes } of item.model.filters)
		if (takes === 'user' && name in filters)
			filters[name] = (await resolved(
				filters[name],
				isEmail,
				async (email) => await userOf(item, email),
			)) as IDataObject[string];
	return { ...item, parameter: (name, fallback) => (name === 'filters' ? filters : item.parameter(name, fallback)) };
}
