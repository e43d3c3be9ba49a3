import type { BatchContext } from '../run/operation';
import type { DuplicateRule } from './duplicates';
import type { Limits } from './pack';

/** Planhat takes so many rows in one request (Planhat's documents, "Bulk upsert"). */
const mostRows = 5_000;

/** Planhat states 32 MB for posts (Planhat's documents, "Limits"); for bulk upserts this leaves room for what surrounds the rows. Bytes. */
const mostBytes = { upsert: 30_000_000, post: 32_000_000 };

/** How the rows of a bulk upsert are put into requests. */
export function limitsOf(run: Pick<BatchContext, 'parameter'>): Limits {
	const rows = Math.floor(Number(run.parameter('options.batchSize', 0, mostRows)));
	const bytes = mostBytes.upsert;
	return { rows: rows >= 1 && rows <= mostRows ? rows : mostRows, bytes, rowBytes: bytes };
}

/** As many rows as fit into the bytes, or one: Planhat names about 150,000, and no limit. */
export function postLimits(isAlone: boolean): Limits {
	return { rows: isAlone ? 1 : Infinity, bytes: mostBytes.post, rowBytes: mostBytes.post };
}

const duplicateRules: readonly DuplicateRule[] = ['sendInOrder', 'sendLast', 'fail'];

/** What happens to rows that share a key. */
export function readDuplicateRule(run: Pick<BatchContext, 'parameter'>): DuplicateRule {
	const value = run.parameter('options.duplicateKeys', 0, 'sendInOrder');
	return duplicateRules.find((rule) => rule === value) ?? 'sendInOrder';
}
