import type { IDataObject } from 'n8n-workflow';

import type { KeyName, Model } from '../resources/types';
import { isBlank, isObject } from '../values/checks';
import { emailIdentity } from '../values/keys';

/** The `_id` of a company that rows name by `extid-` or `srcid-`. */
export type CompanyIds = ReadonlyMap<string, string>;

/** The field of a model that says which company a record belongs to. */
export function companyFieldOf({ fields }: Pick<Model, 'fields'>): string | undefined {
	return fields.find(({ refersTo, type }) => refersTo === 'company' && type === 'id')?.name;
}

/** The company that a row names, as it is sent. */
export function companyNamed(model: Pick<Model, 'fields'>, fields: IDataObject): string | undefined {
	const name = companyFieldOf(model);
	const reference = name === undefined ? undefined : fields[name];
	if (!isBlank(reference)) return String(reference);
	return isBlank(fields.companyExternalId) ? undefined : `extid-${String(fields.companyExternalId)}`;
}

/** What a record calls a key that is sent by another name. */
export function heldName({ fields }: Pick<Model, 'fields'>, name: string): string {
	return fields.find((field) => field.name === name)?.heldAs ?? name;
}

function identity(key: KeyName, value: unknown): string {
	return key === 'email' ? emailIdentity(String(value)) : String(value).trim();
}

function nameOf(key: KeyName, value: unknown): string[] {
	return isBlank(value) ? [] : [`${key} ${identity(key, value)}`];
}

/** The records that rows may be about, found as Planhat matches rows: by their best key first. */
export class RecordIndex {
	private readonly byKey = new Map<string, IDataObject[]>();

	private readonly companyField: string | undefined;

	private readonly heldNames: ReadonlyArray<readonly [key: KeyName, held: string]>;

	constructor(
		private readonly model: Model,
		public companyIds: CompanyIds = new Map(),
	) {
		this.companyField = companyFieldOf(model);
		this.heldNames = model.keys.map((key) => [key, heldName(model, key)]);
	}

	/**
	 * @param record as Planhat lists it
	 * @returns what it is found by
	 */
	add(record: IDataObject): string[] {
		const names = this.heldNames.flatMap(([key, held]) => nameOf(key, record[held]));
		for (const name of names) {
			const records = this.byKey.get(name);
			if (records === undefined) this.byKey.set(name, [record]);
			else if (!records.includes(record)) records.push(record);
		}
		return names;
	}

	/** What the record of a row can be found by, best first. */
	namesOf(fields: IDataObject): string[] {
		return this.model.keys.flatMap((key) => nameOf(key, fields[key]));
	}

	/** The record that a row would change, and the key that it is found by. */
	match(fields: IDataObject): { key: KeyName; record: IDataObject } | undefined {
		for (const key of this.model.keys) {
			const value = fields[key];
			const records = nameOf(key, value).flatMap((name) => this.byKey.get(name) ?? []);
			const record = records.find((one) => this.holds(one, key, value) && this.mayBeIn(one, key, fields));
			if (record !== undefined) return { key, record };
		}
		return undefined;
	}

	/** Whether no record that is still to come can be a better match for a row. */
	isSure(fields: IDataObject): boolean {
		const best = this.model.keys.find((key) => !isBlank(fields[key]));
		return best === undefined || this.match(fields)?.key === best;
	}

	/**
	 * Takes in what a row does, for the rows that come later.
	 * @param record that it changes; a new one where it is left out
	 */
	write(fields: IDataObject, record: IDataObject = {}): void {
		for (const [name, value] of Object.entries(fields)) {
			if (name === 'custom' && isObject(value)) record.custom = { ...(record.custom as IDataObject), ...value };
			else if (value !== undefined) record[heldName(this.model, name)] = value;
		}
		const company = companyNamed(this.model, fields);
		if (company !== undefined && this.companyField !== undefined)
			record[this.companyField] = this.companyIds.get(company) ?? company;
		this.add(record);
	}

	/** An earlier row may have given the record another key. */
	private holds(record: IDataObject, key: KeyName, value: unknown): boolean {
		return identity(key, record[heldName(this.model, key)]) === identity(key, value);
	}

	private mayBeIn(record: IDataObject, key: KeyName, fields: IDataObject): boolean {
		if (this.companyField === undefined || !this.model.keysWithinCompany.includes(key)) return true;
		const named = companyNamed(this.model, fields);
		if (named === undefined) return true;
		const held = record[this.companyField];
		return String(isObject(held) ? held._id : held) === (this.companyIds.get(named) ?? named);
	}
}
