import {
	type IExecuteFunctions,
	type IExecuteSingleFunctions,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
} from 'n8n-workflow';

import { connectionOptions } from './connectionOptions';
import { isRecord, listsErrors } from './answers';
import { clock, wait } from './clock';
import { apiError, inputError } from './errors';
import { explain, failureOfAnswer, failureOfNetwork, failureOfPause, failureOfSuccess, type Failure } from './failure';
import { analyticsHost, apiHost, type Host } from './hosts';
import { Refusals } from './refusals';
import type { PlanhatAnswer, PlanhatRefusal, PlanhatRequest } from './request';
import { delayBeforeRetry, type ResponseHeaders } from './retryDelay';
import { mayRepeat, repeatabilityOf } from './retryPolicy';
import { hiddenIn, secretHider } from './secrets';
import { readSettings } from './settings';

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
	/** Does the same, but hands over what went wrong in place of throwing it, with the body of the answer. */
	exchange(request: PlanhatRequest): Promise<PlanhatAnswer | PlanhatRefusal>;
	readonly effort: Readonly<Effort>;
}

/** What a run has cost so far. */
export interface Effort {
	/** Requests sent, those that were sent again included. */
	requests: number;
	/** Requests sent again. */
	retries: number;
	/** Milliseconds waited for the quota and for retries. */
	waited: number;
}

/** What n8n's helper returns when it is asked for the full response. */
interface FullResponse {
	statusCode: number;
	headers: ResponseHeaders;
	body: unknown;
}

/** What came of one try. */
type Attempt = { answer: FullResponse } | Refused;

/** A try without success: what came of it, when to try again and how long it took (both in milliseconds). */
interface Refused {
	failure: Failure;
	delay: number;
	took: number;
	body?: unknown;
}

/** The longest waiting that refusals and retries of one request may cause, unless the user says otherwise. Seconds. */
export const defaultMaxWait = 600;

/** The part of the transport that is the same for all requests of a run. */
class PlanhatTransport implements Transport {
	readonly effort: Effort = { requests: 0, retries: 0, waited: 0 };

	private readonly refusals = new Refusals();

	constructor(
		private readonly context: TransportContext,
		private readonly readOnly: boolean,
		private readonly hosts: { api: Host; analytics: Host },
		private readonly connection: Partial<IHttpRequestOptions>,
		private readonly maxWait: number,
		private readonly signal?: AbortSignal,
	) {}

	async send(request: PlanhatRequest): Promise<PlanhatAnswer> {
		const answer = await this.exchange(request);
		if ('error' in answer) throw answer.error;
		return answer;
	}

	async exchange(request: PlanhatRequest): Promise<PlanhatAnswer | PlanhatRefusal> {
		const { lacks } = this.hostOf(request);
		if (lacks) throw inputError(this.context.getNode(), lacks.message, lacks.description, request.target);
		if (this.readOnly && request.method !== 'GET') throw this.readOnlyError(request);
		let resent = false;
		for (let attempt = 0, waited = 0; ; attempt += 1) {
			const result = await this.attempt(request, attempt);
			if ('answer' in result) {
				const { statusCode, body } = result.answer;
				return { status: statusCode, body: await this.withoutSecrets(body), resent };
			}
			const { failure, delay, took, body } = result;
			this.refusals.add(request, failure, body);
			if (resent && request.method === 'DELETE' && failure.code === '404') return { status: 200, body: '', resent };
			// The first try would have taken its time anyway; what a silent server adds to it counts.
			if (attempt > 0) waited += took;
			const repeats = mayRepeat(failure.kind, repeatabilityOf(request), request.method, attempt);
			if (!repeats || waited + delay > this.maxWait) {
				const last = { ...failure, mayBeApplied: resent || failure.mayBeApplied };
				return await this.refusal(request, last, { body, resent, waited });
			}
			resent ||= failure.mayBeApplied;
			waited += delay;
			this.effort.retries += 1;
			this.effort.waited += delay;
			await wait(delay, this.signal);
		}
	}

	private hostOf(request: PlanhatRequest): Host {
		return this.hosts[request.host ?? 'api'];
	}

	private async attempt(request: PlanhatRequest, attempt: number): Promise<Attempt> {
		const known = this.refusals.of(request);
		if (known !== undefined) return { failure: known, delay: 0, took: 0 };
		const { limiter, callsPerMinute } = this.hostOf(request);
		const pause = limiter.pausedFor();
		if (pause > this.maxWait) return { failure: failureOfPause(pause), delay: pause, took: 0 };
		this.effort.waited += await limiter.acquire(callsPerMinute, this.signal);
		const started = clock.now();
		try {
			this.effort.requests += 1;
			const answer = await this.dispatch(request);
			const { statusCode, headers, body } = answer;
			const failure = statusCode < 300 ? failureOfSuccess(request, body) : failureOfAnswer(statusCode, body);
			if (failure === undefined) return { answer };
			const delay = delayBeforeRetry(headers, attempt, Date.now(), Math.random());
			// Before the slot is given back, or the next in the queue would start inside the pause.
			if (failure.kind === 'throttled') limiter.pause(delay);
			return { failure, delay, took: clock.now() - started, body };
		} catch (thrown) {
			this.signal?.throwIfAborted();
			const delay = delayBeforeRetry({}, attempt, Date.now(), Math.random());
			return { failure: failureOfNetwork(thrown), delay, took: clock.now() - started };
		} finally {
			limiter.release(callsPerMinute);
		}
	}

	private async dispatch(request: PlanhatRequest): Promise<FullResponse> {
		const { method, url, qs, body } = request;
		const options: IHttpRequestOptions = {
			...this.connection,
			method,
			baseURL: this.hostOf(request).address,
			url,
			qs,
			headers: { Accept: 'application/json' },
			// A redirect would carry the token to another address; Planhat documents none.
			disableFollowRedirect: true,
			// Without it n8n throws, hides headers and body, and sends a request twice that is answered with 401.
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
			// n8n puts in the signal of an execution by itself; the editor has none.
			abortSignal: this.signal,
		};
		if (body !== undefined) {
			// As bytes: axios parses a text that is sent as JSON once more, which blocks the event loop for a large one.
			options.body = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
			options.headers = { ...options.headers, 'Content-Type': 'application/json' };
		}
		const helper = this.context.helpers.httpRequestWithAuthentication;
		return (await helper.call(this.context, 'planhatApi', options)) as FullResponse;
	}

	/** Nothing that leaves this place holds a token, should Planhat's answer repeat one. */
	private async refusal(
		request: PlanhatRequest,
		failure: Failure,
		{ body, resent, waited }: { body: unknown; resent: boolean; waited: number },
	): Promise<PlanhatRefusal> {
		const hide = await this.hider();
		// Where the credential cannot be read any more, nothing that Planhat said is shown.
		const told = { ...failure, words: hide?.(failure.words) ?? '' };
		const tried = Math.round(waited / 1_000);
		const words = tried > 0 ? `${told.words} (tried again for ${tried} seconds)` : told.words;
		const { _id, keys } = request.target;
		const outcome = failure.mayBeApplied && request.method !== 'GET' ? 'unknown' : 'failed';
		const explanation = explain({ ...told, words }, request, new URL(this.hostOf(request).address).host);
		return {
			status: Number(failure.code) || 0,
			body: isRecord(body) && hide ? hiddenIn(body, hide) : undefined,
			resent,
			failure: told,
			error: apiError(this.context.getNode(), failure.code, explanation, { outcome, _id, keys }),
		};
	}

	private async withoutSecrets(body: unknown): Promise<unknown> {
		const hide = listsErrors(body) ? await this.hider() : undefined;
		return hide ? hiddenIn(body, hide) : body;
	}

	private async hider(): Promise<((text: string) => string) | undefined> {
		return await secretHider(async () => await this.context.getCredentials('planhatApi'));
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
 * @param until ends all waiting, where n8n has no signal for it; the editor has none
 * @throws NodeOperationError when an address in the credential is none
 */
export async function openTransport(
	context: TransportContext,
	parameter: ReadParameter,
	until?: AbortSignal,
): Promise<Transport> {
	const credentials = await context.getCredentials('planhatApi');
	const settings = readSettings(credentials);
	const wrong = [settings.baseUrl, settings.analyticsUrl].findIndex((address) => !URL.canParse(address));
	if (wrong >= 0) {
		throw inputError(
			context.getNode(),
			`'${wrong === 0 ? 'Base' : 'Analytics'} URL' in the Planhat credential is not an address`,
			'It should look like https://api.planhat.com or https://api-us2.planhat.com.',
		);
	}
	const hosts = { api: apiHost(settings, credentials), analytics: analyticsHost(settings, credentials) };
	const seconds = Number(parameter('options.maxWait', defaultMaxWait));
	const maxWait = (seconds >= 0 ? seconds : defaultMaxWait) * 1_000;
	const connection = connectionOptions(parameter('requestOptions', {}));
	const signal = 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : until;
	return new PlanhatTransport(context, settings.readOnly, hosts, connection, maxWait, signal);
}
