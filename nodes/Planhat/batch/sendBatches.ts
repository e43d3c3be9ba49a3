import { isLoss } from '../answers/outcome';
import type { Columns } from '../columns/column';
import type { Given, Position, Row, Written } from '../rows/row';
import type { RowKeys } from '../rows/rowKeys';
import type { BatchRun } from '../run/context';
import { pauseAfterRows, readBatching } from '../transport/batching';
import type { PlanhatRequest } from '../transport/request';
import type { Check } from './checkWritten';
import type { Order } from './duplicates';
import type { FindHeld } from './laterRows';
import type { Chunk, SentRows, Settled } from './outcomes';
import type { Chunks, SendingRun } from './sending';

/** The rows that go out with one credential, ready to be sent. */
export interface Prepared {
	run: BatchRun;
	given: Given;
	columns: Columns;
	/** Of the rows, where they have any. */
	keys?: RowKeys;
	/** Of rows that may be one record; there is none where each makes a record of its own. */
	order?: Order;
	/** Where the records of the rows have not been read. */
	findHeld?: FindHeld;
	/** The rows as they go out, where they are to be read back; filled while they are packed. */
	written?: Written[];
	chunks: AsyncIterable<Chunk | Settled>;
}

/** The rows that went out with one credential, and what became of them. */
export interface Batch extends Omit<Prepared, 'chunks'>, SentRows {
	/** How Planhat holds the rows, where they were read back. */
	checks?: ReadonlyMap<Position, Check>;
	/** Why they could not be read back. */
	unread?: string;
}

/** The rows whose columns have to be known: none where none may be sent, so that nothing is asked of Planhat for them. */
export function toPlan({ refusal }: Pick<BatchRun, 'refusal'>, { rows }: Given): readonly Row[] {
	return refusal === undefined ? rows : [];
}

/** What requests have cost since a moment; milliseconds. */
export interface Cost {
	requests: number;
	waited: number;
}

/** Adds up what the requests of a run cost from now on. */
export function costFromNow(runs: ReadonlyArray<Pick<BatchRun, 'transport'>>): () => Cost {
	const total = (): Cost => {
		const efforts = runs.map(({ transport }) => transport.effort);
		const sum = (name: keyof Cost) => efforts.reduce((all, effort) => all + effort[name], 0);
		return { requests: sum('requests'), waited: sum('waited') };
	};
	const before = total();
	return () => ({ requests: total().requests - before.requests, waited: total().waited - before.waited });
}

/**
 * What the sender needs of a run.
 * @param requestOf makes the request for so many rows; it has a body of its own where that is not the rows
 */
export function sendingRun(
	{ model, stops, signal, transport, parameter, yieldToEventLoop }: BatchRun,
	requestOf: (count: number, body: Buffer) => PlanhatRequest | Promise<PlanhatRequest>,
	cost: () => Cost,
): SendingRun {
	const pauseBefore = pauseAfterRows(readBatching(parameter('requestOptions', 0, {})), signal);
	return {
		model,
		stops,
		signal,
		yieldToEventLoop,
		requests: () => cost().requests,
		said: (body) => transport.said(body),
		async send(body, { count, idempotent }) {
			await pauseBefore(count);
			return await transport.trySend({ body, idempotent, ...(await requestOf(count, body)) });
		},
	};
}

/** Packs all rows before any of them is sent. */
export async function allChunks(chunks: AsyncIterable<Chunk | Settled>): Promise<Array<Chunk | Settled>> {
	const all: Array<Chunk | Settled> = [];
	for await (const next of chunks) all.push(next);
	return all;
}

/** Whether it is a row that cannot be sent. */
export function isRefused(next: Chunk | Settled): boolean {
	return 'why' in next || ('outcome' in next && next.outcome.is === 'failed');
}

function hasLosses({ outcomes, unnamed = 0 }: SentRows): boolean {
	return unnamed > 0 || outcomes.some(isLoss);
}

/**
 * Sends batch after batch. With On Error = Stop all of them are packed before the first request, none is sent where a row is
 * refused before, and none after a row that was not applied.
 * @param send sends the rows of a batch; it is called for each, so that each row gets its outcome
 */
export async function sendBatches<
	One extends { run: { stops: boolean }; chunks: Prepared['chunks'] },
	Sent extends SentRows,
>(prepared: readonly One[], send: (one: One, chunks: Chunks) => Promise<Sent>): Promise<Array<One & Sent>> {
	const packed: Chunks[] = [];
	let isSending = true;
	for (const { run, chunks } of prepared) {
		const ready = run.stops ? await allChunks(chunks) : chunks;
		if (Array.isArray(ready)) isSending &&= !ready.some(isRefused);
		packed.push(ready);
	}
	const batches: Array<One & Sent> = [];
	for (const [index, one] of prepared.entries()) {
		const ready = packed[index] ?? [];
		const isHeldBack = !isSending && Array.isArray(ready);
		const chunks = isHeldBack ? ready.filter((next: Chunk | Settled) => !('body' in next)) : ready;
		const sent = await send(one, chunks);
		if (one.run.stops && hasLosses(sent)) isSending = false;
		batches.push({ ...one, ...sent });
	}
	return batches;
}
