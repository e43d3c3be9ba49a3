import { isKeyed, keysAmong } from '../rows/keys';
import type { BatchRun } from '../run/context';
import type { PlanhatRefusal } from '../transport/answer';
import { isObject } from '../values/checks';
import { isBulkAnswer, matchOutcomes } from './judgeAnswer';
import { givenAt, pendingRows, settlePending, type Batch, type RowOutcome } from './outcomes';
import { packChunk, type Chunk, type ChunkLimits } from './pack';
import { outcomeOfError, textOf } from './writeRows';

/** Requests beyond one for each chunk, in a run: Planhat allows 200 calls a minute. */
const mostExtraRequests = 100;

/** So many parts in a row that are answered by 500 are an outage, not a bad row. */
const mostFaultsInARow = 8;

/** So many faults in a row tell that more than one row is bad. */
const manyFaults = 3;

const notNamed = 'Planhat accepted the request without saying what became of this row';

/** Rows that one answer has not decided, and that may be sent again. */
interface Again {
	rows: number[];
	/** What is said of those that stay undecided. */
	reason: string;
	/** Whether they were sent more than once already. */
	resent: boolean;
	/** Whether what was sent may have been applied, so that no later refusal makes it undone. */
	mayBeApplied: boolean;
}

/** Sends the rows of a bulk upsert and finds out what becomes of each of them. */
export class BatchSender {
	/** Planhat's words for refusals that match no row. */
	readonly unmatchedErrors = new Set<string>();

	private extraRequests = 0;

	private faultsInARow = 0;

	constructor(
		private readonly context: BatchRun,
		private readonly batch: Batch,
		private readonly limits: ChunkLimits,
	) {}

	/** Sends all rows that have no outcome yet, one request after the other. After it, each row has one. */
	async sendAll(): Promise<void> {
		const pending = pendingRows(this.batch);
		for (let next = 0; next < pending.length;) {
			this.context.signal?.throwIfAborted();
			const packed = await this.pack(pending, next, this.limits);
			next = packed.next;
			for (const { row, reason } of packed.refused) this.batch.outcomes[row] = { outcome: 'failed', reason };
			const { rows } = packed.chunk;
			if (rows.length > 0) await this.sendSafely(packed.chunk);
			if (this.context.stops && (packed.refused.length > 0 || this.hasLosses(rows))) break;
		}
		settlePending(this.batch);
	}

	private async pack(rows: readonly number[], from: number, limits: ChunkLimits) {
		return await packChunk(rows, from, limits, (row) => textOf(this.batch, row), this.context.yieldToEventLoop);
	}

	private hasLosses(rows: number[]): boolean {
		return rows.some((row) => ['failed', 'unknown'].includes(this.batch.outcomes[row]?.outcome ?? ''));
	}

	private settle(rows: readonly number[], outcome: RowOutcome, resent: boolean): void {
		for (const row of rows) this.batch.outcomes[row] = { ...outcome, ...(resent && { resent }) };
	}

	private async sendSafely(chunk: Chunk): Promise<void> {
		const before = this.context.transport.writes;
		try {
			await this.sendUntilDecided(chunk);
		} catch (error) {
			this.context.signal?.throwIfAborted();
			const open = chunk.rows.filter((row) => this.batch.outcomes[row] === undefined);
			this.settle(open, outcomeOfError(error, this.context.transport.writes > before), false);
		}
	}

	/** Sends rows that stay undecided again, in ever smaller parts. */
	private async sendUntilDecided(chunk: Chunk): Promise<void> {
		const errors = new Set<string>();
		const open = this.partsOf(await this.sendChunk(chunk, errors));
		for (let part = open.pop(); part !== undefined; part = open.pop()) {
			const parts = this.partsOf(await this.sendPart(part, errors));
			// Where one row is bad, its neighbours are good: the other half first. Where all is bad, down to the few.
			if (this.faultsInARow >= manyFaults) open.push(...parts);
			else open.unshift(...parts);
		}
		const told = new Set(chunk.rows.map((row) => this.batch.outcomes[row]?.reason));
		for (const words of errors) if (!told.has(words)) this.unmatchedErrors.add(words);
	}

	private partsOf(again: Again | undefined): Again[] {
		if (again === undefined) return [];
		const { rows } = again;
		const size = Math.ceil(rows.length / (this.faultsInARow >= manyFaults ? 8 : 2));
		const parts: Again[] = [];
		for (let from = 0; from < rows.length; from += size) parts.push({ ...again, rows: rows.slice(from, from + size) });
		return parts;
	}

	private async sendPart(part: Again, errors: Set<string>): Promise<Again | undefined> {
		if (this.extraRequests >= mostExtraRequests || this.faultsInARow >= mostFaultsInARow) {
			this.settle(part.rows, { outcome: 'unknown', reason: part.reason }, part.resent);
			return undefined;
		}
		this.extraRequests += 1;
		const { chunk } = await this.pack(part.rows, 0, { rows: part.rows.length, bytes: Infinity });
		return await this.sendChunk(chunk, errors, part);
	}

	private async sendChunk({ rows, body }: Chunk, errors: Set<string>, before?: Again): Promise<Again | undefined> {
		const { model, transport } = this.context;
		const keyed = rows.every((row) => isKeyed(this.batch.keyNames, givenAt(this.batch, row)));
		const record = rows.length === 1 ? model.singular : model.plural;
		const target = { verb: 'create or update', record, permission: model.name };
		const answer = await transport.trySend({ method: 'PUT', url: model.path, body, keyed, target });
		const resent = before !== undefined || answer.resent;
		if (!('failure' in answer) || isBulkAnswer(answer.body)) return this.readAnswer(rows, answer.body, resent, errors);
		const mayBeApplied = before?.mayBeApplied === true || answer.failure.mayBeApplied;
		return this.readRefusal(rows, answer, { keyed, resent, mayBeApplied });
	}

	private readAnswer(rows: number[], body: unknown, resent: boolean, errors: Set<string>): Again | undefined {
		this.faultsInARow = 0;
		const keys = rows.map((row) => keysAmong(this.batch.keyNames, givenAt(this.batch, row)));
		const said = (entry: unknown) => this.context.transport.said(entry);
		const { results, undecided, unmatchedErrors } = matchOutcomes(keys, isObject(body) ? body : {}, said);
		for (const [position, result] of results) {
			if (resent) result.resent = true;
			this.batch.outcomes[rows[position] ?? 0] = result;
		}
		for (const words of unmatchedErrors) errors.add(words);
		const open = undecided.flatMap((position) => rows[position] ?? []);
		const reason = [notNamed, ...unmatchedErrors].join('. It also said: ');
		this.settle(open, { outcome: 'unknown', reason }, resent);
		const again = rows.length > 1 ? open.filter((row) => isKeyed(this.batch.keyNames, givenAt(this.batch, row))) : [];
		return again.length > 0 ? { rows: again, reason, resent, mayBeApplied: true } : undefined;
	}

	private readRefusal(
		rows: number[],
		{ failure, error }: PlanhatRefusal,
		{ keyed, resent, mayBeApplied }: { keyed: boolean; resent: boolean; mayBeApplied: boolean },
	): Again | undefined {
		const words = failure.words === '' ? error.message : failure.words;
		const isFault = failure.kind === 'fault';
		this.faultsInARow = isFault ? this.faultsInARow + 1 : 0;
		const unsure = mayBeApplied || (isFault && (!keyed || rows.length > 1));
		const reason = unsure ? `${words}. The row may have been applied` : words;
		this.settle(rows, { outcome: unsure ? 'unknown' : 'failed', reason }, resent);
		// A fault is looked for in parts. Rows with a key may go again, only those without made the request one that must not.
		const again =
			keyed && !(isFault && rows.length > 1)
				? []
				: rows.filter((row) => isKeyed(this.batch.keyNames, givenAt(this.batch, row)));
		if (again.length === 0 || (!isFault && !failure.mayBeApplied)) return undefined;
		return { rows: again, reason, resent, mayBeApplied: mayBeApplied || !keyed };
	}
}
