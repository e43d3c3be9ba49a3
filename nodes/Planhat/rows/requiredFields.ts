import type { IDataObject } from 'n8n-workflow';

import type { Model } from '../resources/types';
import { withArticle } from '../resources/model';
import { isBlank } from '../values/checks';
import type { Columns } from '../columns/column';
import { spelling } from '../columns/columnNames';
import type { Rules } from '../columns/rules';

const requiredNames = new WeakMap<Model, readonly string[]>();

function requiredOf(model: Model): readonly string[] {
	const names = requiredNames.get(model) ?? model.fields.filter((field) => field.required).map(({ name }) => name);
	requiredNames.set(model, names);
	return names;
}

const none: readonly string[] = [];

/**
 * What a new record still needs.
 * @returns names of fields, or "a or b" where one of several will do
 */
export function missingFields(model: Model, fields: IDataObject): readonly string[] {
	const lacks = (name: string) => isBlank(fields[name]);
	const lacksAll = (names: readonly string[]) => names.every(lacks);
	if (!requiredOf(model).some(lacks) && !model.requiredOneOf.some(lacksAll)) return none;
	const single = requiredOf(model).filter(lacks);
	const groups = model.requiredOneOf.filter(lacksAll);
	return groups.length === 0 ? single : [...single, ...groups.map((names) => names.join(' or '))];
}

/**
 * Whether a row cannot do without what a new record needs. A row that may change a record can, but for models that are
 * written by rows alone: Planhat drops such a row without an answer (assumption ticket-without-email).
 */
export function needsAll({ writesRows }: Model, { writes }: Pick<Rules, 'writes'>, isKeyed: boolean): boolean {
	return writesRows || writes === 'new' || (writes === 'either' && !isKeyed);
}

/**
 * What a change has to carry of the record that it changes, for models that are written by rows alone.
 * @returns the required fields that the change does not give
 */
export function heldFields(model: Model, record: IDataObject, fields: IDataObject): IDataObject {
	const groups = model.requiredOneOf.filter((names) => names.every((name) => isBlank(fields[name])));
	const names = [...requiredOf(model).filter((name) => isBlank(fields[name])), ...groups.flat()];
	const held: IDataObject = {};
	for (const name of names) {
		const { heldAs = name } = model.fields.find((field) => field.name === name) ?? {};
		if (!isBlank(record[heldAs])) held[name] = record[heldAs];
	}
	return held;
}

/**
 * Says what a row lacks, each with the column that was most likely meant for it.
 * @returns a clause such as "lacks name (the column 'Titel' is most like it)"
 */
export function missingText(missing: readonly string[], { nearest }: Pick<Columns, 'nearest'>): string {
	const named = missing.map((name) => {
		const alike = [...nearest]
			.filter(([, field]) => name.split(' or ').includes(field))
			.map(([column]) => `'${column}'`);
		if (alike.length === 0) return name;
		return `${name} (the ${alike.length === 1 ? 'column' : 'columns'} ${alike.join(', ')} may be meant)`;
	});
	return `lacks ${named.join(', ')}`;
}

/** So many of the user's columns are named. */
const mostColumns = 20;

type Named = Pick<Columns, 'model' | 'byName' | 'nearest'>;

function matchedBy({ byName }: Named): Set<string> {
	return new Set([...byName.values()].flatMap((column) => (column.to === 'field' ? column.field.name : [])));
}

/** Whether a column of the input is a key of the records. */
export function hasKeyColumn(columns: Named): boolean {
	const matched = matchedBy(columns);
	return columns.model.keys.some((key) => matched.has(key));
}

/**
 * The columns of the input, each with the field that it was most likely meant for.
 * @param missing fields that are looked for
 */
export function columnsText({ byName, nearest }: Named, missing: readonly string[] = []): string {
	const called = [...byName].flatMap(([name, column]) => {
		if (column.to === 'nowhere' && column.why === 'n8n') return [];
		const meant = missing.find((field) => spelling(name).endsWith(spelling(field))) ?? nearest.get(name);
		const isOpen = column.to !== 'field' || !column.isKnown;
		return isOpen && meant !== undefined ? `${name} (did you mean '${meant}'?)` : name;
	});
	const more = called.length > mostColumns ? [`${called.length - mostColumns} more`] : [];
	return [...called.slice(0, mostColumns), ...more].join(', ');
}

/**
 * Says which required fields none of the columns is, and what columns there are.
 * @returns a sentence or two without a full stop at the end; undefined where each required field has a column
 */
export function unmatchedText(columns: Named): string | undefined {
	const { model } = columns;
	const matched = matchedBy(columns);
	const missing = requiredOf(model).filter((name) => !matched.has(name));
	if (missing.length === 0) return undefined;
	const named = missing.map((name) => `'${name}'`).join(', ');
	return `No column matches ${named}, which ${withArticle(model.singular)} requires. Your columns: ${columnsText(columns, missing)}`;
}
