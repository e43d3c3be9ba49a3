import type { IDataObject } from 'n8n-workflow';

import type { Problem } from '../readers/reading';
import type { FieldType } from '../resources/types';
import { customPrefix } from '../tenant/mapperColumns';
import { isBlank, isObject } from '../values/checks';
import type { SentFields } from './compareRow';
import type { Read } from '../rows/readRows';
import type { ListMode } from './listModeOption';

/** The types of fields that hold lists. */
const listTypes: readonly FieldType[] = ['texts', 'ids', 'users', 'members', 'endusers', 'records', 'objects'];

const listModes: readonly ListMode[] = ['replace', 'add', 'remove'];

/** Reads what happens to the lists that records hold. */
export function readListMode(read: Read): ListMode {
	const value = read('options.listMode', 'replace');
	return listModes.find((mode) => mode === value) ?? 'replace';
}

/** A list that a row sends. */
interface SentList {
	name: string;
	heldAs: string;
	type: FieldType;
	isCustom: boolean;
}

function listsOf(names: Iterable<string>, known: SentFields['own'], isCustom: boolean): SentList[] {
	return [...names].flatMap((name) => {
		const { type = 'unknown', heldAs = name } = known.get(name) ?? {};
		return listTypes.includes(type) ? [{ name, heldAs, type, isCustom }] : [];
	});
}

/** The lists among the fields that a row sends. */
export function listsAmong(fields: IDataObject, { own, custom }: SentFields): SentList[] {
	const inside = isObject(fields.custom) ? Object.keys(fields.custom) : [];
	return [...listsOf(Object.keys(fields), own, false), ...listsOf(inside, custom, true)];
}

function idOf(entry: unknown): unknown {
	return isObject(entry) ? (entry._id ?? entry.id) : entry;
}

function identityOf(type: FieldType, entry: unknown): string {
	if (type === 'objects') return JSON.stringify(entry);
	return type === 'texts' ? String(entry).trim() : String(idOf(entry)).toLowerCase();
}

/** Lists of IDs may come in one text between commas, and as objects where they are sent as IDs. */
function heldEntries(type: FieldType, held: unknown): unknown[] {
	const isText = typeof held === 'string' && type !== 'texts';
	const entries = (Array.isArray(held) ? held : isText ? held.split(',') : [held]).filter((entry) => !isBlank(entry));
	if (type === 'ids' || type === 'users') return entries.map(idOf);
	if (type === 'records') return entries.map((entry) => ({ _id: idOf(entry) }));
	return type === 'members' || type === 'endusers'
		? entries.map((entry) => (isObject(entry) ? entry : { id: entry }))
		: entries;
}

/**
 * Adds entries to a list, or takes them out of it.
 * @param held as Planhat has it
 */
export function mergedList(type: FieldType, sent: readonly unknown[], held: unknown, mode: ListMode): unknown[] {
	if (mode === 'replace') return [...sent];
	const entries = new Map(heldEntries(type, held).map((entry) => [identityOf(type, entry), entry]));
	for (const entry of sent) {
		const identity = identityOf(type, entry);
		const before = entries.get(identity);
		if (mode === 'remove') entries.delete(identity);
		else entries.set(identity, isObject(before) && isObject(entry) ? { ...before, ...entry } : (before ?? entry));
	}
	return [...entries.values()];
}

function isKeyWithPrefix(entry: unknown): boolean {
	return /^(ext|src)id-/.test(String(idOf(entry)));
}

/**
 * Merges the lists that a row sends with those that its record holds.
 * @param record left out where the row makes a new one
 * @returns the fields with whole lists, without those of which there is nothing to send; or why they cannot be merged
 */
export function mergeLists(
	fields: IDataObject,
	record: IDataObject | undefined,
	known: SentFields,
	mode: ListMode,
): { fields: IDataObject } | { problem: Problem } {
	const lists = mode === 'replace' ? [] : listsAmong(fields, known);
	if (lists.length === 0) return { fields };
	const merged: IDataObject = { ...fields, ...(isObject(fields.custom) && { custom: { ...fields.custom } }) };
	const held = { own: record ?? {}, custom: isObject(record?.custom) ? record.custom : {} };
	for (const { name, heldAs, type, isCustom } of lists) {
		const into = isCustom ? (merged.custom as IDataObject) : merged;
		const sent = [into[name]].flat();
		const key = type === 'texts' || type === 'objects' ? undefined : sent.find(isKeyWithPrefix);
		if (key !== undefined) return { problem: prefixProblem(isCustom ? `${customPrefix}${name}` : name, idOf(key)) };
		if (record === undefined && mode === 'remove') delete into[name];
		else {
			const list = mergedList(type, sent, isCustom ? held.custom[name] : held.own[heldAs], mode);
			into[name] = list as IDataObject[string];
		}
	}
	return { fields: merged };
}

function prefixProblem(field: string, key: unknown): Problem {
	const said = `'${field}' takes IDs where List Mode is not Replace, since '${String(key)}' cannot be told from those in Planhat`;
	return { field, given: String(key), wants: 'IDs', said };
}
