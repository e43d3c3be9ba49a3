import type { IDataObject } from 'n8n-workflow';

import type { Field, Model } from '../resources/types';
import { hasCustomFields } from '../tenant/customFields';
import { customPrefix } from '../tenant/mapperColumns';
import type { Need, Tenant } from '../tenant/tenant';
import { isBlank, isEmail, isObject } from '../values/checks';
import { converterOf } from './convertValue';

/** A row as it is sent, and what could not be made sense of. */
export interface Written {
	row: IDataObject;
	/** One sentence for each value that its field cannot take. */
	unusable: string[];
	/** What has to be learnt of the tenant before the row can be written; `row` is not complete then. */
	needs?: Need;
}

/** What to do with names that are neither a field of the model nor a custom field. Planhat drops them without a word. */
export type UnknownFields = 'send' | 'custom' | 'ignore' | 'refuse';

/** Makes what is sent of one row after the other. */
export interface RowWriter {
	/** Names that nobody knows, met so far. */
	readonly unknown: ReadonlySet<string>;
	/**
	 * What is sent of a row: without `__v` and what else Planhat sets itself, with values as each field wants them, and with
	 * custom fields in `custom`.
	 * @param row as the user gave it; it is not changed
	 */
	write(row: IDataObject): Written;
}

/**
 * An AI agent's tool gets these in the data of its item, beside what the model gives (n8n's Agent node and Chat Trigger).
 * They are fields of nothing.
 */
const addedByAgents = ['toolCallId', 'sessionId', 'chatInput'];

/** How rows are written. */
export interface WriterOptions {
	/** What to do with names that nobody knows. */
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

/** Whether a value within `custom` may be meant for a user, by email. */
function holdsEmail(value: unknown): boolean {
	return Array.isArray(value) ? value.some(isEmail) : isEmail(value);
}

/**
 * Makes a writer for the rows of one run.
 * @param model of the rows
 * @param tenant what the run knows of it
 */
export function rowWriter(
	model: Model,
	tenant: Tenant,
	{ unknownFields, keepsId = false, isNew = false }: WriterOptions,
): RowWriter {
	const fixed = fixedField(model);
	const fields = new Map(model.fields.map((field) => [field.name, field]));
	const takesCustom = hasCustomFields(model);
	const unknown = new Set<string>();
	// A blank key would match all other records with a blank one; blanks around one would hide that it is the same.
	const keys = new Set<string>(isNew ? model.keys : []);
	const leftOut = new Set([...(keepsId ? ['__v'] : ['__v', '_id']), ...addedByAgents]);

	/** Puts a value where it belongs, or says why not. */
	function put(written: Written, into: IDataObject, field: Pick<Field, 'name' | 'type' | 'values'>, value: unknown) {
		const convert = isBlank(value) ? undefined : converterOf(field.type);
		if (convert === undefined) {
			into[field.name] = value as IDataObject[string];
			return;
		}
		const converted = convert(value, field, tenant);
		if ('value' in converted) into[field.name] = converted.value;
		else if ('needs' in converted) written.needs ??= converted.needs;
		else written.unusable.push(`'${field.name}' ${converted.problem}`);
	}

	/** Values within `custom` go out as they were written; only users can be given by their email. */
	function putUsers(written: Written, custom: IDataObject): void {
		for (const [name, value] of Object.entries(custom)) {
			if (!holdsEmail(value)) continue;
			const field = tenant.customField(name);
			if (typeof field === 'string') written.needs ??= field;
			else if (field?.type === 'user' || field?.type === 'users') put(written, custom, field, value);
		}
	}

	function writeUnknown(written: Written, custom: IDataObject, name: string, value: IDataObject[string]): void {
		unknown.add(name);
		if (unknownFields === 'send') written.row[name] = value;
		if (unknownFields === 'custom') custom[name] = value;
		if (unknownFields !== 'refuse') return;
		const reason = tenant.customFieldReason;
		const unsure = reason === undefined ? '' : `, as far as can be told without the custom fields (${reason})`;
		written.unusable.push(`Planhat knows no field '${name}' of a ${model.singular}${unsure}`);
	}

	/** A name that the model does not know may be that of a custom field, with or without `custom.` before it. */
	function writeStrange(written: Written, custom: IDataObject, name: string, value: IDataObject[string]): void {
		const isDotted = takesCustom && name.startsWith(customPrefix);
		const key = isDotted ? name.slice(customPrefix.length) : name;
		const field = isDotted && isBlank(value) ? undefined : tenant.customField(key);
		if (typeof field === 'string') written.needs ??= field;
		else if (field !== undefined) {
			if (!field.readOnly) put(written, custom, field, value);
		} else if (isDotted) custom[key] = value;
		else writeUnknown(written, custom, name, value);
	}

	function writeCustom(written: Written, strange: readonly string[], row: IDataObject): void {
		const added: IDataObject = {};
		for (const name of strange) writeStrange(written, added, name, row[name]);
		const { custom } = written.row;
		const names = Object.keys(added);
		if (isObject(custom)) {
			const given = { ...custom };
			putUsers(written, given);
			written.row.custom = Object.assign(given, added);
		} else if (names.length > 0 && isBlank(custom)) written.row.custom = added;
		else if (names.length > 0)
			written.unusable.push(`'custom' takes an object, so that '${names.join("', '")}' cannot be put into it`);
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
			if (keys.has(name) && typeof value === 'string') written.row[name] = value.trim();
			else if (field !== undefined) put(written, written.row, field, value);
			else if (name === '_id') written.row[name] = value;
			else strange.push(name);
		}
		// After the others, so that `custom` is there to take them.
		if (strange.length > 0 || written.row.custom !== undefined) writeCustom(written, strange, row);
		writeFixed(written);
		return written;
	}

	return { unknown, write };
}

/**
 * Writes a row, after learning of the tenant what that takes: nothing for most rows.
 * @throws the signal's reason when the execution is cancelled meanwhile
 */
export async function writeRow(writer: RowWriter, tenant: Tenant, row: IDataObject): Promise<Written> {
	for (;;) {
		const written = writer.write(row);
		if (written.needs === undefined) return written;
		await tenant.learn(written.needs);
	}
}
