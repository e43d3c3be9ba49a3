import type { Ledger } from '../answers/ledger';
import type { Outcome } from '../answers/outcome';
import type { Position, Refused } from '../rows/row';

/** A row that ended before it was sent. */
export type Settled = Refused | { at: Position; outcome: Outcome };

/** The rows of one request. */
export interface Chunk {
	rows: readonly Position[];
	/** A JSON array, UTF-8. */
	body: Buffer;
	/** Where the text of each row begins in `body`, and after the last one where it ends. Bytes. */
	readonly offsets: Uint32Array;
}

/** What became of the rows of a run. */
export interface SentRows {
	outcomes: Outcome[];
	ledger: Ledger;
	isCancelled: boolean;
	/** How many rows were not taken although nothing names them, of those that count as applied. */
	unnamed?: number;
}
