import type { RowOutcome } from './outcomes';
import { planhatWords } from '../transport/errorText';
import type { Transport } from '../transport/transport';
import { isObject } from '../values/checks';

/** What an answer of the analytics host says of the rows of a request, taken together. */
export interface Taken {
	outcome: RowOutcome;
	/** How many rows Planhat counts as taken, where it does. */
	processed: number;
	/** Planhat's entries for rows that it did not take, as they may be shown. */
	errors: unknown[];
	/** How many rows were not taken although nothing names them. */
	unnamed: number;
	/** Why not, in Planhat's words. */
	words: string;
}

function countIn(value: unknown): number | undefined {
	const isCount = typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value.trim()));
	return isCount ? Number(value) : undefined;
}

function isGiven(entry: unknown): boolean {
	return entry !== undefined && entry !== null && entry !== '' && entry !== false;
}

/**
 * Reads the answer to rows that were posted to the analytics host. For metrics it is `{ processed, errors }`, and 200 also
 * where it took none; what an error looks like is not documented, nor is any answer for activities (Planhat's documents,
 * "Metrics", "User activities"): what says nothing is a success.
 * @param body of the answer
 * @param rows how many the request held
 */
export function readTaken(body: unknown, rows: number, transport: Pick<Transport, 'said'>): Taken {
	const { processed, errors, error } = isObject(body) ? body : {};
	const count = countIn(processed);
	const entries = [errors, error]
		.flat()
		.filter(isGiven)
		.map((entry) => transport.said(entry));
	const words = planhatWords(entries) || `it took ${count} of ${rows}`;
	const found = { processed: count ?? 0, errors: entries, words };
	if (entries.length === 0 && (count ?? rows) >= rows) return { ...found, outcome: { outcome: 'created' }, unnamed: 0 };
	if (count === 0) return { ...found, outcome: { outcome: 'failed', reason: words }, unnamed: 0 };
	const unnamed = Math.min(rows, count !== undefined && count < rows ? rows - count : entries.length);
	const which = rows === 1 ? '' : `Planhat did not take all ${rows} rows of a request and does not say which: `;
	const reason = `${which}${words}. The row may have been applied`;
	return { ...found, outcome: { outcome: 'unknown', reason }, unnamed };
}
