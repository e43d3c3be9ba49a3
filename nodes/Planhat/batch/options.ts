import type { INodeProperties } from 'n8n-workflow';

import type { BatchRun } from '../run/context';
import type { ChunkLimits } from './pack';

/** Planhat takes so many rows in one request (Planhat's documents, "Bulk upsert"). */
export const mostRows = 5_000;

/** Planhat states 32 MB for posts; this leaves room for what surrounds the rows. Bytes. */
const mostBytes = 30_000_000;

/** How rows are put into requests, by the option Batch Size. */
export function limitsOf(context: BatchRun): ChunkLimits {
	const rows = Math.floor(Number(context.parameter('options.batchSize', 0, mostRows)));
	return { rows: rows >= 1 && rows <= mostRows ? rows : mostRows, bytes: mostBytes };
}

/** The options of an operation that matches rows by their keys. */
export const batchOptions: readonly INodeProperties[] = [
	{
		displayName: 'Batch Size',
		name: 'batchSize',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 5000 },
		default: 5000,
		description: 'How many rows go into one request. Planhat takes 5,000 at most.',
	},
	{
		displayName: 'Dry Run',
		name: 'dryRun',
		type: 'boolean',
		default: false,
		description: 'Whether to send nothing and show the plan instead: rows, requests, bytes, and what is not in order',
	},
	{
		displayName: 'Duplicate Keys',
		name: 'duplicateKeys',
		type: 'options',
		default: 'sendLast',
		options: [
			{ name: 'Fail Them', value: 'fail', description: 'Refuse all rows that share a key' },
			{ name: 'Send the Last One', value: 'sendLast', description: 'Leave out the earlier rows with the same key' },
		],
		description: 'What to do with rows of one run that have the same key',
	},
	{
		displayName: 'Report',
		name: 'report',
		type: 'options',
		default: 'perRow',
		options: [
			{ name: 'One Item per Row', value: 'perRow', description: 'What became of each row' },
			{ name: 'Summary', value: 'summary', description: 'One item with counts, IDs and reasons' },
		],
		description: 'What the node puts out. Rows that were not applied leave by the error output one by one in any case.',
	},
];
