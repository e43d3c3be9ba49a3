import { isObject } from '../values/checks';
import type { LargeAnswer } from './bodyStream';
import { planhatWords } from './words/errorText';
import type { PlanhatRequest } from './request';
import { kindOfNetworkError, kindOfStatus, type FailureKind } from './retryPolicy';

/** Why a request did not succeed. */
export interface Failure {
	kind: FailureKind;
	/** HTTP status, or the code of the network error. */
	code: string;
	/** Planhat's own words, or those of the network. */
	words: string;
	/** Whether the request may have been applied although nobody said so. */
	mayBeApplied: boolean;
	/** Whether a web page came in place of an answer of Planhat's API. */
	isPage?: boolean;
	/** Whether the request was not sent, since Planhat answers nobody, or since n8n does not allow its address. */
	isNotSent?: boolean;
}

function codeOf(error: object): string | undefined {
	const { code, httpCode } = error as { code?: unknown; httpCode?: unknown };
	return [code, httpCode].find((value): value is string => typeof value === 'string' && value !== '');
}

function isPage(body: unknown): boolean {
	return typeof body === 'string' && /^\s*</.test(body);
}

/** As much of an answer as makes it known again. Characters. */
const longestExcerptCharacters = 200;

/**
 * Reads a failure from an answer. After a fault of Planhat's (500) nobody knows how far it came, whatever the operation.
 * @param status HTTP status, 300 or above
 */
export function failureOfAnswer(status: number, body: unknown): Failure {
	const kind = kindOfStatus(status);
	const mayBeApplied = kind === 'unknown' || kind === 'fault';
	const failure = { kind, code: String(status), words: planhatWords(body), mayBeApplied };
	return isPage(body) ? { ...failure, isPage: true } : failure;
}

/** n8n refuses to send to addresses that its administrator does not allow (its SSRF protection). */
export const blockedCode = 'ERR_BLOCKED';

/** Errors within errors are looked through so deep. */
const mostCauses = 5;

/** n8n's words where it has blocked a request; its error has no code. */
function blockedBy(thrown: unknown): string | undefined {
	let error = thrown;
	for (let depth = 0; depth < mostCauses && error instanceof Error; depth += 1, error = error.cause) {
		if (/^Ssrf.*Error$/.test(error.name) || /^The request was blocked because /.test(error.message))
			return error.message;
	}
	return undefined;
}

/** What codes of the network mean, for those who do not know them. */
const meanings: ReadonlyArray<[codes: RegExp, meaning: string]> = [
	[/^(?:ECONNABORTED|ETIMEDOUT)$/, 'it took too long to answer'],
	[/^(?:ECONNRESET|EPIPE)$/, 'the connection was closed before the answer was complete'],
	[/^ECONNREFUSED$/, 'the connection was refused'],
	[/^ENOTFOUND$/, 'the address does not exist'],
	[/^EAI_AGAIN$/, 'the address could not be looked up'],
	[/^(?:EHOSTUNREACH|ENETUNREACH)$/, 'the network has no way to it'],
	[/^HPE_/, 'the answer is not valid HTTP'],
];

/** Codes of what unpacks an answer that is broken: zlib's, and its names for those of Brotli. */
const unpacking = /^(?:Z_|ERR__ERROR_|ERR_BROTLI)/;

const unreadableCode = 'ERR_UNREADABLE';

/**
 * Reads a failure from what n8n's helper throws when there is no answer, or when it cannot read the answer.
 * @param thrown an error of n8n's, whose cause carries the code of the network error
 * @param hide takes secrets out of its words
 */
export function failureOfNetwork(thrown: unknown, hide: (text: string) => string = (text) => text): Failure {
	const blocked = blockedBy(thrown);
	if (blocked !== undefined)
		return {
			kind: 'refused',
			code: blockedCode,
			words: planhatWords(hide(blocked)),
			mayBeApplied: false,
			isNotSent: true,
		};
	const cause = thrown instanceof Error ? thrown.cause : undefined;
	const codes = [cause, thrown].map((error) => (error instanceof Error || isObject(error) ? codeOf(error) : undefined));
	const known = codes.find((candidate) => candidate !== undefined);
	const code = known ?? 'ERR_NETWORK';
	if (unpacking.test(code))
		return { kind: 'unknown', code: unreadableCode, words: `the answer cannot be read (${code})`, mayBeApplied: true };
	const kind = kindOfNetworkError(code);
	const message = cause instanceof Error ? hide(cause.message).trim() : '';
	const says = message !== '' && (kind === 'refused' || known === undefined);
	const meaning = meanings.find(([codes]) => codes.test(code))?.[1];
	const named = meaning === undefined ? code : `${meaning}, ${code}`;
	return { kind, code, words: planhatWords(says ? `${message} (${code})` : named), mayBeApplied: kind === 'unknown' };
}

/**
 * Reads a failure from an answer that says success and cannot be read: a page of HTML, from a proxy before Planhat for
 * instance, or JSON that breaks off. n8n hands over as text what is no JSON. On the analytics host any success
 * but a page is one (assumption analytics-answer).
 * @returns undefined where the answer is as good as its status
 */
export function failureOfSuccess({ host }: Pick<PlanhatRequest, 'host'>, body: unknown): Failure | undefined {
	if (typeof body !== 'string' || !(host !== undefined ? isPage(body) : /^\s*[<{[]/.test(body))) return undefined;
	const what = isPage(body) ? 'the server returned a web page' : 'the answer cannot be read';
	const words = planhatWords(`${what}: ${body.slice(0, longestExcerptCharacters)}`);
	const failure: Failure = { kind: 'unknown', code: unreadableCode, words, mayBeApplied: true };
	return isPage(body) ? { ...failure, isPage: true } : failure;
}

/** Of an answer that says success and is too large to be read. */
export const largeCode = 'ERR_TOO_LARGE';

/** The failure of a request that was answered with success and more than is read of any answer. */
export function failureOfLargeAnswer({ message }: LargeAnswer): Failure {
	return { kind: 'refused', code: largeCode, words: message, mayBeApplied: true };
}

/**
 * The failure of a request that was not sent, because Planhat asked this token to wait for longer than the request may.
 * @param pause milliseconds that are left of it
 */
export function failureOfPause(pause: number): Failure {
	const words = `too many requests with this API token; Planhat asked to wait ${Math.ceil(pause / 1_000)} more seconds`;
	return { kind: 'throttled', code: '429', words, mayBeApplied: false };
}

/**
 * The failure of a request that was not sent, because its turn did not come.
 * @param waited milliseconds in the queue
 */
export function failureOfQueue(waited: number): Failure {
	const seconds = Math.round(waited / 1_000);
	const words = `the rate limit of this API token is reached, and no request was free within ${seconds} seconds, so this was not sent. Try again in a minute`;
	return { kind: 'throttled', code: 'ERR_QUOTA', words, mayBeApplied: false, isNotSent: true };
}

/** Of a request whose token has expired and could not be renewed for the time being. */
export const renewalCode = 'ERR_RENEWAL';

/** The failure of a request that Planhat has refused for its token, because n8n could not renew that for now. */
export function failureOfRenewal(): Failure {
	const words = 'its access token has expired, and Planhat did not give n8n a new one just now';
	return { kind: 'notDelivered', code: renewalCode, words, mayBeApplied: false };
}

/**
 * The failure of a request that was not sent, because Planhat answers nobody and the run has waited for it long enough.
 * @param outage what came in place of the last answer, and how long there has been none (milliseconds)
 */
export function failureOfOutage({ words: last, downFor }: { words: string; downFor: number }): Failure {
	const time = Math.ceil(downFor / 1_000);
	const words = `${last}. There has been no answer for ${time} seconds, so this was not sent`;
	return { kind: 'notDelivered', code: 'ERR_NOT_SENT', words, mayBeApplied: false, isNotSent: true };
}
