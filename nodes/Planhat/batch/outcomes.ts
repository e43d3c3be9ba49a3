import type { IDataObject } from 'n8n-workflow';

import type { RowWriter } from '../rows/writeRow';
import type { BatchRun } from '../run/context';

/** What became of a row, by the rules of the outcomes of a batch. */
export interface RowOutcome {
	outcome: 'created' | 'updated' | 'unchanged' | 'failed' | 'superseded' | 'unknown' | 'notSent';
	_id?: string;
	reason?: string;
	/** Whether the row was sent more than once. */
	resent?: boolean;
}

/** Said of rows after one that was not applied, when On Error is Stop. */
const stopped: RowOutcome = { outcome: 'notSent', reason: 'It was not sent, since another row was not applied' };

/** One row of a batch. */
export interface BatchRow {
	/** Index of the input item that it comes from. */
	item: number;
	/** Place among all rows of the run, whichever credential they go out with. Counts from 0. */
	number: number;
	/** As the user gave it. */
	given: IDataObject;
}

/** The rows that go out with one credential, and what is known of them before anything is sent. */
export interface Batch {
	readonly run: BatchRun;
	rows: BatchRow[];
	/** One for each row, in the same order; undefined for rows that are to be sent. */
	outcomes: Array<RowOutcome | undefined>;
	writer: RowWriter;
	/** What Planhat matches rows by, in its order. */
	keyNames: readonly string[];
	/** Positions of rows without a key of the model. */
	keyless: number[];
	/** Names that Planhat asks for on create, and in how many rows they are missing. */
	missing: Map<string, number>;
	/** Keys that several rows carry, such as "externalId acme". */
	duplicates: string[];
	/** Rows that Planhat has refused by its counts alone, and its words for them. */
	unnamed: { rows: number; words: Set<string> };
}

/** What an operation demands of a row before it is sent. */
export interface RowRules {
	/** Why a row cannot be sent, in a sentence; undefined for a good one. */
	refuse?(row: IDataObject): string | undefined;
	/** Whether a row that carries a key may lack what a new record needs, since it may change one that is there. */
	mayUpdate: boolean;
	/** What happens to rows with the same key: all but the last are left out, or all fail; undefined: nothing. */
	duplicateKeys?: 'sendLast' | 'fail';
}

/**
 * The row at a position, as the user gave it.
 * @param row position
 */
export function givenAt({ rows }: Batch, row: number): IDataObject {
	return rows[row]?.given ?? {};
}

/** Positions of the rows that are to be sent. */
export function pendingRows({ outcomes }: Batch): number[] {
	const pending: number[] = [];
	outcomes.forEach((outcome, position) => {
		if (outcome === undefined) pending.push(position);
	});
	return pending;
}

/**
 * Says of all rows that have no outcome yet that they were not sent.
 * @param batch after it was sent, or in place of that
 */
export function settlePending(batch: Batch): void {
	for (const row of pendingRows(batch)) batch.outcomes[row] = { ...stopped };
}
