import { isRecord, planhatWords } from './answers';
import { kindOfNetworkError, kindOfStatus, type FailureKind } from './retryPolicy';
import type { PlanhatRequest } from './request';

/** Why a request did not succeed. */
export interface Failure {
	kind: FailureKind;
	/** HTTP status, or the code of the network error. */
	code: string;
	/** Planhat's own words, or those of the network. */
	words: string;
	/** Whether the request may have been applied although nobody said so. */
	mayBeApplied: boolean;
}

/** A failure in words for the person who built the workflow. */
export interface Explanation {
	message: string;
	description: string;
}

function codeOf(error: object): string | undefined {
	const { code, httpCode } = error as { code?: unknown; httpCode?: unknown };
	return [code, httpCode].find((value): value is string => typeof value === 'string' && value !== '');
}

/** As much of an answer as makes it known again. Characters. */
const longestExcerpt = 200;

/**
 * Reads a failure from an answer. After a fault of Planhat's (500) nobody knows how far it came, whatever the operation.
 * @param status HTTP status, 300 or above
 * @param body of the answer
 */
export function failureOfAnswer(status: number, body: unknown): Failure {
	const kind = kindOfStatus(status);
	return {
		kind,
		code: String(status),
		words: planhatWords(body),
		mayBeApplied: kind === 'unknown' || kind === 'fault',
	};
}

/**
 * Reads a failure from what n8n's helper throws when there is no answer.
 * @param thrown an error of n8n's, whose cause carries the code of the network error
 */
export function failureOfNetwork(thrown: unknown): Failure {
	const cause = thrown instanceof Error ? thrown.cause : undefined;
	const codes = [cause, thrown].map((error) => (error instanceof Error || isRecord(error) ? codeOf(error) : undefined));
	const code = codes.find((candidate) => candidate !== undefined) ?? 'ERR_NETWORK';
	const kind = kindOfNetworkError(code);
	const words = kind === 'refused' && cause instanceof Error ? `${cause.message} (${code})` : code;
	return { kind, code, words: planhatWords(words), mayBeApplied: kind === 'unknown' };
}

/**
 * Reads a failure from an answer that says success and cannot be read: a page of HTML, from a proxy before Planhat for
 * instance, or JSON that breaks off. n8n hands over as text what is no JSON. On the analytics host any success is one:
 * what it answers is not documented.
 * @param request that was answered
 * @param body of the answer
 * @returns undefined where the answer is as good as its status
 */
export function failureOfSuccess({ host }: Pick<PlanhatRequest, 'host'>, body: unknown): Failure | undefined {
	if (host === 'analytics' || typeof body !== 'string' || !/^\s*[<{[]/.test(body)) return undefined;
	const words = planhatWords(`the answer cannot be read: ${body.slice(0, longestExcerpt)}`);
	return { kind: 'unknown', code: 'ERR_UNREADABLE', words, mayBeApplied: true };
}

/**
 * The failure of a request that was not sent, because Planhat asked this token to wait for longer than the request may.
 * @param pause milliseconds that are left of it
 */
export function failureOfPause(pause: number): Failure {
	const words = `too many calls with this API token, and Planhat asked to wait for ${Math.ceil(pause / 1_000)} more seconds`;
	return { kind: 'throttled', code: '429', words, mayBeApplied: false };
}

const advice: Record<string, (request: PlanhatRequest, host: string) => string> = {
	'400': () => 'Check the fields against what Planhat said.',
	'401': (_request, host) =>
		`Check the API token in the Planhat credential: it may have expired or been removed, or belong to another region than ${host}.`,
	'403': (request) =>
		`The API token itself works. In Planhat, open Settings > App Center, choose the Private App and allow it what it needs for ${request.target.permission}.`,
	'404': () => 'Check the ID. The record may have been deleted, or belong to another tenant.',
	'413': () => 'Send less at a time.',
	'429': () =>
		"Other programs use up the quota of this token. Lower 'Calls per Minute' in the credential or run the workflow at another time.",
};

const adviceByKind: Record<FailureKind, string> = {
	throttled: '',
	notDelivered: "Check 'Base URL' in the Planhat credential and the network between n8n and Planhat.",
	unknown: 'Planhat or the network is out of order at the moment. Run the workflow again later.',
	fault:
		'Planhat has trouble on its side, or does not accept one of the values. Check the fields, then run the workflow again.',
	refused: '',
};

function saying(failure: Failure): string {
	if (failure.words !== '') return failure.words;
	if (failure.code === '404') return 'there is no such record';
	return /^\d+$/.test(failure.code) ? `Planhat answered ${failure.code} without a word` : failure.code;
}

/**
 * Says what happened, to which resource and id, in Planhat's own words, and what to do next.
 * @param failure what came of the request
 * @param request the request
 * @param host that the request went to
 */
export function explain(failure: Failure, request: PlanhatRequest, host: string): Explanation {
	const { verb, record } = request.target;
	const subject = failure.kind === 'notDelivered' ? `Planhat could not be reached at ${host} to` : 'Planhat did not';
	const maybe = failure.mayBeApplied && request.method !== 'GET';
	const description = [
		maybe ? 'The change may have been applied: look the record up in Planhat before you send it again.' : '',
		(advice[failure.code] ?? (() => adviceByKind[failure.kind]))(request, host),
		/^3\d\d$/.test(failure.code) ? "Check 'Base URL' in the Planhat credential: the address leads elsewhere." : '',
	];
	return {
		message: `${subject} ${verb} the ${record}: ${saying(failure)}`,
		description: description.filter(Boolean).join(' '),
	};
}
