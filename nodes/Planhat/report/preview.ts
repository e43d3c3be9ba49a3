import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Settled } from '../batch/outcomes';
import type { PlannedRow } from '../batch/plannedRows';
import type { Prepared } from '../batch/sendBatches';
import { RowKeys } from '../rows/rowKeys';
import { titleReader } from '../rows/title';
import type { BatchRun } from '../run/context';
import { leftOutOf, showColumnHints } from './reportRun';
import { leftOutIn } from './summary';
import { hints, reasonText, supersededText } from './words';

/** What the rows that go out with one credential would do. */
export interface PreviewedRows extends Pick<Prepared, 'run' | 'given' | 'columns' | 'keys'> {
	planned: ReadonlyArray<PlannedRow | Settled>;
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
	const differences = 'differences' in row ? row.differences : [];
	return Object.fromEntries(
		differences.map(({ name, held, sent }) => [name, { old: held ?? null, new: sent }]),
	) as IDataObject;
}

/** Makes the items of rows, in the order of the input. */
async function itemsOf({ run, given, columns, keys = new RowKeys(given.rows, columns), planned }: PreviewedRows) {
	const title = titleReader(columns);
	const rows = [...planned].sort((one, other) => one.at - other.at);
	const items: INodeExecutionData[] = [];
	for (const row of rows) {
		const { item = 0, given: values = {} } = given.rows[row.at] ?? {};
		const named = title(values);
		const reason = reasonOf(run, row);
		const json: IDataObject = {
			preview: previewed(row),
			...('_id' in row && row._id !== undefined && { _id: row._id }),
			...Object.fromEntries(keys.of(row.at).map(({ name, value }) => [name, value])),
			...(named !== undefined && { [named.name]: named.value }),
			...(reason !== undefined && { reason }),
			changes: changesOf(row),
		};
		items.push({ json, pairedItem: { item } });
		const pause = run.yieldToEventLoop();
		if (pause) await pause;
	}
	return items;
}

function countsOf(all: readonly PreviewedRows[]): Record<Previewed, number> {
	const counts = { create: 0, update: 0, unchanged: 0, skipped: 0, refused: 0, ignored: 0, superseded: 0 };
	for (const { planned } of all) for (const row of planned) counts[previewed(row)] += 1;
	return counts;
}

function itemNumber({ pairedItem }: INodeExecutionData): number {
	return typeof pairedItem === 'object' && !Array.isArray(pairedItem) ? pairedItem.item : 0;
}

/**
 * Says of each row what it would do, without sending it, and counts them in a hint.
 * @param isSummary whether only the counts are wanted
 */
export async function previewItems(
	run: BatchRun,
	all: readonly PreviewedRows[],
	isSummary: boolean,
): Promise<INodeExecutionData[]> {
	showColumnHints(run, all);
	const counts = countsOf(all);
	if (isSummary) {
		const rows = all.reduce((sum, { planned }) => sum + planned.length, 0);
		const json = { preview: 'summary', rows, ...counts, ...leftOutIn(leftOutOf(all)) };
		return [{ json, pairedItem: run.items.map((_item, item) => ({ item })) }];
	}
	run.hint(hints.previewed(counts));
	const items: INodeExecutionData[][] = [];
	for (const one of all) items.push(await itemsOf(one));
	const [only = [], ...others] = items;
	if (others.length === 0) return only;
	return items.flat().sort((one, other) => itemNumber(one) - itemNumber(other));
}
