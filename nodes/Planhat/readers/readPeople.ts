import type { IDataObject } from 'n8n-workflow';

import type { TenantUser } from '../tenant/users';
import { isObject, trimmed } from '../values/checks';
import { lostInJson } from '../values/json';
import { isEmail } from '../values/keys';
import { refusal, type Place, type Reading } from './reading';
import { readReference } from './readReferences';

function userBy(email: string, place: Place): TenantUser | { refused: string } {
	const users = place.usersBy(trimmed(email));
	if ('reason' in users)
		return { refused: `Only IDs can be given, since the users cannot be looked up: ${users.reason}` };
	const [user] = users;
	if (user !== undefined && users.length === 1) return user;
	const owner = user === undefined ? 'no user' : `${users.length} users`;
	return { refused: `'${trimmed(email)}' is the email of ${owner} in Planhat` };
}

/** The 24-hex ID of a user: Planhat documents no other reference to one. */
function readUserId(value: unknown, place: Place): Reading {
	const reading = readReference(value, place, 'user');
	return 'value' in reading && String(reading.value).includes('-') ? refusal : reading;
}

/** A user, by ID or by email. */
export function readUser(value: unknown, place: Place): Reading {
	if (!isEmail(value)) return readUserId(value, place);
	const user = userBy(value, place);
	return 'refused' in user ? user : { value: user._id };
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
	if (!isEmail(id)) return asPerson(readUserId(id, place), rest);
	const user = userBy(id, place);
	if ('refused' in user) return user;
	return asPerson({ value: user._id }, user.name === undefined ? rest : { name: user.name, ...rest });
}

function asPerson(reading: Reading, rest: IDataObject): Reading {
	return 'value' in reading ? { value: { ...rest, id: reading.value } } : reading;
}

/** An end user as lists of people want it. Emails are not looked up. */
export function readEnduser(value: unknown, place: Place): Reading {
	const { id, rest } = personIn(value);
	return lostInJson(rest) === undefined ? asPerson(readReference(id, place, 'enduser'), rest) : refusal;
}
