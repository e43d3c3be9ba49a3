import type { IDataObject } from 'n8n-workflow';

import { nameOfUser } from '../resources/plainNames';
import { user as userModel } from '../resources/user';
import { fetchPages } from '../transport/paging';
import type { Transport } from '../transport/transport';
import { emailIdentity } from '../values/keys';

/** A user as the node needs it. */
export interface TenantUser {
	_id: string;
	email?: string;
	/** What Planhat shows. */
	name?: string;
	/** Whether the user was removed, or can no longer log in. */
	isInactive?: true;
}

/** The users of a tenant by their email, in small letters. An address may belong to several. */
export type UsersByEmail = ReadonlyMap<string, readonly TenantUser[]>;

/** A user who was removed may have left the address to another one. */
function present(users: IDataObject[]): IDataObject[] {
	const there = users.filter(({ removed }) => removed !== true);
	return there.length > 0 ? there : users;
}

function asUser(user: IDataObject): TenantUser {
	const { _id, email, inactive, removed } = user;
	const name = nameOfUser(user);
	const isInactive = inactive === true || removed === true;
	return {
		...{ _id: String(_id), email: String(email) },
		...(name !== undefined && { name }),
		...(isInactive && { isInactive }),
	};
}

/**
 * Reads all users.
 * @throws NodeApiError when Planhat or the network refuses, UnreadableList when the answer is no list
 */
export async function fetchUsers(transport: Transport): Promise<UsersByEmail> {
	const { path, page, plural, name } = userModel;
	const target = { verb: 'list', record: plural, permission: name };
	const records = await fetchPages({
		plural,
		pageMaximum: page.maximum,
		limit: Infinity,
		filtered: false,
		keep: ({ _id, email }) => typeof _id === 'string' && typeof email === 'string',
		page: async (offset, limit) => {
			const qs = { sort: '_id', limit, offset };
			return (await transport.send({ method: 'GET', url: path, qs, target })).body;
		},
	});
	const byEmail = new Map<string, IDataObject[]>();
	for (const record of records) {
		const key = emailIdentity(String(record.email));
		byEmail.set(key, [...(byEmail.get(key) ?? []), record]);
	}
	return new Map([...byEmail].map(([email, users]) => [email, present(users).map(asUser)]));
}
