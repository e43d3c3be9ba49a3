import type { IDataObject } from 'n8n-workflow';

import type { TenantUser } from '../tenant/users';
import { isObject, trimmed } from '../values/checks';
import { lostInJson } from '../values/json';
import { emailAdvice, isEmail } from '../values/keys';
import { refusal, type Note, type Place, type Reading } from './reading';
import { readReference } from './readReferences';

/** What became of the naming of a user. */
type FoundUser = { user: TenantUser; note?: Note } | { leftOut: Note } | { refused: string };

function oneUser(naming: string, place: Place): TenantUser | { refused: string; isUnknown?: true } {
	const users = place.usersBy(trimmed(naming));
	if ('reason' in users)
		return { refused: `Only IDs can be given, since the users cannot be looked up: ${users.reason}` };
	const [user] = users;
	if (user !== undefined && users.length === 1) return user;
	const owner = user === undefined ? 'no user' : `${users.length} users`;
	const what = isEmail(naming) ? 'email' : 'ID';
	const refused = `'${trimmed(naming)}' is the ${what} of ${owner} in Planhat`;
	return user === undefined ? { refused, isUnknown: true } : { refused };
}

function fallback(given: string, place: Place): FoundUser {
	const { fallbackUser = '' } = place.by;
	const user = oneUser(fallbackUser, place);
	if ('_id' in user) return { user, note: { kind: 'fallback', given, taken: fallbackUser } };
	return { refused: `The Fallback User cannot be used: ${user.refused}` };
}

/** A user who is unknown or deactivated is told, or gives way, as the user of the node decides. */
function userBy(naming: string, place: Place): FoundUser {
	const user = oneUser(naming, place);
	const given = trimmed(naming);
	if ('refused' in user && (user.isUnknown === undefined || place.by.unknown === 'fail'))
		return { refused: user.refused };
	if ('_id' in user && user.isInactive === undefined) return { user };
	if (place.by.unknown === 'useFallback') return fallback(given, place);
	if (place.by.unknown === 'leaveOut') return { leftOut: { kind: 'leftOut', given } };
	return 'refused' in user ? { refused: user.refused } : { user, note: { kind: 'inactive', given } };
}

/** The 24-hex ID of a user: Planhat documents no other reference to one. */
function readUserId(value: unknown, place: Place): Reading {
	const reading = readReference(value, place, 'user');
	return 'value' in reading && String(reading.value).includes('-') ? refusal : reading;
}

/** Mail programs and forms write more than the address. */
function refusedEmail(value: unknown, { source }: Place): Reading {
	return { refused: emailAdvice(value, source) };
}

/** IDs need no look-up, unless something else is to be done with those that no user has. */
function namingIn(value: unknown, place: Place): string | Reading {
	if (isEmail(value)) return value;
	const reading = readUserId(value, place);
	if (!('value' in reading)) return reading.refused === undefined ? refusedEmail(value, place) : reading;
	return place.by.unknown === 'fail' ? reading : String(reading.value);
}

/** A user, by ID or by email. */
export function readUser(value: unknown, place: Place): Reading {
	const naming = namingIn(value, place);
	if (typeof naming !== 'string') return naming;
	const found = userBy(naming, place);
	if ('refused' in found) return found;
	if ('leftOut' in found) return { value: undefined, note: found.leftOut };
	const { user, note } = found;
	return { value: user._id, ...(note && { note }) };
}

/** What a list of people holds of one: `{ id, name, … }` as Planhat writes them, or the ID alone. */
function personIn(value: unknown): { id: unknown; rest: IDataObject } {
	if (!isObject(value)) return { id: value, rest: {} };
	const { id, _id, ...rest } = value;
	return { id: id ?? _id, rest };
}

/** A user as lists of people want it; the name is what Planhat calls the user. */
export function readMember(value: unknown, place: Place): Reading {
	const { id, rest } = personIn(value);
	if (lostInJson(rest) !== undefined) return refusal;
	const naming = namingIn(id, place);
	if (typeof naming !== 'string') return asPerson(naming, rest);
	const found = userBy(naming, place);
	if ('refused' in found) return found;
	if ('leftOut' in found) return { value: undefined, note: found.leftOut };
	const { user, note } = found;
	return asPerson(
		{ value: user._id, ...(note && { note }) },
		user.name === undefined ? rest : { name: user.name, ...rest },
	);
}

function asPerson(reading: Reading, rest: IDataObject): Reading {
	return 'value' in reading && reading.value !== undefined
		? { ...reading, value: { ...rest, id: reading.value } }
		: reading;
}

/** An end user as lists of people want it; calendars and calls name people by an object with their email. */
export function readEnduser(value: unknown, place: Place): Reading {
	const { id, rest } = personIn(value);
	if (lostInJson(rest) !== undefined) return refusal;
	const { email, ...others } = rest;
	return id === undefined && isEmail(email)
		? asPerson(readReference(email, place, 'enduser'), others)
		: asPerson(readReference(id, place, 'enduser'), rest);
}
