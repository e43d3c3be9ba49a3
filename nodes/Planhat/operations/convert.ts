import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import type { FieldType, Model } from '../resources/types';
import { isRecord } from '../transport/answers';

const millisecondsPerDay = 86_400_000;

/** Days since 1970 are far below this, milliseconds since 1970 far above. */
const mostDays = 10_000_000;

/** A row as it is sent, and what could not be made sense of. */
export interface Written {
	row: IDataObject;
	/** One sentence for each value that its field cannot take. */
	unusable: string[];
}

function isBlank(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/** Text without an offset is taken as UTC unless the user chose the time in the editor, since Planhat keeps days in UTC. */
function parseTime(value: unknown, zone = 'utc'): DateTime | undefined {
	if (DateTime.isDateTime(value)) return value.isValid ? value.toUTC() : undefined;
	if (value instanceof Date)
		return Number.isNaN(value.getTime()) ? undefined : DateTime.fromJSDate(value, { zone: 'utc' });
	if (typeof value !== 'string') return undefined;
	const time = DateTime.fromISO(value.trim().replace(/^(\S+) (?=\d)/, '$1T'), { zone });
	return time.isValid ? time : undefined;
}

function wholeDays(milliseconds: number | undefined): number | undefined {
	return milliseconds === undefined ? undefined : Math.floor(milliseconds / millisecondsPerDay);
}

/**
 * A day as Planhat keeps it: whole days since 1970-01-01 in UTC (Planhat's documents, "Data standards").
 * @param value ISO text, DateTime, Date, milliseconds since 1970, or whole days already
 * @returns undefined where it is none of these
 */
export function toDay(value: unknown): number | undefined {
	const isYear = typeof value === 'string' && /^\d{4}$/.test(value.trim());
	const count = typeof value === 'string' && /^-?\d{1,6}$/.test(value.trim()) && !isYear ? Number(value) : value;
	if (typeof count !== 'number') return wholeDays(parseTime(value)?.toMillis());
	if (!Number.isFinite(count)) return undefined;
	return Math.abs(count) < mostDays ? Math.floor(count) : wholeDays(count);
}

/**
 * A point in time, for comparisons.
 * @param value ISO text, DateTime, Date, or milliseconds since 1970
 * @param zone of text without an offset
 * @returns milliseconds since 1970, undefined where it is none of these
 */
export function toMilliseconds(value: unknown, zone?: string): number | undefined {
	if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
	return parseTime(value, zone)?.toMillis();
}

/**
 * A point in time as Planhat keeps it: ISO 8601 in UTC.
 * @param value ISO text, DateTime, Date, or milliseconds since 1970
 * @returns undefined where it is none of these
 */
export function toTime(value: unknown): string | undefined {
	const time = typeof value === 'number' ? DateTime.fromMillis(value, { zone: 'utc' }) : parseTime(value);
	return time?.toISO() ?? undefined;
}

/** A number that came as text, from a spreadsheet for instance; whatever else it is goes out as it is. */
function toNumber(value: unknown): IDataObject[string] {
	const isNumeric = typeof value === 'string' && Number.isFinite(Number(value));
	return isNumeric ? Number(value) : (value as IDataObject[string]);
}

/** An object that came as its JSON text; whatever else it is goes out as it is. */
function toObject(value: unknown): IDataObject[string] {
	if (typeof value !== 'string') return value as IDataObject[string];
	try {
		const parsed: unknown = JSON.parse(value);
		return isRecord(parsed) ? parsed : value;
	} catch {
		return value;
	}
}

const converters: Partial<Record<FieldType, (value: unknown) => IDataObject[string]>> = {
	day: toDay,
	number: toNumber,
	object: toObject,
	date: toTime,
};

/** What to do with names that the model does not know. Planhat drops them without a word. */
export type UnknownFields = 'send' | 'custom' | 'ignore' | 'refuse';

/** Makes what is sent of one row after the other. */
export interface RowWriter {
	/** Names that the model does not know, met so far. */
	readonly unknown: ReadonlySet<string>;
	/**
	 * What is sent of a row: without `__v` and what else Planhat sets itself, and with dates as each field wants them (ISO
	 * 8601, or whole days since 1970-01-01 in UTC).
	 * @param row as the user gave it; it is not changed
	 */
	write(row: IDataObject): Written;
}

/** An AI agent adds this to the data of an item; it is no field of anything. */
const addedByAgents = 'toolCallId';

/** How rows are written. */
export interface WriterOptions {
	/** What to do with names that the model does not know. */
	unknownFields: UnknownFields;
	/** Whether `_id` is sent, as the key of a row of a bulk request. */
	keepsId?: boolean;
	/** Whether the rows may become new records: blank keys are left out, and a model's own kind is put in. */
	isNew?: boolean;
}

/** A model that shares its endpoint has one field whose value is always the same. */
function fixedField({ kind, writesRows }: Model): { name: string; value: string } | undefined {
	const [name] = kind?.fields ?? [];
	return kind === undefined || name === undefined || writesRows ? undefined : { name, value: kind.value };
}

/**
 * Makes a writer for the rows of one run.
 * @param model of the rows
 */
export function rowWriter(model: Model, { unknownFields, keepsId = false, isNew = false }: WriterOptions): RowWriter {
	const fixed = fixedField(model);
	const fields = new Map(model.fields.map((field) => [field.name, field]));
	const unknown = new Set<string>();
	const isKnown = (name: string) => fields.has(name) || name === '_id' || name.startsWith('custom.');
	// A blank key would match all other records with a blank one; blanks around one would hide that it is the same.
	const keys = new Set<string>(isNew ? model.keys : []);
	const leftOut = new Set(keepsId ? ['__v', addedByAgents] : ['__v', '_id', addedByAgents]);

	function writeUnknown(written: Written, name: string, value: IDataObject[string]): void {
		unknown.add(name);
		if (unknownFields === 'send') written.row[name] = value;
		if (unknownFields === 'custom') {
			const { custom = {} } = written.row;
			if (isRecord(custom)) written.row.custom = { ...custom, [name]: value };
			else written.unusable.push(`'custom' takes an object, so that '${name}' cannot be put into it`);
		}
		if (unknownFields === 'refuse') written.unusable.push(`Planhat knows no field '${name}' of a ${model.singular}`);
	}

	function writeFixed({ row, unusable }: Written): void {
		if (fixed === undefined) return;
		const { name, value } = fixed;
		if (row[name] === undefined && isNew) row[name] = value;
		if (row[name] === undefined || row[name] === value) return;
		unusable.push(`'${name}' of a ${model.singular} is always '${value}', not '${String(row[name])}'`);
	}

	function write(row: IDataObject): Written {
		const written: Written = { row: {}, unusable: [] };
		const strange: string[] = [];
		for (const name of Object.keys(row)) {
			const value = row[name];
			const field = fields.get(name);
			if (leftOut.has(name) || field?.readOnly || value === undefined) continue;
			if (keys.has(name) && isBlank(value)) continue;
			if (keys.has(name) && typeof value === 'string') {
				written.row[name] = value.trim();
				continue;
			}
			if (field === undefined && !isKnown(name)) {
				strange.push(name);
				continue;
			}
			const convert = field === undefined || isBlank(value) ? undefined : converters[field.type];
			const converted = convert === undefined ? value : convert(value);
			if (converted !== undefined) written.row[name] = converted;
			else {
				const example = 'a date such as 2026-03-31 or 2026-03-31T08:00:00Z';
				written.unusable.push(`'${name}' takes ${example}, not '${String(value)}'`);
			}
		}
		// After the others, so that `custom` is there to take them.
		for (const name of strange) writeUnknown(written, name, row[name]);
		writeFixed(written);
		return written;
	}

	return { unknown, write };
}

const requiredNames = new WeakMap<Model, string[]>();

function requiredOf(model: Model): string[] {
	const names = requiredNames.get(model) ?? model.fields.filter((field) => field.required).map(({ name }) => name);
	requiredNames.set(model, names);
	return names;
}

/**
 * What a new record still needs.
 * @param model of the row
 * @param row about to be sent
 * @returns names of fields, or "a or b" where one of several will do
 */
export function missingFields(model: Model, row: IDataObject): string[] {
	const single = requiredOf(model).filter((name) => isBlank(row[name]));
	const groups = model.requiredOneOf.filter((names) => names.every((name) => isBlank(row[name])));
	return groups.length === 0 ? single : [...single, ...groups.map((names) => names.join(' or '))];
}

/**
 * The keys of a row by which its record can be found again.
 * @param model of the row
 * @param row as it is sent
 */
export function keysOf(model: Model, row: IDataObject): IDataObject {
	return Object.fromEntries(model.keys.filter((key) => !isBlank(row[key])).map((key) => [key, row[key]]));
}
