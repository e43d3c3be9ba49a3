import type { Field, Model } from '../resources/types';
import type { Converted, NamedCompany, Note, Reader } from '../readers/reading';
import type { Rules } from './rules';

/** A column whose values go out. */
export interface FieldColumn {
	/** Whether the values stand in the record itself or in its `custom`. */
	to: 'field' | 'custom';
	field: Field;
	/** The column as the user calls it, for words. */
	name: string;
	/** Whether Planhat or the tenant knows the field. */
	isKnown: boolean;
	/** Whether the column has the very name of the field. */
	isExact: boolean;
	/** Whether another column of the run means the same field. */
	isShared: boolean;
	/** The names in the input of columns with the very name of the field, where this one has another. */
	betterNames: readonly string[];
	/** What goes out for a blank value; undefined where it is left out. */
	clears: unknown;
	/** What goes out for a value of the most usual form; undefined where it has to be converted, or where none is usual. */
	usual: Reader['usual'];
	/** Whether the values name people, of whom several companies may have one with the same email. */
	needsCompany: boolean;
	/** Whether a value says nothing to the field. */
	isBlank(value: unknown): boolean;
	/** @param company that the row names, where the values need it */
	convert(value: unknown, company?: NamedCompany): Converted;
}

/** What a column name means. */
export type Column =
	| FieldColumn
	/** `custom`, an object whose names are columns of their own. */
	| { to: 'inside'; byName: Map<string, Column> }
	| { to: 'nowhere'; why: 'unknown' | 'readOnly' | 'n8n' | 'added'; name: string }
	/** Rows with a value in it are refused; a clause that says why. */
	| { to?: undefined; refused: string; name: string };

/** A note and the column that it is about. */
export interface ColumnNote extends Note {
	column: string;
}

/** The columns of a run: what each name of its rows means. */
export interface Columns {
	readonly model: Model;
	readonly rules: Rules;
	/** By the name in the input. */
	readonly byName: ReadonlyMap<string, Column>;
	/** The field that each unknown name is most like, where there is one. */
	readonly nearest: ReadonlyMap<string, string>;
	/** Names that are spelled otherwise than the field that they were taken for. */
	readonly respelled: ReadonlyMap<string, string>;
	/** What could not be read of the tenant, in words. */
	readonly unread: readonly string[];
	/** The keys of the model that the input has, best first, each with the names in the input that mean it. */
	readonly keyColumns: ReadonlyArray<{ name: string; columns: readonly string[] }>;
	/** The names in the input that say which company a record belongs to. */
	readonly companyColumns: readonly string[];
	/** What was made of values, by the name of the column; filled while rows are written. */
	readonly notes: Map<string, Note[]>;
}

/** Models that share an endpoint have one field whose value is always the same. */
export function fixedField({ kind, writesRows }: Model): { name: string; value: string } | undefined {
	const [name] = kind?.fields ?? [];
	return kind === undefined || name === undefined || writesRows ? undefined : { name, value: kind.value };
}
