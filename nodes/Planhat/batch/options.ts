import type { INodeProperties } from 'n8n-workflow';

import type { BatchRun } from '../run/context';
import { readBatching } from '../transport/batching';
import { inputError } from '../transport/errors';
import { isBlank } from '../values/checks';
import { shown } from '../values/json';
import type { DuplicateRule } from './duplicates';
import type { Limits } from './pack';

/** Planhat takes so many rows in one request (Planhat's documents, "Bulk upsert"). */
const mostRows = 5_000;

/** Planhat states 32 MB for posts (Planhat's documents, "Limits"); for bulk upserts this leaves room for what surrounds the rows. Bytes. */
const mostBytes = { upsert: 30_000_000, post: 32_000_000 };

/** With "Batching" of Request Options, no request holds more rows than a batch. */
function rowsOfBatch(run: Pick<BatchRun, 'parameter'>): number {
	return readBatching(run.parameter('requestOptions', 0, {}))?.items ?? Infinity;
}

/** A blank one is as if the option was not there. */
function readBatchSize({ node, parameter }: Pick<BatchRun, 'node' | 'parameter'>): number {
	const value = parameter('options.batchSize', 0, mostRows);
	if (isBlank(value)) return mostRows;
	const isNumber = typeof value === 'number' || (typeof value === 'string' && /^\s*\d+\s*$/.test(value));
	const rows = isNumber ? Number(value) : Number.NaN;
	if (Number.isInteger(rows) && rows >= 1 && rows <= mostRows) return rows;
	throw inputError(
		node,
		`'Batch Size' takes a whole number from 1 to ${mostRows.toLocaleString('en')}, not '${shown(value)}'`,
		`Correct the option, or remove it to send up to ${mostRows.toLocaleString('en')} rows in a request.`,
	);
}

/**
 * How the rows of a bulk upsert are put into requests.
 * @throws NodeOperationError for a Batch Size that is none
 */
export function limitsOf(run: Pick<BatchRun, 'node' | 'parameter'>): Limits {
	const bytes = mostBytes.upsert;
	return { rows: Math.min(readBatchSize(run), rowsOfBatch(run)), bytes, rowBytes: bytes };
}

/** As many rows as fit into the bytes, or one: Planhat names about 150,000, and no limit. */
export function postLimits(run: Pick<BatchRun, 'parameter'>, isAlone: boolean): Limits {
	return { rows: isAlone ? 1 : rowsOfBatch(run), bytes: mostBytes.post, rowBytes: mostBytes.post };
}

const duplicateRules: readonly DuplicateRule[] = ['sendInOrder', 'sendLast', 'fail'];

/** What happens to rows that share a key. */
export function readDuplicateRule(run: Pick<BatchRun, 'parameter'>): DuplicateRule {
	const value = run.parameter('options.duplicateKeys', 0, 'sendInOrder');
	return duplicateRules.find((rule) => rule === value) ?? 'sendInOrder';
}

/** The options of an operation that matches rows by their keys. */
export const batchOptions: readonly INodeProperties[] = [
	{
		displayName: 'Batch Size',
		name: 'batchSize',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 5000 },
		default: 5000,
		description: 'Max number of rows in one request. Planhat accepts up to 5,000.',
	},
	{
		displayName: 'Dry Run',
		name: 'dryRun',
		type: 'boolean',
		default: false,
		description: 'Whether to send nothing and show the plan: rows, requests, and what would be refused',
	},
	{
		displayName: 'Duplicate Keys',
		name: 'duplicateKeys',
		type: 'options',
		default: 'sendInOrder',
		options: [
			{
				name: 'Send in Order',
				value: 'sendInOrder',
				description: 'Send all of them in their order, each in a later request',
			},
			{ name: 'Fail Them', value: 'fail', description: 'Fail all rows that share a key' },
			{ name: 'Send the Last One', value: 'sendLast', description: 'Send only the last row with each key' },
		],
		description: 'What to do when several rows of a run have the same key',
	},
	{
		displayName: 'Report',
		name: 'report',
		type: 'options',
		default: 'perRow',
		options: [
			{ name: 'One Item per Row', value: 'perRow', description: 'The outcome of each row' },
			{ name: 'Summary', value: 'summary', description: 'One item with counts, IDs and reasons' },
		],
		description: 'What the node returns. Rows that failed always leave through the error output one by one.',
	},
];
