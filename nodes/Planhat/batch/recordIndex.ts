import type { IDataObject } from 'n8n-workflow';

import { recordName } from '../resources/recordName';
import type { KeyName, Model } from '../resources/types';
import type { Reason } from '../rows/row';
import { isBlank, isObject } from '../values/checks';
import { emailIdentity } from '../values/keys';

/** The `_id` of a company that rows name by `extid-` or `srcid-`. */
export type CompanyIds = ReadonlyMap<string, string>;

/** It is asked for with each row. */
const companyFields = new WeakMap<Model['fields'], { name?: string }>();

/** The field of a model that says which company a record belongs to. */
export function companyFieldOf({ fields }: Pick<Model, 'fields'>): string | undefined {
	const known = companyFields.get(fields) ?? {
		name: fields.find(({ refersTo, type }) => refersTo === 'company' && type === 'id')?.name,
	};
	companyFields.set(fields, known);
	return known.name;
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

/** The form in which the values of a key are compared. */
export function identityOf(key: string, value: unknown): string {
	return key === 'email' ? emailIdentity(String(value)) : String(value).trim();
}

/** What a record can be found by, as Planhat lists it. */
export function foundBy(model: Model, record: IDataObject): string[] {
	return model.keys.flatMap((key) => {
		const held = record[heldName(model, key)];
		return isBlank(held) ? [] : [`${key} ${identityOf(key, held)}`];
	});
}

/** The record of a row; without a key where it was found by its name. */
export interface Match {
	key?: KeyName;
	record: IDataObject;
}

/** Most values of a key are those of one record. One that is looked for and not found yet is null where it is a row's best key. */
type Found = IDataObject | IDataObject[] | undefined | null;

/** A key by which records are found. */
export interface KeyPlace {
	readonly key: KeyName;
	/** What a record calls it. */
	readonly held: string;
	/** Whether it counts within a company. */
	readonly isWithin: boolean;
	readonly records: Map<string, Found>;
	/** How many values are the best keys of rows and those of no record yet. */
	awaited: number;
}

function join(records: Map<string, Found>, name: string, record: IDataObject): void {
	const before = records.get(name);
	if (before === undefined || before === null) records.set(name, record);
	else if (!Array.isArray(before)) {
		if (before !== record) records.set(name, [before, record]);
	} else if (!before.includes(record)) before.push(record);
}

/** The records that rows may be about, found as Planhat matches rows: by their best key first. */
export class RecordIndex {
	/** The keys that rows have, best first: records are found by no other. */
	readonly places: readonly KeyPlace[];

	private readonly byName = new Map<string, Found>();

	private readonly companyField: string | undefined;

	/** Whether only the records are kept that some row may be about. */
	private isSifting = false;

	constructor(
		private readonly model: Model,
		public companyIds: CompanyIds = new Map(),
		used: readonly KeyName[] = model.keys,
	) {
		this.companyField = companyFieldOf(model);
		const isWithin = (key: KeyName) => this.companyField !== undefined && model.keysWithinCompany.includes(key);
		this.places = used.map((key) => ({
			...{ key, held: heldName(model, key), isWithin: isWithin(key), records: new Map<string, Found>(), awaited: 0 },
		}));
	}

	/**
	 * Looks for the record of a row. Once it was asked for one, records that no row looks for are not kept.
	 * @returns the best key of the row
	 */
	lookFor(fields: IDataObject): { place: KeyPlace; identity: string } | undefined {
		let best: { place: KeyPlace; identity: string } | undefined;
		this.isSifting = true;
		for (const place of this.places) {
			const value = fields[place.key];
			if (isBlank(value)) continue;
			const identity = identityOf(place.key, value);
			const before = place.records.get(identity);
			if (best === undefined) {
				best = { place, identity };
				if (before !== undefined) continue;
				place.records.set(identity, null);
				place.awaited += 1;
			} else if (before === undefined) place.records.set(identity, undefined);
		}
		return best;
	}

	/**
	 * @param record as Planhat lists it
	 * @returns whether a row looks for it
	 */
	add(record: IDataObject): boolean {
		let isWanted = false;
		for (const place of this.places) {
			const { key, records } = place;
			const value = record[place.held];
			if (isBlank(value)) continue;
			const identity = identityOf(key, value);
			const before = records.get(identity);
			if (this.isSifting && before === undefined && !records.has(identity)) continue;
			if (before === null) place.awaited -= 1;
			join(records, identity, record);
			isWanted = true;
		}
		const name = recordName(this.model, record);
		if (name !== undefined) join(this.byName, name.alike, record);
		return isWanted || name !== undefined;
	}

	/** All that it holds, each once. */
	records(): IDataObject[] {
		const all = new Set<IDataObject>();
		for (const records of [...this.places.map((place) => place.records), this.byName])
			for (const found of records.values()) for (const record of [found ?? []].flat()) all.add(record);
		return [...all];
	}

	/** The same with records of its own, so that others may keep those which it holds now as they are. */
	ofCopies(): this {
		const copies = new Map(this.records().map((record) => [record, { ...record }] as const));
		const copyOf = (record: IDataObject) => copies.get(record) ?? record;
		for (const records of [...this.places.map((place) => place.records), this.byName])
			for (const [name, found] of records)
				records.set(name, Array.isArray(found) ? found.map(copyOf) : found && copyOf(found));
		return this;
	}

	/** Whether a row has anything that its record can be found by. */
	canFind(fields: IDataObject): boolean {
		return this.places.some(({ key }) => !isBlank(fields[key])) || recordName(this.model, fields) !== undefined;
	}

	/** The record that a row would change, and the key that it is found by. */
	match(fields: IDataObject): Match | undefined {
		for (const place of this.places) {
			const value = fields[place.key];
			if (isBlank(value)) continue;
			const found = place.records.get(identityOf(place.key, value));
			if (found === undefined || found === null) continue;
			const record = Array.isArray(found)
				? found.find((one) => this.isIt(one, place, value, fields))
				: this.isIt(found, place, value, fields)
					? found
					: undefined;
			if (record !== undefined) return { key: place.key, record };
		}
		const [record] = this.called(fields).exact;
		return record && { record };
	}

	/** Why nobody can say which record a row means by its name, or whether it means a new one. */
	unclear(fields: IDataObject): Reason | undefined {
		const { namedBy, singular, plural } = this.model;
		if (namedBy === undefined) return undefined;
		if (!isBlank(fields._id)) return this.match(fields) === undefined ? { code: 'noRecord' } : undefined;
		const { exact, alike } = this.called(fields);
		const given = String(fields[namedBy.field]);
		const refused = (said: string): Reason => ({
			code: 'badValues',
			problems: [{ field: namedBy.field, given, wants: 'the name of one record', said }],
		});
		if (exact.length > 1)
			return refused(
				`${exact.length} ${plural} of ${String(fields[namedBy.within])} are called '${given}'. Name one by its _id`,
			);
		const [other] = exact.length === 0 ? alike : [];
		if (other === undefined) return undefined;
		const held = String(other[namedBy.field]);
		return refused(
			`There is a ${singular} '${held}', which differs from '${given}' only in capitals. Use the same spelling`,
		);
	}

	/** Whether no record that is still to come can be a better match for a row. */
	isSure(fields: IDataObject): boolean {
		const best = this.places.find(({ key }) => !isBlank(fields[key]));
		return best === undefined || this.match(fields)?.key === best.key;
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

	/** The records that have the name of a row, and those whose names differ from it at most in capitals. */
	private called(fields: IDataObject): Record<'exact' | 'alike', IDataObject[]> {
		const name = isBlank(fields._id) ? recordName(this.model, fields) : undefined;
		const nameNow = (record: IDataObject) => recordName(this.model, record);
		if (name === undefined) return { alike: [], exact: [] };
		const alike = [this.byName.get(name.alike) ?? []].flat().filter((record) => nameNow(record)?.alike === name.alike);
		return { alike, exact: alike.filter((record) => nameNow(record)?.exact === name.exact) };
	}

	/** An earlier row may have given the record another key. */
	private isIt(record: IDataObject, { key, held, isWithin }: KeyPlace, value: unknown, fields: IDataObject): boolean {
		const own = record[held];
		if (own !== value && identityOf(key, own) !== identityOf(key, value)) return false;
		return !isWithin || this.mayBeIn(record, fields);
	}

	private mayBeIn(record: IDataObject, fields: IDataObject): boolean {
		const named = companyNamed(this.model, fields);
		if (named === undefined || this.companyField === undefined) return true;
		const held = record[this.companyField];
		return String(isObject(held) ? held._id : held) === (this.companyIds.get(named) ?? named);
	}
}
