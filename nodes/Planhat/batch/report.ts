import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import {
	countOutcomes,
	countRows,
	isLost,
	outcomeAt,
	placesOf,
	reasonsOf,
	sum,
	unknownFieldsOf,
	type Place,
} from './batchCounts';
import { errorItem, errorsNotFirst, pairedWithAll } from '../run/errorItems';
import type { FailureDetails } from '../transport/errors';
import { pendingRows, type Batch, type RowOutcome } from './outcomes';

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

function notAppliedItem({ batch, position }: Place): INodeExecutionData {
	const { run } = batch;
	const outcome = outcomeAt(batch, position);
	const { item = 0 } = batch.rows[position] ?? {};
	const details: FailureDetails = {
		outcome: outcome.outcome === 'unknown' ? 'unknown' : 'failed',
		_id: idOf(batch, position, outcome),
		keys: keysOf(batch, position),
	};
	const message = `The ${run.model.singular} was not applied: ${outcome.reason ?? ''}`;
	return errorItem(run.node, { message, details }, run.items[item] ?? { json: {} }, item);
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

async function itemsOf(
	places: Iterable<Place>,
	itemOf: (place: Place) => INodeExecutionData,
): Promise<INodeExecutionData[]> {
	const items: INodeExecutionData[] = [];
	for (const place of places) {
		items.push(itemOf(place));
		const pause = place.batch.run.yieldToEventLoop();
		if (pause) await pause;
	}
	return items;
}

/**
 * One item for each row, in their order; rows that were not applied as error items.
 * @param itemOf makes the item of a row that was applied
 */
export async function rowItems(
	batches: readonly Batch[],
	itemOf: (batch: Batch, position: number) => INodeExecutionData = rowItem,
): Promise<INodeExecutionData[]> {
	const items = await itemsOf(placesOf(batches), (place) =>
		isLost(place) ? notAppliedItem(place) : itemOf(place.batch, place.position),
	);
	const [batch] = batches;
	return batch === undefined ? items : errorsNotFirst(batch.run.node, items);
}

/** An error item for each row that was not applied. */
export async function notAppliedItems(batches: readonly Batch[]): Promise<INodeExecutionData[]> {
	return await itemsOf([...placesOf(batches)].filter(isLost), notAppliedItem);
}

function numbersOf({ rows, keyless }: Batch): number[] {
	return keyless.map((position) => (rows[position]?.number ?? position) + 1);
}

function missingIn(batches: readonly Batch[]): IDataObject {
	const missing: Record<string, number> = {};
	for (const [name, rows] of batches.flatMap((batch) => [...batch.missing]))
		missing[name] = (missing[name] ?? 0) + rows;
	return missing;
}

/** What would be sent. */
export function planItems(batches: readonly Batch[], requests: number, bytes: number): INodeExecutionData[] {
	const { superseded, failed } = countOutcomes(batches);
	const plan: IDataObject = {
		dryRun: true,
		rows: countRows(batches),
		rowsToSend: sum(batches, (batch) => pendingRows(batch).length),
		requests,
		bytes,
		superseded,
		refused: failed,
		reasons: reasonsOf(batches).filter(({ reason }) => reason !== ''),
		duplicateKeys: batches.flatMap(({ duplicates }) => duplicates),
		keylessRows: batches.flatMap(numbersOf).sort((one, other) => one - other),
		missingFields: missingIn(batches),
		unknownFields: unknownFieldsOf(batches),
	};
	return [{ json: plan, pairedItem: pairedWithAll(batches[0]?.run) }];
}
