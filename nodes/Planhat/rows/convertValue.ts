import type { IDataObject } from 'n8n-workflow';

import type { Field, FieldType } from '../resources/types';
import type { Need, Tenant } from '../tenant/tenant';
import type { TenantUser } from '../tenant/users';
import { isEmail, isObject } from '../values/checks';
import { toDay, toIsoDay, toTime } from '../values/dates';
import { parsed } from '../values/json';

type Value = IDataObject[string];

/**
 * What became of a value: the value as it is sent, why its field cannot take it (the rest of a sentence that begins with
 * the field), or what has to be read of the tenant first.
 */
export type Converted = { value: Value } | { problem: string } | { needs: Need };

type Converter = (value: unknown, field: Pick<Field, 'values'>, tenant: Tenant) => Converted;

/** What is not understood goes out as it is: Planhat may know more than its documents tell. */
function asItIs(value: unknown): Converted {
	return { value: value as Value };
}

const dateExample = 'a date such as 2026-03-31 or 2026-03-31T08:00:00Z';

function converterOfDates(convert: (value: unknown) => number | string | undefined): Converter {
	return (value) => {
		const converted = convert(value);
		if (converted !== undefined) return { value: converted };
		const given = typeof value === 'object' ? JSON.stringify(value) : String(value);
		return { problem: `takes ${dateExample}, not '${given}'` };
	};
}

/** A number that came as text, from a spreadsheet for instance. */
function toNumber(value: unknown): Converted {
	if (typeof value !== 'string') return asItIs(value);
	const number = Number(value);
	return Number.isFinite(number) ? { value: number } : { problem: `takes a number, not '${value}'` };
}

const truths = new Map([
	...['true', 'yes', '1'].map((word) => [word, true] as const),
	...['false', 'no', '0'].map((word) => [word, false] as const),
]);

function toBoolean(value: unknown): Converted {
	if (typeof value !== 'string' && typeof value !== 'number') return asItIs(value);
	const truth = truths.get(String(value).trim().toLowerCase());
	return truth === undefined ? { problem: `takes true or false, not '${value}'` } : { value: truth };
}

/** An object that came as its JSON text. */
function toObject(value: unknown): Converted {
	const object = typeof value === 'string' ? parsed(value) : undefined;
	return asItIs(isObject(object) ? object : value);
}

/** A list that came as its JSON text. */
function toObjects(value: unknown): Converted {
	const list = typeof value === 'string' ? parsed(value) : undefined;
	return asItIs(Array.isArray(list) ? list : value);
}

/**
 * A list that came as text: as JSON, or with a comma, a semicolon (as CRM systems export it) or a line break between the
 * entries. What is one of the field's own values is one entry, whatever is in it.
 */
function entriesOf(text: string, values: readonly string[] = []): unknown[] {
	const whole = text.trim();
	if (values.includes(whole)) return [whole];
	const list = whole.startsWith('[') ? parsed(whole) : undefined;
	if (Array.isArray(list)) return list as unknown[];
	return whole
		.split(/[,;\n]/)
		.map((entry) => entry.trim())
		.filter((entry) => entry !== '');
}

function toTexts(value: unknown, { values }: Pick<Field, 'values'>): Converted {
	return asItIs(typeof value === 'string' ? entriesOf(value, values) : value);
}

function userBy(email: string, tenant: Tenant): { user: TenantUser } | { problem: string } | { needs: Need } {
	const users = tenant.usersBy(email);
	if (typeof users === 'string') return { needs: users };
	if ('reason' in users)
		return { problem: `takes the ID of a user, since the users cannot be looked up: ${users.reason}` };
	const [user] = users;
	if (user !== undefined && users.length === 1) return { user };
	const owner = user === undefined ? 'no user' : `${users.length} users`;
	return { problem: `holds '${email.trim()}', which is the email of ${owner} in Planhat` };
}

function toUser(value: unknown, _field: unknown, tenant: Tenant): Converted {
	if (!isEmail(value)) return asItIs(typeof value === 'string' ? value.trim() : value);
	const found = userBy(value, tenant);
	return 'user' in found ? { value: found.user._id } : found;
}

/** Converts each entry of a list; the first that cannot be converted decides. */
function toEach(value: unknown, convert: (entry: unknown) => Converted): Converted {
	const entries = typeof value === 'string' ? entriesOf(value) : value;
	if (!Array.isArray(entries)) return asItIs(value);
	const list: Value[] = [];
	for (const entry of entries as unknown[]) {
		const converted = convert(entry);
		if (!('value' in converted)) return converted;
		list.push(converted.value);
	}
	return { value: list as Value };
}

/** A user as lists of people want it; the name is what Planhat calls the user. */
function toMember(entry: unknown, tenant: Tenant): Converted {
	const given = isObject(entry) ? entry : { id: entry };
	const found = isEmail(given.id) ? userBy(given.id, tenant) : undefined;
	if (found === undefined) return asItIs(typeof entry === 'string' ? { id: entry.trim() } : entry);
	if (!('user' in found)) return found;
	const { _id, name } = found.user;
	return { value: { ...(name !== undefined && { name }), ...given, id: _id } };
}

const converters: Partial<Record<FieldType, Converter>> = {
	date: converterOfDates(toTime),
	day: converterOfDates(toDay),
	isoDay: converterOfDates(toIsoDay),
	number: toNumber,
	boolean: toBoolean,
	object: toObject,
	objects: toObjects,
	texts: toTexts,
	ids: toTexts,
	user: toUser,
	users: (value, field, tenant) => toEach(value, (entry) => toUser(entry, field, tenant)),
	members: (value, _field, tenant) => toEach(value, (entry) => toMember(entry, tenant)),
};

/**
 * Looks up what makes the values of a field fit for Planhat.
 * @param type of the field
 * @returns undefined where values go out as they are
 */
export function converterOf(type: FieldType): Converter | undefined {
	return converters[type];
}
