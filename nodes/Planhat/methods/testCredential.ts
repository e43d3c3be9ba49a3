import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { authenticatePlanhat } from '../credential/authenticate';
import { CredentialError, type CredentialProblem } from '../credential/credentialError';
import { hiddenIn, secretHider } from '../credential/secrets';
import { readSettings } from '../credential/settings';
import { isTenantToken, parseToken, tokenProblem } from '../credential/tokens';
import { planhatWords } from '../transport/words/errorText';
import { LargeAnswer } from '../transport/bodyStream';
import type { FullResponse } from '../transport/dispatch';
import { isUnsafe } from '../transport/explanation';
import { failureOfAnswer, failureOfNetwork } from '../transport/failure';
import { readAnswer } from '../transport/readAnswer';
import { isObject } from '../values/checks';

/** Somebody waits for the answer. Milliseconds. */
const patienceMilliseconds = 20_000;

const elsewhere = "Region or Base URL does not point to Planhat's API: it";

class TooLate extends Error {}

function good(message: string): INodeCredentialTestResult {
	return { status: 'OK', message };
}

function bad(message: string): INodeCredentialTestResult {
	return { status: 'Error', message };
}

function told({ message, description }: CredentialProblem): INodeCredentialTestResult {
	return bad(`${message}. ${description}`);
}

/** Planhat has no way to check the other secrets but to send data (assumption wrong-tenant-token), so that nobody is asked. */
function verdictWithoutApiToken({ tenantToken, webhookSecret }: ICredentialDataDecryptedObject) {
	const token = parseToken(tenantToken);
	if (isTenantToken(token)) {
		return good(
			"'Tenant Token' has the right format. Only sending metrics or activities shows whether Planhat accepts it.",
		);
	}
	if (token !== '') {
		return bad(
			"'Tenant Token' does not look like 01234567-89ab-cdef-0123-456789abcdef. Copy it from Planhat, under Settings > Developer module > Tokens.",
		);
	}
	if (parseToken(webhookSecret) !== '') {
		return good('The webhook secret is all that Planhat Trigger needs. There is no token to test.');
	}
	return bad("Enter 'API Token'. Only metrics and user activities work without it: they require 'Tenant Token'.");
}

/** Makes the body of an answer fit to be shown. */
type Hide = (body: unknown) => unknown;

function verdictOnSuccess(body: unknown, hide: Hide): INodeCredentialTestResult {
	if (Array.isArray(body) && body.every((entry) => isObject(entry) && typeof entry._id === 'string')) {
		return good('Connection successful!');
	}
	if (body === '') return bad(`${elsewhere} sent an empty answer`);
	if (typeof body === 'string' && /^\s*</.test(body)) return bad(`${elsewhere} returned a web page`);
	const words = Array.isArray(body) ? '' : planhatWords(hide(body));
	return bad(`${elsewhere} sent something other than a list of companies${words === '' ? '' : `: ${words}`}`);
}

function verdictOnRefusal(status: number, body: unknown, hide: Hide): INodeCredentialTestResult {
	const { kind, words, isPage } = failureOfAnswer(status, hide(body));
	if (isPage === true && [403, 404, 405].includes(status)) return bad(`${elsewhere} returned a web page (${status})`);
	if (status === 403) {
		return good(
			'The API token works, but has no permission to read companies. If your workflows need it, add it to the Private App in Planhat.',
		);
	}
	if (status === 401) {
		return bad(
			'Planhat does not accept this API token. It may have expired or been removed, or belong to another region: check Region.',
		);
	}
	if (status === 404 || status === 405) return bad(`${elsewhere} answered ${status}`);
	if (status < 400) {
		return bad(
			`${elsewhere} answered with a redirect (${status}), which is not followed, so that the token stays here`,
		);
	}
	if (kind === 'throttled') {
		return bad('The rate limit of this API token is used up, so it could not be tested. Try again in a minute.');
	}
	const said = words === '' ? '' : `: ${words}`;
	if (kind === 'refused') return bad(`Planhat answered ${status}${said}`);
	return bad(`Planhat is not available (${status}${said}). Try again later.`);
}

function verdictOnAnswer({ statusCode, body }: FullResponse, hide: Hide): INodeCredentialTestResult {
	return statusCode >= 200 && statusCode < 300
		? verdictOnSuccess(body, hide)
		: verdictOnRefusal(statusCode, body, hide);
}

function verdictOnNetwork(thrown: unknown, host: string): INodeCredentialTestResult {
	if (thrown instanceof LargeAnswer) return bad(`${elsewhere} sent too much: ${thrown.message}`);
	const failure = failureOfNetwork(thrown);
	const { kind, code, words } = failure;
	if (kind === 'notDelivered') {
		return bad(`No server found at ${host}. Check Region or Base URL, and the network between n8n and Planhat.`);
	}
	if (thrown instanceof TooLate || code === 'ECONNABORTED' || code === 'ETIMEDOUT') {
		return bad(
			`${host} did not answer within ${patienceMilliseconds / 1_000} seconds. Check Region or Base URL, or try again in a minute.`,
		);
	}
	if (code === 'EPROTO') return bad(`${host} does not speak https. Check Region or Base URL.`);
	if (isUnsafe(failure))
		return bad(`${host} cannot be trusted: ${words}. Check Region or Base URL, and its certificate.`);
	const reason = code === 'ERR_NETWORK' && thrown instanceof Error ? planhatWords(thrown.message) : words;
	return bad(`There was no answer from ${host}: ${reason}`);
}

/** A server may send a little of its answer for ever; n8n's helper would wait as long as something comes. */
async function inTime<Result>(ask: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
	const signal = AbortSignal.timeout(patienceMilliseconds);
	const tooLate = new Promise<never>((_resolve, reject) => {
		signal.addEventListener('abort', () => reject(new TooLate()));
	});
	return await Promise.race([ask(signal), tooLate]);
}

async function verdictOf(
	{ helpers }: ICredentialTestFunctions,
	credentials: ICredentialDataDecryptedObject,
): Promise<INodeCredentialTestResult> {
	const { baseUrl } = readSettings(credentials);
	for (const field of ['apiToken', 'tenantToken'] as const) {
		const problem = parseToken(credentials[field]) === '' ? undefined : tokenProblem(field, credentials[field]);
		if (problem) return told(problem);
	}
	if (parseToken(credentials.apiToken) === '') return verdictWithoutApiToken(credentials);
	const request = authenticatePlanhat(credentials, {
		method: 'GET',
		url: `${baseUrl}/companies`,
		qs: { limit: 1 },
		headers: { Accept: 'application/json' },
	});
	try {
		// It is the only helper that n8n gives to a test; it has names of its own for its options.
		const options = {
			...request,
			json: false,
			simple: false,
			resolveWithFullResponse: true,
			useStream: true,
			timeout: patienceMilliseconds,
		};
		const answer = await inTime(
			async (signal) =>
				await readAnswer((await helpers.request(options)) as FullResponse, { silence: patienceMilliseconds, signal }),
		);
		const hide = secretHider(credentials);
		return verdictOnAnswer(answer, (body) => hiddenIn(body, hide));
	} catch (error) {
		return verdictOnNetwork(error, new URL(baseUrl).host);
	}
}

/**
 * The test of the credential `planhatApi`, which n8n runs when it is saved: reads one company, by the same rules as every
 * request. (As a declaration, n8n would follow redirects with the token, and call every 2xx a success.)
 * @returns in words for the person at the form; of a success, n8n shows that it is one
 */
export async function testCredential(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	try {
		return await verdictOf(this, data);
	} catch (error) {
		if (error instanceof CredentialError) return told(error);
		return bad(error instanceof Error ? error.message : String(error));
	}
}
