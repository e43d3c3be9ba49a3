import type { IHttpRequestOptions } from 'n8n-workflow';

import { hiddenIn, type Hide } from '../credential/secrets';
import { clock } from '../quota/clock';
import { deadlineIn } from '../quota/deadline';
import type { Host } from '../quota/hosts';
import type { Patience } from '../quota/patience';
import { backOff, delayBeforeRetry, namedDelay, type ResponseHeaders } from '../quota/retryDelay';
import type { CallEnd } from '../quota/slots';
import { turnsOf, type Call, type Turns } from '../quota/turns';
import { unlessAborted } from '../quota/unlessAborted';
import type { Attempt, Effort, Missed, Outgoing } from './attempt';
import type { FullResponse, Sender } from './dispatch';
import {
	failureOfAnswer,
	failureOfNetwork,
	failureOfOutage,
	failureOfPause,
	failureOfQueue,
	failureOfRenewal,
	failureOfSuccess,
	type Failure,
} from './failure';
import { RenewalError } from './oAuth2Sender';
import { asksForNothing, probeOf } from './probe';
import type { PlanhatRequest } from './request';
import { isWithoutAnswer } from './retryPolicy';

/** The time that the first try of any request takes. Milliseconds. */
const usual = 60_000;

/** A retry of a read may be cut short where the run has no patience left, one of a write only after a minute. Milliseconds. */
const shortest = { read: 1_000, write: usual };

/** What is asked for by requests of one kind: they may be slow together. */
function pathOf({ method, url }: PlanhatRequest): string {
	return `${method} ${url.split('/', 2).join('/')}`;
}

/** The tries of one run with one credential: each waits for the health of the host and for the quota. */
export class Tries {
	readonly effort: Effort = { requests: 0, retries: 0, waited: 0 };

	writes = 0;

	private waiters = 0;

	private waitingSince = 0;

	constructor(
		private readonly sender: Sender,
		private readonly connection: Partial<IHttpRequestOptions>,
		private readonly hide: Hide,
		readonly patience: Patience,
		private readonly signal?: AbortSignal,
		/** The longest that one request may stand in the queue for the quota; milliseconds, undefined for any time. */
		private readonly longestQueue?: number,
	) {}

	/**
	 * Sends a request once, when the host is there and the quota allows it.
	 * @throws the signal's reason when the execution is cancelled
	 */
	async send(outgoing: Outgoing): Promise<Attempt> {
		const { host } = outgoing;
		const { health } = host;
		for (;;) {
			const turn = await this.waiting(async () => await health.turn(this.patience, this.signal));
			if (turn === 'tooLate') return { failure: failureOfOutage(health), delay: 0 };
			try {
				const pause = host.limiter.pausedFor();
				if (pause > this.patience.left) return { failure: failureOfPause(pause), delay: pause };
				const isOther = turn === 'probe' && asksForNothing(outgoing);
				const result = await this.inQuota(
					isOther ? probeOf(outgoing, this.connection, this.signal) : outgoing,
					turn === 'probe',
				);
				if (result !== undefined && !isOther) return result;
			} finally {
				if (turn === 'probe') health.probed();
			}
		}
	}

	/** Counts a wait; time in which several requests wait counts once. */
	async waiting<Result>(wait: () => Promise<Result>): Promise<Result> {
		if (this.waiters === 0) this.waitingSince = clock.now();
		this.waiters += 1;
		try {
			return await wait();
		} finally {
			this.waiters -= 1;
			if (this.waiters === 0) this.effort.waited += clock.now() - this.waitingSince;
		}
	}

	/** @returns false where a pause, or the queue for the quota, lasts longer than this run may wait */
	private async hasTurn(turns: Turns, call: Call): Promise<boolean> {
		const deadline = this.longestQueue === undefined ? undefined : deadlineIn(this.longestQueue, this.signal);
		let thrown: unknown;
		try {
			return await turns.acquire(call, deadline?.signal ?? this.signal, (pause) => pause <= this.patience.left);
		} catch (error) {
			thrown = error;
		} finally {
			deadline?.end();
			if (this.signal?.aborted) this.effort.endedInQueue = true;
		}
		if (deadline?.hasPassed && !this.signal?.aborted) return false;
		throw thrown;
	}

	/** Why a request was not sent whose turn did not come. */
	private lateFailure(pause: number): Missed {
		if (pause > 0 || this.longestQueue === undefined) return { failure: failureOfPause(pause), delay: pause };
		return { failure: failureOfQueue(this.longestQueue), delay: 0 };
	}

	/** @returns undefined where the host went out of order while the request stood in the queue */
	private async inQuota(outgoing: Outgoing, isProbe: boolean): Promise<Attempt | undefined> {
		const { limiter, callsPerMinute, health } = outgoing.host;
		const turns = turnsOf(limiter);
		const { waitsForSlot: again } = outgoing;
		const call: Call = { run: this, path: pathOf(outgoing.request), callsPerMinute, ...(again && { again }) };
		const since = clock.now();
		const hasTurn = await this.waiting(async () => await this.hasTurn(turns, call));
		if (again) this.patience.spend(since, clock.now(), true);
		if (!hasTurn) return this.lateFailure(limiter.pausedFor());
		const started = clock.now();
		let end: CallEnd = 'notSent';
		let named: number | undefined;
		let took: number | undefined;
		try {
			if (health.isDown && !isProbe) return undefined;
			end = 'sent';
			const result = await this.exchange(outgoing);
			if ('answer' in result) took = clock.now() - started;
			else if (result.failure.kind === 'throttled') {
				end = 'refused';
				if (!result.waitsForSlot) named = result.delay;
			}
			return result;
		} finally {
			limiter.release(callsPerMinute, end, named);
			turns.release(call, took);
		}
	}

	/** n8n has sent a request again with a token that it renewed: the first call was one, too. */
	private countAgain({ limiter, callsPerMinute }: Host): void {
		this.effort.requests += 1;
		limiter.countAnswered(callsPerMinute);
	}

	private async exchange(outgoing: Outgoing): Promise<Attempt> {
		const { request, host, attempt, leaving } = outgoing;
		const started = clock.now();
		let headers: ResponseHeaders = {};
		let body: unknown;
		let failure: Failure;
		try {
			this.effort.requests += 1;
			if (request.method !== 'GET') this.writes += 1;
			leaving?.();
			const sentAgain = () => this.countAgain(host);
			const sending = this.sender.send(this.inTime(outgoing), { host: request.host, sentAgain });
			const answer = await unlessAborted(sending, this.signal);
			const refused = this.failureOf(request, answer);
			if (refused === undefined) {
				host.health.answered();
				this.patience.succeeded();
				return { answer };
			}
			({ headers, body } = answer);
			failure = refused;
		} catch (thrown) {
			this.signal?.throwIfAborted();
			failure = thrown instanceof RenewalError ? failureOfRenewal() : failureOfNetwork(thrown, this.hide);
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
				{ named: namedDelay(headers, Date.now()), after },
				failure.words || failure.code,
			);
			if (isOutage) return { delay: health.nextProbeIn, isOutage };
		} else if (/^\d|UNREADABLE/.test(failure.code)) {
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
		if (statusCode >= 300) return failureOfAnswer(statusCode, hiddenIn(body, this.hide));
		return typeof body === 'string' ? failureOfSuccess(request, hiddenIn(body, this.hide)) : undefined;
	}
}
