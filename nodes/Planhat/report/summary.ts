import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { isLoss, type Outcome } from '../answers/outcome';
import { pairedWithAll } from '../run/errorItems';
import type { LeftOut } from '../columns/columnHints';
import { keylessIn, type Keyless } from './keyless';
import { groupReasons, tallyOf } from './reasons';
import type { ReportedRows } from './reported';
import { checksIn } from './verified';
import { whichRows } from './words';

const none: Keyless = { first: [], inAll: 0 };

/** A list in a summary is no longer than this. */
export const mostEntries = 100;

/** The reasons of rows, grouped, and how many more groups there are. */
export function reasonsIn({ outcomes, model }: ReportedRows, isWanted: (outcome: Outcome) => boolean): IDataObject {
	const { groups, more } = groupReasons(outcomes, model, isWanted, mostEntries);
	const reasons = groups.map(({ reason, rows, first }) => ({ reason, rows, which: whichRows(first, rows) }));
	return { reasons, ...(more > 0 && { moreReasons: more }) };
}

/** A list of IDs or words, cut, under its name. */
export function listIn(name: string, entries: Iterable<string>, unkept = 0): IDataObject {
	const all = [...entries];
	const more = Math.max(0, all.length - mostEntries) + unkept;
	const moreName = `more${name.charAt(0).toUpperCase()}${name.slice(1)}`;
	return { [name]: all.slice(0, mostEntries), ...(more > 0 && { [moreName]: more }) };
}

/** The columns that went nowhere. */
export function leftOutIn({ unknown, readOnly }: LeftOut): IDataObject {
	return { ...listIn('unknownFields', unknown), ...(readOnly.length > 0 && listIn('readOnlyFields', readOnly)) };
}

/** One item for the whole run. Counts and IDs are those of Planhat's answers, where they tell more than the rows. */
export function summaryItem(reported: ReportedRows, leftOut: LeftOut, keyless: Keyless = none): INodeExecutionData {
	const { outcomes, ledger, effort, rows } = reported;
	const tally = tallyOf(outcomes);
	const { created, updated, unchanged } = ledger.applied;
	const { notSent, skipped } = tally;
	return {
		json: {
			rows: rows.length,
			created: tally.created + created,
			updated: tally.updated + updated,
			unchanged: tally.unchanged + unchanged,
			applied: Math.max(0, tally.applied - created - updated - unchanged),
			superseded: tally.superseded,
			failed: tally.failed,
			unknown: tally.unknown,
			...(notSent > 0 && { notSent }),
			...(skipped > 0 && { skipped }),
			...checksIn(reported),
			requests: effort.requests,
			waitedSeconds: Math.round(effort.waited / 100) / 10,
			...listIn('createdIds', ledger.createdIds),
			...listIn('updatedIds', ledger.updatedIds),
			...reasonsIn(reported, isLoss),
			...(keyless.inAll > 0 && keylessIn(keyless)),
			...leftOutIn(leftOut),
			...listIn('unmatchedErrors', ledger.said, ledger.unkept),
		},
		pairedItem: pairedWithAll(reported),
	};
}
