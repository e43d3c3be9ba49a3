import type { IDataObject } from 'n8n-workflow';

import type { Columns } from '../columns/column';
import { fixedField } from '../columns/column';
import type { BatchRun } from '../run/context';
import { fetchWhole } from './recordLists';

/** What the stages of a run look at of the records that Planhat holds, known before the first of them reads any. */
export interface Wants {
	/** Fields that are looked at beside the keys; undefined where no record is looked for. */
	names?(columns: Columns): ReadonlySet<string>;
	/** The records that are to be reported whole. */
	isWhole?(record: IDataObject): boolean;
}

const wantsOf = new WeakMap<object, Wants>();

const known = new WeakMap<object, Promise<readonly IDataObject[]>>();

/** Says what the stages of a run will look at. */
export function keepWants(run: BatchRun, wants: Wants): void {
	wantsOf.set(run, wants);
}

/** The records that the run has read, where those are all that its rows may be about. */
export async function knownRecords(run: object): Promise<readonly IDataObject[] | undefined> {
	return await known.get(run);
}

/** Keeps the records that rows may be about for the stages that follow. */
export function keepKnown(run: object, records: readonly IDataObject[]): void {
	known.set(run, Promise.resolve(records));
}

/** The fields that columns are sent as, by what a record calls what holds them. */
export function namesOfColumns({ byName, model }: Pick<Columns, 'byName' | 'model'>): Set<string> {
	const names = new Set<string>();
	for (const column of byName.values()) {
		if (column.to === 'field') names.add(column.field.name);
		else if (column.to === 'custom' || column.to === 'inside') names.add('custom');
	}
	const fixed = fixedField(model);
	if (fixed !== undefined) names.add(fixed.name);
	return names;
}

/**
 * All records of a model, the oldest first, read once for all stages of a run, with what they look at.
 * @param own fields that the caller looks at
 */
export async function fetchAllOnce(
	run: BatchRun,
	own: Iterable<string>,
	columns: Columns,
): Promise<readonly IDataObject[]> {
	const { names, isWhole } = wantsOf.get(run) ?? {};
	const all = [...own, ...(names?.(columns) ?? [])];
	// A name is looked for among all that records are called by.
	const wanted = run.model.namedBy === undefined ? { names: all, ...(isWhole && { isWhole }) } : {};
	const records = known.get(run) ?? fetchWhole(run, wanted);
	known.set(run, records);
	return await records;
}
