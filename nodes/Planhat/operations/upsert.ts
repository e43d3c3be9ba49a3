import type { INodeExecutionData } from 'n8n-workflow';

import { batchOptions, limitsOf } from '../batch/options';
import { pendingRows, type Batch } from '../batch/outcomes';
import { packChunk, type ChunkLimits } from '../batch/pack';
import { planItems, rowItems } from '../batch/report';
import { BatchSender } from '../batch/sendChunks';
import { summaryItems, type BatchEffort } from '../batch/summary';
import { textOf } from '../batch/writeRows';
import { outcomeFields } from '../output/outputFields';
import { readBatchSwitch } from '../run/batchSwitch';
import type { BatchOperation } from '../run/operation';
import { parseSwitch } from '../values/switches';
import { requestsOf, waitedOf } from '../batch/batchCounts';
import { readBatches, sendBatches } from '../batch/batches';
import { hintAt, throwLosses } from '../batch/batchWords';

async function plan(batches: readonly Batch[], limits: ChunkLimits): Promise<INodeExecutionData[]> {
	let bytes = 0;
	let requests = 0;
	for (const batch of batches) {
		const pending = pendingRows(batch);
		for (let next = 0; next < pending.length;) {
			const packed = await packChunk(pending, next, limits, (row) => textOf(batch, row), batch.run.yieldToEventLoop);
			next = packed.next;
			for (const { row, reason } of packed.refused) batch.outcomes[row] = { outcome: 'failed', reason };
			bytes += packed.chunk.rows.length > 0 ? packed.chunk.body.length : 0;
			requests += packed.chunk.rows.length > 0 ? 1 : 0;
		}
	}
	return planItems(batches, requests, bytes);
}

/** Creates or changes the records of all input items, in as few requests as Planhat takes. */
export const upsert: BatchOperation = {
	value: 'upsert',
	name: 'Create or Update',
	action: ({ singular }) => `Create or update ${singular}`,
	description: ({ singular }) => `Create a new ${singular} or update an existing one (upsert)`,
	request: ({ path }) => ({ method: 'PUT', url: path }),
	output: outcomeFields,
	takes: ['fields'],
	mapper: 'upsert',
	options: batchOptions,
	notice: {
		name: 'keysNotice',
		text: "The rows of all input items go out together. A row without a key, such as 'externalId', always makes a new record, also when it is sent again.",
	},

	isDryRun: (parameter) => parseSwitch(parameter('options.dryRun', 0, false)) === true,

	async runAll(contexts) {
		const [first] = contexts;
		if (first === undefined) return [];
		const duplicateKeys = first.parameter('options.duplicateKeys', 0, 'sendLast') === 'fail' ? 'fail' : 'sendLast';
		const isDryRun = await readBatchSwitch(first, 'dryRun', 'Dry Run');
		const batches = await readBatches(contexts, { mayUpdate: true, duplicateKeys });
		const limits = limitsOf(first);
		if (isDryRun) return await plan(batches, limits);
		const unmatched = new Set<string>();
		const before = { requests: requestsOf(batches), waited: waitedOf(batches) };
		await sendBatches(batches, async (batch) => {
			const sender = new BatchSender(batch.run, batch, limits);
			await sender.sendAll();
			for (const words of sender.unmatchedErrors) unmatched.add(words);
		});
		const effort: BatchEffort = {
			requests: requestsOf(batches) - before.requests,
			waited: waitedOf(batches) - before.waited,
			unmatchedErrors: [...unmatched],
		};
		hintAt(batches, effort.unmatchedErrors);
		if (first.stops) throwLosses(batches);
		const isSummary = first.parameter('options.report', 0, 'perRow') === 'summary';
		return isSummary ? await summaryItems(batches, effort) : await rowItems(batches);
	},
};
