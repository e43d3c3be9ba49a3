import type { IDataObject } from 'n8n-workflow';

import type { Outcome } from '../answers/outcome';
import type { Columns } from '../columns/column';
import { compareRow, sentFields, type Difference } from '../compared/compareRow';
import { fieldNames, withoutFields } from '../rows/fieldNames';
import type { Position, Written } from '../rows/row';
import type { KeyName, Model } from '../resources/types';
import { isBlank, isObject } from '../values/checks';
import { companyNamed, type RecordIndex } from './recordIndex';

/** How the record of a row is after the run, beside what the row sent. */
export type Check = { is: 'same' | 'gone' } | { is: 'different'; differences: readonly Difference[] };

/** Whether a row went out, or may have: what is read back tells something of it. */
export function isReadBack(outcome: Outcome | undefined): boolean {
	return outcome !== undefined && ['created', 'updated', 'unchanged', 'applied', 'unknown'].includes(outcome.is);
}

/** What a row sends, by its own ID where Planhat has told it. */
export function keyedBy({ fields }: Pick<Written, 'fields'>, outcome: Outcome | undefined): IDataObject {
	const _id = outcome !== undefined && '_id' in outcome ? outcome._id : undefined;
	return _id === undefined ? fields : { ...fields, _id };
}

/** Names within `custom` that the tenant has no field for: Planhat stores them and shows them nowhere. */
function unseenIn({ byName, unread }: Pick<Columns, 'byName' | 'unread'>): ReadonlySet<string> {
	const unseen = new Set<string>();
	if (unread.length > 0) return unseen;
	const columns = [...byName.values()].flatMap((column) =>
		column.to === 'inside' ? [...column.byName.values()] : [column],
	);
	for (const column of columns) if (column.to === 'custom' && !column.isKnown) unseen.add(column.field.name);
	return unseen;
}

function withoutUnseen(record: IDataObject, unseen: ReadonlySet<string>): IDataObject {
	if (unseen.size === 0 || !isObject(record.custom)) return record;
	return { ...record, custom: Object.fromEntries(Object.entries(record.custom).filter(([name]) => !unseen.has(name))) };
}

/**
 * The keys that a row may have changed: those that are worse than its best one (Planhat's documents, "Bulk upsert"), and with
 * its company those that count within one.
 */
function changeable(fields: IDataObject, { keys, keysWithinCompany, fields: known }: Model): readonly KeyName[] {
	const [best, ...others] = keys.filter((key) => !isBlank(fields[key]));
	const isMoving =
		companyNamed({ fields: known }, fields) !== undefined && !keysWithinCompany.some((key) => key === best);
	return isMoving ? [...others, ...keysWithinCompany] : others;
}

/**
 * Compares the rows of a run with the records that Planhat holds after it, the last row first: what a later row of the same
 * record has sent is not asked of an earlier one. Where a later row may have given the record another key, or has made the
 * one that is found, and Planhat has not told the ID, nothing is said against a row: it may have been another record.
 * @param written in the order in which they were sent
 */
export function* checkWritten(
	written: readonly Written[],
	outcomes: readonly Outcome[],
	columns: Columns,
	index: RecordIndex,
): Generator<{ at: Position; check: Check }, void> {
	const sent = sentFields(columns);
	const unseen = unseenIn(columns);
	const changed = new Set<KeyName>();
	const createdLater = new Set<unknown>();
	const overwritten = new Map<IDataObject, Set<string>>();
	for (let place = written.length - 1; place >= 0; place -= 1) {
		const row = written[place];
		const outcome = row && outcomes[row.at];
		if (row === undefined || !isReadBack(outcome)) continue;
		const keyed = keyedBy(row, outcome);
		if (!index.canFind(keyed)) continue;
		const { record, key } = index.match(keyed) ?? {};
		const [best, ...others] = columns.model.keys.filter((name) => !isBlank(keyed[name]));
		// What was created has all keys of its row, and what was changed may have been found by a worse one.
		const isChanged = record === undefined && outcome?.is !== 'unknown' && outcome?.is !== 'created';
		const foundBy = isChanged ? [best, ...others] : [key ?? best];
		const isAnother = record !== undefined && createdLater.has(record._id);
		const isDoubtful = isAnother || foundBy.some((name) => name !== undefined && changed.has(name));
		if (outcome?.is === 'created') createdLater.add(outcome._id ?? record?._id);
		for (const name of changeable(row.fields, columns.model)) changed.add(name);
		if (record === undefined) {
			if (!isDoubtful) yield { at: row.at, check: { is: 'gone' } };
			continue;
		}
		const later = overwritten.get(record) ?? new Set();
		const held = withoutUnseen(record, unseen);
		// A company whose record cannot be found out may be the one that was sent.
		const differences = compareRow(withoutFields(row.fields, later), held, sent, (reference) =>
			index.companyIds.get(reference),
		).filter(({ unresolved }) => unresolved === undefined);
		const differing = new Set(differences.map(({ name }) => name));
		const isSure = outcome?.is !== 'unknown';
		for (const name of fieldNames(row.fields)) if (isSure || !differing.has(name)) later.add(name);
		overwritten.set(record, later);
		if (isDoubtful && differences.length > 0) continue;
		yield { at: row.at, check: differences.length === 0 ? { is: 'same' } : { is: 'different', differences } };
	}
}
