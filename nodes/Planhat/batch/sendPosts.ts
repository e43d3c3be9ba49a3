import { isLoss } from './batches';
import type { Taken } from './taken';
import type { PlanhatRequest } from '../transport/request';
import { pendingRows, type Batch, type RowOutcome } from './outcomes';
import { packChunk, type ChunkLimits } from './pack';
import { outcomeOfError, textOf } from './writeRows';

/** Planhat takes posts of 32 MB on the analytics host (Planhat's documents, "Limits"). Bytes. */
const mostBytes = 32_000_000;

/** As many rows as fit into the bytes; Planhat names about 150,000, and no limit. */
const together: ChunkLimits = { rows: Infinity, bytes: mostBytes };

/** One row in a request, as an object and not as a list of one. */
const alone: ChunkLimits = { rows: 1, bytes: mostBytes };

/** Reads the answer to a request that held so many rows. */
export type ReadAnswer = (body: unknown, rows: number) => Pick<Taken, 'outcome' | 'unnamed' | 'words'>;

type Told = ReturnType<ReadAnswer>;

function toldBy(outcome: RowOutcome): Told {
	return { outcome, unnamed: 0, words: '' };
}

async function post(batch: Batch, request: PlanhatRequest, rows: number, read: ReadAnswer): Promise<Told> {
	const { transport, signal } = batch.run;
	const before = transport.writes;
	try {
		const answer = await transport.trySend(request);
		if (!('failure' in answer)) return read(answer.body, rows);
		const { failure, error } = answer;
		const reason = failure.words === '' ? error.message : failure.words;
		if (!failure.mayBeApplied) return toldBy({ outcome: 'failed', reason });
		return toldBy({ outcome: 'unknown', reason: `${reason}. The row may have been applied` });
	} catch (error) {
		signal?.throwIfAborted();
		return toldBy(outcomeOfError(error, transport.writes > before));
	}
}

/**
 * Posts the rows of a batch that have no outcome yet, in as few requests as possible. What was posted is never posted
 * again after an unknown outcome: it would be there twice.
 * @param batch after its rows were checked
 * @param request without a body
 * @param inOne whether the rows go together, as a list; otherwise each goes alone
 * @param read takes the body of an answer
 */
export async function postRows(batch: Batch, request: PlanhatRequest, inOne: boolean, read: ReadAnswer): Promise<void> {
	const { stops, signal, yieldToEventLoop } = batch.run;
	const limits = inOne ? together : alone;
	const pending = pendingRows(batch);
	for (let next = 0, hasLosses = false; next < pending.length && !(hasLosses && stops);) {
		signal?.throwIfAborted();
		const packed = await packChunk(pending, next, limits, (row) => textOf(batch, row), yieldToEventLoop);
		next = packed.next;
		for (const { row, reason } of packed.refused) batch.outcomes[row] = { outcome: 'failed', reason };
		hasLosses ||= packed.refused.length > 0;
		const { rows, body } = packed.chunk;
		if (rows.length === 0) continue;
		const filled = { ...request, body: inOne ? body : body.subarray(1, -1) };
		const { outcome, unnamed, words } = await post(batch, filled, rows.length, read);
		for (const row of rows) batch.outcomes[row] = { ...outcome };
		hasLosses ||= unnamed > 0 || isLoss(outcome);
		if (unnamed === 0 || isLoss(outcome)) continue;
		batch.unnamed.rows += unnamed;
		batch.unnamed.words.add(words);
	}
}
