import type { Behaviour } from './behaviour.mts';
import type { ServedFilter, ServedModel } from './model.mts';
import type { Store } from './store.mts';
import { isGiven, isJsonObject, Refusal, type JsonValue, type PlanhatRecord, type Query } from './types.mts';

/** One page of a model's list: filtered, sorted, cut and reduced to the selected fields (reference.md, 8). */
export function listPage(store: Store, model: ServedModel, query: Query, behaviour: Behaviour): JsonValue[] {
	const limit = pageSize(model, query, behaviour);
	const offset = wholeNumber(query['offset'], 0);
	const sorted = sortRecords(filterRecords(store, model, heeded(query, behaviour)), single(query['sort']), behaviour);
	const page = sorted.slice(offset, offset + limit);
	const shown = model.path === 'companies' && behaviour.ownerForm === 'object' ? withOwners(store, page) : page;
	const isCapital = behaviour.parentSpelling === 'capital' && model.path === 'customfields';
	return selectFields(isCapital ? shown.map(withCapitalParent) : shown, single(query['select']), behaviour);
}

function withCapitalParent(definition: PlanhatRecord): PlanhatRecord {
	const parent = String(definition['parent']);
	return { ...definition, parent: parent.slice(0, 1).toUpperCase() + parent.slice(1) };
}

/** The query without the filters that are ignored. */
function heeded(query: Query, { ignoredFilters }: Behaviour): Query {
	return Object.fromEntries(Object.entries(query).filter(([name]) => !ignoredFilters.includes(name)));
}

/** The records that all given filters let through; parameters that are no filter are ignored. */
export function filterRecords(store: Store, model: ServedModel, query: Query): PlanhatRecord[] {
	const tests = model.filters.flatMap((filter) => filterTest(store, filter, single(query[filter.name])) ?? []);
	return store.recordsOf(model).filter((record) => tests.every((test) => test(record)));
}

/** The first value of a query parameter. */
export function single(value: string | string[] | undefined): string | undefined {
	return Array.isArray(value) ? value[0] : value;
}

/** A whole number from a query, or the fallback when there is none. */
export function wholeNumber(value: string | string[] | undefined, fallback: number): number {
	const text = single(value);
	return text !== undefined && /^\d+$/.test(text) ? Number(text) : fallback;
}

function pageSize(model: ServedModel, query: Query, behaviour: Behaviour): number {
	const cap = typeof behaviour.pageCap === 'number' ? behaviour.pageCap : behaviour.pageCap?.[model.path];
	const maximum = Math.min(model.page.maximum, cap ?? Infinity);
	// The official sample of GET /tickets writes l for limit.
	const asked = wholeNumber(query['limit'] ?? (model.path === 'tickets' ? query['l'] : undefined), 0);
	if (asked > maximum && behaviour.overMaximum === 'refuse') throw new Refusal(400, `limit must not exceed ${maximum}`);
	return Math.min(asked === 0 ? model.page.default : asked, maximum);
}

type Test = (record: PlanhatRecord) => boolean;

function filterTest(store: Store, filter: ServedFilter, given: string | undefined): Test | undefined {
	const { field, kind } = filter;
	if (kind === 'includes') return given === 'true' ? undefined : (record) => record[field] !== true;
	if (kind === 'switches') return (record) => (record[field] === true) === (given === 'true');
	if (given === undefined || given === '') return undefined;
	const wanted = new Set(given.split(',').map((value) => value.trim()));
	switch (kind) {
		case 'equals':
			return (record) => isGiven(record[field]) && String(record[field]) === given;
		case 'contains':
			return (record) =>
				String(record[field] ?? '')
					.toLowerCase()
					.includes(given.toLowerCase());
		case 'anyOf':
			return (record) => valuesOf(record[field]).some((value) => wanted.has(value));
		case 'companyOfDeal':
			return (record) => wanted.has(String(store.collection('deals').get(String(record[field]))?.['companyId']));
	}
}

/** Single values, arrays of ids and arrays of `{id, name}` alike. */
function valuesOf(value: JsonValue | undefined): string[] {
	if (!isGiven(value) || value === undefined) return [];
	const values = Array.isArray(value) ? value : [value];
	return values.map((entry) => String(isJsonObject(entry) ? (entry['id'] ?? entry['_id']) : entry));
}

function sortRecords(records: PlanhatRecord[], sort: string | undefined, behaviour: Behaviour): PlanhatRecord[] {
	if (sort === undefined || sort === '') return records;
	if (!(/(Date|At|Updated)$/.test(sort) ? behaviour.sortsByTime : behaviour.sortsByField)) return records;
	const descending = sort.startsWith('-');
	const path = (descending ? sort.slice(1) : sort).split('.');
	const keyed = records.map((record) => ({ record, key: valueAt(record, path) }));
	const direction = descending ? -1 : 1;
	return keyed.sort((left, right) => direction * compare(left.key, right.key)).map(({ record }) => record);
}

function valueAt(record: PlanhatRecord, path: string[]): JsonValue {
	const [first = '', ...rest] = path;
	const value = record[first] ?? null;
	return rest.length === 0 ? value : isJsonObject(value) ? (value[rest.join('.')] ?? null) : null;
}

/** Empty values come first in an ascending sort (reference.md, 8). */
function compare(left: JsonValue, right: JsonValue): number {
	if (!isGiven(left) || !isGiven(right)) return Number(isGiven(left)) - Number(isGiven(right));
	if (typeof left === 'number' && typeof right === 'number') return left - right;
	const leftText = String(left);
	const rightText = String(right);
	return leftText < rightText ? -1 : leftText > rightText ? 1 : 0;
}

function selectFields(records: PlanhatRecord[], select: string | undefined, behaviour: Behaviour): JsonValue[] {
	if (select === undefined || select === '' || !behaviour.selects) return records;
	const names = new Set([...(behaviour.selectKeepsId ? ['_id'] : []), ...select.split(',').map((name) => name.trim())]);
	return records.map((record) => Object.fromEntries(Object.entries(record).filter(([name]) => names.has(name))));
}

/** Lists may give relations as objects where a single GET gives ids (reference.md, 7). */
function withOwners(store: Store, companies: PlanhatRecord[]): PlanhatRecord[] {
	const owner = (id: JsonValue): JsonValue =>
		typeof id === 'string' ? { _id: id, nickName: store.collection('users').get(id)?.['nickName'] ?? '' } : id;
	return companies.map((company) => {
		const changed = ['owner', 'coOwner'].filter((name) => isGiven(company[name]));
		return { ...company, ...Object.fromEntries(changed.map((name) => [name, owner(company[name] ?? null)])) };
	});
}
