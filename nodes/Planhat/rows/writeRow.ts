import type { IDataObject } from 'n8n-workflow';

import { isBlank } from '../values/checks';
import { isSameInJson, objectAdvice, shown, unreadAdvice } from '../values/json';
import { fixedField, type Column, type ColumnNote, type Columns, type FieldColumn } from '../columns/column';
import { companyOf } from './keys';
import { insideOf } from '../columns/lookThrough';
import type { Note, Problem } from '../readers/reading';

/** A row as it is sent, or all that is wrong with it. */
export type Wrote = { fields: IDataObject; notes?: readonly ColumnNote[] } | { problems: Problem[] };

/** What becomes of one row while it is written. */
interface Draft {
	given: IDataObject;
	columns: Columns;
	fields: IDataObject;
	custom: IDataObject | undefined;
	/** Whether anything goes out that Planhat does not drop. */
	holdsKnown: boolean;
	/** Fields that a blank clears so far: a value of another column for one of them is what is meant. */
	cleared: Set<string> | undefined;
	problems: Problem[] | undefined;
	notes: ColumnNote[] | undefined;
}

function refuse(draft: Draft, problem: Problem): void {
	draft.problems ??= [];
	draft.problems.push(problem);
}

function note(draft: Draft, column: string, said: Note): void {
	draft.notes ??= [];
	draft.notes.push({ column, ...said });
}

/** Puts what is sent where it belongs. Two columns may mean one field, and say the same. */
function put(draft: Draft, column: FieldColumn, value: unknown): void {
	const { field, to, name } = column;
	if (to === 'custom') draft.custom ??= {};
	const into = to === 'custom' ? (draft.custom ?? {}) : draft.fields;
	const isTaken = column.isShared && Object.hasOwn(into, field.name) && !draft.cleared?.delete(`${to}.${field.name}`);
	const before = isTaken ? into[field.name] : undefined;
	if (before !== undefined && !isSameInJson(before, value)) {
		const said = `Two columns mean '${field.name}', one with '${shown(before)}', one with '${shown(value)}'`;
		refuse(draft, { field: name, given: shown(value), wants: 'one value', said });
		return;
	}
	into[field.name] = value as IDataObject[string];
	draft.holdsKnown ||= column.isKnown || to === 'custom';
}

/** Clears the field of a blank value, unless another column of the row has a value for it. */
function clear(draft: Draft, column: FieldColumn): void {
	const { field, to, isShared } = column;
	const into = to === 'custom' ? draft.custom : draft.fields;
	if (column.clears === undefined || (isShared && into !== undefined && Object.hasOwn(into, field.name))) return;
	put(draft, column, column.clears);
	if (isShared) (draft.cleared ??= new Set()).add(`${to}.${field.name}`);
}

/** The column with the very name of the field is better than one that is spelled otherwise. */
function givesWay(column: FieldColumn, given: IDataObject): boolean {
	return column.betterNames.some((name) => Object.hasOwn(given, name) && !column.isBlank(given[name]));
}

function writeValue(draft: Draft, column: FieldColumn, value: unknown, given: IDataObject): void {
	if (column.isBlank(value)) {
		clear(draft, column);
		return;
	}
	if (givesWay(column, given)) {
		note(draft, column.name, { kind: 'gaveWay', given: shown(value), taken: column.field.name });
		return;
	}
	const usual = column.usual?.(value, column.field);
	if (usual !== undefined) {
		put(draft, column, usual);
		return;
	}
	const converted = column.convert(value, column.needsCompany ? companyOf(draft.given, draft.columns) : undefined);
	if ('problem' in converted) {
		refuse(draft, { field: column.name, ...converted.problem });
		return;
	}
	if (converted.note !== undefined) note(draft, column.name, converted.note);
	if (converted.value !== undefined) put(draft, column, converted.value);
}

function writeInside(draft: Draft, byName: ReadonlyMap<string, Column>, value: unknown): void {
	if (isBlank(value)) return;
	const object = insideOf(value);
	if (object !== undefined) {
		for (const name of Object.keys(object)) writeColumn(draft, byName.get(name), object[name], object);
		return;
	}
	const given = shown(value);
	const advice = given.includes('[object ') ? objectAdvice : unreadAdvice(value);
	refuse(draft, { field: 'custom', given, wants: 'an object or its JSON', ...(advice !== undefined && { advice }) });
}

function writeColumn(draft: Draft, column: Column | undefined, value: unknown, given: IDataObject): void {
	if (value === undefined || column?.to === 'nowhere') return;
	if (column === undefined) throw new Error('A column of the row was not looked at');
	if (column.to === 'inside') writeInside(draft, column.byName, value);
	else if (column.to !== undefined) writeValue(draft, column, value, given);
	else if (!isBlank(value)) refuse(draft, { field: column.name, given: shown(value), wants: '', said: column.refused });
}

function writeFixed(draft: Draft, { model, rules }: Columns): void {
	const fixed = fixedField(model);
	if (fixed === undefined) return;
	const { name, value } = fixed;
	const given = draft.fields[name];
	if (given === undefined) {
		if (rules.writes !== 'changes') draft.fields[name] = value;
	} else if (typeof given === 'string' && given.trim().toLowerCase() === value) draft.fields[name] = value;
	else {
		const said = `'${name}' of a ${model.singular} is always '${value}', not '${shown(given)}'`;
		refuse(draft, { field: name, given: shown(given), wants: `'${value}'`, said });
	}
}

/** A row whose fields are good each by itself. */
export function checked(fields: IDataObject, { rules }: Pick<Columns, 'rules'>): Wrote {
	const problem = rules.check?.(fields);
	return problem === undefined ? { fields } : { problems: [problem] };
}

/**
 * Makes what is sent of a row. Each value is read once, and is sent as the table of values says, or the row is refused.
 * @param given as the user gave it; it is not changed
 * @returns fields without any where nothing is given that Planhat would not drop
 * @throws what a value throws that is made when it is looked at
 */
export function writeRow(given: IDataObject, columns: Columns): Wrote {
	const draft: Draft = {
		given,
		columns,
		fields: {},
		custom: undefined,
		holdsKnown: false,
		cleared: undefined,
		problems: undefined,
		notes: undefined,
	};
	for (const name in given) writeColumn(draft, columns.byName.get(name), given[name], given);
	// It holds what is given alone: Planhat keeps the others (assumption put-merges-custom).
	if (draft.custom !== undefined && draft.holdsKnown) draft.fields.custom = draft.custom;
	if (draft.holdsKnown) writeFixed(draft, columns);
	if (draft.problems !== undefined) return { problems: draft.problems };
	if (!draft.holdsKnown) return { fields: {} };
	const wrote = checked(draft.fields, columns);
	return draft.notes === undefined || 'problems' in wrote ? wrote : { ...wrote, notes: draft.notes };
}
