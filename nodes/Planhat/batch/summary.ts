import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { countOutcomes, countRows, outcomeAt, placesOf, reasonsOf, unknownFieldsOf } from './batchCounts';
import { pairedWithAll } from '../run/errorItems';
import type { Batch, RowOutcome } from './outcomes';
import { notAppliedItems } from './report';

/** What a batch has cost, and what matches no row of it. */
export interface BatchEffort {
	requests: number;
	waited: number;
	unmatchedErrors: readonly string[];
}

function idsOf(batches: readonly Batch[], wanted: RowOutcome['outcome']): string[] {
	const ids: string[] = [];
	for (const { batch, position } of placesOf(batches)) {
		const { outcome, _id } = outcomeAt(batch, position);
		if (outcome === wanted && _id) ids.push(_id);
	}
	return ids;
}

/** One item for the whole run, and an error item for each row that was not applied. */
export async function summaryItems(batches: readonly Batch[], effort: BatchEffort): Promise<INodeExecutionData[]> {
	const { notSent, ...counts } = countOutcomes(batches);
	const summary: IDataObject = {
		rows: countRows(batches),
		...counts,
		requests: effort.requests,
		waitedSeconds: Math.round(effort.waited / 100) / 10,
		createdIds: idsOf(batches, 'created'),
		updatedIds: idsOf(batches, 'updated'),
		reasons: reasonsOf(batches),
		unknownFields: unknownFieldsOf(batches),
		unmatchedErrors: [...effort.unmatchedErrors],
		...(notSent > 0 && { notSent }),
	};
	return [{ json: summary, pairedItem: pairedWithAll(batches[0]?.run) }, ...(await notAppliedItems(batches))];
}
