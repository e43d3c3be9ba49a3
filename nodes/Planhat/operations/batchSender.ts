import { isRecord } from '../transport/answers';
import { packChunk, type Chunk, type ChunkLimits } from '../transport/chunks';
import { isBulkAnswer, matchOutcomes } from '../transport/outcomes';
import type { PlanhatRefusal } from '../transport/request';
import { isKeyed, keysAt, pendingRows, settlePending, textOf, type Batch, type RowOutcome } from './batchRows';
import type { BatchContext } from './types';

/** Requests beyond one for each chunk, in a run: Planhat allows 200 calls a minute. */
const mostExtraRequests = 100;

/** So many parts in a row that are answered by 500 are an outage, not a bad row. */
const mostFaultsInARow = 8;

const notNamed = 'Planhat accepted the request without saying what became of this row';

/** Rows that one answer has not decided, and that may be sent again. */
interface Again {
	rows: number[];
	/** What is said of those that stay undecided. */
	reason: string;
	/** Planhat's words that belong to some of them. */
	errors: string[];
}

/** Sends the rows of a bulk upsert and finds out what becomes of each of them. */
export class BatchSender {
	/** Planhat's words for refusals that match no row. */
	readonly unmatchedErrors = new Set<string>();

	private extraRequests = 0;

	private faultsInARow = 0;

	constructor(
		private readonly context: BatchContext,
		private readonly batch: Batch,
		private readonly limits: ChunkLimits,
	) {}

	/** Sends all rows that have no outcome yet, one request after the other. After it, each row has one. */
	async sendAll(): Promise<void> {
		const pending = pendingRows(this.batch);
		for (let next = 0; next < pending.length;) {
			this.context.signal?.throwIfAborted();
			const packed = await packChunk(
				pending,
				next,
				this.limits,
				(row) => textOf(this.batch, row),
				this.context.breathe,
			);
			next = packed.next;
			this.settle(packed.tooLarge, { outcome: 'failed', reason: 'The row alone is larger than a request may be' });
			if (packed.chunk.rows.length > 0) await this.sendUntilDecided(packed.chunk);
			if (this.context.stops && this.hasLosses(packed.chunk.rows, packed.tooLarge)) break;
		}
		settlePending(this.batch);
	}

	private hasLosses(...lists: number[][]): boolean {
		return lists.flat().some((row) => ['failed', 'unknown'].includes(this.batch.outcomes[row]?.outcome ?? ''));
	}

	private settle(rows: readonly number[], outcome: RowOutcome): void {
		for (const row of rows) this.batch.outcomes[row] = { ...outcome };
	}

	/** Sends rows that stay undecided again in two parts, both before either is parted further. */
	private async sendUntilDecided(chunk: Chunk): Promise<void> {
		const open: Again[] = [];
		for (let again = await this.sendChunk(chunk, false); again !== undefined; again = open.pop()) {
			const middle = Math.ceil(again.rows.length / 2);
			for (const part of [again.rows.slice(0, middle), again.rows.slice(middle)]) {
				const rest = part.length > 0 ? await this.sendPart({ ...again, rows: part }) : undefined;
				if (rest !== undefined) open.push(rest);
			}
		}
	}

	private async sendPart(part: Again): Promise<Again | undefined> {
		if (this.extraRequests >= mostExtraRequests || this.faultsInARow >= mostFaultsInARow) return this.giveUp(part);
		this.extraRequests += 1;
		const { rows } = part;
		const limits = { rows: rows.length, bytes: Infinity };
		const { chunk } = await packChunk(rows, 0, limits, (row) => textOf(this.batch, row), this.context.breathe);
		return await this.sendChunk(chunk, true);
	}

	private giveUp({ rows, reason, errors }: Again, resent = false): undefined {
		this.settle(rows, { outcome: 'unknown', reason, ...(resent && { resent }) });
		for (const words of errors) this.unmatchedErrors.add(words);
	}

	private async sendChunk({ rows, body }: Chunk, isResend: boolean): Promise<Again | undefined> {
		const { model, transport } = this.context;
		const keyed = rows.every((row) => isKeyed(this.batch, row));
		const record = rows.length === 1 ? model.singular : model.plural;
		const target = { verb: 'create or update', record, permission: model.name };
		const answer = await transport.exchange({ method: 'PUT', url: model.path, body, keyed, target });
		const resent = isResend || answer.resent;
		if ('failure' in answer && !isBulkAnswer(answer.body)) return this.readRefusal(rows, answer, keyed, resent);
		return this.readAnswer(rows, answer.body, resent);
	}

	private readAnswer(rows: number[], body: unknown, resent: boolean): Again | undefined {
		this.faultsInARow = 0;
		const keys = rows.map((row) => keysAt(this.batch, row));
		const { results, undecided, unmatchedErrors: errors } = matchOutcomes(keys, isRecord(body) ? body : {});
		for (const [position, result] of results) {
			if (resent) result.resent = true;
			this.batch.outcomes[rows[position] ?? 0] = result;
		}
		const open = undecided.flatMap((position) => rows[position] ?? []);
		const reason = [notNamed, ...errors].join('. It also said: ');
		const mayGoAgain = (row: number) => rows.length > 1 && isKeyed(this.batch, row);
		const again = open.filter(mayGoAgain);
		if (again.length < open.length || open.length === 0) {
			this.giveUp({ rows: open.filter((row) => !mayGoAgain(row)), reason, errors }, resent);
		}
		return again.length > 0 ? { rows: again, reason, errors } : undefined;
	}

	private readRefusal(rows: number[], refusal: PlanhatRefusal, keyed: boolean, resent: boolean): Again | undefined {
		const { failure, error } = refusal;
		const reason = failure.words === '' ? error.message : failure.words;
		const isFault = failure.kind === 'fault';
		this.faultsInARow = isFault ? this.faultsInARow + 1 : 0;
		if (isFault && keyed && rows.length > 1) return { rows, reason, errors: [] };
		if (!failure.mayBeApplied && (keyed || !isFault)) {
			this.settle(rows, { outcome: 'failed', reason, ...(resent && { resent }) });
			return undefined;
		}
		const maybe = `${reason}. The row may have been applied`;
		this.giveUp({ rows, reason: maybe, errors: [] }, resent);
		// Rows with a key may go again; only those without made the request one that must not.
		const again = keyed ? [] : rows.filter((row) => isKeyed(this.batch, row));
		return again.length > 0 ? { rows: again, reason: maybe, errors: [] } : undefined;
	}
}
