import { Refusal, type Operation } from './types.mts';

/** Operations that were taken away (`false`), by path; what is not named is allowed. */
export type Rights = Record<string, Partial<Record<Operation, boolean>>>;

/** Whether the token may do this to the model. */
export function mayDo(rights: Rights, path: string, operation: Operation): boolean {
	return rights[path]?.[operation] !== false;
}

/** Refuses with 403 what the token may not do. */
export function requireRight(rights: Rights, path: string, operation: Operation): void {
	if (mayDo(rights, path, operation)) return;
	throw new Refusal(403, "You don't have permission to perform this action");
}

/** Whether the header is `Bearer <token>` or `Basic <token>:` in base 64 (reference.md, 2). */
export function isAuthorized(header: string | undefined, token: string): boolean {
	return header === `Bearer ${token}` || isBasic(header, token);
}

/** Whether the header is Basic with this user name and an empty password; the colon is needed. */
export function isBasic(header: string | undefined, userName: string): boolean {
	return header === `Basic ${Buffer.from(`${userName}:`).toString('base64')}`;
}
