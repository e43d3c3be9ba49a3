import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { authenticatePlanhat } from '../credential/authenticate';
import { bearerOf } from '../credential/tokens';
import { isObject } from '../values/checks';
import { withCredentials, type FullResponse, type Sender, type TransportContext } from './dispatch';
import { unlessAborted } from '../quota/unlessAborted';
import { readAnswer } from './readAnswer';
import { kindOfNetworkError } from './retryPolicy';
import { lateError, TimeLimit } from './timeLimit';

const type = 'planhatOAuth2Api';

/** An access token was not accepted, and n8n could not get another one now. Planhat has not taken the request. */
export class RenewalError extends Error {}

/** What n8n's helper has done with one request. */
interface Course {
	calls: number;
	/** The answer to a token that is not accepted any more. */
	refused?: FullResponse;
	token: string;
	/** Ends the waiting for another token. */
	late: AbortController;
	renewal?: TimeLimit;
}

/** n8n itself waits for a token server for five minutes. Milliseconds. */
const longestRenewal = 30_000;

/** Errors within errors are looked through so deep. */
const mostCauses = 5;

/** Whether a token server refused for the time being, or could not be reached: then the connection may be as good as before. */
function isTemporary(thrown: unknown): boolean {
	let error = thrown;
	for (let depth = 0; depth < mostCauses && isObject(error); depth += 1, error = error.cause) {
		const { code, status, response, body } = error;
		const answered = Number(isObject(response) ? response.status : status);
		if (answered >= 100) return answered === 429 || answered >= 500;
		if (isObject(body) && typeof body.error === 'string')
			return ['server_error', 'temporarily_unavailable'].includes(body.error);
		// Of other codes (of n8n's own client, for instance) it says nothing.
		if (typeof code === 'string' && /^E(?:AI_AGAIN|CONN|HOST|NET|NOTFOUND|PIPE|TIMEDOUT)/.test(code))
			return kindOfNetworkError(code) !== 'refused';
	}
	return false;
}

/**
 * Sends with a credential of OAuth2. n8n's helper signs, renews a token that is not accepted and sends the request once
 * more; it does so behind the back of the credential, so that hosts, redirects and Read Only are looked after here, and
 * each call that it makes is seen.
 */
export class OAuth2Sender implements Sender {
	/** The request, one for a new token, and the request again. */
	readonly calls = 3;

	private isRenewed = false;

	/**
	 * @param readAgain reads the credential as it is now: a token may have been renewed by anybody
	 * @param learn is told each token that was not in the credential
	 */
	constructor(
		private readonly context: TransportContext,
		private credentials: ICredentialDataDecryptedObject,
		private readonly readAgain: () => Promise<ICredentialDataDecryptedObject>,
		private readonly learn: (token: string) => void,
	) {}

	async send(options: IHttpRequestOptions, { host, sentAgain }: Parameters<Sender['send']>[1]): Promise<FullResponse> {
		await this.refresh();
		const request = authenticatePlanhat(this.credentials, options, type);
		const { helpers } = this.context;
		// The tenant token is what counts there, and n8n would put the other one in its place.
		if (host === 'analytics') return (await helpers.httpRequest(request)) as FullResponse;
		const course: Course = { calls: 0, token: bearerOf(type, this.credentials), late: new AbortController() };
		const sender = this.watching(course, options.abortSignal as AbortSignal | undefined);
		let thrown: unknown;
		try {
			// Else a token of a type that n8n does not know would stand in the address.
			const oauth2 = { tokenType: 'Bearer' };
			const asking = helpers.httpRequestWithAuthentication.call(sender, type, request, { oauth2 });
			return (await unlessAborted(asking, course.late.signal)) as FullResponse;
		} catch (error) {
			thrown = error;
		} finally {
			course.renewal?.end();
			if (course.refused !== undefined) this.isRenewed = true;
			if (course.calls > 1) sentAgain();
		}
		if (course.refused === undefined || course.calls > 1) throw thrown;
		if (!isTemporary(thrown)) return course.refused;
		throw new RenewalError();
	}

	/** A token that was renewed is read once, and not for each request: n8n reads its database for it. */
	private async refresh(): Promise<void> {
		if (!this.isRenewed) return;
		this.isRenewed = false;
		const stored = await this.readAgain();
		if (!this.isOfSameClient(stored)) return;
		this.credentials = stored;
		this.learn(bearerOf(type, stored));
	}

	/** Whether a credential is still the one that the run began with: with another one, rows would go to another tenant. */
	private isOfSameClient({ clientId }: ICredentialDataDecryptedObject): boolean {
		return clientId === this.credentials.clientId;
	}

	/** n8n takes a newer token wherever the stored credential has one. */
	private async requireSameClient(): Promise<void> {
		if (!this.isOfSameClient(await this.readAgain())) throw new Error('The credential is of another client by now');
	}

	/** The context with its credential, whose calls are seen; n8n renews a token where a call throws. */
	private watching(course: Course, signal?: AbortSignal): TransportContext {
		const { context, credentials } = this;
		const httpRequest = async (request: IHttpRequestOptions) => {
			// Nobody waits any more, and the request may have been sent anew.
			course.late.signal.throwIfAborted();
			signal?.throwIfAborted();
			course.renewal?.end();
			if (course.refused !== undefined) await this.requireSameClient();
			course.calls += 1;
			const token = String(request.headers?.Authorization).replace(/^Bearer /, '');
			if (token !== course.token) this.learn(token);
			const answer = (await context.helpers.httpRequest(request)) as FullResponse;
			if (answer.statusCode !== 401 || course.calls > 1) return answer;
			course.refused = await readAnswer(answer, { silence: Number(request.timeout), signal });
			const longest = Math.min(longestRenewal, Number(request.timeout));
			course.renewal = new TimeLimit(longest, longest, () => course.late.abort(lateError()));
			throw Object.assign(new Error('The access token is not accepted'), { response: { status: 401 } });
		};
		const helpers = { value: { ...context.helpers, httpRequest } };
		return withCredentials(context, credentials, signal, { helpers });
	}
}
