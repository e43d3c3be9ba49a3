import type { Position, Reason } from '../rows/row';

/** What became of a row. */
export type Outcome =
	| { is: 'created' | 'updated' | 'unchanged' | 'applied'; _id?: string; resent?: true }
	| { is: 'failed' | 'unknown' | 'notSent'; why: Reason; resent?: true }
	| { is: 'skipped'; why: Reason; _id?: string; resent?: true }
	| { is: 'superseded'; by: Position };

/** What became of a row that was not applied, or of which nobody knows. */
export interface Loss {
	is: 'failed' | 'unknown' | 'notSent';
	why: Reason;
	resent?: true;
}

/** Whether a row was not applied, or nobody knows. */
export function isLoss(outcome: Outcome): outcome is Loss {
	return outcome.is === 'failed' || outcome.is === 'unknown' || outcome.is === 'notSent';
}
