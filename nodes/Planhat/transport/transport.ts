import { createHash } from 'node:crypto';
import {
	sleep,
	type ICredentialDataDecryptedObject,
	type IExecuteFunctions,
	type IExecuteSingleFunctions,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
} from 'n8n-workflow';

import { isRecord } from './answers';
import { connectionOptions } from './connectionOptions';
import { apiError, inputError } from './errors';
import { explain, failureOfAnswer, failureOfNetwork, type Failure } from './failure';
import { Limiter, type Clock } from './limiter';
import type { PlanhatAnswer, PlanhatRequest } from './request';
import { backOff, namedDelay, type ResponseHeaders } from './retryDelay';
import { mayRepeat, type Repeatability } from './retryPolicy';
import { readSettings, type Settings } from './settings';

/** n8n's side of a call: a run of items, one item, or the editor that fills a list. */
export type TransportContext = IExecuteFunctions | IExecuteSingleFunctions | ILoadOptionsFunctions;

/** Reads a parameter of the node. */
export type ReadParameter = (name: string, fallback: unknown) => unknown;

/** The one door to Planhat. */
export interface Transport {
	/**
	 * Sends a request when the quota allows it, again when that can help, and hands over its answer.
	 * @throws NodeApiError when Planhat or the network refuses, NodeOperationError when the credential does, and the
	 * signal's reason when the execution is cancelled
	 */
	send(request: PlanhatRequest): Promise<PlanhatAnswer>;
}

/** What n8n's helper returns when it is asked for the full response. */
interface FullResponse {
	statusCode: number;
	headers: ResponseHeaders;
	body: unknown;
}

/** What came of one try. */
type Attempt = { answer: FullResponse } | { failure: Failure; headers: ResponseHeaders };

/** The longest waiting that refusals and retries of one request may cause, unless the user says otherwise. Seconds. */
export const defaultMaxWait = 600;

const clock: Clock = { now: () => performance.now(), sleep: async (milliseconds) => await sleep(milliseconds) };

/** One limiter per host and token in this process, over all nodes and executions: Planhat counts per token. */
const limiters = new Map<string, Limiter>();

function limiterOf(settings: Settings, credentials: ICredentialDataDecryptedObject): Limiter {
	const key = createHash('sha256')
		.update(`${settings.baseUrl} ${String(credentials.apiToken)}`)
		.digest('hex');
	const limiter = limiters.get(key) ?? new Limiter(clock);
	limiters.set(key, limiter);
	return limiter;
}

function repeatabilityOf(request: PlanhatRequest): Repeatability {
	if (request.method === 'POST') return 'never';
	if (!Array.isArray(request.body)) return 'always';
	return request.keyed === true ? 'keyed' : 'never';
}

/** Waits in slices, so that a cancelled execution stops soon and n8n's timer does not outlive it for long. */
async function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
	const until = clock.now() + milliseconds;
	for (let rest = milliseconds; rest > 0; rest = until - clock.now()) {
		signal?.throwIfAborted();
		await sleep(Math.min(rest, 50));
	}
	signal?.throwIfAborted();
}

function secretsOf(credentials: ICredentialDataDecryptedObject): string[] {
	const values = [credentials.apiToken, credentials.tenantToken, credentials.webhookSecret];
	return values.filter((value): value is string => typeof value === 'string' && value.trim() !== '');
}

/** The part of the transport that is the same for all requests of a run. */
class PlanhatTransport implements Transport {
	private readonly signal?: AbortSignal;

	constructor(
		private readonly context: TransportContext,
		private readonly settings: Settings,
		private readonly limiter: Limiter,
		private readonly connection: Partial<IHttpRequestOptions>,
		private readonly maxWait: number,
	) {
		this.signal = 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	}

	async send(request: PlanhatRequest): Promise<PlanhatAnswer> {
		if (this.settings.readOnly && request.method !== 'GET') throw this.readOnlyError(request);
		let uncertain = false;
		for (let attempt = 0, waited = 0; ; attempt += 1) {
			const result = await this.attempt(request);
			if ('answer' in result) return { status: result.answer.statusCode, body: result.answer.body };
			const { failure, headers } = result;
			if (uncertain && request.method === 'DELETE' && failure.code === '404') return { status: 200, body: '' };
			uncertain ||= failure.mayBeApplied;
			const delay = namedDelay(headers, Date.now()) ?? backOff(attempt, Math.random());
			const repeats = mayRepeat(failure.kind, repeatabilityOf(request), request.method, attempt);
			if (!repeats || waited + delay > this.maxWait) throw await this.error(request, failure, uncertain, waited);
			if (failure.kind === 'throttled') this.limiter.pause(delay);
			waited += delay;
			await wait(delay, this.signal);
		}
	}

	private async attempt(request: PlanhatRequest): Promise<Attempt> {
		await this.limiter.acquire(this.settings.callsPerMinute, this.signal);
		try {
			const answer = await this.dispatch(request);
			if (answer.statusCode < 300) return { answer };
			return { failure: failureOfAnswer(answer.statusCode, answer.body), headers: answer.headers };
		} catch (thrown) {
			this.signal?.throwIfAborted();
			return { failure: failureOfNetwork(thrown), headers: {} };
		} finally {
			this.limiter.release(this.settings.callsPerMinute);
		}
	}

	private async dispatch(request: PlanhatRequest): Promise<FullResponse> {
		const { method, url, qs, body } = request;
		const options: IHttpRequestOptions = {
			...this.connection,
			method,
			baseURL: this.settings.baseUrl,
			url,
			qs,
			headers: { Accept: 'application/json' },
			// A redirect would carry the token to another address; Planhat documents none.
			disableFollowRedirect: true,
			// Without it n8n throws, hides headers and body, and sends a request twice that is answered with 401.
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
		};
		if (body !== undefined) {
			options.body = JSON.stringify(body);
			options.headers = { ...options.headers, 'Content-Type': 'application/json' };
		}
		const helper = this.context.helpers.httpRequestWithAuthentication;
		return (await helper.call(this.context, 'planhatApi', options)) as FullResponse;
	}

	private async error(request: PlanhatRequest, failure: Failure, uncertain: boolean, waited: number) {
		const secrets = secretsOf(await this.context.getCredentials('planhatApi'));
		const words = secrets.reduce((text, secret) => text.replaceAll(secret, '[hidden]'), failure.words);
		const seconds = Math.round(waited / 1_000);
		const told = {
			...failure,
			words: seconds > 0 ? `${words} (tried again for ${seconds} seconds)` : words,
			mayBeApplied: uncertain,
		};
		const { _id, keys } = request.target;
		const outcome = uncertain && request.method !== 'GET' ? 'unknown' : 'failed';
		const explanation = explain(told, request, new URL(this.settings.baseUrl).host);
		return apiError(this.context.getNode(), failure.code, explanation, { outcome, _id, keys });
	}

	private readOnlyError(request: PlanhatRequest) {
		return inputError(
			this.context.getNode(),
			`The Planhat credential is read only, so that this node may not ${request.target.verb} the ${request.target.record}`,
			"Choose another credential, or switch off 'Read Only' in this one.",
			request.target,
		);
	}
}

/**
 * Opens the door to Planhat for one run: reads hosts and pace from the credential, and the request options of the node.
 * @param context n8n's side of the call
 * @param parameter reads `requestOptions` and `options.maxWait`
 * @throws NodeOperationError when the credential has no API token or an address in it is none
 */
export async function openTransport(context: TransportContext, parameter: ReadParameter): Promise<Transport> {
	const credentials = await context.getCredentials('planhatApi');
	const settings = readSettings(credentials);
	if (!isRecord(credentials) || String(credentials.apiToken ?? '').trim() === '') {
		throw inputError(
			context.getNode(),
			'The Planhat credential has no API token',
			"Fill in 'API Token' in the credential. It comes from a Private App in Planhat, under Settings > App Center.",
		);
	}
	if (!URL.canParse(settings.baseUrl)) {
		throw inputError(
			context.getNode(),
			"'Base URL' in the Planhat credential is not an address",
			'It should look like https://api.planhat.com or https://api-us2.planhat.com.',
		);
	}
	const maxWait = Number(parameter('options.maxWait', defaultMaxWait)) * 1_000;
	const connection = connectionOptions(parameter('requestOptions', {}));
	return new PlanhatTransport(context, settings, limiterOf(settings, credentials), connection, maxWait);
}
