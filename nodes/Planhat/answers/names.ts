import type { IDataObject } from 'n8n-workflow';

import type { Model } from '../resources/types';
import { isObject } from '../values/checks';
import { emailIdentity } from '../values/keys';
import { mentionReader, otherKinds } from './mentions';
import { referredBy } from './referred';
import type { Sent } from './verdict';

/** An entry of an error list may hold the row it is about, in any shape (assumption bulk-error-form); so deep and far is looked. */
const deepest = 3;
const mostEntries = 100;

/** Finds the rows of a request by their keys. */
export interface Names {
	/** The one row that an entry for a record names; undefined for none or several. */
	ofRecord(entry: unknown): number | undefined;
	/** The one row that an error names; undefined for none or several. */
	ofError(entry: unknown, words: string): number | undefined;
	/** Rows whose keys occur in a text as words, which is no proof of anything. */
	inWords(words: string): number[];
	/** Whether rows have different keys, so that two of them may name one record. */
	areMixed(): boolean;
}

/** A key that two rows carry names neither. */
const several = -1;

/** Planhat takes emails in any case. */
function spelled(name: string, value: string): string {
	return name === 'email' ? emailIdentity(value) : value;
}

function add(index: Map<string, number>, key: string, row: number): void {
	const known = index.get(key);
	index.set(key, known === undefined || known === row ? row : several);
}

function onlyOne(rows: Set<number>): number | undefined {
	const [row] = rows;
	return rows.size === 1 && row !== several ? row : undefined;
}

/**
 * Makes ready to find the rows of a request.
 * @param model of the rows; where it is known, a key that is said of another kind of record names no row
 */
export function namesOf(sent: readonly Sent[], model?: Model): Names {
	/** By the name of the key. */
	const index = new Map<string, Map<string, number>>();
	sent.forEach(({ keys }, row) => {
		for (const { name, value } of keys) {
			let rows = index.get(name);
			if (rows === undefined) index.set(name, (rows = new Map()));
			add(rows, spelled(name, value), row);
		}
	});
	const mentionsIn = mentionReader([...index.keys()]);
	const isOther = otherKinds(model);
	const isReferred = referredBy(sent);
	let byWord: Map<string, number> | undefined;
	let mixed: boolean | undefined;

	/** The row that has a value as this key, a shared one as `several`. */
	function rowWith(name: string, byValue: ReadonlyMap<string, number>, value: unknown): number | undefined {
		if (typeof value !== 'string' && typeof value !== 'number') return undefined;
		return byValue.get(spelled(name, String(value).trim()));
	}

	/** Rows by the keys that an object has. */
	function addKeys(rows: Set<number>, entry: IDataObject): void {
		for (const [name, byValue] of index) {
			const row = rowWith(name, byValue, entry[name]);
			if (row !== undefined) rows.add(row);
		}
	}

	function readObject(rows: Set<number>, entry: unknown, depth: number): void {
		if (isObject(entry)) addKeys(rows, entry);
		if (depth === 0 || typeof entry !== 'object' || entry === null) return;
		for (const [name, value] of Object.entries(entry).slice(0, mostEntries))
			if (typeof value === 'object' && value !== null && !isOther(name)) readObject(rows, value, depth - 1);
	}

	return {
		areMixed() {
			const [first] = sent;
			mixed ??= sent.some(
				({ keys }) => keys.length !== first?.keys.length || keys.some(({ name }, at) => name !== first.keys[at]?.name),
			);
			return mixed;
		},
		ofRecord(entry) {
			let found: number | undefined;
			for (const [name, byValue] of index) {
				const row = rowWith(name, byValue, isObject(entry) ? entry[name] : name === '_id' ? entry : undefined);
				if (row === undefined || row === several || row === found) continue;
				if (found !== undefined) return undefined;
				found = row;
			}
			return found;
		},
		ofError(entry, words) {
			const rows = new Set<number>();
			if (typeof entry === 'object') readObject(rows, entry, deepest);
			for (const { name, values, before } of mentionsIn(words))
				if (!isOther(before))
					for (const value of values) {
						const row = index.get(name)?.get(spelled(name, value));
						if (row !== undefined) rows.add(isReferred(value, row) ? several : row);
					}
			return onlyOne(rows);
		},
		inWords(text) {
			if (byWord === undefined) {
				byWord = new Map();
				for (const [row, { keys }] of sent.entries()) for (const { value } of keys) add(byWord, value, row);
			}
			const quoted = [...text.matchAll(/"([^"]+)"|'([^']+)'|`([^`]+)`/g)].map((match) => match.slice(1).find(Boolean));
			const single = text.split(/[\s"'`,;:()[\]{}<>=]+/).map((word) => word.replace(/\.$/, ''));
			const rows = [...quoted, ...single].map((word) => byWord?.get(word ?? '') ?? several);
			return rows.filter((row) => row !== several);
		},
	};
}
