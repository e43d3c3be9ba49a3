import type { IDataObject } from 'n8n-workflow';

import type { RowKeys } from '../rows/keys';
import { errorLists, planhatWords } from '../transport/errorText';
import { isObject } from '../values/checks';

/** What became of a row that was sent. */
export interface RowResult {
	outcome: 'created' | 'updated' | 'unchanged' | 'failed';
	_id?: string;
	reason?: string;
	/** Whether the row was sent more than once. */
	resent?: boolean;
}

/** What an answer says of the rows of a request. */
export interface Matched {
	/** Position in the request and what became of that row. */
	results: Map<number, RowResult>;
	/** Positions of rows of which the answer says nothing that is sure. */
	undecided: number[];
	/** Planhat's words for refusals that match no row. */
	unmatchedErrors: string[];
}

/** An entry of an error list may hold the row it is about, in a shape that nobody documents; this deep is looked. */
const searchDepth = 3;

function listOf(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

function keyOf(name: string, value: unknown): string {
	return `${name} ${String(value)}`;
}

/** Where each key's row is; a key that two rows carry names neither. */
function indexOf(rows: readonly RowKeys[]): Map<string, number> {
	const index = new Map<string, number>();
	rows.forEach((keys, position) => {
		for (const [name, value] of keys) {
			const key = keyOf(name, value);
			index.set(key, index.has(key) ? -1 : position);
		}
	});
	return index;
}

/** Any key of any row, by its value alone, for errors that are plain text. */
function valuesOf(rows: readonly RowKeys[]): Map<string, number> {
	const index = new Map<string, number>();
	rows.forEach((keys, position) => {
		for (const [, value] of keys) index.set(value, (index.get(value) ?? position) === position ? position : -1);
	});
	return index;
}

/** The rows whose keys an entry holds, at any depth. */
function rowsNamedBy(entry: unknown, index: Map<string, number>, depth: number, rows = new Set<number>()): Set<number> {
	if (!isObject(entry)) return rows;
	for (const [name, value] of Object.entries(entry)) {
		const position = typeof value === 'string' || typeof value === 'number' ? index.get(keyOf(name, value)) : undefined;
		if (position !== undefined && position >= 0) rows.add(position);
		if (depth > 0) rowsNamedBy(value, index, depth - 1, rows);
	}
	return rows;
}

function onlyOne(rows: Set<number>): number | undefined {
	return rows.size === 1 ? [...rows][0] : undefined;
}

/**
 * Words of a text that can only be meant as a key: in quotes, after the name of a key, or of a shape that no word of a
 * sentence has. A key such as "1" or "is" would otherwise draw errors that are about other rows.
 */
function keyWords(text: string): string[] {
	const quoted = [...text.matchAll(/"([^"]+)"|'([^']+)'|`([^`]+)`/g)].map(
		(match) => match.slice(1).find(Boolean) ?? '',
	);
	const named = [...text.matchAll(/\b(?:_id|externalId|extId|sourceId|email)\W{1,3}([^\s"',;]+)/g)].map(
		(match) => match[1] ?? '',
	);
	const words = text.split(/[\s"'`,;:()[\]{}<>=]+/).map((word) => word.replace(/\.$/, ''));
	const shaped = words.filter(
		(word) => word.includes('@') || (word.length >= 4 && /\d/.test(word) && /[a-z]/i.test(word)),
	);
	return [...quoted, ...named, ...shaped];
}

/** The row whose key stands in a text; undefined when none does, or more than one. */
function rowInText(text: string, values: Map<string, number>): number | undefined {
	const rows = keyWords(text).flatMap((word) => values.get(word) ?? []);
	return onlyOne(new Set(rows.filter((row) => row >= 0)));
}

function idOf(entry: unknown): string | undefined {
	const _id = isObject(entry) ? entry._id : entry;
	return typeof _id === 'string' && _id !== '' ? _id : undefined;
}

/** Reads an answer piece by piece; each piece leaves fewer rows undecided. */
class Matcher {
	readonly results = new Map<number, RowResult>();

	private readonly index: Map<string, number>;

	private values?: Map<string, number>;

	constructor(
		private readonly rows: readonly RowKeys[],
		private readonly answer: IDataObject,
		private readonly said: (entry: unknown) => unknown,
	) {
		this.index = indexOf(rows);
	}

	match(): Matched {
		const created = this.named('insertsKeys', 'created');
		const updated = this.named('updatesKeys', 'updated');
		this.namedById('modified', 'updated');
		const errors = this.errors();
		this.deduce(Math.max(created, this.unnamed('created')), Math.max(updated, this.unnamed('updated')), errors);
		return { results: this.results, undecided: this.undecided(), unmatchedErrors: errors };
	}

	private undecided(): number[] {
		if (this.results.size === this.rows.length) return [];
		return this.rows.map((_keys, position) => position).filter((position) => !this.results.has(position));
	}

	/** How many rows the answer counts beyond those that it names. */
	private unnamed(outcome: 'created' | 'updated'): number {
		let named = 0;
		for (const result of this.results.values()) if (result.outcome === outcome) named += 1;
		return Math.max(0, (Number(this.answer[outcome]) || 0) - named);
	}

	/** Takes the rows that a list names by their keys. Returns how many of its entries name none. */
	private named(list: 'insertsKeys' | 'updatesKeys', outcome: RowResult['outcome']): number {
		let unnamed = 0;
		for (const entry of listOf(this.answer[list])) {
			const position = onlyOne(rowsNamedBy(entry, this.index, 0));
			if (position === undefined || this.results.has(position)) unnamed += position === undefined ? 1 : 0;
			else this.results.set(position, { outcome, _id: idOf(entry) });
		}
		return unnamed;
	}

	private namedById(list: 'modified', outcome: RowResult['outcome']): void {
		for (const entry of listOf(this.answer[list])) {
			const _id = idOf(entry);
			const position = _id === undefined ? undefined : this.index.get(keyOf('_id', _id));
			if (position !== undefined && position >= 0 && !this.results.has(position))
				this.results.set(position, { outcome, _id });
		}
	}

	/** Takes the rows that errors name. Returns the words of the errors that name none. */
	private errors(): string[] {
		const unmatched: string[] = [];
		for (const entry of errorLists.flatMap((list) => listOf(this.answer[list]))) {
			const reason = planhatWords(this.said(entry)) || 'Planhat gave no reason';
			const position =
				onlyOne(rowsNamedBy(entry, this.index, searchDepth)) ??
				rowInText(planhatWords(entry), (this.values ??= valuesOf(this.rows)));
			const earlier = position === undefined ? undefined : this.results.get(position);
			if (position === undefined || (earlier !== undefined && earlier.outcome !== 'failed')) unmatched.push(reason);
			else this.results.set(position, { outcome: 'failed', reason: earlier ? `${earlier.reason}; ${reason}` : reason });
		}
		return unmatched;
	}

	/** Decides the rows that nothing names, where the counts leave no other way. */
	private deduce(created: number, updated: number, errors: string[]): void {
		const rest = this.undecided();
		const unchanged = Number(this.answer.nonupdates) || 0;
		const counts = { created, updated, unchanged, failed: errors.length };
		const [only, ...others] = Object.entries(counts).filter(([, count]) => count > 0) as Array<
			[RowResult['outcome'], number]
		>;
		if (only === undefined || others.length > 0 || only[1] !== rest.length) return;
		const [outcome] = only;
		const reason = outcome === 'failed' ? [...new Set(errors)].join('; or: ') : undefined;
		const ids = listOf(this.answer[outcome === 'created' ? 'insertsKeys' : 'updatesKeys']).map(idOf);
		const _id = this.rows.length === 1 && (outcome === 'created' || outcome === 'updated') ? ids[0] : undefined;
		for (const position of rest)
			this.results.set(position, { outcome, ...(_id && { _id }), ...(reason && { reason }) });
		if (outcome === 'failed') errors.length = 0;
	}
}

/**
 * Finds out what became of each row of a bulk request. Planhat's answer names rows by their keys, not by their order;
 * errors have no documented form (Planhat's documents, "Bulk upsert"). What is not certain stays undecided.
 * @param rows keys of the rows, in the order of the request
 * @param answer body of the answer; every key of it may be missing
 * @param said makes of an error what may be said of it; rows are matched by the answer itself
 */
export function matchOutcomes(
	rows: readonly RowKeys[],
	answer: IDataObject,
	said: (entry: unknown) => unknown = (entry) => entry,
): Matched {
	return new Matcher(rows, answer, said).match();
}

/**
 * Whether a body is the answer of a bulk request, whatever its status: 400 and 403 may carry it too.
 * @param body of an answer
 */
export function isBulkAnswer(body: unknown): body is IDataObject {
	const keys = ['created', 'updated', 'nonupdates', 'insertsKeys', 'updatesKeys', 'modified', ...errorLists];
	return isObject(body) && keys.some((key) => key in body);
}
