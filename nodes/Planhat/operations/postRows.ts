import { packChunk, type ChunkLimits } from '../transport/chunks';
import type { PlanhatRequest } from '../transport/request';
import { pendingRows, settlePending, textOf, type Batch, type RowOutcome } from './batchRows';
import type { BatchContext } from './types';

/** Planhat takes posts of 32 MB on the analytics host (Planhat's documents, "Limits"). Bytes. */
const mostBytes = 32_000_000;

/** As many rows as fit into the bytes; Planhat names about 150,000, and no limit. */
const together: ChunkLimits = { rows: Infinity, bytes: mostBytes };

/** One row in a request, as an object and not as a list of one. */
const alone: ChunkLimits = { rows: 1, bytes: mostBytes };

function settle(batch: Batch, rows: readonly number[], outcome: RowOutcome): void {
	for (const row of rows) batch.outcomes[row] = { ...outcome };
}

/**
 * Posts the rows of a batch that have no outcome yet, in as few requests as possible. What was posted is never posted
 * again after an unknown outcome: it would be there twice.
 * @param context of the run
 * @param batch after its rows were checked
 * @param request without a body
 * @param inOne whether the rows go together, as a list; otherwise each goes alone
 * @param read takes the body of an answer
 */
export async function postRows(
	context: BatchContext,
	batch: Batch,
	request: PlanhatRequest,
	inOne: boolean,
	read: (body: unknown) => void,
): Promise<void> {
	const pending = pendingRows(batch);
	for (let next = 0, hasLosses = false; next < pending.length && !(hasLosses && context.stops);) {
		context.signal?.throwIfAborted();
		const {
			chunk,
			next: after,
			refused,
		} = await packChunk(pending, next, inOne ? together : alone, (row) => textOf(batch, row), context.breathe);
		next = after;
		for (const { row, reason } of refused) batch.outcomes[row] = { outcome: 'failed', reason };
		hasLosses ||= refused.length > 0;
		if (chunk.rows.length === 0) continue;
		const answer = await context.transport.exchange({
			...request,
			body: inOne ? chunk.body : chunk.body.subarray(1, -1),
		});
		if (!('failure' in answer)) {
			read(answer.body);
			settle(batch, chunk.rows, { outcome: 'created' });
			continue;
		}
		const { failure, error } = answer;
		const reason = failure.words === '' ? error.message : failure.words;
		const unsure = failure.mayBeApplied ? '. The row may have been applied' : '';
		settle(batch, chunk.rows, { outcome: unsure ? 'unknown' : 'failed', reason: `${reason}${unsure}` });
		hasLosses = true;
	}
	settlePending(batch);
}
