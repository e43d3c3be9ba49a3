import type { Position, Reason, Refused } from '../rows/row';

/** What became of a row. */
export type Outcome =
	| { is: 'created' | 'updated' | 'unchanged' | 'applied'; _id?: string; resent?: true }
	| { is: 'failed' | 'unknown' | 'notSent' | 'skipped'; why: Reason; resent?: true }
	| { is: 'superseded'; by: Position };

/** A row that ended before it was sent. */
export type Settled = Refused | { at: Position; outcome: Outcome };

/** The rows of one request. */
export interface Chunk {
	rows: readonly Position[];
	/** A JSON array, UTF-8. */
	body: Buffer;
	/** Where the text of each row begins in `body`, and after the last one where it ends. Bytes. */
	offsets: Uint32Array;
}
