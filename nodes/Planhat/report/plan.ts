import type { INodeExecutionData } from 'n8n-workflow';

import { emptyLedger } from '../answers/ledger';
import type { Order } from '../batch/duplicates';
import type { Settled } from '../batch/outcomes';
import { RowOutcomes } from '../batch/rowOutcomes';
import type { Batch, Prepared } from '../batch/sendBatches';
import type { LeftOut } from '../columns/columnHints';
import type { Written } from '../rows/row';
import { pairedWithAll } from '../run/errorItems';
import type { BatchRun } from '../run/context';
import { tallyOf } from './reasons';
import { reportedRows, type ReportedRows } from './reported';
import { keylessHints, keylessIn, keylessRows, type Keyless } from './keyless';
import { leftOutOf, showColumnHints } from './reportRun';
import { leftOutIn, listIn, reasonsIn } from './summary';

/** What packing the rows tells of a run in which nothing is sent. */
export interface Packed {
	batches: Batch[];
	requests: number;
	bytes: number;
	rowsToSend: number;
	/** Rounds in which rows that share a key go out. */
	rounds: number;
}

/** What a dry run knows beside the outcomes. */
export interface Plan extends Omit<Packed, 'batches'> {
	order: Pick<Order, 'shared' | 'sharedInAll'>;
	keyless: Keyless;
	/** Requests that it took to find out what the rows mean. */
	lookups: number;
	/** What it would take to read the records first, in words. */
	reads?: string;
	/** Fields that a new record needs, and how many rows lack them. */
	missing: ReadonlyMap<string, number>;
	leftOut: LeftOut;
}

/**
 * Counts the fields that rows lack on their way to being packed.
 * @param missing is filled
 */
export function* countMissing(
	rows: Iterable<Written | Settled>,
	missing: Map<string, number>,
): Generator<Written | Settled, void> {
	for (const row of rows) {
		const isRefused = 'why' in row && row.why.code === 'missingFields';
		const names = isRefused ? (row.why.problems ?? []).map(({ field }) => field) : [];
		for (const name of 'missing' in row ? row.missing : names) missing.set(name, (missing.get(name) ?? 0) + 1);
		yield row;
	}
}

/** Packs all rows, and sends none of them. */
export async function packOnly(prepared: readonly Prepared[]): Promise<Packed> {
	const packed: Packed = { batches: [], requests: 0, bytes: 0, rowsToSend: 0, rounds: 0 };
	for (const { chunks, ...one } of prepared) {
		const outcomes = new RowOutcomes(one.given.rows.length);
		let rounds = 0;
		for await (const next of chunks) {
			if ('body' in next) {
				packed.requests += 1;
				packed.bytes += next.body.length;
				packed.rowsToSend += next.rows.length;
				rounds = Math.max(rounds, 1 + (one.order?.layers[next.rows[0] ?? 0] ?? 0));
				for (const at of next.rows) outcomes.take({ at, outcome: { is: 'applied' } });
			} else outcomes.take(next);
		}
		packed.rounds = Math.max(packed.rounds, rounds);
		const settled = outcomes.finish('notSent', { code: 'stopped' });
		packed.batches.push({ ...one, outcomes: settled, ledger: emptyLedger(), isCancelled: false });
	}
	return packed;
}

/** What is shown of the keys that rows share. */
export function sharedKeys(prepared: readonly Prepared[]): Plan['order'] {
	const orders = prepared.flatMap(({ order }) => order ?? []);
	return {
		shared: orders.flatMap(({ shared }) => shared),
		sharedInAll: orders.reduce((sum, { sharedInAll }) => sum + sharedInAll, 0),
	};
}

/** What a dry run would send. */
export function planItem(reported: ReportedRows, plan: Plan): INodeExecutionData {
	const { superseded, failed } = tallyOf(reported.outcomes);
	const { requests, lookups, reads, bytes, rounds, rowsToSend, order, keyless, missing, leftOut } = plan;
	const shared = order.shared.map(({ name, value }) => `${name} ${value}`);
	return {
		json: {
			dryRun: true,
			rows: reported.rows.length,
			rowsToSend,
			requests,
			bytes,
			...(lookups > 0 && { lookups }),
			...(reads !== undefined && { reads }),
			...(rounds > 1 && { rounds }),
			superseded,
			refused: failed,
			...reasonsIn(reported, ({ is }) => is === 'failed'),
			...listIn('duplicateKeys', shared, order.sharedInAll - order.shared.length),
			...keylessIn(keyless),
			missingFields: Object.fromEntries(missing),
			...leftOutIn(leftOut),
		},
		pairedItem: pairedWithAll(reported),
	};
}

/**
 * Packs the rows of a run in place of sending them, and says what would be sent.
 * @param missing fields that rows turned out to lack while they were packed
 * @param reads what it would take to read the records first
 */
export async function dryRun(
	run: BatchRun,
	prepared: readonly Prepared[],
	missing: ReadonlyMap<string, number>,
	reads?: string,
): Promise<INodeExecutionData> {
	const { batches, ...packed } = await packOnly(prepared);
	const reported = reportedRows(run, batches, { requests: 0, waited: 0 });
	const keyless = await keylessRows(reported);
	for (const hint of keylessHints(keyless, run.model)) run.hint(hint, true);
	showColumnHints(run, prepared);
	const lookups = prepared.reduce((sum, { run: { transport } }) => sum + transport.effort.requests, 0);
	return planItem(reported, {
		...packed,
		lookups,
		...(reads !== undefined && { reads }),
		order: sharedKeys(prepared),
		keyless,
		missing,
		leftOut: leftOutOf(prepared),
	});
}
