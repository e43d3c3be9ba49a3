import type { BatchRun } from '../run/context';
import { pendingRows, settlePending, type Batch, type RowOutcome, type RowRules } from './outcomes';
import { checkBatch, readBatch } from './writeRows';

/** Rows are told to people by their numbers in the run, also where a batch has only some of them. */
function numberRows(batches: readonly Batch[]): void {
	if (batches.length < 2) return;
	const rows = batches.flatMap((batch) => batch.rows).sort((one, other) => one.item - other.item);
	for (const [number, row] of rows.entries()) row.number = number;
}

/**
 * Reads the rows of all input items and finds out, before anything is sent, which of them cannot be.
 * @param contexts one for each credential
 * @param rules of the operation
 * @returns a batch for each credential
 */
export async function readBatches(contexts: readonly BatchRun[], rules: RowRules): Promise<Batch[]> {
	const batches: Batch[] = [];
	for (const context of contexts) batches.push(await readBatch(context, rules));
	numberRows(batches);
	for (const batch of batches) await checkBatch(batch, rules);
	return batches;
}

/** Whether a row was not applied for sure. */
export function isLoss({ outcome }: RowOutcome): boolean {
	return outcome === 'failed' || outcome === 'unknown' || outcome === 'notSent';
}

function hasLosses({ outcomes, unnamed }: Batch): boolean {
	return unnamed.rows > 0 || outcomes.some((outcome) => outcome !== undefined && isLoss(outcome));
}

/**
 * Sends batch after batch. Where On Error is Stop, nothing is sent after a row that was not applied, and what is known to
 * be no good is said before the first request.
 * @param send sends the rows of a batch that have no outcome yet
 */
export async function sendBatches(batches: readonly Batch[], send: (batch: Batch) => Promise<void>): Promise<void> {
	let isSending = !batches.some((batch) => batch.run.stops && hasLosses(batch));
	for (const batch of batches) {
		if (isSending && pendingRows(batch).length > 0) await send(batch);
		settlePending(batch);
		isSending &&= !(batch.run.stops && hasLosses(batch));
	}
}
