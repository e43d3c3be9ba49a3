import type { CredentialType } from '../credential/authentication';
import { blockedCode, largeCode, renewalCode, type Failure } from './failure';
import type { PlanhatRequest } from './request';
import type { FailureKind } from './retryPolicy';

/** A failure in words for the person who built the workflow. */
export interface Explanation {
	message: string;
	description: string;
}

/** Whether a request is about one record, and not about a list, or many rows. */
function namesRecord({ url, host }: PlanhatRequest): boolean {
	return host === undefined && /^\/[^/]+\/./.test(url);
}

/** The field of the credential that a request got its address from. */
function addressField({ host }: PlanhatRequest): string {
	if (host === 'automation') return "'Webhook URL'";
	return `${host === 'analytics' ? "'Analytics URL'" : "'Region' or 'Base URL'"} in the Planhat credential`;
}

/**
 * Whether a web page came where Planhat's API would have spoken: beside a success, or a status that says nothing of a
 * record. (Beside others, Planhat's own proxies send pages too.)
 */
export function isPageOfOthers({ code, isPage }: Failure, request: PlanhatRequest): boolean {
	if (isPage !== true) return false;
	return ['ERR_UNREADABLE', '403', '405'].includes(code) || (code === '404' && !namesRecord(request));
}

/** Whether Planhat has no such record, and nothing else stands in the way. */
export function isAbsent(failure: Failure, request: PlanhatRequest): boolean {
	return failure.code === '404' && namesRecord(request) && !isPageOfOthers(failure, request);
}

/** Whether a request failed for the certificate, the encryption or the form of its address. */
export function isUnsafe({ kind, code }: Failure): boolean {
	return kind === 'refused' && /\D/.test(code) && code !== largeCode;
}

const advice: Record<string, (request: PlanhatRequest, host: string) => string> = {
	'400': () => "Check the fields that Planhat's message is about.",
	'401': (request, host) =>
		request.host === 'analytics'
			? 'Check the tenant token in the Planhat credential.'
			: `Check the API token in the Planhat credential: it may have expired or been removed, or belong to another region than ${host}.`,
	'403': (request) =>
		`The API token works, but has no permission for this. In Planhat, open Settings > App Center, select the Private App and add the permission for ${request.target.permission}.`,
	'404': (request) =>
		namesRecord(request)
			? 'Check the ID. The record may have been deleted, or belong to another tenant.'
			: `Check ${addressField(request)}: it may not lead to Planhat's API.`,
	'413': () => 'Send fewer rows or shorter texts at a time.',
	[largeCode]: (request) =>
		request.method === 'GET'
			? `Return fewer records or fields at a time. If these are few already, check ${addressField(request)}: it may not lead to Planhat's API.`
			: `Check ${addressField(request)}: Planhat's answers are far smaller.`,
	ERR_QUOTA: () => "Workflows with the same token use all that 'Calls per Minute' in the credential allows.",
	'429': () =>
		"Other programs use up the rate limit of this token. Lower 'Calls per Minute' in the credential or run the workflow at another time.",
};

/** What else helps where n8n holds a connection in place of a token. */
const adviceForOAuth2: typeof advice = {
	'401': (_request, host) =>
		`Open the Planhat OAuth2 credential in n8n and reconnect it: its access may have expired or been revoked, or belong to another region than ${host}.`,
	'403': ({ target }) =>
		`The connection works, but has no permission for this. In Planhat, check that the OAuth Client has the permission for ${target.permission}, and the role of the user who connected it too.`,
	[renewalCode]: () => 'Run the workflow again later. If it goes on, reconnect the credential in n8n.',
};

const adviceByKind: Record<FailureKind, (field: string) => string> = {
	throttled: () => '',
	notDelivered: (field) => `Check ${field} and the network between n8n and Planhat.`,
	unknown: () => 'Planhat or the network is not available. Run the workflow again later.',
	fault: () =>
		'Planhat had an internal error, or does not accept one of the values. Check the fields, then run the workflow again.',
	refused: () => '',
};

function saidOnPage({ words }: Failure): string {
	const text = words.replace(/^the server returned a web page:?\s*/, '');
	return text === '' ? '' : `The page says: ${text}`;
}

/** What to check where a web page came in place of an answer of Planhat's API. */
function adviceOnPage(request: PlanhatRequest): string {
	return `Check ${addressField(request)}. If it is correct, something between n8n and Planhat, such as a proxy, answered instead.`;
}

/** What stands behind the reason of each row that is refused for what does not lie in the row. */
export function adviceOnRow(failure: Failure, request: PlanhatRequest, type: CredentialType): { advice?: string } {
	if (isPageOfOthers(failure, request)) return { advice: adviceOnPage(request) };
	const isUnconnected = type === 'planhatOAuth2Api' && failure.code === '401' && request.host !== 'analytics';
	return isUnconnected ? { advice: 'Reconnect the Planhat OAuth2 credential in n8n' } : {};
}

function adviceAfter(failure: Failure, request: PlanhatRequest, host: string, type: CredentialType): string {
	const field = addressField(request);
	if (request.host === 'automation' && /^4/.test(failure.code) && failure.kind === 'refused')
		return `Check ${field} and the body, and that the automation is turned on in Planhat.`;
	if (failure.code === blockedCode)
		return `Check ${field}. If it is correct, ask the administrator of your n8n to allow the address.`;
	if (isPageOfOthers(failure, request)) return adviceOnPage(request);
	if (/^3\d\d$/.test(failure.code)) return `Check ${field}: the address leads elsewhere.`;
	if (isUnsafe(failure)) return `Check ${field}, and the certificate of that server.`;
	const isOAuth2 = type === 'planhatOAuth2Api' && request.host !== 'analytics';
	const known = (isOAuth2 ? adviceForOAuth2[failure.code] : undefined) ?? advice[failure.code];
	return known?.(request, host) ?? adviceByKind[failure.kind](field);
}

function subjectOf({ kind, code }: Failure, host: string): string {
	if (code === blockedCode) return `n8n did not connect to ${host} to`;
	return kind === 'notDelivered' && code !== renewalCode
		? `Planhat could not be reached at ${host} to`
		: 'Planhat did not';
}

function saying(failure: Failure, request: PlanhatRequest): string {
	const { code, words } = failure;
	if (words !== '') return words;
	if (code === '404' && namesRecord(request)) return 'record not found';
	if (code === '429') return 'too many requests with this API token';
	return /^\d+$/.test(code) ? `Planhat answered ${code} with no message` : code;
}

function doubtOf({ host }: PlanhatRequest): string {
	return host === 'automation'
		? 'The automation may have started. Look at its log in Planhat before you send it again.'
		: 'The change may have been applied. Look up the record in Planhat before you send it again.';
}

/**
 * Says what happened, to which resource and id, in Planhat's own words, and what to do next.
 * @param after stands behind the words
 */
export function explain(
	failure: Failure,
	request: PlanhatRequest,
	host: string,
	after = '',
	type: CredentialType = 'planhatApi',
): Explanation {
	const { verb, record } = request.target;
	const maybe = failure.mayBeApplied && request.method !== 'GET';
	const isOfOthers = isPageOfOthers(failure, request);
	const description = [
		maybe ? doubtOf(request) : '',
		adviceAfter(failure, request, host, type),
		isOfOthers ? saidOnPage(failure) : '',
	];
	return {
		message: isOfOthers
			? `Planhat's API did not answer at ${host}: it returned a web page${after}`
			: `${subjectOf(failure, host)} ${verb} the ${record}: ${saying(failure, request)}${after}`,
		description: description.filter(Boolean).join(' '),
	};
}
