import type { IDataObject } from 'n8n-workflow';

import { companyFieldOf, foundBy, identityOf } from '../batch/recordIndex';
import type { SameHeld } from '../batch/sameRecords';
import type { Columns } from '../columns/column';
import { companyOf } from '../rows/keys';
import type { Given, Position } from '../rows/row';
import type { RowKeys } from '../rows/rowKeys';
import type { BatchRun } from '../run/context';
import { breathing } from '../run/eventLoop';
import { isObject } from '../values/checks';
import { knownRecords } from './knownRecords';

/** A row, or a record, is quickly done: the work may be left after so many. */
const atOnce = 16;

/** By key, and by key and company. */
type RowsByKey = Map<string, Position[]>;

function inCompany(key: string, company: unknown): string {
	return `${key}\n${String(isObject(company) ? company._id : company)}`;
}

function addRow(byKey: RowsByKey, key: string, at: Position): void {
	const rows = byKey.get(key);
	if (rows === undefined) byKey.set(key, [at]);
	else rows.push(at);
}

function* rowsByKey({ rows, refused }: Given, keys: RowKeys, columns: Columns): Generator<undefined, RowsByKey> {
	const isRefused = new Set(refused.map(({ at }) => at));
	const byKey: RowsByKey = new Map();
	for (const [at, { given }] of rows.entries()) {
		const company = isRefused.has(at) ? undefined : companyOf(given, columns);
		for (const { name, value } of isRefused.has(at) ? [] : keys.of(at)) {
			const key = `${name} ${identityOf(name, value)}`;
			addRow(byKey, key, at);
			if (company?.form === '_id') addRow(byKey, inCompany(key, company.value), at);
		}
		if (at % atOnce === 0) yield;
	}
	return byKey;
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
	given: Given,
	keys: RowKeys,
	columns: Columns,
): Generator<undefined, SameHeld[]> {
	const byKey = yield* rowsByKey(given, keys, columns);
	const keysOf = (record: IDataObject) => foundBy(model, record).filter((key) => byKey.has(key));
	const owners = yield* ownersOf(records, keysOf);
	const company = companyFieldOf(model) ?? '';
	const found: SameHeld[] = [];
	for (const [place, record] of records.entries()) {
		const rows = keysOf(record).flatMap((key) => {
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
	return await breathing(findStepwise(run, records, given, keys, columns), () => run.yieldToEventLoop());
}
