import type { RecordedRequest } from './recording.mts';
import type { State } from './state.mts';
import { Refusal, type Deed } from './types.mts';

/** Operations that were taken away (`false`), by path; what is not named is allowed. */
export type Rights = Record<string, Partial<Record<Deed, boolean>>>;

/** Whether the token may do this to the model. */
export function mayDo(rights: Rights, path: string, operation: Deed): boolean {
	return rights[path]?.[operation] !== false;
}

/** Refuses with 403 what the token may not do. */
export function requireRight(rights: Rights, path: string, operation: Deed): void {
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

/** The state as the tenant of a request sees it; that of the server's own tenant where the request has no other's token. */
export function stateFor(state: State, request: RecordedRequest, segments: readonly string[]): State {
	const { authorization } = request.headers;
	const tenant = state.tenants.find(
		({ apiToken, tenantToken }) =>
			isAuthorized(authorization, apiToken) || isBasic(authorization, tenantToken) || segments.includes(tenantToken),
	);
	if (tenant !== undefined) return { ...state, ...tenant };
	const [apiToken, rights] = [...state.limited].find(([token]) => isAuthorized(authorization, token)) ?? [];
	return apiToken === undefined || rights === undefined ? state : { ...state, apiToken, rights };
}
