import type { IDataObject, INodeExecutionData, IPairedItemData } from 'n8n-workflow';

import { apiError, type FailureDetails } from '../transport/errors';
import { pendingRows, type Batch, type RowOutcome } from './batchRows';
import { errorItem, errorsNotFirst } from './errorItems';
import { readUnknownFields } from './readFields';
import type { UnknownFields } from './rowWriter';
import type { BatchContext } from './types';

/** Reasons shown in an error or a summary. */
const mostReasons = 3;

const outcomes = ['created', 'updated', 'unchanged', 'superseded', 'failed', 'unknown', 'notSent'] as const;

/** How many rows ended in each way. */
export type Counts = Record<(typeof outcomes)[number], number>;

/** What a batch has cost, and what matches no row of it. */
export interface BatchEffort {
	requests: number;
	waited: number;
	unmatchedErrors: readonly string[];
}

function outcomeAt({ outcomes: found }: Batch, row: number): RowOutcome {
	return found[row] ?? { outcome: 'notSent' };
}

/**
 * Counts the outcomes; their sum is the number of rows.
 * @param batch after it was sent
 */
export function countOutcomes(batch: Batch): Counts {
	const counts = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Counts;
	batch.rows.forEach((_row, position) => (counts[outcomeAt(batch, position).outcome] += 1));
	return counts;
}

/** Rows that were not applied for sure. */
const losses: ReadonlyArray<RowOutcome['outcome']> = ['failed', 'unknown', 'notSent'];

function isLoss({ outcome }: RowOutcome): boolean {
	return losses.includes(outcome);
}

function keysOf({ rows, keyNames }: Batch, position: number): IDataObject {
	const given = rows[position]?.given ?? {};
	const keys: IDataObject = {};
	for (const name of keyNames)
		if (name !== '_id' && given[name] !== undefined && given[name] !== null) keys[name] = given[name];
	return keys;
}

function idOf({ rows }: Batch, position: number, outcome: RowOutcome): string | undefined {
	const given = rows[position]?.given._id;
	return outcome._id ?? (typeof given === 'string' && given !== '' ? given : undefined);
}

function lossItem(context: BatchContext, batch: Batch, position: number): INodeExecutionData {
	const outcome = outcomeAt(batch, position);
	const { item = 0 } = batch.rows[position] ?? {};
	const details: FailureDetails = {
		outcome: outcome.outcome === 'unknown' ? 'unknown' : 'failed',
		_id: idOf(batch, position, outcome),
		keys: keysOf(batch, position),
	};
	const message = `The ${context.model.singular} was not applied: ${outcome.reason ?? ''}`;
	return errorItem(context.node, { message, details }, context.items[item] ?? { json: {} }, item);
}

function rowItem(batch: Batch, position: number): INodeExecutionData {
	const outcome = outcomeAt(batch, position);
	const { item = 0 } = batch.rows[position] ?? {};
	const _id = idOf(batch, position, outcome);
	const json: IDataObject = { outcome: outcome.outcome };
	if (_id !== undefined) json._id = _id;
	Object.assign(json, keysOf(batch, position));
	if (outcome.reason !== undefined) json.reason = outcome.reason;
	if (outcome.resent) json.resent = true;
	return { json, pairedItem: { item } };
}

/**
 * One item for each row, in their order; rows that were not applied as error items.
 * @param itemOf makes the item of a row that was applied
 */
export async function rowItems(
	context: BatchContext,
	batch: Batch,
	itemOf: (batch: Batch, position: number) => INodeExecutionData = rowItem,
): Promise<INodeExecutionData[]> {
	const items: INodeExecutionData[] = [];
	for (let position = 0; position < batch.rows.length; position += 1) {
		const makes = isLoss(outcomeAt(batch, position)) ? lossItem(context, batch, position) : itemOf(batch, position);
		items.push(makes);
		const pause = context.breathe();
		if (pause) await pause;
	}
	return errorsNotFirst(context.node, items);
}

/** The reasons of rows that were not applied, most frequent first, with the number of rows. */
export function reasonsOf(
	batch: Batch,
	wanted: ReadonlyArray<RowOutcome['outcome']> = losses,
): Array<{ reason: string; rows: number }> {
	const counts = new Map<string, number>();
	batch.rows.forEach((_row, position) => {
		const outcome = outcomeAt(batch, position);
		if (wanted.includes(outcome.outcome)) counts.set(outcome.reason ?? '', (counts.get(outcome.reason ?? '') ?? 0) + 1);
	});
	return [...counts].map(([reason, rows]) => ({ reason, rows })).sort((one, other) => other.rows - one.rows);
}

/** Links an item that stands for the whole batch to all input items. */
export function pairedWithAll(context: BatchContext): IPairedItemData[] {
	return context.items.map((_item, item) => ({ item }));
}

function idsOf(batch: Batch, wanted: RowOutcome['outcome']): string[] {
	return batch.outcomes.flatMap((outcome) => (outcome?.outcome === wanted && outcome._id ? [outcome._id] : []));
}

/** An error item for each row that was not applied. */
export async function lossItems(context: BatchContext, batch: Batch): Promise<INodeExecutionData[]> {
	const items: INodeExecutionData[] = [];
	for (let position = 0; position < batch.rows.length; position += 1) {
		if (isLoss(outcomeAt(batch, position))) items.push(lossItem(context, batch, position));
		const pause = context.breathe();
		if (pause) await pause;
	}
	return items;
}

/** One item for the whole batch, and an error item for each row that was not applied. */
export async function summaryItems(
	context: BatchContext,
	batch: Batch,
	effort: BatchEffort,
): Promise<INodeExecutionData[]> {
	const { notSent, ...counts } = countOutcomes(batch);
	const summary: IDataObject = {
		rows: batch.rows.length,
		...counts,
		requests: effort.requests,
		waitedSeconds: Math.round(effort.waited / 100) / 10,
		createdIds: idsOf(batch, 'created'),
		updatedIds: idsOf(batch, 'updated'),
		reasons: reasonsOf(batch),
		unknownFields: [...batch.writer.unknown],
		unmatchedErrors: [...effort.unmatchedErrors],
		...(notSent > 0 && { notSent }),
	};
	return [{ json: summary, pairedItem: pairedWithAll(context) }, ...(await lossItems(context, batch))];
}

/** What would be sent. */
export function planItem(context: BatchContext, batch: Batch, requests: number, bytes: number): INodeExecutionData {
	const { superseded, failed } = countOutcomes(batch);
	const plan: IDataObject = {
		dryRun: true,
		rows: batch.rows.length,
		rowsToSend: pendingRows(batch).length,
		requests,
		bytes,
		superseded,
		refused: failed,
		reasons: reasonsOf(batch).filter(({ reason }) => reason !== ''),
		duplicateKeys: batch.duplicates,
		keylessRows: batch.keyless.map((position) => position + 1),
		missingFields: Object.fromEntries(batch.missing),
		unknownFields: [...batch.writer.unknown],
	};
	return { json: plan, pairedItem: pairedWithAll(context) };
}

function shown(batch: Batch): string {
	const reasons = reasonsOf(batch, ['failed', 'unknown']);
	const first = reasons
		.slice(0, mostReasons)
		.map(({ reason, rows }) => `${reason} (${rows} ${rows === 1 ? 'row' : 'rows'})`);
	return first.join('; ') + (reasons.length > mostReasons ? `; and ${reasons.length - mostReasons} more reasons` : '');
}

function wereOf(count: number): string {
	return `${count} ${count === 1 ? 'was' : 'were'}`;
}

/**
 * Says for On Error = Stop how many rows were applied and how many were not.
 * @throws NodeApiError when any row was not applied
 */
export function throwLosses(context: BatchContext, batch: Batch): void {
	const { created, updated, unchanged, superseded, failed, unknown, notSent } = countOutcomes(batch);
	if (failed + unknown + notSent === 0) return;
	const applied = created + updated + unchanged;
	const parts = [
		`${applied} of ${batch.rows.length} rows were applied`,
		failed > 0 ? `${wereOf(failed)} refused` : '',
		unknown > 0 ? `${unknown} may have been applied` : '',
		superseded > 0 ? `${wereOf(superseded)} left out for a later row with the same key` : '',
		notSent > 0 ? `${wereOf(notSent)} not sent` : '',
	];
	const first = batch.outcomes.findIndex((outcome) => outcome?.outcome === 'failed' || outcome?.outcome === 'unknown');
	const error = apiError(
		context.node,
		'206',
		{
			message: `${parts.filter(Boolean).join(', ')}: ${shown(batch)}`,
			description:
				"Set On Error of this node to 'Continue (using error output)' to let the good rows through and handle the others, each with its reason.",
		},
		{ outcome: 'failed', keys: {} },
	);
	error.context.itemIndex = batch.rows[first]?.item;
	throw error;
}

const whatHappens: Record<UnknownFields, string> = {
	send: 'Planhat knows no such field of a * and drops it without a word',
	custom: 'These are no standard fields of a * and were sent as custom fields',
	ignore: 'These are no standard fields of a * and were left out',
	refuse: 'These are no standard fields of a *, and rows that have them were refused',
};

/** Shows what concerns the whole batch and no single row. */
export function hintAt(context: BatchContext, batch: Batch, unmatchedErrors: readonly string[] = []): void {
	const { unknown } = batch.writer;
	const names = [...unknown].slice(0, 20).join(', ');
	const what = whatHappens[readUnknownFields((name, fallback) => context.parameter(name, 0, fallback))];
	if (unknown.size > 0)
		context.hint(`${what.replace('*', context.model.singular)}: ${names}. See the option 'Unknown Fields'.`);
	for (const words of unmatchedErrors) context.hint(`Planhat said, without naming a row: ${words}`);
}
