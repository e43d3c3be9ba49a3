import type { IHttpRequestOptions } from 'n8n-workflow';

import { hiddenIn, type Hide } from '../credential/secrets';
import { clock } from '../quota/clock';
import type { Host } from '../quota/hosts';
import type { Patience } from '../quota/patience';
import { backOff, believedDelay, delayBeforeRetry, namedDelay, type ResponseHeaders } from '../quota/retryDelay';
import { unlessAborted } from '../quota/unlessAborted';
import { AnswerLimit } from './answerLimit';
import type { Attempt, Effort, Missed, Outgoing } from './attempt';
import { LargeAnswer } from './bodyStream';
import type { FullResponse, Sender } from './dispatch';
import {
	failureOfAnswer,
	failureOfLargeAnswer,
	failureOfNetwork,
	failureOfRenewal,
	failureOfSuccess,
	type Failure,
} from './failure';
import { RenewalError } from './oAuth2Sender';
import type { PlanhatRequest } from './request';
import { readAnswer } from './readAnswer';
import { isWithoutAnswer } from './retryPolicy';

/** The time that the first try of any request takes. Milliseconds. */
const usual = 60_000;

/** A retry of a read may be cut short where the run has no patience left, one of a write only after a minute. Milliseconds. */
const shortest = { read: 1_000, write: usual };

/** A request and what comes of it: sent once, its answer read, and told to all who wait for the host or the quota. */
export class Exchange {
	writes = 0;

	constructor(
		private readonly sender: Sender,
		private readonly hide: Hide,
		private readonly patience: Patience,
		private readonly effort: Effort,
		private readonly signal?: AbortSignal,
	) {}

	/** n8n has sent a request again with a token that it renewed: the first call was one, too. */
	private countAgain({ limiter, callsPerMinute }: Host): void {
		this.effort.requests += 1;
		limiter.countAnswered(callsPerMinute);
	}

	private async ask(
		{ request, host }: Outgoing,
		options: IHttpRequestOptions,
		limit: AnswerLimit,
	): Promise<FullResponse> {
		const { signal } = limit;
		const sentAgain = () => this.countAgain(host);
		const answer = await this.sender.send({ ...options, abortSignal: signal }, { host: request.host, sentAgain });
		limit.end();
		return await readAnswer(answer, { silence: Number(options.timeout), signal });
	}

	private failureOfThrown(thrown: unknown): Failure {
		if (thrown instanceof RenewalError) return failureOfRenewal();
		return thrown instanceof LargeAnswer ? failureOfLargeAnswer(thrown) : failureOfNetwork(thrown, this.hide);
	}

	/** @throws the signal's reason when the execution is cancelled */
	async send(outgoing: Outgoing): Promise<Attempt> {
		const { request, host, attempt, leaving } = outgoing;
		const started = clock.now();
		const options = this.inTime(outgoing);
		const limit = new AnswerLimit(options, this.sender.calls, this.signal);
		let headers: ResponseHeaders = {};
		let body: unknown;
		let failure: Failure;
		try {
			this.effort.requests += 1;
			if (request.method !== 'GET') this.writes += 1;
			leaving?.();
			const answer = await unlessAborted(this.ask(outgoing, options, limit), limit.signal);
			const refused = this.failureOf(request, answer);
			if (refused === undefined) {
				host.health.answered();
				this.patience.succeeded();
				return { answer };
			}
			({ headers, body } = answer);
			failure = refused;
		} catch (thrown) {
			limit.close();
			this.signal?.throwIfAborted();
			failure = this.failureOfThrown(thrown);
		} finally {
			limit.end();
		}
		const ended = clock.now();
		// The first try would have taken its time anyway; what a silent server adds to it counts.
		if (failure.kind !== 'refused') this.patience.spend(attempt === 0 ? started + usual : started, ended);
		return { failure, body, ...this.afterFailure(outgoing, failure, headers, started) };
	}

	private afterFailure(
		{ host, attempt }: Outgoing,
		failure: Failure,
		headers: ResponseHeaders,
		started: number,
	): Omit<Missed, 'body' | 'failure'> {
		const { health, limiter } = host;
		if (isWithoutAnswer(failure)) {
			const after = (probes: number) => backOff(probes, Math.random());
			const isOutage = health.lost(
				started,
				{ named: believedDelay(headers, health.probes, Date.now()), after },
				failure.words || failure.code,
			);
			if (isOutage) return { delay: health.nextProbeIn, isOutage };
		} else if (/^\d|UNREADABLE|TOO_LARGE/.test(failure.code)) {
			health.answered();
		}
		const isThrottled = failure.kind === 'throttled';
		if (isThrottled && namedDelay(headers, Date.now()) === undefined) return { delay: 0, waitsForSlot: true };
		const delay = delayBeforeRetry(headers, attempt, Date.now(), Math.random());
		// Before the slot is given back, or the next in the queue would start inside the pause.
		if (isThrottled) limiter.pause(delay);
		return { delay };
	}

	/** A run whose patience comes to its end does not wait for minutes more. */
	private inTime({ request, options }: Outgoing): IHttpRequestOptions {
		if (this.patience.isFresh) return options;
		const least = request.method === 'GET' ? shortest.read : shortest.write;
		return { ...options, timeout: Math.min(Number(options.timeout), Math.max(least, Math.ceil(this.patience.left))) };
	}

	/** Words are made of what may be said, before they are cut: a part of a secret would not be known for one. */
	private failureOf(request: PlanhatRequest, { statusCode, body }: FullResponse): Failure | undefined {
		if (statusCode >= 300 || statusCode < 200) return failureOfAnswer(statusCode, hiddenIn(body, this.hide));
		return typeof body === 'string' ? failureOfSuccess(request, hiddenIn(body, this.hide)) : undefined;
	}
}
