import type { Field } from '../resources/types';
import type { Referenced, ReferenceWay } from '../tenant/references';
import { isObject, trimmed } from '../values/checks';
import { isEmail, keyIn } from '../values/keys';
import { isPlanhatId } from '../values/planhatId';
import type { Place, Reading } from './reading';
import type { CompanyBy } from './referenceRules';

/** What people call what they name a company by. */
const companyWords: Readonly<Record<Exclude<CompanyBy, 'id'>, string>> = {
	externalId: 'external ID',
	sourceId: 'source ID',
	domain: 'domain',
	endUserEmail: 'email of an end user',
	name: 'name',
};

const companyWays: Readonly<Record<Exclude<CompanyBy, 'id'>, ReferenceWay>> = {
	externalId: 'companyExternalId',
	sourceId: 'companySourceId',
	domain: 'companyDomain',
	endUserEmail: 'enduserEmail',
	name: 'companyName',
};

/** The form that a field takes where companies are named otherwise than by ID. */
export function wantedCompany({ by: { companyBy } }: Place, resource: string | undefined): string | undefined {
	if (resource !== 'company' || companyBy === 'id') return undefined;
	return `the ${companyWords[companyBy]} of a company`;
}

/** Of an object that names somebody, what names them. */
function nameIn(value: unknown): string | undefined {
	const named = isObject(value) ? (value._id ?? value.id ?? value.email) : value;
	const key = keyIn(named);
	return 'key' in key ? String(key.key) : undefined;
}

/** A reference that Planhat does not have is refused, or left out. */
function unknownRecord(text: string, refused: string, { by }: Place): Reading {
	return by.unknown === 'leaveOut' ? { value: undefined, note: { kind: 'leftOut', given: text } } : { refused };
}

function oneOf(ids: readonly string[], text: string, what: string, models: [string, string], place: Place): Reading {
	const [only, ...others] = new Set(ids);
	if (only !== undefined && others.length === 0) return { value: only };
	if (only === undefined) return unknownRecord(text, `'${text}' is the ${what} of no ${models[0]} in Planhat`, place);
	return { refused: `'${text}' is the ${what} of ${others.length + 1} ${models[1]} in Planhat` };
}

function unread(plural: string, reason: string): Reading {
	return { refused: `Only IDs can be given, since the ${plural} cannot be looked up: ${reason}` };
}

/** Planhat itself takes the prefix in `companyId`, so that nothing has to be looked up. */
function prefixed(by: CompanyBy, text: string, { field }: Place): Reading | undefined {
	const isTaken = field.name === 'companyId' && field.type === 'id' && (by === 'externalId' || by === 'sourceId');
	return isTaken ? { value: `${by === 'externalId' ? 'extid-' : 'srcid-'}${text}` } : undefined;
}

function lookUpCompany(value: unknown, place: Place): Reading | undefined {
	const { companyBy } = place.by;
	const text = nameIn(value);
	if (companyBy === 'id' || text === undefined || /^(ext|src)id-/.test(text)) return undefined;
	const isOwnKey = companyBy === 'externalId' || companyBy === 'sourceId';
	if (isObject(value) || (!isOwnKey && isPlanhatId(text))) return undefined;
	const given = prefixed(companyBy, text, place);
	if (given !== undefined) return given;
	const found = place.find(companyWays[companyBy], text);
	if ('reason' in found) return unread('companies', found.reason);
	const ids =
		companyBy === 'endUserEmail' ? found.flatMap(({ companyId = [] }) => companyId) : found.map(({ _id }) => _id);
	return oneOf(ids, text, companyWords[companyBy], ['company', 'companies'], place);
}

/** People with one email in several companies: the one of the row's company, or the one that Planhat prefers. */
function narrowed(found: readonly Referenced[], { company, find }: Place): readonly Referenced[] {
	if (found.length < 2) return found;
	const ids = new Set<string>();
	if (company?.form === '_id') ids.add(company.value);
	else if (company !== undefined) {
		const known = find(company.form === 'srcid' ? 'companySourceId' : 'companyExternalId', company.value);
		if (!('reason' in known)) for (const { _id } of known) ids.add(_id);
	}
	const there = found.filter(({ companyId = '' }) => ids.has(companyId));
	const primary = found.filter(({ isPrimary }) => isPrimary);
	return there.length > 0 ? there : primary.length === 1 ? primary : found;
}

function lookUpEnduser(value: unknown, place: Place): Reading | undefined {
	const text = nameIn(value);
	if (text === undefined || /^(ext|src)id-/.test(text)) return undefined;
	const isOwn = place.by.endUsersBy === 'externalId' && !isObject(value);
	if (!isOwn && !isEmail(text)) return undefined;
	const found = place.find(isOwn && !isEmail(text) ? 'enduserExternalId' : 'enduserEmail', trimmed(text));
	if ('reason' in found) return unread('end users', found.reason);
	if (found.length === 0 && isPlanhatId(text)) return undefined;
	const ids = narrowed(found, place).map(({ _id }) => _id);
	return oneOf(ids, text, isEmail(text) ? 'email' : 'external ID', ['end user', 'end users'], place);
}

/** Whether the values of a field name end users, but not the record itself. */
export function namesPeople({ name, refersTo, type }: Field): boolean {
	return name !== '_id' && (refersTo === 'enduser' || type === 'endusers');
}

/** Whether values of a field may name companies or end users otherwise than by Planhat's ID. */
export function mayBeLookedUp({ field, by }: Pick<Place, 'field' | 'by'>): boolean {
	return namesPeople(field) || (field.name !== '_id' && field.refersTo === 'company' && by.companyBy !== 'id');
}

/**
 * Finds the record that a value names otherwise than by Planhat's ID.
 * @returns undefined where the value is to be read as an ID, a link or a key with a prefix
 */
export function lookUpReference(value: unknown, place: Place, resource: string | undefined): Reading | undefined {
	if (!mayBeLookedUp(place)) return undefined;
	if (resource === 'company') return lookUpCompany(value, place);
	return resource === 'enduser' ? lookUpEnduser(value, place) : undefined;
}
