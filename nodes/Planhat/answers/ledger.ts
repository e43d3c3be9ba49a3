import type { IDataObject } from 'n8n-workflow';

import { errorLists } from '../transport/words/errorText';
import { isObject } from '../values/checks';

/** The ways in which a row goes through, under Planhat's names of their counts. */
export const successes = { created: 'created', updated: 'updated', unchanged: 'nonupdates' } as const;

export type Success = keyof typeof successes;

/** How many rows went through in each way (of `nonupdates`, assumption bulk-unchanged); a number that nobody gives is not there. */
export type Counts = Partial<Record<Success, number>>;

/** What the answer of a bulk upsert says, in whatever form; every key of it may be missing (Planhat's documents, "Bulk upsert"). */
export interface BulkAnswer {
	counts: Counts;
	/** Entries for records, each with an `_id`, keys, or both (assumption bulk-keys). */
	created: unknown[];
	updated: unknown[];
	/** Entries for refusals (assumption bulk-error-form). */
	errors: unknown[];
	/** How many more of them there were than are read. */
	unread: number;
}

/** What all answers of a run say together. */
export interface Ledger {
	/** What those rows went through as that are called `applied`, as far as it is known. */
	applied: Required<Counts>;
	createdIds: Set<string>;
	updatedIds: Set<string>;
	/** Planhat's words about no row that could be told, the first of them. */
	said: Set<string>;
	/** How many more there were. */
	unkept: number;
}

/** Lists within lists are looked into so deep. */
const deepest = 3;

/** More refusals than any request has rows are not read one by one. */
const mostErrors = 200_000;

/** So many are taken before the work may be left. */
const errorsAtOnce = 512;

/** So many of Planhat's words about no row are kept. */
const mostKept = 100;

export function emptyLedger(): Ledger {
	return {
		applied: { created: 0, updated: 0, unchanged: 0 },
		createdIds: new Set(),
		updatedIds: new Set(),
		said: new Set(),
		unkept: 0,
	};
}

/** Keeps words that are about no row, the first of them at least. */
export function keepWords(ledger: Ledger, words: Iterable<string>): void {
	for (const text of words) {
		if (ledger.said.has(text)) continue;
		if (ledger.said.size < mostKept) ledger.said.add(text);
		else ledger.unkept += 1;
	}
}

/** Adds what one answer says to what all of them say. */
export function addTo(ledger: Ledger, { applied, createdIds, updatedIds, said, unkept }: Ledger): void {
	for (const success of Object.keys(applied) as Success[]) ledger.applied[success] += applied[success];
	// Most answers are the first ones of their rows, and name thousands.
	if (ledger.createdIds.size === 0) ledger.createdIds = createdIds;
	else for (const id of createdIds) ledger.createdIds.add(id);
	for (const id of updatedIds) if (!ledger.createdIds.has(id)) ledger.updatedIds.add(id);
	keepWords(ledger, said);
	ledger.unkept += unkept;
}

/** What an entry of a list calls `_id`, or is. */
export function idIn(entry: unknown): string | undefined {
	const id = isObject(entry) ? entry._id : entry;
	return typeof id === 'string' && id.trim() !== '' ? id.trim() : undefined;
}

function countOf(value: unknown): number | undefined {
	const isNumber = typeof value === 'number' || (typeof value === 'string' && /^\s*\d+\s*$/.test(value));
	const count = isNumber ? Number(value) : NaN;
	return Number.isInteger(count) && count >= 0 ? count : undefined;
}

/** The entries of a list, which may be a list, an object that counts its entries up, or one entry alone. */
function entriesOf(list: unknown, depth = deepest): unknown[] {
	if (list === undefined || list === null || list === '' || list === false || list === 0) return [];
	if (Array.isArray(list)) {
		if (!list.some(Array.isArray)) return list as unknown[];
		return list.flatMap((entry: unknown) =>
			Array.isArray(entry) && depth > 0 ? entriesOf(entry, depth - 1) : [entry],
		);
	}
	if (!isObject(list)) return [list];
	const names = Object.keys(list);
	return names.every((name) => /^\d+$/.test(name)) ? names.map((name) => list[name]) : [list];
}

type Refusals = Pick<BulkAnswer, 'errors' | 'unread'>;

function* takeErrors(found: Refusals, list: unknown, depth: number): Generator<undefined, void> {
	for (const entry of Array.isArray(list) ? (list as unknown[]) : entriesOf(list)) {
		if (Array.isArray(entry) && depth > 0) yield* takeErrors(found, entry, depth - 1);
		else if (found.errors.length < mostErrors) found.errors.push(entry);
		else found.unread += 1;
		if ((found.errors.length + found.unread) % errorsAtOnce === 0) yield;
	}
}

/** The refusals of all lists; lists within lists may hold millions. */
function* errorsIn(body: IDataObject): Generator<undefined, Refusals> {
	const found: Refusals = { errors: [], unread: 0 };
	for (const list of errorLists) yield* takeErrors(found, body[list], deepest);
	return found;
}

/** Entries for one record may stand in two lists. */
function withoutTwice(entries: readonly unknown[]): unknown[] {
	const seen = new Set<string>();
	return entries.filter((entry) => {
		const id = idIn(entry);
		if (id === undefined) return true;
		const before = seen.size;
		return seen.add(id).size > before;
	});
}

function recordsIn(list: unknown): unknown[] {
	return entriesOf(list).filter((entry) => isObject(entry) || idIn(entry) !== undefined);
}

/** Whether a body is the answer of a bulk request, whatever its status: 400 and 403 may carry it too (assumption bulk-forbidden). */
export function isBulkAnswer(body: unknown): body is IDataObject {
	if (!isObject(body)) return false;
	const lists = ['insertsKeys', 'updatesKeys', 'modified', 'upsertedIds', ...errorLists];
	return [...Object.values(successes), ...lists].some((name) => name in body);
}

/** Reads the answer of a bulk request, step by step. */
export function* parseBulkAnswer(body: IDataObject): Generator<undefined, BulkAnswer> {
	const updated = withoutTwice([...recordsIn(body.updatesKeys), ...recordsIn(body.modified)]);
	const changed = new Set(updated.map(idIn));
	// What is named as changed was there to be changed: `upsertedIds` may hold it too.
	const inserted = recordsIn(body.upsertedIds).filter((entry) => !changed.has(idIn(entry)));
	const counts: Counts = {};
	for (const success of Object.keys(successes) as Success[]) {
		const count = countOf(body[successes[success]]);
		if (count !== undefined) counts[success] = count;
	}
	return {
		counts,
		created: withoutTwice([...recordsIn(body.insertsKeys), ...inserted]),
		updated,
		...(yield* errorsIn(body)),
	};
}
