import { isLoss } from '../../answers/outcome';
import type { Rules } from '../../columns/rules';
import type { Period } from '../../resources/types';
import { columnRunOfBatch } from '../../rows/columnRun';
import { planRows } from '../../rows/planRows';
import type { Row, Written } from '../../rows/row';
import type { BatchRun } from '../../run/context';
import { closingsOf } from './closings';
import { packChunks, type Limits } from '../../batch/pack';
import type { Periods } from './periods';
import { companyFieldOf } from '../../batch/recordIndex';
import type { Batch, Prepared } from '../../batch/sendBatches';

const rules: Rules = {
	writes: 'either',
	options: { unknownFields: 'send', emptyValues: 'leave', keylessRows: 'fail' },
};

const throughs = ['created', 'updated', 'unchanged', 'applied'];

/** The rows that end the records before those that went through. */
async function prepareClosing(batch: Batch, periods: Periods, period: Period, limits: Limits): Promise<Prepared[]> {
	const { run, outcomes, given, written = [] } = batch;
	const went = written.filter(({ at }) => throughs.includes(String(outcomes[at]?.is)));
	const idOf = (at: number) => {
		const outcome = outcomes[at];
		return outcome !== undefined && '_id' in outcome ? outcome._id : undefined;
	};
	const closings = closingsOf(periods, went, idOf, period, companyFieldOf(run.model) ?? '');
	if (closings.length === 0) return [];
	const rows = closings.map(({ by, fields }): Row => {
		const { item = 0 } = given.rows[by] ?? {};
		return { item, given: fields, closedFor: periods.byRow.get(by)?.key };
	});
	const columns = await planRows(columnRunOfBatch(run), rows, rules);
	const sent = closings.map(({ fields }, at): Written => ({ at, layer: 0, fields, missing: [] }));
	return [{ run, given: { rows, refused: [] }, columns, chunks: packChunks(run, sent, limits) }];
}

/** How many records would be ended, where all rows of a run went through. */
export function countClosings(
	{ model }: Pick<BatchRun, 'model'>,
	written: readonly Written[],
	periods: Periods | undefined,
): number {
	if (periods === undefined || model.period === undefined) return 0;
	return closingsOf(periods, written, () => undefined, model.period, companyFieldOf(model) ?? '').length;
}

/** Says before anything is sent how many records would be ended, where all rows went through. */
export function tellClosings(
	prepared: readonly Omit<Prepared, 'chunks'>[],
	periodsOf: ReadonlyMap<BatchRun, Periods>,
): void {
	for (const { run, written = [] } of prepared) {
		const { singular, plural } = run.model;
		if (!periodsOf.has(run)) continue;
		const count = countClosings(run, written, periodsOf.get(run));
		run.hint(`Close Previous would end ${count} ${count === 1 ? singular : plural}.`);
	}
}

/**
 * Ends the records that others follow now; only behind rows that went through, and never after one that stops the run.
 * @param send sends rows as those before
 * @returns the batches, those of the rows that ended a record behind
 */
export async function closePrevious(
	batches: Batch[],
	periodsOf: ReadonlyMap<BatchRun, Periods>,
	limits: Limits,
	send: (prepared: readonly Prepared[]) => Promise<Batch[]>,
): Promise<Batch[]> {
	const isStopped = batches.some(
		({ run, outcomes, isCancelled }) => isCancelled || (run.stops && outcomes.some(isLoss)),
	);
	const prepared: Prepared[] = [];
	for (const batch of isStopped ? [] : batches) {
		const periods = periodsOf.get(batch.run);
		const { period } = batch.run.model;
		if (periods !== undefined && period !== undefined)
			prepared.push(...(await prepareClosing(batch, periods, period, limits)));
	}
	return prepared.length === 0 ? batches : [...batches, ...(await send(prepared))];
}
