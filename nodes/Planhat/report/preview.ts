import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { LeftSource } from '../held/leftSource';
import type { Settled } from '../batch/outcomes';
import type { PlannedRow } from '../held/plannedRows';
import type { Prepared } from '../batch/sendBatches';
import { RowKeys } from '../rows/rowKeys';
import { titleReader } from '../rows/title';
import type { BatchRun } from '../run/context';
import { leftCount, leftItems } from './leftItems';
import { leftOutOf, showColumnHints } from './reportRun';
import { leftOutIn } from './summary';
import { hints } from './hintWords';
import { reasonText, supersededText } from './reasonWords';

/** What the rows that go out with one credential would do. */
export interface PreviewedRows extends Pick<Prepared, 'run' | 'given' | 'columns' | 'keys'> {
	planned: ReadonlyArray<PlannedRow | Settled>;
}

/** How a preview is shown. */
interface PreviewForm {
	/** Whether only the counts are wanted. */
	isSummary: boolean;
	/** What is known of records that no row names. */
	left?: LeftSource;
	/** How many it took to read the records. */
	requests: number;
}

/** What a preview says of a row. */
type Previewed = PlannedRow['is'] | 'superseded';

function previewed(row: PlannedRow | Settled): Previewed {
	if ('is' in row) return row.is;
	if ('why' in row || row.outcome.is === 'failed') return 'refused';
	return row.outcome.is === 'superseded' ? 'superseded' : 'skipped';
}

function reasonOf({ model }: BatchRun, row: PlannedRow | Settled): string | undefined {
	if ('why' in row) return reasonText(row.why, model, 'failed');
	if (!('outcome' in row)) return undefined;
	if (row.outcome.is === 'superseded') return supersededText(row.outcome.by);
	return 'why' in row.outcome ? reasonText(row.outcome.why, model, row.outcome.is) : undefined;
}

/** What each field holds, and what it would hold. */
function changesOf(row: PlannedRow | Settled): IDataObject {
	const changes: IDataObject = {};
	if (!('differences' in row)) return changes;
	for (const { name, held, sent } of row.differences) changes[name] = { old: held ?? null, new: sent } as IDataObject;
	return changes;
}

/** A row is quickly shown: the time is looked at after so many. */
const rowsBetweenLooks = 16;

/** Makes the items of rows, in the order of the input. */
async function itemsOf({ run, given, columns, keys = new RowKeys(given.rows, columns), planned }: PreviewedRows) {
	const title = titleReader(columns);
	const isInOrder = planned.every((row, place) => row.at === place);
	const rows = isInOrder ? planned : [...planned].sort((one, other) => one.at - other.at);
	const items: INodeExecutionData[] = [];
	for (const row of rows) {
		const { item = 0, given: values = {} } = given.rows[row.at] ?? {};
		const json: IDataObject = { preview: previewed(row) };
		if ('_id' in row && row._id !== undefined) json._id = row._id;
		keys.tell(row.at, (name, value) => {
			// The record that was found counts: there may be none with the ID of the row.
			json[name] ??= value;
		});
		const named = title(values);
		if (named !== undefined) json[named.name] = named.value;
		const reason = reasonOf(run, row);
		if (reason !== undefined) json.reason = reason;
		json.changes = changesOf(row);
		items.push({ json, pairedItem: { item } });
		const pause = items.length % rowsBetweenLooks === 0 ? run.yieldToEventLoop() : undefined;
		if (pause) await pause;
	}
	return items;
}

function countsOf(all: readonly PreviewedRows[]): Record<Previewed, number> {
	const counts = { create: 0, update: 0, unchanged: 0, skipped: 0, refused: 0, ignored: 0, superseded: 0 };
	for (const { planned } of all) for (const row of planned) counts[previewed(row)] += 1;
	return counts;
}

function hasGood({ planned }: PreviewedRows): boolean {
	return planned.some((row) => !['refused', 'ignored'].includes(previewed(row)));
}

function itemNumber({ pairedItem }: INodeExecutionData): number {
	return typeof pairedItem === 'object' && !Array.isArray(pairedItem) ? pairedItem.item : 0;
}

/**
 * Says of each row what it would do, without sending it, and counts them in a hint.
 */
export async function previewItems(
	run: BatchRun,
	all: readonly PreviewedRows[],
	{ isSummary, left, requests }: PreviewForm,
): Promise<INodeExecutionData[]> {
	showColumnHints(run, all);
	const counts = countsOf(all);
	const missed = leftItems(run, left, 'preview', all.every(hasGood));
	if (isSummary) {
		const rows = all.reduce((sum, { planned }) => sum + planned.length, 0);
		const json = {
			preview: 'summary',
			rows,
			...counts,
			requests,
			...leftCount(missed, left),
			...leftOutIn(leftOutOf(all)),
		};
		return [{ json, pairedItem: run.items.map((_item, item) => ({ item })) }, ...missed];
	}
	run.hint(hints.previewed(counts, requests));
	const items: INodeExecutionData[][] = [];
	for (const one of all) items.push(await itemsOf(one));
	const [only = [], ...others] = items;
	const sorted = others.length === 0 ? only : items.flat().sort((one, other) => itemNumber(one) - itemNumber(other));
	return [...sorted, ...missed];
}
