import type { Success } from '../answers/ledger';
import type { Outcome } from '../answers/outcome';
import type { Sent, Verdict } from '../answers/verdict';
import type { Position, Reason } from '../rows/row';
import type { Model } from '../resources/types';
import type { PlanhatAnswer, PlanhatRefusal } from '../transport/answer';
import type { Chunk, Settled } from './outcomes';
import type { LaterRows } from './laterRows';
import { bytesOf, splitInto, takeOut, type Part } from './parts';

/** What the sender needs of a run. */
export interface SendingRun {
	readonly model: Model;
	/** Whether nobody asks for the IDs of all records. */
	readonly withoutIds?: boolean;
	/** Whether nothing is sent after a row that was not applied. */
	readonly stops: boolean;
	readonly signal?: AbortSignal;
	/** Whether a row has a key; where it is left out, what an answer can name the row by tells. */
	isKeyed?(at: Position): boolean;
	/** Where the records of the rows have not been read. */
	readonly laterRows?: LaterRows;
	/** Requests that have left so far, whatever came of them. */
	requests(): number;
	yieldToEventLoop(): Promise<void> | undefined;
	/** An answer, or a part of it, as people may read it. */
	said(body: unknown): unknown;
	/**
	 * Sends rows, with retries where a second time does no harm.
	 * @param body JSON, UTF-8
	 * @param rows how many they are, and whether each has a key, so that a second time does none
	 * @throws the signal's reason when the execution is cancelled
	 */
	send(body: Buffer, rows: { count: number; idempotent: boolean }): Promise<PlanhatAnswer | PlanhatRefusal>;
}

/** What is to be sent, and what is settled before. */
export type Chunks = AsyncIterable<Chunk | Settled> | Iterable<Chunk | Settled>;

/** Finds out what an answer says of the rows of a request. */
export type JudgeAnswer = (
	sent: readonly Sent[],
	answer: PlanhatAnswer | PlanhatRefusal,
	run: SendingRun,
) => Promise<Verdict>;

/** So many faults in a row tell that more than one row is bad. */
const manyFaults = 3;

/** A body above this may be why its answer was lost. Bytes. */
const largeBodyBytes = 1_000_000;

/** A part that is to be sent, or sent again. */
export interface Sending {
	part: Part;
	/** Whether it is a chunk, a part of what was too large, or rows that were sent before. */
	is: 'first' | 'smaller' | 'again';
	/** What is said of its rows when they stay undecided. */
	why: Reason;
	/** Whether its answer was lost once. */
	wasLost: boolean;
	/** What an answer before said that its rows may have gone through as. */
	mayBe?: readonly Success[];
}

/** What is sent next, and what after all that waits already. */
export interface Again {
	next: Sending[];
	later: Sending[];
}

export const nothing: Again = { next: [], later: [] };

/**
 * What became of a row that was sent again, by both answers: one that was there the second time, and that the first answer
 * can only have created, was created.
 * @param mayBe what the first one said that it may have gone through as
 */
export function byBoth(outcome: Outcome, mayBe: readonly Success[] | undefined): Outcome {
	if (mayBe === undefined || (outcome.is !== 'updated' && outcome.is !== 'unchanged')) return outcome;
	const [only, ...others] = mayBe;
	if (only === undefined) return outcome;
	return { ...outcome, is: others.length === 0 ? only : 'applied' };
}

/** Whether the answer of a part was lost twice that is large enough to be the cause. */
export function isLostForSize({ part, wasLost }: Sending, answer: PlanhatAnswer | PlanhatRefusal): boolean {
	const isLost = 'failure' in answer && answer.failure.kind === 'unknown' && (wasLost || answer.resent);
	return isLost && part.places.length > 1 && bytesOf(part) > largeBodyBytes;
}

/**
 * Whether rows go again after a lost answer: only rows without a key made a request one that must not be repeated, or a large
 * one is tried once more.
 */
function isTriedAgain({ part, wasLost }: Sending, keyed: Part): boolean {
	return keyed.places.length < part.places.length || (!wasLost && bytesOf(keyed) > largeBodyBytes);
}

/**
 * What is sent again of the rows that an answer leaves open: those with a key, in ever smaller parts, in their order. Where
 * one row is bad its neighbours are good, so that the other parts come first; where all is bad, it goes down to the few.
 * @param faultsInARow requests in a row that were answered by 500, or not at all
 * @param renamed rows that go before those that may have changed their keys
 */
export function againAfter(
	sending: Sending,
	{ open, suspects, why, mayBe }: Verdict,
	sent: readonly Sent[],
	came: 'answered' | 'lost' | 'fault',
	faultsInARow: number,
	renamed: ReadonlySet<Position> = new Set(),
): Again {
	const { chunk, places: own } = sending.part;
	const isRenamed = (place: number) => renamed.has(chunk.rows[place] ?? -1);
	const placesOf = (rows: readonly number[]) => rows.map((row) => own[row] ?? 0);
	const places = placesOf(open.filter((row) => (sent[row]?.keys.length ?? 0) > 0));
	const part: Part = { chunk, places };
	if (places.length === 0) return nothing;
	const known = sending.mayBe ?? (came === 'answered' ? mayBe : undefined);
	const again = (parts: readonly Part[]): Sending[] =>
		parts.map((one) => ({ part: one, is: 'again', why, wasLost: came === 'lost', ...(known && { mayBe: known }) }));
	const [before, after] = [places.filter(isRenamed), places.filter((place) => !isRenamed(place))];
	if (before.length > 0 && after.length > 0)
		return { next: again([before, after].map((some) => ({ chunk, places: some }))), later: [] };
	if (came === 'lost') return isTriedAgain(sending, part) ? { next: again([part]), later: [] } : nothing;
	if (own.length === 1) return nothing;
	const isBad = faultsInARow >= manyFaults;
	const alone = new Set(came === 'answered' ? placesOf(suspects) : []);
	const parts = alone.size > 0 && places.length > 1 ? takeOut(part, alone) : splitInto(part, isBad ? 8 : 2);
	// Nothing that may change their keys goes out between them.
	const isNext = isBad || before.length > 0;
	return isNext ? { next: again(parts), later: [] } : { next: [], later: again(parts) };
}
