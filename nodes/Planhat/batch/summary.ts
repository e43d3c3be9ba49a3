import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Order } from './duplicates';
import type { Outcome } from './outcomes';
import { groupReasons, isLoss, tallyOf } from './reasons';
import type { ReportedRows } from './report';
import { whichRows } from './words';

/** A list in a summary is no longer than this. */
const mostEntries = 100;

/** What a dry run knows beside the outcomes. */
export interface Plan {
	requests: number;
	bytes: number;
	/** Rounds in which rows that share a key go out. */
	rounds: number;
	rowsToSend: number;
	order: Pick<Order, 'shared' | 'sharedInAll'>;
	/** Positions of rows without a key, the first of them, and how many there are. */
	keyless: { first: readonly number[]; inAll: number };
	/** Fields that a new record needs, and how many rows lack them. */
	missing: ReadonlyMap<string, number>;
	unknownFields: readonly string[];
}

/** Links an item that stands for all rows to all input items. */
function pairedWithAll({ items }: ReportedRows): INodeExecutionData['pairedItem'] {
	return items.map((_item, item) => ({ item }));
}

function reasonsIn({ outcomes, model }: ReportedRows, isWanted: (outcome: Outcome) => boolean): IDataObject {
	const { groups, more } = groupReasons(outcomes, model, isWanted, mostEntries);
	const reasons = groups.map(({ reason, rows, first }) => ({ reason, rows, which: whichRows(first, rows) }));
	return { reasons, ...(more > 0 && { moreReasons: more }) };
}

/** A list of IDs or words, cut, under its name. */
function listIn(name: string, entries: Iterable<string>, unkept = 0): IDataObject {
	const all = [...entries];
	const more = Math.max(0, all.length - mostEntries) + unkept;
	const moreName = `more${name.charAt(0).toUpperCase()}${name.slice(1)}`;
	return { [name]: all.slice(0, mostEntries), ...(more > 0 && { [moreName]: more }) };
}

/**
 * One item for the whole run. Counts and IDs are those of Planhat's answers, where they tell more than the rows.
 * @param reported rows and what became of them
 * @param unknownFields names that Planhat does not know
 */
export function summaryItem(reported: ReportedRows, unknownFields: readonly string[]): INodeExecutionData {
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
			requests: effort.requests,
			waitedSeconds: Math.round(effort.waited / 100) / 10,
			...listIn('createdIds', ledger.createdIds),
			...listIn('updatedIds', ledger.updatedIds),
			...reasonsIn(reported, isLoss),
			...listIn('unknownFields', unknownFields),
			...listIn('unmatchedErrors', ledger.said, ledger.unkept),
		},
		pairedItem: pairedWithAll(reported),
	};
}

/**
 * What a dry run would send.
 * @param reported rows and what is known of them before they are sent
 */
export function planItem(reported: ReportedRows, plan: Plan): INodeExecutionData {
	const { superseded, failed } = tallyOf(reported.outcomes);
	const { requests, bytes, rounds, rowsToSend, order, keyless, missing, unknownFields } = plan;
	const shared = order.shared.map(({ name, value }) => `${name} ${value}`);
	const numbers = keyless.first.slice(0, mostEntries).map((at) => at + 1);
	return {
		json: {
			dryRun: true,
			rows: reported.rows.length,
			rowsToSend,
			requests,
			bytes,
			...(rounds > 1 && { rounds }),
			superseded,
			refused: failed,
			...reasonsIn(reported, ({ is }) => is === 'failed'),
			...listIn('duplicateKeys', shared, order.sharedInAll - order.shared.length),
			keylessRows: numbers,
			...(keyless.inAll > numbers.length && { moreKeylessRows: keyless.inAll - numbers.length }),
			missingFields: Object.fromEntries(missing),
			...listIn('unknownFields', unknownFields),
		},
		pairedItem: pairedWithAll(reported),
	};
}
