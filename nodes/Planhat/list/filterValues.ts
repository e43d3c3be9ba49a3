import type { INode } from 'n8n-workflow';

import type { Filter } from '../resources/types';
import type { ItemRun } from '../run/context';
import { asSwitch, expressionIn, isFilledByModel, isMissing } from '../run/parameters';
import { inputError } from '../transport/errors';
import { isObject, trimmed } from '../values/checks';
import { plainDates } from '../values/dateFormats';
import { readDate, readDayCount } from '../values/dates';
import { shown } from '../values/json';
import { isEmail, keyAdvice, keyIn } from '../values/keys';
import { readListText } from '../values/listText';
import { isExact } from '../values/numbers';
import { isPlanhatId } from '../values/planhatId';

/** What the node's parameters say of one item. */
export type Parameters = Pick<ItemRun, 'model' | 'node' | 'timezone' | 'parameter'>;

/** A filter as the editor shows it. */
export type NamedFilter = Pick<Filter, 'name' | 'displayName'> & Partial<Pick<Filter, 'takes'>>;

/** The filters that one item gives. */
export interface GivenFilters {
	/** By the name of the filter, as given; none of them is blank. */
	values: ReadonlyMap<string, unknown>;
	/** What an agent left blank, as people call it. */
	leftBlank: string[];
}

/** It stood among the filters for the editor, and filtered nothing; workflows may hold it. */
const companySearch = 'companySearch';

/** What people call a filter: its list in the editor asks for "Company Names or IDs". */
function plainName({ displayName }: NamedFilter): string {
	return displayName.replace(/ Names? or IDs?$/, '');
}

export function blankFilter({ model, node }: Parameters, name: string): Error {
	return inputError(
		node,
		`'${name}' is blank for this item`,
		`The expression has no value here, and without it all ${model.plural} would be listed. Correct the expression, or remove the filter to list them all.`,
	);
}

function refuseUnknown({ model, node }: Parameters, known: readonly NamedFilter[], names: string[]): void {
	const unknown = names.find((name) => name !== companySearch && !known.some((filter) => filter.name === name));
	if (unknown === undefined) return;
	throw inputError(
		node,
		`Lists of ${model.plural} have no filter '${unknown}'`,
		`They have ${known.map(({ name }) => name).join(', ') || 'none'}. Correct the name, or remove the filter.`,
	);
}

/** A list of blanks is not what the editor makes of a filter that is left blank. */
function isOddList({ takes }: NamedFilter, value: unknown): boolean {
	return takes === 'ids' && (Array.isArray(value) ? value.length > 0 : typeof value === 'string' && value !== '');
}

/** What is chosen in a list that can be searched; any other value as it is. */
function chosen(value: unknown): unknown {
	return isObject(value) && typeof value.mode === 'string' && 'value' in value ? value.value : value;
}

/**
 * Reads which filters an item gives. One that was left blank by hand is none; one whose expression comes out blank never
 * makes a list of everything.
 * @throws NodeOperationError when an expression is blank, or when there is no such filter
 */
export function readGiven(parameters: Parameters, known: readonly NamedFilter[]): GivenFilters {
	const { node } = parameters;
	// n8n drops filters that the editor does not show, and a collection that is an expression as a whole.
	const raw: unknown = node.parameters.filters;
	const filters = parameters.parameter('filters', {});
	if (!isObject(filters)) return { values: new Map(), leftBlank: [] };
	refuseUnknown(parameters, known, Object.keys(filters));
	const values = new Map<string, unknown>();
	const leftBlank: string[] = [];
	for (const filter of known) {
		const value = chosen(filters[filter.name]);
		const expression = expressionIn(isObject(raw) ? chosen(raw[filter.name]) : undefined);
		if (!isMissing(value) || (expression === undefined && isOddList(filter, value))) values.set(filter.name, value);
		else if (expression === undefined) continue;
		else if (isFilledByModel(node, expression)) leftBlank.push(plainName(filter));
		else throw blankFilter(parameters, plainName(filter));
	}
	return { values, leftBlank };
}

function refuseList(node: INode, { displayName }: NamedFilter, value: unknown): Error {
	return inputError(
		node,
		`'${displayName}' takes one text, not '${shown(value)}'`,
		'Correct the expression so that it results in a single text or number.',
	);
}

/** What names a record: a word for nothing would find what it should not, or nothing. */
function asKey(node: INode, { displayName, takes }: NamedFilter, value: unknown): string {
	const read = keyIn(value);
	if ('key' in read && (takes === 'key' || isEmail(value))) return String(read.key);
	throw inputError(
		node,
		`'${displayName}' takes one ${takes === 'key' ? 'ID' : 'email address'}, not '${shown(value)}'`,
		['fault' in read ? keyAdvice(read.fault, value) : undefined, 'Correct the value, or remove the filter.']
			.filter((part) => part !== undefined)
			.join('. '),
	);
}

/**
 * Takes the value of a filter for one text, without blanks around it.
 * @throws NodeOperationError for a list, an object, or what else is no text
 */
export function asText(node: INode, filter: NamedFilter, value: unknown): string {
	const isText = typeof value === 'string' || (typeof value === 'number' && isExact(value));
	if (!isText) throw refuseList(node, filter, value);
	return filter.takes === 'email' || filter.takes === 'key' ? asKey(node, filter, value) : trimmed(String(value));
}

function listed(value: unknown): unknown[] {
	return [value].flat().flatMap((entry: unknown) => {
		return typeof entry === 'string' ? (readListText(trimmed(entry)) ?? [entry]) : [entry];
	});
}

/**
 * Takes the value of a filter for several texts: a list of them, or one text with commas.
 * @throws NodeOperationError where one of them is blank or no text
 */
export function asTexts(node: INode, filter: NamedFilter, value: unknown): string[] {
	return listed(value).map((entry) => {
		if (!isMissing(entry)) return asText(node, filter, entry);
		throw inputError(
			node,
			`'${filter.displayName}' has an empty entry`,
			'Remove the empty entry from the list, or correct the expression that it comes from.',
		);
	});
}

function asIds({ node }: Parameters, filter: Filter, value: unknown): string[] {
	const given = asTexts(node, filter, value);
	const wrong = given.find((entry) => !isPlanhatId(entry));
	if (wrong === undefined) return [...new Set(given.map((id) => id.toLowerCase()))];
	throw inputError(
		node,
		`'${wrong}' in '${filter.displayName}' is not the ID of a company in Planhat`,
		"Use Planhat's own IDs, separated by commas: 24 characters each, 0 to 9 and a to f, or extid- or srcid- and an ID of your own.",
	);
}

function asUserId(node: INode, filter: Filter, value: unknown): string {
	const _id = asText(node, filter, value);
	if (isPlanhatId(_id)) return _id;
	throw inputError(
		node,
		`'${_id}' in '${filter.displayName}' is not the ID of a user in Planhat`,
		'Choose the user from the list, or give the ID: 24 characters, 0 to 9 and a to f. Get Many of users finds it by email.',
	);
}

/**
 * Takes the value of a filter for a date.
 * @param convert returns undefined where the value is none
 * @throws NodeOperationError where it is none
 */
export function asDate<Result>(
	node: INode,
	displayName: string,
	value: unknown,
	convert: (value: unknown) => Result | undefined,
): Result {
	const converted = convert(value);
	if (converted !== undefined) return converted;
	const dates = typeof value === 'string' ? plainDates(value) : [];
	const form = dates.length === 0 ? '' : `Send it as ${dates.join(' or ')}. `;
	throw inputError(
		node,
		`'${displayName}' takes a date such as 2026-03-31 or 2026-03-31T08:00:00Z, not '${String(value)}'`,
		`${form}Correct the value, or remove the filter.`,
	);
}

/**
 * The values that one filter sends, one for each query.
 * @throws NodeOperationError when the filter cannot take it
 */
export function sentValues(parameters: Parameters, filter: Filter, value: unknown): Array<string | number | boolean> {
	const { node, timezone } = parameters;
	const toDay = (date: unknown) => readDayCount(date) ?? readDate(date, timezone)?.day;
	if (filter.takes === 'day') return [asDate(node, filter.displayName, value, toDay)];
	if (filter.takes === 'boolean') return [asSwitch(node, filter.displayName, value)];
	if (filter.takes === 'text' || filter.takes === 'email' || filter.takes === 'key')
		return [asText(node, filter, value)];
	if (filter.takes === 'user') return [asUserId(node, filter, value)];
	const ids = asIds(parameters, filter, value);
	const atATime = filter.idsAtATime ?? ids.length;
	const groups = Math.ceil(ids.length / atATime);
	return Array.from({ length: groups }, (_, group) => ids.slice(group * atATime, (group + 1) * atATime).join(','));
}
