import type { IDataObject } from 'n8n-workflow';

import type { Settled } from '../batch/outcomes';
import { companyFieldOf, companyNamed, heldName, identityOf, type Match, type RecordIndex } from '../batch/recordIndex';
import type { Columns } from '../columns/column';
import { holdsKeysAlone, withoutHeld } from '../compared/keepExisting';
import type { KeyName, Model } from '../resources/types';
import type { Reason, Written } from '../rows/row';
import type { BatchRun } from '../run/context';
import type { NodeError } from '../transport/errors';
import { isBlank } from '../values/checks';
import { fetchDomains } from './companyLists';
import { fetchExisting } from './existing';
import { OwnRequests } from './ownRequests';
import { needsCompany, RowPlanner, type PlannedRow } from './plannedRows';
import type { Touched } from './touched';
import { asksForDomains, compares, type Guards } from './writeGuards';

/** The rows of a run after Planhat was asked for their records. */
export interface GuardedRows {
	/** Each row once: as it is sent, or what became of it. */
	rows: Array<Written | Settled>;
	/** What each row would do, where that is to be shown. */
	planned: Array<PlannedRow | Settled>;
}

/** A row is quickly taken: the time is looked at after so many. */
const rowsBetweenLooks = 16;

/** All rows of a run, as they are written. */
async function allOf(rows: Iterable<Written | Settled>, run: BatchRun): Promise<Array<Written | Settled>> {
	const all: Array<Written | Settled> = [];
	for (const row of rows) {
		all.push(row);
		const pause = all.length % rowsBetweenLooks === 0 ? run.yieldToEventLoop() : undefined;
		if (pause) await pause;
	}
	return all;
}

export function isWritten(row: Written | Settled): row is Written {
	return 'fields' in row;
}

/** Rows that no credential may send: nothing is asked for them. */
function refusedRows(rows: Array<Written | Settled>, { message: said }: NodeError): GuardedRows {
	const why: Reason = { code: 'stopped', said };
	return { rows, planned: rows.map((row) => (isWritten(row) ? { at: row.at, why } : row)) };
}

/** Whether a row gives its record another key than it has: a later one may not find it any more. */
function changesKey(fields: IDataObject, index: RecordIndex, { model }: BatchRun): boolean {
	const { key: found, record } = index.match(fields) ?? {};
	if (record === undefined) return false;
	const others = model.keys.filter((key) => key !== found && !isBlank(fields[key]));
	return others.some((key) => identityOf(key, fields[key]) !== identityOf(key, record[heldName(model, key)]));
}

/** Whether a person may be made who names no company: the record is not there, or an earlier row may have given it another key. */
async function mayBeWithoutCompany(run: BatchRun, written: readonly Written[], index: RecordIndex): Promise<boolean> {
	let lacksCompany = false;
	let isChanged = false;
	for (const [place, { fields }] of written.entries()) {
		const isLacking = companyNamed(run.model, fields) === undefined;
		if (isLacking && index.match(fields) === undefined) return true;
		lacksCompany ||= isLacking;
		isChanged ||= changesKey(fields, index, run);
		if (lacksCompany && isChanged) return true;
		const pause = place % rowsBetweenLooks === 0 ? run.yieldToEventLoop() : undefined;
		if (pause) await pause;
	}
	return false;
}

/** Email domains of companies, where people without a company may be among the rows. */
async function domainsFor(run: BatchRun, written: readonly Written[], index: RecordIndex, guards: Guards) {
	const asks = asksForDomains(guards, run.model) && needsCompany(run.model);
	return asks && (await mayBeWithoutCompany(run, written, index)) ? await fetchDomains(run) : undefined;
}

/** The fields that are left as they are. A key that counts within a company goes out with it, or it would be that of any. */
function keptOf({ kept }: Guards, { key }: Match, model: Model): ReadonlySet<string> {
	const company = companyFieldOf(model);
	if (company === undefined || key === undefined || !model.keysWithinCompany.includes(key)) return kept;
	return new Set([...kept].filter((name) => name !== company && name !== 'companyExternalId'));
}

/**
 * Asks Planhat for the records of rows, and leaves out the rows that are not to be sent.
 * @param names of the fields that are looked at beside the keys
 * @param touched counts what the rows would do
 */
export async function guardRows(
	run: BatchRun,
	rows: Iterable<Written | Settled>,
	columns: Columns,
	guards: Guards,
	names: ReadonlySet<string>,
	touched: Touched,
): Promise<GuardedRows> {
	const all = await allOf(rows, run);
	const { refusal, model } = run;
	if (refusal !== undefined) return refusedRows(all, refusal);
	const written = all.filter(isWritten);
	const isCompared = compares(guards, model);
	const index = await fetchExisting(run, written, names);
	const domains = await domainsFor(run, written, index, guards);
	const planner = new RowPlanner(columns, index, guards.mode, isCompared, domains);
	const ownRequests = new OwnRequests(model);
	const guarded: GuardedRows = { rows: [], planned: [] };
	let done = 0;
	for (const each of all) {
		const found = isWritten(each) ? index.match(each.fields) : undefined;
		const isCut = isWritten(each) && found !== undefined && guards.kept.size > 0;
		const row = isCut
			? { ...each, fields: withoutHeld(each.fields, found.record, keptOf(guards, found, model), model) }
			: each;
		const planned = isWritten(row) ? planner.plan(row, found) : row;
		touched.add(planned);
		if (guards.isPreview) guarded.planned.push(planned);
		guarded.rows.push(ownRequests.of(planned, settledBy(planned, row, model, found?.key), found?.record));
		done += 1;
		const pause = done % rowsBetweenLooks === 0 ? run.yieldToEventLoop() : undefined;
		if (pause) await pause;
	}
	return guards.isPreview ? { ...guarded, planned: withSuccessors(guarded.planned) } : guarded;
}

/** A row that gives way to a later one becomes what that becomes where it does not go through, as in a run. */
function withSuccessors(planned: ReadonlyArray<PlannedRow | Settled>): Array<PlannedRow | Settled> {
	const lost = new Map<number, PlannedRow | Settled>();
	for (const row of planned) {
		const isRefused = 'is' in row ? row.is === 'refused' || row.is === 'ignored' : 'why' in row;
		if (isRefused) lost.set(row.at, row);
	}
	return planned.map((row) => {
		const by = 'outcome' in row && row.outcome.is === 'superseded' ? row.outcome.by : undefined;
		const successor = by === undefined ? undefined : lost.get(by);
		return successor === undefined ? row : { ...successor, at: row.at };
	});
}

/** A row that is not to be sent is settled: its mode leaves it out, or its record has all of it. */
function settledBy(
	planned: PlannedRow | Settled,
	row: Written | Settled,
	model: Model,
	foundBy?: KeyName,
): Written | Settled {
	if (!('is' in planned) || !isWritten(row)) return row;
	const { at, is } = planned;
	const _id = '_id' in planned ? planned._id : undefined;
	const named = _id === undefined ? {} : { _id };
	if (is === 'skipped') return { at, outcome: { is, why: planned.why, ...named } };
	if (is !== 'update' && is !== 'unchanged') return row;
	// A key that is worse than the one the record was found by is written to it.
	const { keys } = model;
	const known = foundBy === undefined ? keys : keys.slice(0, keys.indexOf(foundBy) + 1);
	return holdsKeysAlone(row.fields, { keys: known }) ? { at, outcome: { is: 'unchanged', ...named } } : row;
}
