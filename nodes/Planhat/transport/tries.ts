import type { IHttpRequestOptions } from 'n8n-workflow';

import type { Hide } from '../credential/secrets';
import { clock } from '../quota/clock';
import { deadlineIn } from '../quota/deadline';
import type { Patience } from '../quota/patience';
import type { CallEnd } from '../quota/slots';
import { turnsOf, type Call, type Turns } from '../quota/turns';
import type { Attempt, Effort, Missed, Outgoing } from './attempt';
import type { Sender } from './dispatch';
import { Exchange } from './exchange';
import { failureOfOutage, failureOfPause, failureOfQueue } from './failure';
import { asksForNothing, probeOf } from './probe';
import type { PlanhatRequest } from './request';

/** What is asked for by requests of one kind: they may be slow together. */
function pathOf({ method, url }: PlanhatRequest): string {
	return `${method} ${url.split('/', 2).join('/')}`;
}

/** The tries of one run with one credential: each waits for the health of the host and for the quota. */
export class Tries {
	readonly effort: Effort = { requests: 0, retries: 0, waited: 0 };

	private readonly exchange: Exchange;

	private waiters = 0;

	private waitingSince = 0;

	constructor(
		sender: Sender,
		private readonly connection: Partial<IHttpRequestOptions>,
		hide: Hide,
		readonly patience: Patience,
		private readonly signal?: AbortSignal,
		/** The longest that one request may stand in the queue for the quota; milliseconds, undefined for any time. */
		private readonly longestQueue?: number,
	) {
		this.exchange = new Exchange(sender, hide, patience, this.effort, signal);
	}

	/** How many requests that may change something have left. */
	get writes(): number {
		return this.exchange.writes;
	}

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
				const result = await this.inQuota(isOther ? probeOf(outgoing, this.connection) : outgoing, turn === 'probe');
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
			const result = await this.exchange.send(outgoing);
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
}
