import type { Batch, RowOutcome } from './outcomes';
import { isLoss } from './batches';

const outcomes = ['created', 'updated', 'unchanged', 'superseded', 'failed', 'unknown', 'notSent'] as const;

/** How many rows ended in each way. */
export type Counts = Record<(typeof outcomes)[number], number>;

/** What became of a row. */
export function outcomeAt({ outcomes: found }: Batch, row: number): RowOutcome {
	return found[row] ?? { outcome: 'notSent' };
}

/** A row of any batch of a run. */
export interface Place {
	batch: Batch;
	position: number;
}

/** The rows of all batches of a run, in the order of the input. */
export function* placesOf(batches: readonly Batch[]): Generator<Place> {
	const [first, ...others] = batches;
	if (first === undefined) return;
	if (others.length === 0) {
		for (const position of first.rows.keys()) yield { batch: first, position };
		return;
	}
	const numberOf = ({ batch, position }: Place) => batch.rows[position]?.number ?? 0;
	const places = batches.flatMap((batch) => batch.rows.map((_row, position) => ({ batch, position })));
	yield* places.sort((one, other) => numberOf(one) - numberOf(other));
}

/** Adds up something of all batches. */
export function sum(batches: readonly Batch[], countOf: (batch: Batch) => number): number {
	return batches.reduce((total, batch) => total + countOf(batch), 0);
}

/** How many rows a run has. */
export function countRows(batches: readonly Batch[]): number {
	return sum(batches, ({ rows }) => rows.length);
}

/** Requests of a run so far. */
export function requestsOf(batches: readonly Batch[]): number {
	return sum(batches, ({ run }) => run.transport.effort.requests);
}

/** Waiting of a run so far, in milliseconds. */
export function waitedOf(batches: readonly Batch[]): number {
	return sum(batches, ({ run }) => run.transport.effort.waited);
}

/**
 * Counts the outcomes; their sum is the number of rows.
 * @param batches after they were sent
 */
export function countOutcomes(batches: readonly Batch[]): Counts {
	const counts = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Counts;
	for (const batch of batches)
		batch.rows.forEach((_row, position) => (counts[outcomeAt(batch, position).outcome] += 1));
	return counts;
}

/** Whether a row was not applied for sure. */
export function isLost({ batch, position }: Place): boolean {
	return isLoss(outcomeAt(batch, position));
}

/** The reasons of rows that were not applied, most frequent first, with the number of rows. */
export function reasonsOf(
	batches: readonly Batch[],
	isWanted: (outcome: RowOutcome) => boolean = isLoss,
): Array<{ reason: string; rows: number }> {
	const counts = new Map<string, number>();
	const add = (reason: string, rows: number) => counts.set(reason, (counts.get(reason) ?? 0) + rows);
	for (const { batch, position } of placesOf(batches)) {
		const outcome = outcomeAt(batch, position);
		if (isWanted(outcome)) add(outcome.reason ?? '', 1);
	}
	for (const { unnamed } of batches) if (unnamed.rows > 0) add([...unnamed.words].join('; '), unnamed.rows);
	return [...counts].map(([reason, rows]) => ({ reason, rows })).sort((one, other) => other.rows - one.rows);
}

/** Names that nobody knows, in any row of a run. */
export function unknownFieldsOf(batches: readonly Batch[]): string[] {
	return [...new Set(batches.flatMap(({ writer }) => [...writer.unknown]))];
}
