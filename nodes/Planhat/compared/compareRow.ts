import type { IDataObject } from 'n8n-workflow';

import type { Columns } from '../columns/column';
import { customPrefix } from '../tenant/mapperColumns';
import type { Field, FieldType, Model } from '../resources/types';
import { isBlank, isObject } from '../values/checks';
import { readDate, readDayCount } from '../values/dates';
import { emailIdentity } from '../values/keys';

/** A field in which a record differs from what a row sends. */
export interface Difference {
	/** Planhat's name, such as `phase` or `custom.Plan`. */
	name: string;
	/** As the record has it. */
	held: unknown;
	sent: unknown;
	/** The company that the field names by a key of one's own: which record that is has to be looked up. */
	unresolved?: string;
}

/** The `_id` of a company that is named by `extid-` or `srcid-`; undefined where it is not known. */
export type ResolveCompany = (reference: string) => string | undefined;

/** Whether a field that holds one value would hold the same after it was sent another. */
type IsSame = (sent: unknown, held: unknown, resolve: ResolveCompany) => boolean;

const resolvesNothing: ResolveCompany = () => undefined;

/** Whether a field holds no value: nothing, blank text or an empty list. */
export function isNothing(value: unknown): boolean {
	return isBlank(value) || (Array.isArray(value) && value.length === 0);
}

/** The same in JSON, whatever the order of names. */
function isSameValue(one: unknown, other: unknown): boolean {
	if (Array.isArray(one) && Array.isArray(other))
		return one.length === other.length && one.every((entry, index) => isSameValue(entry, other[index]));
	if (!isObject(one) || !isObject(other)) return one === other;
	const names = (object: IDataObject) => Object.keys(object).filter((name) => object[name] !== undefined);
	return names(one).length === names(other).length && names(one).every((name) => isSameValue(one[name], other[name]));
}

/** Planhat keeps numbers as text in fields that hold text. */
function isSameText(sent: unknown, held: unknown): boolean {
	return typeof held !== 'object' && String(sent) === String(held);
}

function isSameNumber(sent: unknown, held: unknown): boolean {
	return typeof held === 'string' ? Number(held) === sent : held === sent;
}

function isSameTime(sent: unknown, held: unknown): boolean {
	const one = readDate(sent, 'utc');
	const other = readDate(held, 'utc');
	if (one === undefined || other === undefined) return sent === held;
	// A field that comes back without a time keeps days alone (assumption custom-dates).
	const isDay = typeof held === 'string' && held.length === 10;
	return isDay ? one.day === other.day : one.milliseconds === other.milliseconds;
}

function isSameDay(sent: unknown, held: unknown): boolean {
	return sent === (readDayCount(held) ?? readDate(held, 'utc')?.day);
}

function isSameEmail(sent: unknown, held: unknown): boolean {
	return emailIdentity(String(sent)) === emailIdentity(String(held));
}

/** IDs come alone, as objects, and in lists between commas. */
function idOf(value: unknown): unknown {
	return isObject(value) ? (value._id ?? value.id) : value;
}

function isReference(id: unknown): id is string {
	return typeof id === 'string' && /^(ext|src)id-/.test(id);
}

function sentId(value: unknown, resolve: ResolveCompany): unknown {
	const id = idOf(value);
	return isReference(id) ? (resolve(id) ?? id) : id;
}

function isSameId(sent: unknown, held: unknown, resolve: ResolveCompany): boolean {
	return String(sentId(sent, resolve)).toLowerCase() === String(idOf(held)).toLowerCase();
}

function entriesOf(value: unknown): unknown[] {
	return (Array.isArray(value) ? value : [value]).filter((entry) => !isBlank(entry));
}

/** A single entry may come without a list, and IDs in one text. */
function heldIds(held: unknown): unknown[] {
	return entriesOf(typeof held === 'string' && held.includes(',') ? held.split(',') : held);
}

function isSameSet(sent: readonly unknown[], held: readonly unknown[]): boolean {
	const one = new Set(sent.map(String));
	const other = new Set(held.map(String));
	return one.size === other.size && [...one].every((entry) => other.has(entry));
}

function isSameList(sent: unknown, held: unknown): boolean {
	return isSameSet(entriesOf(sent), entriesOf(held));
}

function isSameIds(sent: unknown, held: unknown, resolve: ResolveCompany): boolean {
	const lower = (id: unknown) => String(id).toLowerCase();
	return isSameSet(
		entriesOf(sent).map((entry) => lower(sentId(entry, resolve))),
		heldIds(held).map((entry) => lower(idOf(entry))),
	);
}

/** What a list says of a person beside who it is. The name is what Planhat calls the person. */
function saidOf(person: unknown): Array<[string, unknown]> {
	return isObject(person) ? Object.entries(person).filter(([name]) => !['_id', 'id', 'name'].includes(name)) : [];
}

function isSamePeople(sent: unknown, held: unknown, resolve: ResolveCompany): boolean {
	const people = new Map(heldIds(held).map((person) => [String(idOf(person)).toLowerCase(), person]));
	return (
		isSameIds(sent, held, resolve) &&
		entriesOf(sent).every((person) => {
			const before = people.get(String(idOf(person)).toLowerCase());
			return saidOf(person).every(([name, value]) => isObject(before) && isSameValue(value, before[name]));
		})
	);
}

const sames: Readonly<Record<FieldType, IsSame>> = {
	text: isSameText,
	key: isSameText,
	email: isSameEmail,
	id: isSameId,
	user: isSameId,
	number: isSameNumber,
	boolean: (sent, held) => sent === held,
	date: isSameTime,
	day: isSameDay,
	isoDay: isSameTime,
	choice: isSameText,
	texts: isSameList,
	ids: isSameIds,
	records: isSameIds,
	users: isSameIds,
	members: isSamePeople,
	endusers: isSamePeople,
	object: isSameValue,
	objects: isSameValue,
	unknown: isSameValue,
};

function isSame(type: FieldType, sent: unknown, held: unknown, resolve: ResolveCompany): boolean {
	if (sent === held) return true;
	if (isNothing(sent) || isNothing(held)) return isNothing(sent) && isNothing(held);
	return sames[type](sent, held, resolve);
}

/** The fields that a row may send, by their names. */
export interface SentFields {
	own: ReadonlyMap<string, Pick<Field, 'name' | 'type' | 'heldAs' | 'isOrdered'>>;
	custom: ReadonlyMap<string, Pick<Field, 'name' | 'type'>>;
	/** The field that says which company a record belongs to. */
	company?: string;
}

/** Rows may name their company by it in place of the company's ID: no record has to hold it. */
const companyKey = 'companyExternalId';

const ownFields = new WeakMap<Model, SentFields['own']>();

function ownOf(model: Model): SentFields['own'] {
	const own = ownFields.get(model) ?? new Map(model.fields.map((field) => [field.name, field]));
	ownFields.set(model, own);
	return own;
}

/** The fields that the columns of a run are sent as. Columns come as rows bring them: it is asked for each time. */
export function sentFields({ model, byName }: Pick<Columns, 'model' | 'byName'>): SentFields {
	const custom = new Map<string, Field>();
	const columns = [...byName.values()].flatMap((column) =>
		column.to === 'inside' ? [...column.byName.values()] : [column],
	);
	for (const column of columns) if (column.to === 'custom') custom.set(column.field.name, column.field);
	const company = model.fields.find(({ refersTo, type }) => refersTo === 'company' && type === 'id')?.name;
	return { own: ownOf(model), custom, ...(company !== undefined && { company }) };
}

/** Most rows of a sync differ in nothing. */
const none: readonly Difference[] = [];

/**
 * Says in which fields a record would be another after a row was written to it, in the form in which Planhat keeps values:
 * an order of tags, a form of a date or a number in a text make none. What the row does not send, it leaves.
 * @param fields as they are sent
 * @param record as Planhat has it
 */
export function compareRow(
	fields: IDataObject,
	record: IDataObject,
	{ own, custom, company }: SentFields,
	resolve: ResolveCompany = resolvesNothing,
): readonly Difference[] {
	let differences: Difference[] | undefined;
	const compare = (name: string, type: FieldType, sent: unknown, held: unknown) => {
		if (sent === held || isSame(type, sent, held, resolve)) return;
		const open = (type === 'id' ? [sent] : type === 'ids' ? entriesOf(sent) : []).map(idOf).filter(isReference);
		const unresolved = open.find((reference) => resolve(reference) === undefined);
		differences ??= [];
		differences.push({ name, held, sent, ...(unresolved !== undefined && { unresolved }) });
	};
	for (const name in fields) {
		const sent = fields[name];
		if (name === 'custom' || name === '_id' || sent === undefined) continue;
		if (name === companyKey && company !== undefined && !isBlank(sent)) {
			const reference = `extid-${String(sent)}`;
			if (isSameId(reference, record[company], resolve)) continue;
			const unresolved = resolve(reference) === undefined ? reference : undefined;
			if (unresolved === undefined || record[name] !== sent) {
				differences ??= [];
				differences.push({ name, held: record[name], sent, ...(unresolved !== undefined && { unresolved }) });
			}
			continue;
		}
		const { type = 'unknown', heldAs = name, isOrdered } = own.get(name) ?? {};
		compare(name, isOrdered ? 'objects' : type, sent, record[heldAs]);
	}
	if (!isObject(fields.custom)) return differences ?? none;
	const held = isObject(record.custom) ? record.custom : {};
	for (const [name, sent] of Object.entries(fields.custom)) {
		if (sent !== undefined) compare(`${customPrefix}${name}`, custom.get(name)?.type ?? 'unknown', sent, held[name]);
	}
	return differences ?? none;
}
