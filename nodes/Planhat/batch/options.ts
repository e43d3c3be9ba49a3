import type { BatchContext } from '../run/operation';
import type { ChunkLimits } from './pack';

/** Planhat takes so many rows in one request (Planhat's documents, "Bulk upsert"). */
export const mostRows = 5_000;

/** Planhat states 32 MB for posts; this leaves room for what surrounds the rows. Bytes. */
const mostBytes = 30_000_000;

export function limitsOf(context: BatchContext): ChunkLimits {
	const rows = Math.floor(Number(context.parameter('options.batchSize', 0, mostRows)));
	return { rows: rows >= 1 && rows <= mostRows ? rows : mostRows, bytes: mostBytes };
}
