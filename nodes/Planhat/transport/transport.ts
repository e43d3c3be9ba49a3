import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { authenticatePlanhat } from '../credential/authenticate';
import { hiddenIn, secretHider, type Hide } from '../credential/secrets';
import type { PlanhatAnswer, PlanhatRefusal } from './answer';
import { clock, wait } from '../quota/clock';
import { dispatch, helperOptions, withCredentials, type FullResponse, type TransportContext } from './dispatch';
import { apiError, inputError, type NodeError } from './errors';
import {
	adviceOnPage,
	explain,
	failureOfAnswer,
	failureOfNetwork,
	failureOfPause,
	failureOfSuccess,
	isPageOfOthers,
	type Failure,
} from './failure';
import type { Host } from '../quota/hosts';
import { Refusals } from './refusals';
import type { PlanhatRequest, Target } from './request';
import { delayBeforeRetry } from '../quota/retryDelay';
import { mayRepeat } from './retryPolicy';

/** The one door to Planhat. */
export interface Transport {
	/**
	 * Sends a request when the quota allows it, again when that can help, and hands over its answer.
	 * @throws NodeApiError when Planhat or the network refuses, NodeOperationError when the credential does, and the
	 * signal's reason when the execution is cancelled
	 */
	send(request: PlanhatRequest): Promise<PlanhatAnswer>;
	/** Does the same, but hands over what went wrong in place of throwing it, with the body of the answer. */
	trySend(request: PlanhatRequest): Promise<PlanhatAnswer | PlanhatRefusal>;
	/**
	 * Why a request would not be sent at all: the credential lacks the token of its host, or is Read Only.
	 * @param deed what it is for, such as "create the company"
	 * @param target the record in question, where it is known
	 */
	refusalOf(request: Pick<PlanhatRequest, 'method' | 'host'>, deed: string, target?: Target): NodeError | undefined;
	/**
	 * An answer, or a part of one, as people may read it: without secrets. What is matched, such as IDs and keys, is taken
	 * from the answer itself.
	 */
	said(body: unknown): unknown;
	readonly effort: Readonly<Effort>;
	/** How many requests that may change something have left, whatever came of them. */
	readonly writes: number;
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

/** What came of one try. */
type Attempt = { answer: FullResponse } | Refused;

/** A try without success: what came of it, when to try again and how long it took (both in milliseconds). */
interface Refused {
	failure: Failure;
	delay: number;
	took: number;
	body?: unknown;
}

/** The part of the transport that is the same for all requests with one credential. See `openTransport`. */
export class PlanhatTransport implements Transport {
	readonly effort: Effort = { requests: 0, retries: 0, waited: 0 };

	writes = 0;

	private readonly sender: TransportContext;

	private readonly hide: Hide;

	private readonly refusals = new Refusals();

	constructor(
		private readonly context: TransportContext,
		private readonly credentials: ICredentialDataDecryptedObject,
		private readonly readOnly: boolean,
		private readonly hosts: { api: Host; analytics: Host },
		private readonly connection: Partial<IHttpRequestOptions>,
		private readonly maxWait: number,
		private readonly signal?: AbortSignal,
	) {
		this.sender = withCredentials(context, credentials);
		this.hide = secretHider(credentials);
	}

	async send(request: PlanhatRequest): Promise<PlanhatAnswer> {
		const answer = await this.trySend(request);
		if ('error' in answer) throw answer.error;
		return answer;
	}

	async trySend(request: PlanhatRequest): Promise<PlanhatAnswer | PlanhatRefusal> {
		const options = this.prepare(request);
		let resent = false;
		for (let attempt = 0, waited = 0; ; attempt += 1) {
			const result = await this.attempt(request, options, attempt);
			if ('answer' in result) {
				const { statusCode, body } = result.answer;
				return { status: statusCode, body, resent };
			}
			const { failure, delay, took, body } = result;
			this.refusals.add(request, failure, body);
			if (resent && request.method === 'DELETE' && failure.code === '404') return { status: 200, body: '', resent };
			// The first try would have taken its time anyway; what a silent server adds to it counts.
			if (attempt > 0) waited += took;
			const repeats = mayRepeat(failure.kind, request, attempt);
			if (!repeats || waited + delay > this.maxWait) {
				const last = { ...failure, mayBeApplied: resent || failure.mayBeApplied };
				return this.refusal(request, last, { body, resent, waited });
			}
			resent ||= failure.mayBeApplied;
			waited += delay;
			this.effort.retries += 1;
			this.effort.waited += delay;
			await wait(delay, this.signal);
		}
	}

	refusalOf(
		{ method, host }: Pick<PlanhatRequest, 'method' | 'host'>,
		deed: string,
		target?: Target,
	): NodeError | undefined {
		const node = this.context.getNode();
		const { missing } = this.hosts[host ?? 'api'];
		if (missing) return inputError(node, missing.message, missing.description, target);
		if (!this.readOnly || method === 'GET') return undefined;
		return inputError(
			node,
			`The Planhat credential is read only, so that this node may not ${deed}`,
			"Choose another credential, or switch off 'Read Only' in this one.",
			target,
		);
	}

	said(body: unknown): unknown {
		return hiddenIn(body, this.hide);
	}

	private hostOf(request: PlanhatRequest): Host {
		return this.hosts[request.host ?? 'api'];
	}

	/** All that can go wrong before a request leaves goes wrong here: of what is thrown later, it may have been applied. */
	private prepare(request: PlanhatRequest): IHttpRequestOptions {
		const { target } = request;
		const refusal = this.refusalOf(request, `${target.verb} the ${target.record}`, target);
		if (refusal) throw refusal;
		let thrown: unknown;
		try {
			const options = helperOptions(request, this.hostOf(request).address, this.connection, this.signal);
			authenticatePlanhat(this.credentials, options);
			return options;
		} catch (error) {
			thrown = error;
		}
		const { message, description } = thrown as { message?: string; description?: string };
		const words = `The ${target.record} cannot be sent: ${this.hide(message ?? String(thrown))}`;
		throw inputError(this.context.getNode(), words, description ?? 'Check the fields and the credential.', target);
	}

	private async attempt(request: PlanhatRequest, options: IHttpRequestOptions, attempt: number): Promise<Attempt> {
		const known = this.refusals.of(request);
		if (known !== undefined) return { failure: known, delay: 0, took: 0 };
		const { limiter, callsPerMinute } = this.hostOf(request);
		const pause = limiter.pausedFor();
		if (pause > this.maxWait) return { failure: failureOfPause(pause), delay: pause, took: 0 };
		this.effort.waited += await limiter.acquire(callsPerMinute, this.signal);
		const started = clock.now();
		try {
			this.effort.requests += 1;
			if (request.method !== 'GET') this.writes += 1;
			const answer = await dispatch(this.sender, options);
			const { headers, body } = answer;
			const failure = this.failureOf(request, answer);
			if (failure === undefined) return { answer };
			const delay = delayBeforeRetry(headers, attempt, Date.now(), Math.random());
			// Before the slot is given back, or the next in the queue would start inside the pause.
			if (failure.kind === 'throttled') limiter.pause(delay);
			return { failure, delay, took: clock.now() - started, body };
		} catch (thrown) {
			this.signal?.throwIfAborted();
			const delay = delayBeforeRetry({}, attempt, Date.now(), Math.random());
			return { failure: failureOfNetwork(thrown, this.hide), delay, took: clock.now() - started };
		} finally {
			limiter.release(callsPerMinute);
		}
	}

	/** Words are made of what may be said, before they are cut: a part of a secret would not be known for one. */
	private failureOf(request: PlanhatRequest, { statusCode, body }: FullResponse): Failure | undefined {
		if (statusCode >= 300) return failureOfAnswer(statusCode, this.said(body));
		return typeof body === 'string' ? failureOfSuccess(request, this.said(body)) : undefined;
	}

	private refusal(
		request: PlanhatRequest,
		failure: Failure,
		{ body, resent, waited }: { body: unknown; resent: boolean; waited: number },
	): PlanhatRefusal {
		const tried = Math.round(waited / 1_000);
		const words = tried > 0 ? `${failure.words} (tried again for ${tried} seconds)` : failure.words;
		const { _id, keys } = request.target;
		const outcome = failure.mayBeApplied && request.method !== 'GET' ? 'unknown' : 'failed';
		const explanation = explain({ ...failure, words }, request, new URL(this.hostOf(request).address).host);
		return {
			status: Number(failure.code) || 0,
			body,
			resent,
			failure,
			...(isPageOfOthers(failure, request) && { advice: adviceOnPage(request) }),
			error: apiError(this.context.getNode(), failure.code, explanation, { outcome, _id, keys }),
		};
	}
}
