import type { IDataObject } from 'n8n-workflow';

import { isOfKind, kindQuery } from '../resources/kind';
import type { Model } from '../resources/types';
import { isNothing } from '../compared/compareRow';
import { heldValue } from '../compared/keepExisting';
import type { Position } from '../rows/row';
import type { BatchRun } from '../run/context';
import { fetchPages } from '../transport/paging';
import { isObject } from '../values/checks';
import { isPlanhatId } from '../values/planhatId';
import { fetchCompanyIds } from './companyLists';
import { fetchAllOnce, knownRecords } from './knownRecords';
import { companiesNamed, doubtfulRows, NamedRows, type NamingRows } from './namedRows';
import { companyFieldOf } from '../batch/recordIndex';
import { flagsOf } from './recordLists';
import { anyValue, type Condition } from './reportMissing';

/** The records that no row names, of those that the input should hold; or the rows that may be about any of them. */
export type LeftSource =
	| { records: readonly IDataObject[]; inScope: number }
	/** Positions of rows in their run. */
	| { doubtful: readonly Position[]; rows: number };

/** The rows that go out with one credential. */
interface LeavingRows extends NamingRows {
	run: BatchRun;
	/** Whether their keys are those of periods. */
	isByPeriod: boolean;
}

/** People and companies may stand as objects with an ID, lists hold several values, and a checkbox that was never set nothing. */
function holds(held: unknown, value: string): boolean {
	if (value === anyValue) return !isNothing(held);
	if (isNothing(held)) return value.toLowerCase() === 'false';
	return [held].flat().some((entry: unknown) => {
		const text = isObject(entry) ? (entry._id ?? entry.id) : entry;
		return String(text).trim().toLowerCase() === value.toLowerCase();
	});
}

/** Planhat sorts out the records of one company itself. */
function queryOf(model: Model, conditions: readonly Condition[]): IDataObject {
	const filter = model.filters.find(({ options }) => options === 'getCompanies');
	const field = model.resource === 'company' ? '_id' : companyFieldOf(model);
	const company = conditions.find((condition) => condition.field === field && isPlanhatId(condition.value));
	if (filter === undefined || company === undefined) return {};
	return { [filter.sentAs ?? filter.name]: company.value.toLowerCase() };
}

/** Whether the input should hold a record. What is archived has left already. */
function isInScope(model: Model, record: IDataObject, conditions: readonly Condition[]): boolean {
	return (
		isOfKind(model, record) &&
		flagsOf(model).every((flag) => record[flag] !== true) &&
		conditions.every(({ field, value }) => holds(heldValue(record, field, model), value))
	);
}

/** Tells of each record whether the input may have to hold it, before it is known which company a key leads to. */
export function mayBeInScope(model: Model, conditions: readonly Condition[]): (record: IDataObject) => boolean {
	const company = companyFieldOf(model);
	const sure = conditions.filter(({ field, value }) => field !== company || isPlanhatId(value));
	return (record) => isInScope(model, record, sure);
}

async function fetchInScope(
	run: BatchRun,
	conditions: readonly Condition[],
	take: (record: IDataObject) => boolean,
): Promise<IDataObject[]> {
	const { model, transport, yieldToEventLoop } = run;
	const target = { verb: 'list', record: model.plural, permission: model.name };
	const query = { ...kindQuery(model), ...queryOf(model, conditions), ...(model.sortable && { sort: '_id' }) };
	return await fetchPages({
		plural: model.plural,
		pageMaximum: model.page.maximum,
		limit: Infinity,
		filtered: true,
		keep: (record) => isInScope(model, record, conditions) && take(record),
		page: async (offset, limit) => {
			await yieldToEventLoop();
			return (await transport.send({ method: 'GET', url: model.path, qs: { ...query, limit, offset }, target })).body;
		},
	});
}

/** The records that the input should hold and `take` lets through; of a list that the run reads anyway, where there is one. */
async function fetchLeft(
	{ run, columns }: LeavingRows,
	conditions: readonly Condition[],
	isListShared: boolean,
	take: (record: IDataObject) => boolean,
): Promise<IDataObject[]> {
	const { model } = run;
	const isOfOneCompany = Object.keys(queryOf(model, conditions)).length > 0;
	const known = isListShared && !isOfOneCompany ? await fetchAllOnce(run, [], columns) : await knownRecords(run);
	if (known === undefined) return await fetchInScope(run, conditions, take);
	const left: IDataObject[] = [];
	for (const record of known) {
		if (isInScope(model, record, conditions) && take(record)) left.push(record);
		const pause = run.yieldToEventLoop();
		if (pause) await pause;
	}
	return left;
}

/** A condition may name a company by a key of one's own. */
function withIds(conditions: readonly Condition[], model: Model, ids: ReadonlyMap<string, string>): Condition[] {
	const company = companyFieldOf(model);
	return conditions.map(({ field, value }) => ({
		field,
		value: field === company ? (ids.get(value) ?? value) : value,
	}));
}

/**
 * Finds the records that no row names, whatever becomes of the rows. It is done before anything is sent, so that what the
 * rows create is not among them.
 * @param isListShared whether the records are read for the rows too
 */
export async function findLeft(
	all: readonly LeavingRows[],
	conditions: readonly Condition[],
	isListShared: boolean,
): Promise<LeftSource> {
	const named = new Set<unknown>();
	const left = new Map<unknown, IDataObject>();
	let inScope = 0;
	const doubtful: Position[] = [];
	for (const rows of all) {
		const { run, given } = rows;
		const at = run.refusal === undefined ? await doubtfulRows(rows) : [...given.rows.keys()];
		doubtful.push(...(all.length > 1 ? at.map((position) => given.rows[position]?.item ?? 0) : at));
	}
	if (doubtful.length > 0) return { doubtful, rows: doubtful.length };
	for (const rows of all) {
		const { run, columns } = rows;
		const company = companyFieldOf(run.model);
		const references = [
			...companiesNamed(rows),
			...conditions.filter(({ field }) => field === company).map(({ value }) => value),
		];
		const ids = await fetchCompanyIds(
			run,
			company === undefined ? [] : references.map((reference) => ({ fields: { [company]: reference } })),
		);
		const names = new NamedRows(columns, ids, rows.isByPeriod ? run.model.period : undefined);
		await names.add(rows);
		const records = await fetchLeft(rows, withIds(conditions, run.model, ids), isListShared, (record) => {
			if (!names.mayName(record)) return false;
			inScope += 1;
			const isNamed = names.names(record);
			// Two tokens may lead to one tenant.
			if (isNamed && all.length > 1) named.add(record._id);
			return !isNamed;
		});
		for (const record of records) left.set(record._id, record);
	}
	return { records: [...left.values()].filter(({ _id }) => !named.has(_id)), inScope };
}
