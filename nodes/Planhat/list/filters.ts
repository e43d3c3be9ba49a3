import type { IDataObject } from 'n8n-workflow';

import { kindQuery } from '../resources/kind';
import { updateTimeOf } from '../resources/model';
import type { Model } from '../resources/types';
import { isObject } from '../values/checks';
import { readDate } from '../values/dates';
import { meets, unsetField, type ListCondition } from './conditions/meets';
import { companiesFilter, companyFilter, updatedAfter } from './filterParameters';
import { asDate, readGiven, sentValues, type NamedFilter, type Parameters } from './filterValues';
import { timeOf } from './updatedAfter';

/** A comparison on our side, of any of the fields with the value. */
interface Check {
	fields: readonly string[];
	value: unknown;
	/** Whether Planhat was not asked for it, so that a record that does not show the field is another one. */
	isOurs?: true;
}

/** What the user wants to see of a list: what Planhat is asked for, and what is compared on our side. */
export interface ListFilter {
	/** One query, or several where a list of ids is too long for one. */
	queries: IDataObject[];
	checks: Check[];
	/** What the user compares on our side; none where nobody does. */
	conditions?: readonly ListCondition[];
	/** Filters that an agent left blank, as people call them. */
	leftBlank: string[];
	/** Set where there are filters beside those. */
	isNarrowed?: true;
	/** The field that holds the time of the last change, and the time it has to be later than (milliseconds since 1970). */
	changed?: { field: string; after: number };
}

/** The filters that a list of the model has. */
function knownFilters(model: Model): NamedFilter[] {
	return [
		...model.filters,
		...(companiesFilter(model) === undefined ? [] : [companyFilter]),
		...(updateTimeOf(model) === undefined ? [] : [updatedAfter]),
	];
}

/** The one company that was searched goes with those of the list of several. */
function withCompany(model: Model, given: ReadonlyMap<string, unknown>): ReadonlyMap<string, unknown> {
	const filter = companiesFilter(model);
	const one = given.get(companyFilter.name);
	if (filter === undefined || one === undefined) return given;
	return new Map(given).set(filter.name, [given.get(filter.name) ?? [], one].flat());
}

/**
 * Reads the parameter `filters` for the item's model.
 * @throws NodeOperationError when an expression comes out blank, when a filter cannot take what it is given, or when there
 * is no such filter
 */
export function readFilters(parameters: Parameters): ListFilter {
	const { model, node, timezone } = parameters;
	const { values: given, leftBlank } = readGiven(parameters, knownFilters(model));
	const values = withCompany(model, given);
	const checks: Check[] = [];
	let queries: IDataObject[] = [kindQuery(model)];
	for (const filter of model.filters) {
		if (!values.has(filter.name)) continue;
		const sent = sentValues(parameters, filter, values.get(filter.name));
		const { name, sentAs = name, verify, isOurs } = filter;
		if (!isOurs) queries = queries.flatMap((query) => sent.map((value) => ({ ...query, [sentAs]: value })));
		if (verify !== undefined) checks.push({ fields: [verify], value: sent[0], ...(isOurs && { isOurs }) });
	}
	const field = updateTimeOf(model);
	const since = values.get(updatedAfter.name);
	const toTime = (time: unknown) => readDate(time, timezone, timezone)?.milliseconds;
	return {
		queries,
		checks: model.kind === undefined ? checks : [...checks, model.kind],
		leftBlank,
		...(values.size > 0 && { isNarrowed: true }),
		...(field !== undefined &&
			since !== undefined && {
				changed: { field, after: asDate(node, updatedAfter.displayName, since, toTime) },
			}),
	};
}

/** In lists a user may stand as an object with an ID (reference, "Bodies and data standards"). */
function sameText(held: unknown, wanted: unknown): boolean {
	const value = isObject(held) ? held._id : held;
	return String(value).toLowerCase() === String(wanted).toLowerCase();
}

/** Whether a record is one that the user wants to see. What an answer does not show cannot be held against it. */
export function passes({ checks, conditions = [], changed }: ListFilter, record: IDataObject): boolean {
	if (changed !== undefined) {
		if (timeOf(record, changed.field) <= changed.after) return false;
	}
	if (!conditions.every((condition) => meets(condition, record))) return false;
	return checks.every(({ fields, value, isOurs = false }) => {
		const known = fields.filter((field) => record[field] !== undefined);
		return (known.length === 0 && !isOurs) || known.some((field) => sameText(record[field], value));
	});
}

/** The field that alone keeps a record out of a list, since it holds nothing there. */
export function unsetIn(filter: ListFilter, record: IDataObject): string | undefined {
	const field = unsetField(filter.conditions ?? [], record);
	return field !== undefined && passes({ ...filter, conditions: [] }, record) ? field : undefined;
}
