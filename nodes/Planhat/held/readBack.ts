import type { INodeProperties } from 'n8n-workflow';

import type { Outcome } from '../answers/outcome';
import type { Reason, Written } from '../rows/row';
import { nodeError } from '../transport/errors';
import { checkWritten, isReadBack, keyedBy, type Check } from '../batch/checkWritten';
import { fetchExisting } from './existing';
import type { Settled } from '../batch/outcomes';
import type { Batch } from '../batch/sendBatches';

/** The option that has the records read after the run. */
export const verifyOption: INodeProperties = {
	displayName: 'Verify',
	name: 'verify',
	type: 'boolean',
	default: false,
	description:
		'Whether to read the records back and say for each row which fields Planhat dropped or changed. This also tells what became of rows whose answer was lost.',
};

/**
 * Keeps the rows of a run for when they are read back.
 * @param kept is filled, in the order in which the rows go out
 */
export function* keepWritten(rows: Iterable<Written | Settled>, kept: Written[]): Generator<Written | Settled, void> {
	for (const row of rows) {
		if ('fields' in row) kept.push(row);
		yield row;
	}
}

/** What is known of a row whose answer said nothing, now that its record was looked for. */
function settled(outcome: Outcome, check: Check, notThere: Map<Reason, Reason>): Outcome {
	if (outcome.is !== 'unknown' || check.is === 'different') return outcome;
	const { why, ...rest } = outcome;
	if (check.is === 'same') return { ...rest, is: 'applied' };
	const reason = notThere.get(why) ?? { code: 'notThere', ...(why.said !== undefined && { said: why.said }) };
	notThere.set(why, reason);
	return { ...rest, is: 'failed', why: reason };
}

async function readBatch(batch: Batch, written: readonly Written[]): Promise<Batch> {
	const { run, columns } = batch;
	const asked = written.filter(({ at }) => isReadBack(batch.outcomes[at]));
	const names = new Set(asked.flatMap(({ fields }) => Object.keys(fields)));
	const rows = asked.map((row) => ({ fields: keyedBy(row, batch.outcomes[row.at]) }));
	// Another run to what was read before the rows went out.
	const index = await fetchExisting({ ...run }, rows, names);
	const outcomes = [...batch.outcomes];
	const checks = new Map<number, Check>();
	const notThere = new Map<Reason, Reason>();
	for (const { at, check } of checkWritten(written, batch.outcomes, columns, index)) {
		checks.set(at, check);
		const outcome = outcomes[at];
		if (outcome !== undefined) outcomes[at] = settled(outcome, check, notThere);
		const pause = run.yieldToEventLoop();
		if (pause) await pause;
	}
	return { ...batch, outcomes, checks };
}

/**
 * Reads back what rows have written, and says of each whether Planhat holds it as it was sent. What Planhat did not say of a
 * row is settled by its record. Rows are written whatever comes of reading them: where that fails, they stay as they are.
 */
export async function readBack(batches: readonly Batch[]): Promise<Batch[]> {
	const read: Batch[] = [];
	for (const batch of batches) {
		const { written = [], isCancelled, run } = batch;
		try {
			read.push(isCancelled ? batch : await readBatch(batch, written));
		} catch (thrown) {
			read.push({ ...batch, unread: nodeError(run.node, thrown).message });
		}
	}
	return read;
}
