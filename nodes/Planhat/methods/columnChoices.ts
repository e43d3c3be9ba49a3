import type { INodePropertyOptions } from 'n8n-workflow';

import { company as companyModel } from '../resources/company';
import type { Field, Model } from '../resources/types';
import { user as userModel } from '../resources/user';
import type { Transport } from '../transport/transport';
import { dimensionIdsSeen } from './getDimensionIds';
import { valuesSeen } from './getFilterValues';
import { readSome } from './readSome';
import { entriesOf, labelFields } from '../tenant/recordLabels';

/** n8n keeps the choices of each field in the workflow, so that they must not be many. */
const mostChoices = 100;

/** What the form offers for the values of fields. */
export interface ColumnChoices {
	/** For every field that names a user; undefined where they are too many, or cannot be read. */
	users?: readonly INodePropertyOptions[];
	/** For every field that names a company; undefined where they are too many, or cannot be read. */
	companies?: readonly INodePropertyOptions[];
	/** By the name of the field. */
	seen: ReadonlyMap<string, readonly string[]>;
}

/** Where a list cannot be read, such as for want of the right to it, its fields are typed. */
async function tryTo<Found>(read: () => Promise<Found>): Promise<Found | undefined> {
	try {
		return await read();
	} catch {
		return undefined;
	}
}

/** The users that can be chosen: not those who were removed, nor those whom Planhat's own pickers hide. */
async function fetchUserChoices(transport: Transport): Promise<INodePropertyOptions[] | undefined> {
	const select = [...labelFields(userModel), 'isHidden', 'removed'].join(',');
	const users = await readSome(transport, userModel, { sort: '_id', select }, userModel.page.maximum);
	const shown = users.filter(({ _id, isHidden, removed }) => typeof _id === 'string' && !isHidden && !removed);
	if (shown.length > mostChoices) return undefined;
	return entriesOf(userModel, shown).sort((one, other) => one.name.localeCompare(other.name));
}

/** One more than can be shown tells that there are too many, of which a tenant may have a hundred thousand. */
async function fetchCompanyChoices(transport: Transport): Promise<INodePropertyOptions[] | undefined> {
	const select = labelFields(companyModel).join(',');
	const companies = await readSome(transport, companyModel, { sort: '_id', select }, mostChoices + 1);
	const shown = companies.filter(({ _id }) => typeof _id === 'string');
	if (shown.length > mostChoices) return undefined;
	return entriesOf(companyModel, shown).sort((one, other) => one.name.localeCompare(other.name));
}

/** The values that texts usually have, and those of recent records. */
async function fetchSeen(transport: Transport, model: Model): Promise<ColumnChoices['seen']> {
	if (model.seen.length === 0) return new Map();
	const isMetric = model.seen.includes('dimensionId');
	const lists = await tryTo(async () =>
		isMetric ? [await dimensionIdsSeen(transport)] : await valuesSeen(transport, model, model.seen),
	);
	const entries = model.seen.map((name, at): [string, string[]] => {
		const usual = model.fields.find((field) => field.name === name)?.usualValues ?? [];
		return [name, [...new Set([...usual, ...(lists?.[at] ?? [])])]];
	});
	return new Map(entries.filter(([, values]) => values.length <= mostChoices));
}

function isOfUser({ type, readOnly }: Field): boolean {
	return type === 'user' && !readOnly;
}

/** Whether a field names one company. */
export function isOfCompany({ type, refersTo, readOnly }: Field): boolean {
	return type === 'id' && refersTo === 'company' && !readOnly;
}

/** Whether a form has fields whose values can be chosen, custom ones apart. */
export function hasChoices({ seen, fields }: Model): boolean {
	return seen.length > 0 || fields.some((field) => isOfUser(field) || isOfCompany(field));
}

/**
 * Reads what a form can offer for the values of its fields: one request for users, one for companies, and one or two for
 * the values that recent records have.
 * @param fields of the form, custom ones included
 */
export async function fetchColumnChoices(
	transport: Transport,
	model: Model,
	fields: readonly Field[],
): Promise<ColumnChoices> {
	const [users, companies, seen] = await Promise.all([
		fields.some(isOfUser) ? tryTo(async () => await fetchUserChoices(transport)) : undefined,
		fields.some(isOfCompany) ? tryTo(async () => await fetchCompanyChoices(transport)) : undefined,
		fetchSeen(transport, model),
	]);
	return { seen, ...(users && { users }), ...(companies && { companies }) };
}

/**
 * The choices of one field.
 * @param given what the form holds for it already, which stays a choice
 * @returns undefined where its value is typed
 */
export function choicesOf(
	{ users, companies, seen }: ColumnChoices,
	field: Field,
	given: unknown,
): INodePropertyOptions[] | undefined {
	const texts = () => seen.get(field.name)?.map((value) => ({ name: value, value }));
	const choices = field.type === 'user' ? users : isOfCompany(field) ? companies : texts();
	if (choices === undefined || choices.length === 0) return undefined;
	const isOther = typeof given === 'string' && given.trim() !== '' && !given.startsWith('=');
	if (!isOther || choices.some(({ value }) => value === given)) return [...choices];
	return [...choices, { name: given, value: given }];
}
