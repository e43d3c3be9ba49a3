import { errorLists, joinedWords, planhatWords } from '../transport/words/errorText';
import { isObject } from '../values/checks';
import { denies, remarksIn } from './remarks';
import type { Knowledge } from './verdict';

/** What an answer of the analytics host says of the rows of a request, taken together. */
export interface Taken {
	/** Whether all rows were taken, none, or some of which nobody can tell. */
	of: 'all' | 'none' | 'some';
	/** How many rows Planhat counts as taken; undefined where it does not say. */
	processed: number | undefined;
	/** Planhat's entries for rows that it did not take, as they may be shown. */
	errors: unknown[];
	/** How many rows were not taken although nothing names them. */
	unnamed: number;
	/** Why not, in Planhat's words. */
	words: string;
	/** What else it says, where all were taken as far as can be told. */
	remarks: string;
}

/** A whole number; anything else counts nothing. */
function countIn(value: unknown): number | undefined {
	const isCount = typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value.trim()));
	const count = isCount ? Number(value) : Number.NaN;
	return Number.isInteger(count) && count >= 0 ? count : undefined;
}

function isGiven(entry: unknown): boolean {
	return entry !== undefined && entry !== null && entry !== '' && entry !== false;
}

const errorNames = ['errors', 'error', ...errorLists];

/** What an answer says stands in it, in a list of one, or where servers put what they have to say. */
function contentOf(body: unknown): unknown {
	const alone = Array.isArray(body) && body.length === 1 ? (body[0] as unknown) : body;
	const within = isObject(alone) ? [alone.data, alone.result, alone.response] : [];
	const says = (one: unknown) => isObject(one) && ['processed', ...errorNames].some((name) => name in one);
	return says(alone) ? alone : (within.find(says) ?? alone);
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
	const content = contentOf(body);
	const fields = isObject(content) ? content : {};
	const count = countIn(fields.processed);
	const entries: unknown[] = [];
	const sentences: string[] = [];
	for (const given of errorNames.flatMap((name) => fields[name]).filter(isGiven)) {
		const entry = reader.said(given);
		entries.push(entry);
		sentences.push(planhatWords(entry, 'entry'));
		yield;
	}
	const isDenied = count === undefined && denies(content);
	const unread =
		count === undefined && isGiven(fields.processed)
			? [`processed: ${planhatWords(reader.said(fields.processed))}`]
			: [];
	const remarks = joinedWords([...unread, remarksIn(content, reader)]);
	const fewer = count === undefined ? `it named ${entries.length} that it did not take` : `it took ${count} of ${rows}`;
	const words = joinedWords(sentences) || (isDenied ? remarks || planhatWords(reader.said(content)) : fewer);
	const found = { processed: count, errors: entries, unnamed: 0, words, remarks };
	if (entries.length === 0 && !isDenied && (count ?? rows) >= rows) return { ...found, of: 'all' };
	if (count === 0) return { ...found, of: 'none' };
	if (isDenied) return { ...found, of: 'some', unnamed: rows };
	const unnamed = Math.min(rows, count !== undefined && count < rows ? rows - count : entries.length);
	return { ...found, of: 'some', unnamed };
}
