import type { PlanhatRequest } from './request';

/**
 * What came of a request that was not answered with success:
 * - `throttled`: refused by the quota (429), surely not applied
 * - `notDelivered`: it never reached Planhat
 * - `unknown`: it may have been applied, its answer was lost
 * - `fault`: Planhat answered 500
 * - `refused`: any other answer that trying again does not change
 */
export type FailureKind = 'throttled' | 'notDelivered' | 'unknown' | 'fault' | 'refused';

/** What the policy looks at. */
type Repeated = Pick<PlanhatRequest, 'method' | 'idempotent'>;

/** After a POST, or rows without a key, sent a second time, the records would be there twice: Planhat has no idempotency keys. */
export function isIdempotent({ method, idempotent = true }: Repeated): boolean {
	return method !== 'POST' && idempotent;
}

/** A server that answers nothing useful five times running is out of order; waiting for the quota has no such bound. */
const mostTriesWithoutAnswer = 5;

const neverDelivered = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** Certificates, addresses and options that are no good: no request was made, and none would be. */
const notSent =
	/^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL|ERR_INVALID|ERR_BAD_OPTION|ERR_BAD_REQUEST|EPROTO$)/;

/**
 * Sorts an answer by what may be done about it. What is no status of HTTP says nothing.
 * @param status HTTP status, none of a success
 */
export function kindOfStatus(status: number): FailureKind {
	if (status === 429) return 'throttled';
	if (status === 408 || status > 500 || status < 200) return 'unknown';
	return status === 500 ? 'fault' : 'refused';
}

/**
 * Sorts a request without an answer by what may be done about it.
 * @param code of the network error, such as ECONNRESET; of one that is not known nobody can say whether it came too late
 */
export function kindOfNetworkError(code: string): FailureKind {
	if (neverDelivered.has(code)) return 'notDelivered';
	return notSent.test(code) ? 'refused' : 'unknown';
}

/**
 * Of these the host is not to blame: what cannot be read is an answer, as is a token that is not accepted, and an error that
 * is none of the network's says nothing.
 */
const notOfHost = new Set(['408', 'ERR_UNREADABLE', 'ERR_NETWORK', 'ERR_RENEWAL']);

/** Whether the host did not answer, or only a gateway in its place. */
export function isWithoutAnswer({ kind, code }: { kind: FailureKind; code: string }): boolean {
	return (kind === 'notDelivered' || kind === 'unknown') && !notOfHost.has(code);
}

/**
 * Whether to send a request again. Planhat answers 500 to some faulty updates, so that those are not.
 * @param attempt 0 after the first try
 * @param isDown whether the host has answered nobody since the first try: that is no matter of the request
 */
export function mayRepeat(kind: FailureKind, request: Repeated, attempt: number, isDown = false): boolean {
	const isFurtherTry = attempt + 1 < mostTriesWithoutAnswer;
	switch (kind) {
		case 'throttled':
			return true;
		case 'notDelivered':
			return isFurtherTry || isDown;
		case 'unknown':
			return isIdempotent(request) && (isFurtherTry || isDown);
		case 'fault':
			return (request.method === 'GET' || request.method === 'DELETE') && isFurtherTry;
		case 'refused':
			return false;
	}
}
