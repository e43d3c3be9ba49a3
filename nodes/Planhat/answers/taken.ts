import { joinedWords, planhatWords } from '../transport/words/errorText';
import { isObject } from '../values/checks';
import type { Knowledge } from './verdict';

/** What an answer of the analytics host says of the rows of a request, taken together. */
export interface Taken {
	/** Whether all rows were taken, none, or some of which nobody can tell. */
	of: 'all' | 'none' | 'some';
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
 * where it took none, or there is no such record (assumption metric-unknown-target); what says nothing is a success, as for
 * activities (assumption analytics-answer).
 */
export function readTaken(body: unknown, rows: number, reader: Required<Pick<Knowledge, 'said'>>): Taken {
	const steps = readTakenStepwise(body, rows, reader);
	for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

/** Does what `readTaken` does, step by step, so that the event loop can be given back in between: there may be thousands of long entries. */
export function* readTakenStepwise(
	body: unknown,
	rows: number,
	reader: Required<Pick<Knowledge, 'said'>>,
): Generator<undefined, Taken> {
	const { processed, errors, error } = isObject(body) ? body : {};
	const count = countIn(processed);
	const entries: unknown[] = [];
	const sentences: string[] = [];
	for (const given of [errors, error].flat().filter(isGiven)) {
		const entry = reader.said(given);
		entries.push(entry);
		sentences.push(planhatWords(entry, 'entry'));
		yield;
	}
	const words = joinedWords(sentences) || `it took ${count} of ${rows}`;
	const found = { processed: count ?? 0, errors: entries, unnamed: 0, words };
	if (entries.length === 0 && (count ?? rows) >= rows) return { ...found, of: 'all' };
	if (count === 0) return { ...found, of: 'none' };
	const unnamed = Math.min(rows, count !== undefined && count < rows ? rows - count : entries.length);
	return { ...found, of: 'some', unnamed };
}
