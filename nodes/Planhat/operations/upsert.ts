import type { INodeExecutionData } from 'n8n-workflow';

import { readBatchSwitch } from '../run/batchSwitch';
import { packChunk, type ChunkLimits } from '../transport/chunks';
import { hintAt, planItem, rowItems, summaryItems, throwLosses, type BatchEffort } from './batchReport';
import { pendingRows, readBatch, settlePending, textOf, type Batch } from './batchRows';
import { BatchSender } from './batchSender';
import { noticeProperty } from './notices';
import { outcomeFields } from './output';
import type { BatchContext, BatchOperation } from './types';

/** Planhat takes so many rows in one request (Planhat's documents, "Bulk upsert"). */
export const mostRows = 5_000;

/** Planhat states 32 MB for posts; this leaves room for what surrounds the rows. Bytes. */
const mostBytes = 30_000_000;

function limitsOf(context: BatchContext): ChunkLimits {
	const rows = Math.floor(Number(context.parameter('options.batchSize', 0, mostRows)));
	return { rows: rows >= 1 && rows <= mostRows ? rows : mostRows, bytes: mostBytes };
}

async function plan(context: BatchContext, batch: Batch, limits: ChunkLimits): Promise<INodeExecutionData[]> {
	const pending = pendingRows(batch);
	let bytes = 0;
	let requests = 0;
	for (let next = 0; next < pending.length;) {
		const packed = await packChunk(pending, next, limits, (row) => textOf(batch, row), context.breathe);
		next = packed.next;
		for (const { row, reason } of packed.refused) batch.outcomes[row] = { outcome: 'failed', reason };
		bytes += packed.chunk.rows.length > 0 ? packed.chunk.body.length : 0;
		requests += packed.chunk.rows.length > 0 ? 1 : 0;
	}
	return [planItem(context, batch, requests, bytes)];
}

/** Creates or changes the records of all input items, in as few requests as Planhat takes. */
export const upsert: BatchOperation = {
	value: 'upsert',
	name: 'Create or Update',
	action: ({ singular }) => `Create or update ${singular}`,
	description: ({ singular }) => `Create a new ${singular} or update an existing one (upsert)`,
	request: ({ path }) => ({ method: 'PUT', url: path }),
	output: outcomeFields,
	properties: (models) => [
		noticeProperty(
			'keysNotice',
			"The rows of all input items go out together. A row without a key, such as 'externalId', always makes a new record, also when it is sent again.",
			models.map(({ resource }) => resource),
			['upsert'],
		),
	],

	async runAll(context) {
		const duplicateKeys = context.parameter('options.duplicateKeys', 0, 'sendLast') === 'fail' ? 'fail' : 'sendLast';
		const isDryRun = await readBatchSwitch(context, 'dryRun', 'Dry Run');
		const batch = await readBatch(context, { mayUpdate: true, duplicateKeys });
		const limits = limitsOf(context);
		if (isDryRun) return await plan(context, batch, limits);
		// What is known to be no good is said before the first request.
		const isSound = batch.outcomes.every((outcome) => outcome?.outcome !== 'failed');
		const sender = new BatchSender(context, batch, limits);
		const before = { ...context.transport.effort };
		if (isSound || !context.stops) await sender.sendAll();
		else settlePending(batch);
		const { requests, waited } = context.transport.effort;
		const effort: BatchEffort = {
			requests: requests - before.requests,
			waited: waited - before.waited,
			unmatchedErrors: [...sender.unmatchedErrors],
		};
		hintAt(context, batch, effort.unmatchedErrors);
		if (context.stops) throwLosses(context, batch);
		const isSummary = context.parameter('options.report', 0, 'perRow') === 'summary';
		return isSummary ? await summaryItems(context, batch, effort) : await rowItems(context, batch);
	},
};
