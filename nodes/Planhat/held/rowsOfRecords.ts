import type { IDataObject } from 'n8n-workflow';

import { companyFieldOf, foundBy, identityOf, type CompanyIds } from '../batch/recordIndex';
import type { SameHeld } from '../batch/sameRecords';
import type { Columns } from '../columns/column';
import { companyOf } from '../rows/keys';
import type { Given, NamedCompany, Position } from '../rows/row';
import type { RowKeys } from '../rows/rowKeys';
import type { BatchRun } from '../run/context';
import { breathing } from '../run/eventLoop';
import { isObject } from '../values/checks';
import { fetchCompanyIds } from './companyLists';
import { keyFields } from './keyFields';
import { knownRecords } from './knownRecords';

/** A row, or a record, is quickly done: the work may be left after so many. */
const atOnce = 16;

/** By key, and by key and company. */
type RowsByKey = Map<string, Position[]>;

function keyText(name: string, value: string): string {
	return `${name} ${identityOf(name, value)}`;
}

function inCompany(key: string, company: unknown): string {
	return `${key}\n${String(isObject(company) ? company._id : company)}`;
}

function addRow(byKey: RowsByKey, key: string, at: Position): void {
	const rows = byKey.get(key);
	if (rows === undefined) byKey.set(key, [at]);
	else rows.push(at);
}

interface Named {
	byKey: RowsByKey;
	/** Rows by the companies in which their keys count. */
	placed: Array<{ at: Position; company: NamedCompany }>;
}

function* rowsByKey({ rows, refused }: Given, keys: RowKeys, columns: Columns): Generator<undefined, Named> {
	const isRefused = new Set(refused.map(({ at }) => at));
	const named: Named = { byKey: new Map(), placed: [] };
	for (const [at, { given }] of rows.entries()) {
		if (isRefused.has(at)) continue;
		for (const { name, value } of keys.of(at)) addRow(named.byKey, keyText(name, value), at);
		const company = companyOf(given, columns);
		if (company !== undefined) named.placed.push({ at, company });
		if (at % atOnce === 0) yield;
	}
	return named;
}

/** Adds the keys of rows within their companies. */
function* placeRows({ byKey, placed }: Named, keys: RowKeys, ids: CompanyIds): Generator<undefined, void> {
	for (const [place, { at, company }] of placed.entries()) {
		const id = company.form === '_id' ? company.value : ids.get(`${company.form}-${company.value}`);
		for (const { name, value } of id === undefined ? [] : keys.of(at))
			addRow(byKey, inCompany(keyText(name, value), id), at);
		if (place % atOnce === 0) yield;
	}
}

/** How many records have each key that a row names. */
function* ownersOf(
	records: readonly IDataObject[],
	keysOf: (record: IDataObject) => string[],
): Generator<undefined, Map<string, number>> {
	const owners = new Map<string, number>();
	for (const [place, record] of records.entries()) {
		for (const key of keysOf(record)) owners.set(key, (owners.get(key) ?? 0) + 1);
		if (place % atOnce === 0) yield;
	}
	return owners;
}

function* findStepwise(
	{ model }: BatchRun,
	records: readonly IDataObject[],
	{ byKey }: Named,
	owners: ReadonlyMap<string, number>,
): Generator<undefined, SameHeld[]> {
	const company = companyFieldOf(model) ?? '';
	const found: SameHeld[] = [];
	for (const [place, record] of records.entries()) {
		const rows = foundBy(model, record).flatMap((key) => {
			// Of a key that several records have, each in its company, a row means the one in its own.
			return byKey.get(owners.get(key) === 1 ? key : inCompany(key, record[company])) ?? [];
		});
		const each = new Set(rows);
		if (each.size > 1) found.push({ id: String(record._id), rows: [...each] });
		if (place % atOnce === 0) yield;
	}
	return found;
}

/** The rows that name one record, by whatever keys it has; undefined where the run has not read the records. */
export async function rowsOfRecords(
	run: BatchRun,
	given: Given,
	keys: RowKeys,
	columns: Columns,
): Promise<readonly SameHeld[] | undefined> {
	const records = await knownRecords(run);
	if (records === undefined) return undefined;
	const breathe = () => run.yieldToEventLoop();
	const named = await breathing(rowsByKey(given, keys, columns), breathe);
	const keysOf = (record: IDataObject) => foundBy(run.model, record).filter((key) => named.byKey.has(key));
	const owners = await breathing(ownersOf(records, keysOf), breathe);
	if ([...owners.values()].some((count) => count > 1)) {
		const references = named.placed.map(({ at }) => ({ fields: keyFields({ given, columns, keys }, at) }));
		const ids = await fetchCompanyIds(run, references);
		await breathing(placeRows(named, keys, ids), breathe);
	}
	return await breathing(findStepwise(run, records, named, owners), breathe);
}
