import type { Columns, FieldColumn } from '../columns/column';
import { spelling } from '../columns/columnNames';
import { insideOf } from '../columns/lookThrough';
import { keysOf } from '../rows/keys';
import type { Problem, Row } from '../rows/row';
import { isBlank, isObject, trimmed } from '../values/checks';
import { shown } from '../values/json';
import { emailIdentity, keyAdvice, keyIn, type KeyFault } from '../values/keys';
import type { MatchRule } from './matchOptions';

/** A column with the values that rows are matched by, and the column that holds it, where that is `custom`. */
export interface MatchColumn {
	name: string;
	within?: string;
	column: FieldColumn;
}

const customPrefix = 'custom.';

function columnsOf({ byName }: Pick<Columns, 'byName'>, within?: string): MatchColumn[] {
	return [...byName].flatMap(([name, column]) => {
		if (column.to === 'inside') return columnsOf(column, name);
		return column.to === 'field' || column.to === 'custom' ? [{ name, within, column }] : [];
	});
}

/** The columns that mean the field; the plain name means a standard field first. */
export function matchColumns(columns: Columns, { field }: MatchRule): MatchColumn[] {
	const all = columnsOf(columns).filter(({ column }) => column.isKnown);
	const isCustom = field.startsWith(customPrefix);
	const standard = isCustom ? [] : all.filter(({ column }) => column.to === 'field' && column.field.name === field);
	if (standard.length > 0) return standard;
	const name = isCustom ? field.slice(customPrefix.length) : field;
	const custom = all.filter(({ column }) => column.to === 'custom' && column.field.name === name);
	if (custom.length > 0) return custom;
	const alike = all.filter(
		({ column }) => (column.to === 'custom' || !isCustom) && spelling(column.field.name) === spelling(name),
	);
	return new Set(alike.map(({ column }) => `${column.to} ${column.field.name}`)).size === 1 ? alike : [];
}

/** The form in which values are compared: lists and references count by what is in them. */
export function identitiesOf(value: unknown, isEmail: boolean): string[] {
	return [value].flat().flatMap((entry: unknown) => {
		const named = isObject(entry) ? (entry._id ?? entry.id) : entry;
		if (isBlank(named) || typeof named === 'object') return [];
		const text = trimmed(String(named));
		return [isEmail ? emailIdentity(text) : text];
	});
}

/** What a row is matched by, or why it cannot be; `unread` where it is refused when it is written. */
export type MatchedBy = { texts: readonly string[] } | { problem: Problem } | 'unread';

/** Words for nothing, and numbers without their last digits, would make one record of many. */
function unfitAmong(texts: readonly string[]): KeyFault | undefined {
	for (const text of texts) {
		const key = keyIn(text);
		if ('fault' in key && (key.fault === 'nothing' || key.fault === 'shortened')) return key.fault;
	}
	return undefined;
}

function matchedBy({ given }: Row, found: readonly MatchColumn[], field: string): MatchedBy {
	for (const { name, within, column } of found) {
		try {
			const value = within === undefined ? given[name] : insideOf(given[within])?.[name];
			if (column.isBlank(value)) continue;
			const converted = column.convert(value);
			if (!('value' in converted)) return 'unread';
			const texts = identitiesOf(converted.value, column.field.type === 'email');
			const fault = unfitAmong(texts);
			if (fault !== undefined) {
				const problem = { field, given: shown(value), wants: 'a value that records can be found by' };
				return { problem: { ...problem, advice: keyAdvice(fault, value) } };
			}
			if (texts.length > 0) return { texts: [...new Set(texts)] };
		} catch {
			return 'unread';
		}
	}
	return { texts: [] };
}

/**
 * Reads what a row is matched by. Without it a row goes by its keys; one without keys either is refused, unless the user wants
 * new records of such.
 */
export function matchOf(row: Row, found: readonly MatchColumn[], columns: Columns, field: string): MatchedBy {
	const by = matchedBy(row, found, field);
	const isNamed = by === 'unread' || 'problem' in by || by.texts.length > 0;
	if (isNamed || columns.rules.options.keylessRows === 'create' || keysOf(row.given, columns).length > 0) return by;
	const said = `The row has no value in '${field}', the field of 'Match On'`;
	return { problem: { field, given: '', wants: 'a value', said } };
}
