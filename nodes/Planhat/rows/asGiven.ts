import type { IDataObject } from 'n8n-workflow';

import { fixedField, type Columns, type FieldColumn } from '../columns/column';
import { hasNames } from '../values/hasNames';
import { missingFields } from './requiredFields';

/** Names that rows have, in their order. */
interface Shape {
	names: readonly string[];
	/** What each name means; undefined where rows with these names are written value by value. */
	columns: readonly FieldColumn[] | undefined;
	/** What a new record still needs beside these names. */
	missing: readonly string[];
}

/** So many shapes are known at a time: rows of one table have one, or few. */
const mostShapes = 8;

/** An object has such names in the order of their numbers, whatever came first. */
const isIndex = /^\d+$/;

function isAsNamed(name: string, { field, usual, isKnown, isShared, betterNames }: FieldColumn): boolean {
	if (field.name !== name || usual === undefined || isIndex.test(name)) return false;
	return isKnown && !isShared && betterNames.length === 0;
}

function columnsOf(names: readonly string[], { byName, model }: Columns): FieldColumn[] | undefined {
	if (names.length === 0 || fixedField(model) !== undefined) return undefined;
	const columns: FieldColumn[] = [];
	for (const name of names) {
		const column = byName.get(name);
		if (column?.to !== 'field' || !isAsNamed(name, column)) return undefined;
		columns.push(column);
	}
	return columns;
}

/** Whether a row has nothing but what is its own, and that as it stands. */
function isPlain(given: IDataObject): boolean {
	const prototype = Object.getPrototypeOf(given) as unknown;
	if (prototype !== Object.prototype && prototype !== null) return false;
	return typeof given.toJSON !== 'function';
}

function shapeOf(given: IDataObject, columns: Columns): Shape {
	const names = Object.keys(given);
	const missing = missingFields(columns.model, Object.fromEntries(names.map((name) => [name, true])));
	return { names, columns: columnsOf(names, columns), missing };
}

/** Looks at names and values in one loop: JavaScript reads those of rows with the same names fastest so. */
function look(given: IDataObject, { names, columns }: Shape): 'asGiven' | 'notAsGiven' | 'otherNames' {
	if (columns === undefined) return hasNames(given, names) ? 'notAsGiven' : 'otherNames';
	let at = 0;
	for (const name in given) {
		if (names[at] !== name) return 'otherNames';
		const column = columns[at];
		const value = given[name];
		if (column?.usual === undefined || column.isBlank(value) || column.usual(value, column.field) !== value)
			return 'notAsGiven';
		at += 1;
	}
	return at === names.length ? 'asGiven' : 'otherNames';
}

/** Tells rows that go out as they were given: with the names of fields, each with a value of the most usual form. */
export class RowsAsGiven {
	private readonly shapes: Shape[] = [];

	constructor(private readonly columns: Columns) {}

	/**
	 * Looks at each value of a row once.
	 * @returns what a new record still needs beside the row; undefined where the row has to be written
	 * @throws what a value throws that is made when it is looked at
	 */
	missingOf(given: IDataObject): readonly string[] | undefined {
		if (!isPlain(given)) return undefined;
		for (const shape of this.shapes) {
			const found = look(given, shape);
			if (found !== 'otherNames') return found === 'asGiven' ? shape.missing : undefined;
		}
		if (this.shapes.length === mostShapes) return undefined;
		const shape = shapeOf(given, this.columns);
		this.shapes.push(shape);
		return look(given, shape) === 'asGiven' ? shape.missing : undefined;
	}
}
