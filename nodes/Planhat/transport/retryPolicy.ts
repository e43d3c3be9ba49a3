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

/**
 * What happens when a request is sent a second time:
 * - `always`: the same as after the first (GET, DELETE, PUT by id)
 * - `keyed`: the same, since every row of a bulk PUT is matched by a key
 * - `never`: the rows would be there twice (POST, rows without a key; Planhat has no idempotency keys)
 */
export type Repeatability = 'always' | 'keyed' | 'never';

/**
 * What a request does when it is sent a second time.
 * @param request with `keyed` for bulk PUTs
 */
export function repeatabilityOf({ method, keyed }: Pick<PlanhatRequest, 'method' | 'keyed'>): Repeatability {
	if (method === 'POST') return 'never';
	return keyed === undefined ? 'always' : keyed ? 'keyed' : 'never';
}

/** A server that answers nothing useful five times running is out of order; waiting for the quota has no such bound. */
const mostTriesWithoutAnswer = 5;

const neverDelivered = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** Certificates, addresses and options that are no good: no request was made, and none would be. */
const notSent =
	/^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL|ERR_INVALID|ERR_BAD_OPTION|ERR_BAD_REQUEST|EPROTO$)/;

/**
 * Sorts an answer by what may be done about it.
 * @param status HTTP status, 300 or above
 */
export function kindOfStatus(status: number): FailureKind {
	if (status === 429) return 'throttled';
	if (status === 408 || (status > 500 && status < 600)) return 'unknown';
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
 * Whether to send a request again.
 * @param kind what came of it
 * @param repeatability what a second time would do
 * @param method HTTP method; Planhat answers 500 to some faulty updates, so that those are not sent again
 * @param attempt 0 after the first try
 */
export function mayRepeat(kind: FailureKind, repeatability: Repeatability, method: string, attempt: number): boolean {
	const isFurtherTry = attempt + 1 < mostTriesWithoutAnswer;
	switch (kind) {
		case 'throttled':
			return true;
		case 'notDelivered':
			return isFurtherTry;
		case 'unknown':
			return repeatability !== 'never' && isFurtherTry;
		case 'fault':
			return (method === 'GET' || method === 'DELETE') && isFurtherTry;
		case 'refused':
			return false;
	}
}
