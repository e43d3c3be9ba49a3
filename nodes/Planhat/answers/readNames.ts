import type { Rest } from './countRest';
import { idIn, type BulkAnswer, type Counts, type Success } from './ledger';
import type { Names } from './names';
import type { Outcome } from './outcome';
import { planhatWords } from '../transport/words/errorText';

const noWords = 'Planhat gave no reason';

/** An entry for a record is quickly read: the work may be left after so many. */
const recordsAtOnce = 8;

/** What the entries of an answer name, by places in the request. */
export interface Named {
	/** Rows that went through. */
	went: Map<number, Outcome>;
	/** How many rows went through in each way. */
	named: Required<Counts>;
	/** Rows that were refused, each with Planhat's words. */
	refused: Map<number, string[]>;
	/** IDs of records that no row could be told for; an entry without one stands for a record all the same. */
	ids: Record<'created' | 'updated', Array<string | undefined>>;
	/** Words of errors that name no row. */
	words: string[];
	/** Words of errors that name a row that went through all the same. */
	beside: string[];
}

/** Takes back that a row went through: it may have been another that names the same record by a key that the entry does not tell. */
function untell({ went, named, ids }: Named, row: number): void {
	const outcome = went.get(row);
	if (outcome?.is !== 'created' && outcome?.is !== 'updated') return;
	went.delete(row);
	named[outcome.is] -= 1;
	ids[outcome.is].push(outcome._id);
}

/** Takes the rows that lists name, entry by entry, since there may be many. */
export function* readNames(
	answer: BulkAnswer,
	names: Names,
	said: (entry: unknown) => unknown,
): Generator<undefined, Named> {
	const reading: Named = {
		went: new Map(),
		named: { created: 0, updated: 0, unchanged: 0 },
		refused: new Map(),
		ids: { created: [], updated: [] },
		words: [],
		beside: [],
	};
	for (const is of ['created', 'updated'] as const) {
		for (const entry of answer[is]) {
			const row = names.ofRecord(entry);
			const _id = idIn(entry);
			if (row === undefined) reading.ids[is].push(_id);
			else if (!reading.went.has(row)) {
				reading.went.set(row, _id === undefined ? { is } : { is, _id });
				reading.named[is] += 1;
			}
			if (reading.went.size % recordsAtOnce === 0) yield;
		}
	}
	for (const error of answer.errors) {
		const words = planhatWords(said(error), 'entry') || noWords;
		const row = names.ofError(error, planhatWords(error, 'entry'));
		if (row === undefined) reading.words.push(words);
		else if (reading.went.has(row)) {
			if (names.areMixed()) untell(reading, row);
			(names.areMixed() ? reading.words : reading.beside).push(words);
		} else {
			const told = reading.refused.get(row);
			// All errors may be about one row.
			if (told === undefined) reading.refused.set(row, [words]);
			else told.push(words);
		}
		yield;
	}
	return reading;
}

/** What is left of the counts for the rows that no list names. A list that holds more than its count says is believed. */
export function countsOfRest(answer: BulkAnswer, { named, ids }: Named): Pick<Rest, 'counts' | 'atLeast'> {
	const atLeast = { created: ids.created.length, updated: ids.updated.length, unchanged: 0 };
	const counts: Counts = {};
	for (const [kind, count] of Object.entries(answer.counts) as Array<[Success, number]>)
		counts[kind] = Math.max(atLeast[kind], count - named[kind]);
	return { counts, atLeast };
}
