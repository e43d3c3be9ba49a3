import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';

import type { PlanhatRequest } from './request';
import type { ResponseHeaders } from '../quota/retryDelay';

/** n8n's side of a call: a run of items, one item, the editor that fills a list, or a trigger that asks. */
export type TransportContext = IExecuteFunctions | IExecuteSingleFunctions | ILoadOptionsFunctions | IPollFunctions;

/** What n8n's helper returns when it is asked for the full response; its body is a stream until it is read. */
export interface FullResponse {
	statusCode: number;
	headers: ResponseHeaders;
	body: unknown;
}

/**
 * How long a request may take unless the user says otherwise: a write as in n8n's own declarative nodes; a read that is
 * given up costs nothing but another one. Milliseconds.
 */
const longest = { read: 60_000, write: 300_000 };

/**
 * A request as n8n's helper takes it.
 * @throws RangeError or TypeError when the body has no JSON text
 */
export function helperOptions(
	{ method, url, qs, body }: PlanhatRequest,
	address: string,
	connection: Partial<IHttpRequestOptions>,
): IHttpRequestOptions {
	const options: IHttpRequestOptions = {
		timeout: method === 'GET' ? longest.read : longest.write,
		...connection,
		method,
		baseURL: address,
		url,
		qs,
		headers: { Accept: 'application/json' },
		// A redirect would carry the token to another address; Planhat documents none.
		disableFollowRedirect: true,
		// Without it n8n throws, hides headers and body, and sends a request twice that is answered with 401.
		ignoreHttpStatusErrors: true,
		returnFullResponse: true,
		// n8n's helper would read an answer of any size to its end.
		encoding: 'stream',
	};
	if (body !== undefined) {
		// As bytes: axios parses a text that is sent as JSON once more, which blocks the event loop for a large one.
		options.body = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
		options.headers = { ...options.headers, 'Content-Type': 'application/json' };
	}
	return options;
}

/** Sends a request once, with what its credential adds. */
export interface Sender {
	/** How many calls n8n may make for one request. */
	readonly calls: number;
	/**
	 * @param options with the signal of this very request
	 * @param sentAgain is told where n8n has sent the request a second time
	 * @throws an error of n8n's where there is no answer
	 */
	send(options: IHttpRequestOptions, call: { host: PlanhatRequest['host']; sentAgain(): void }): Promise<FullResponse>;
}

/**
 * n8n's helper reads the credential of the first item, unless it is called on a context that says otherwise. It listens to
 * the signal of the context for each request.
 * @param signal of a request, in place of that of the execution
 */
export function withCredentials(
	context: TransportContext,
	credentials: ICredentialDataDecryptedObject,
	signal?: AbortSignal,
	more: PropertyDescriptorMap = {},
): TransportContext {
	const getCredentials = async () => ({ ...credentials });
	return Object.create(context, {
		...more,
		getCredentials: { value: getCredentials },
		...(signal && { getExecutionCancelSignal: { value: () => signal } }),
	}) as TransportContext;
}

/** Sends what starts an automation without any token, and all else as it is signed. */
export class UnsignedSender implements Sender {
	constructor(
		private readonly context: TransportContext,
		private readonly signed: Sender,
	) {}

	get calls(): number {
		return this.signed.calls;
	}

	async send(options: IHttpRequestOptions, call: Parameters<Sender['send']>[1]): Promise<FullResponse> {
		if (call.host !== 'automation') return await this.signed.send(options, call);
		return (await this.context.helpers.httpRequest(options)) as FullResponse;
	}
}

/** Sends as n8n does it: with what the credential's `authenticate` adds. */
export class TokenSender implements Sender {
	readonly calls = 1;

	constructor(
		private readonly context: TransportContext,
		private readonly credentials: ICredentialDataDecryptedObject,
	) {}

	async send(options: IHttpRequestOptions): Promise<FullResponse> {
		const context = withCredentials(this.context, this.credentials, options.abortSignal as AbortSignal | undefined);
		const helper = context.helpers.httpRequestWithAuthentication;
		return (await helper.call(context, 'planhatApi', { ...options })) as FullResponse;
	}
}
