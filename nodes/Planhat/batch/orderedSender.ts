import type { Sent } from '../answers/verdict';
import { addTo, emptyLedger, isBulkAnswer, type Ledger } from '../answers/ledger';
import type { Position, Reason } from '../rows/row';
import type { PlanhatAnswer, PlanhatRefusal } from '../transport/answer';
import type { Doubtful } from './laterRows';
import type { Chunk, SentRows } from './outcomes';
import type { Limits } from './pack';
import { bodyOf, isRefusedForSize, positionsOf, Sizes, splitBySize, wholeOf, type Part } from './parts';
import { RowOutcomes } from './rowOutcomes';
import {
	againAfter,
	byBoth,
	isLostForSize,
	nothing,
	type Again,
	type Chunks,
	type JudgeAnswer,
	type Sending,
	type SendingRun,
} from './sending';

/** Requests that send rows again, in a run: Planhat allows 200 calls a minute. */
const mostExtraRequests = 100;

/** So many requests in a row that are answered by 500, or not at all, are an outage and not a bad row. */
const mostFaultsInARow = 8;

/** Sends rows one request after the other, in their order, and finds out what becomes of each. */
export class OrderedSender {
	private readonly ledger = emptyLedger();

	private readonly outcomes: RowOutcomes;

	private readonly sizes: Sizes;

	private extraRequests = 0;

	private faultsInARow = 0;

	/** Why nothing more is sent, and what is said of the rest. */
	private ended?: { rest: 'failed' | 'notSent'; why: Reason };

	constructor(
		private readonly run: SendingRun,
		count: number,
		private readonly sentAt: (at: Position) => Sent,
		private readonly limits: Limits,
		private readonly judgeAnswer: JudgeAnswer,
	) {
		this.outcomes = new RowOutcomes(count);
		this.sizes = new Sizes(limits);
	}

	/**
	 * Sends all chunks.
	 * @throws what sending throws, where nothing was sent at all; later on it ends the run, and the rows say why
	 */
	async sendAll(chunks: Chunks): Promise<SentRows> {
		let thrown: unknown;
		try {
			for await (const next of chunks) {
				if ('body' in next) await this.sendUntilDecided(next);
				else this.outcomes.take(next);
				if (this.ended !== undefined) break;
			}
		} catch (error) {
			thrown = error;
		}
		if (thrown !== undefined) this.end(thrown);
		await this.breathe();
		const { rest, why } = this.ended ?? { rest: 'notSent', why: { code: 'stopped' } };
		return { outcomes: this.outcomes.finish(rest, why), ledger: this.ledger, isCancelled: why.code === 'cancelled' };
	}

	private async sendUntilDecided(chunk: Chunk): Promise<void> {
		const ledger = emptyLedger();
		const queue: Sending[] = [{ part: wholeOf(chunk), is: 'first', why: { code: 'notNamed' }, wasLost: false }];
		for (let sending = queue.shift(); sending !== undefined; sending = queue.shift()) {
			const { next, later } = await this.take(sending, ledger);
			queue.unshift(...next);
			queue.push(...later);
		}
		await this.breathe();
		if (ledger.said.size > 0) {
			const told = new Set(chunk.rows.map((at) => this.outcomes.reasonOf(at)?.said));
			for (const words of [...ledger.said]) if (told.has(words)) ledger.said.delete(words);
		}
		addTo(this.ledger, ledger);
		if (this.run.stops && this.outcomes.isLost(chunk.rows))
			this.ended ??= { rest: 'notSent', why: { code: 'stopped' } };
	}

	/** There may be hundreds of thousands of rows in a request: each look through them takes milliseconds. */
	private async breathe(): Promise<void> {
		const pause = this.run.yieldToEventLoop();
		if (pause) await pause;
	}

	private async take(sending: Sending, ledger: Ledger): Promise<Again> {
		const { part } = sending;
		if (this.ended !== undefined) this.leave(sending);
		else if (this.sizes.isTooLarge(part)) this.refuse(part, { code: 'tooLarge' });
		else if (this.sizes.isAbove(part)) return this.inSmaller(sending);
		else if (!this.mayTry(sending)) this.giveUp(sending);
		else return await this.sendRest(sending, ledger);
		return nothing;
	}

	/** Sends all but the rows whose records later ones have changed since: nobody knows what became of them the first time. */
	private async sendRest(sending: Sending, ledger: Ledger): Promise<Again> {
		const { chunk, places } = sending.part;
		const doubtful = this.doubtfulIn(chunk);
		if (!doubtful || doubtful.all.size === 0) return await this.send(sending, ledger);
		const lost = await this.run.laterRows?.lost(chunk.rows, doubtful, (at) => this.outcomes.mayHaveChanged(at));
		const isLost = (place: number) => lost?.has(chunk.rows[place] ?? -1) === true;
		const why: Reason = { ...sending.why, code: 'laterRow' };
		for (const at of positionsOf({ chunk, places: places.filter(isLost) }))
			this.outcomes.settle(at, { is: 'unknown', why });
		const rest = places.filter((place) => !isLost(place));
		return rest.length > 0 ? await this.send({ ...sending, part: { chunk, places: rest } }, ledger) : nothing;
	}

	/** The open rows of a chunk whose records later rows may have changed. */
	private doubtfulIn({ rows }: Chunk): Doubtful | undefined {
		const { laterRows } = this.run;
		if (laterRows === undefined || !rows.some((at) => this.outcomes.wasSent(at))) return undefined;
		const { renamed, all } = laterRows.among(rows, (at) => this.outcomes.mayHaveChanged(at));
		const isOpen = (at: Position) => this.outcomes.isOpen(at);
		return {
			renamed: new Set([...renamed].filter(isOpen)),
			all: new Map([...all].filter(([at]) => isOpen(at))),
		};
	}

	private mayTry({ is }: Sending): boolean {
		if (is === 'first') return true;
		if (is === 'again' && this.extraRequests >= mostExtraRequests) return false;
		return this.faultsInARow < mostFaultsInARow;
	}

	private async send(sending: Sending, ledger: Ledger): Promise<Again> {
		const { part } = sending;
		const rows = positionsOf(part);
		await this.breathe();
		const { isKeyed = (at: Position) => this.sentAt(at).keys.length > 0 } = this.run;
		const idempotent = rows.every(isKeyed) && !this.run.laterRows?.among(rows).renamed.size;
		if (sending.is === 'again') this.extraRequests += 1;
		this.run.laterRows?.noteSent(rows);
		const answer = await this.trySend(sending, idempotent);
		if (answer === undefined || (isRefusedForSize(answer) && this.sizes.learn(part))) return this.inSmaller(sending);
		const failure = 'failure' in answer ? answer.failure : undefined;
		if (failure?.isNotSent) {
			this.ended ??= { rest: 'notSent', why: { code: 'stopped', said: failure.words } };
			this.leave(sending);
			return nothing;
		}
		const isUnseen = failure !== undefined && (failure.mayBeApplied || failure.kind === 'fault');
		this.faultsInARow = isUnseen ? this.faultsInARow + 1 : 0;
		await this.breathe();
		this.outcomes.noteSent(rows, answer.resent);
		if (isUnseen || answer.resent) this.outcomes.noteDoubt(rows, 'unseen');
		if (idempotent && isLostForSize(sending, answer) && this.sizes.learn(part)) return this.inSmaller(sending);
		// Made now, and not before: thousands of objects that wait for an answer cost more than they take to make.
		const sent = rows.map((at) => this.sentAt(at));
		await this.breathe();
		return await this.read(sending, answer, sent, ledger);
	}

	/** Sends a part. Without an answer the run ends, and what it has found out so far stays. */
	private async trySend(sending: Sending, idempotent: boolean): Promise<PlanhatAnswer | PlanhatRefusal | undefined> {
		const { run } = this;
		const before = run.requests();
		let thrown: unknown;
		try {
			run.signal?.throwIfAborted();
			return await run.send(bodyOf(sending.part), { count: sending.part.places.length, idempotent });
		} catch (error) {
			thrown = error;
		}
		this.end(thrown);
		const rows = positionsOf(sending.part);
		if (run.requests() > before) this.outcomes.noteSent(rows, false);
		return undefined;
	}

	/** @throws what was thrown, where nothing was sent at all */
	private end(thrown: unknown): void {
		const isCancelled = this.run.signal?.aborted === true;
		if (!isCancelled && this.run.requests() === 0) throw thrown;
		const said = thrown instanceof Error ? thrown.message : String(thrown);
		this.ended ??= { rest: 'notSent', why: isCancelled ? { code: 'cancelled' } : { code: 'stopped', said } };
	}

	/** Parts that are small enough by what was learnt, or none where the run has ended. They do not count as sent again. */
	private inSmaller(sending: Sending): Again {
		const parts = this.ended === undefined ? splitBySize(sending.part, this.limits.bytes) : [sending.part];
		return { next: parts.map((part) => ({ ...sending, part, is: 'smaller', wasLost: false })), later: [] };
	}

	private async read(
		sending: Sending,
		answer: PlanhatAnswer | PlanhatRefusal,
		sent: readonly Sent[],
		ledger: Ledger,
	): Promise<Again> {
		const rows = positionsOf(sending.part);
		const kind = 'failure' in answer ? answer.failure.kind : undefined;
		const verdict = await this.judgeAnswer(sent, answer, this.run);
		await this.breathe();
		const speaksOfRows = isBulkAnswer(answer.body);
		this.outcomes.takeCertain(rows, verdict, (outcome) => byBoth(outcome, sending.mayBe), speaksOfRows);
		await this.breathe();
		this.outcomes.takeOpen(rows, verdict);
		// What an answer counts the second time is not what the rows went through as.
		if (sending.mayBe !== undefined) verdict.ledger.applied = emptyLedger().applied;
		addTo(ledger, verdict.ledger);
		if (this.run.stops && verdict.unnamed !== undefined) this.ended = { rest: 'notSent', why: { code: 'stopped' } };
		if ('failure' in answer && answer.failure.code === '401') this.ended = { rest: 'failed', why: verdict.why };
		const came = kind === 'fault' ? 'fault' : kind === 'unknown' ? 'lost' : 'answered';
		return againAfter(sending, verdict, sent, came, this.faultsInARow, this.doubtfulIn(sending.part.chunk)?.renamed);
	}

	/** Gives up rows of which nobody could tell what became of them. */
	private giveUp({ part, why }: Sending): void {
		const undecided: Reason = why.code === 'lost' ? why : { ...why, code: 'notDecided' };
		for (const at of positionsOf(part)) this.outcomes.settle(at, { is: 'unknown', why: undecided });
	}

	private refuse(part: Part, why: Reason): void {
		for (const at of positionsOf(part)) this.outcomes.settle(at, { is: 'failed', why }, false);
	}

	/** Leaves rows as the run has ended: of those that were sent nobody knows, the others get their outcome at the end. */
	private leave({ part, why }: Sending): void {
		const isUnsaid = why.code === 'notNamed' && why.said === undefined;
		const reason = isUnsaid ? (this.ended?.why ?? why) : why;
		for (const at of positionsOf(part))
			if (this.outcomes.wasSent(at)) this.outcomes.settle(at, { is: 'unknown', why: reason });
	}
}
