import type { IDataObject } from 'n8n-workflow';

import { orderRows, type DuplicateRule } from '../../../../nodes/Planhat/batch/duplicates.ts';
import type { SentRows, Settled } from '../../../../nodes/Planhat/batch/outcomes.ts';
import { packChunks, type Limits } from '../../../../nodes/Planhat/batch/pack.ts';
import { sendBatches } from '../../../../nodes/Planhat/batch/sendBatches.ts';
import { sendChunks } from '../../../../nodes/Planhat/batch/sendChunks.ts';
import { LaterRows } from '../../../../nodes/Planhat/batch/laterRows.ts';
import type { SendingRun } from '../../../../nodes/Planhat/batch/sending.ts';
import { modelOf } from '../../../../nodes/Planhat/resources/index.ts';
import type { Model } from '../../../../nodes/Planhat/resources/types.ts';
import type { Key, Written } from '../../../../nodes/Planhat/rows/row.ts';
import type { PlanhatAnswer, PlanhatRefusal } from '../../../../nodes/Planhat/transport/answer.ts';
import { refusalWith } from '../answers/answerForms.mts';

export interface TestRow extends IDataObject {
	/** Position of the row, by which the fake knows it. */
	row: number;
	sourceId?: string;
	externalId?: string;
	email?: string;
	value?: string;
	/** What Planhat does not take: the row alone, or the whole request with it. */
	reason?: 'bad' | 'poison';
}

/** Keys of test rows, in Planhat's order. */
export const keyNames = ['sourceId', 'externalId', 'email'] as const;

export function keysOfTest(row: Partial<TestRow>): Key[] {
	return keyNames.flatMap((name) => {
		const value = row[name];
		return value === undefined ? [] : [{ name, value, identity: value }];
	});
}

export interface SendingFaults {
	/** 0 to 1, one after the other; they decide all that is left to chance. */
	random: () => number;
	/** How errors speak of the rows they are about. */
	errors: ReadonlyArray<'text' | 'object' | 'nameless' | 'silent'>;
	/** How an answer speaks of the rows that it took. */
	naming: 'keys' | 'ids' | 'counts' | 'nothing' | 'words';
	/** Shares of the requests, 0 to 1. */
	refusals: number;
	losses: number;
	faults: number;
	resends: number;
	/** Every request from this one on is answered by 500. */
	outageFrom: number;
	/** Bodies above this are answered by 413, or get lost. Bytes. */
	mostBytes: number;
	above: '413' | 'lost';
}

export const noFaults: SendingFaults = {
	random: () => 0.99,
	errors: ['text'],
	naming: 'keys',
	refusals: 0,
	losses: 0,
	faults: 0,
	resends: 0,
	outageFrom: Infinity,
	mostBytes: Infinity,
	above: '413',
};

/** Numbers from 0 to 1 that are the same for the same seed. */
export function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}

interface Stored extends IDataObject {
	_id: string;
	createdBy: number;
	lastRow: number;
}

/** What Planhat did with a row, each time it saw it. */
export type Done = 'created' | 'updated' | 'unchanged' | 'refused' | 'notReached';

export interface Request {
	rows: number[];
	bytes: number;
	/** Whether the body was above what Planhat takes. */
	isAbove: boolean;
}

/** Records by their keys, with the faults it is told to have. */
export class SendingPlanhat {
	readonly records: Stored[] = [];

	readonly requests: Request[] = [];

	readonly done = new Map<number, Done[]>();

	/** The ID of the record that a row was applied to last. */
	readonly ids = new Map<number, string>();

	/** Rows that were applied after a later row of the same record. */
	readonly outOfOrder: string[] = [];

	/** Lengths of the runs of requests that were answered by 500. */
	readonly faultRuns: number[] = [];

	/** The first record with a key, by its name and value. */
	private readonly byKey = new Map<string, Stored>();

	constructor(private readonly faults: SendingFaults) {}

	put(row: TestRow): void {
		this.keep({ ...row, _id: `old-${this.records.length}`, createdBy: -1, lastRow: -1, row: -1 });
	}

	private keep(record: Stored): void {
		this.records.push(record);
		this.index(record);
	}

	private index(record: Stored): void {
		for (const name of [...keyNames, '_id'] as const) {
			const key = `${name} ${record[name]}`;
			if (record[name] !== undefined && this.byKey.get(key)?.[name] !== record[name]) this.byKey.set(key, record);
		}
	}

	/** The keys of the record that has the best key of a row. */
	keysHeld(row: TestRow): readonly Key[] | undefined {
		const name = keyNames.find((one) => row[one] !== undefined);
		const record = name === undefined ? undefined : this.find(row, [name]);
		return record && keysOfTest(record);
	}

	find(row: TestRow, names: readonly (typeof keyNames)[number][] = keyNames): Stored | undefined {
		for (const name of names) {
			const record = row[name] === undefined ? undefined : this.byKey.get(`${name} ${row[name]}`);
			if (record !== undefined && record[name] === row[name]) return record;
		}
		return undefined;
	}

	readonly answer = (body: Buffer, idempotent: boolean): PlanhatAnswer | PlanhatRefusal => {
		const rows = JSON.parse(body.toString()) as TestRow[];
		const { random, mostBytes, above } = this.faults;
		const isAbove = body.length > mostBytes;
		this.requests.push({ rows: rows.map(({ row }) => row), bytes: body.length, isAbove });
		const isKnown = rows.some(({ row }) => this.done.has(row));
		if (isAbove && above === '413') return this.unreached(rows, refusalWith(413, 'Payload Too Large'));
		if (isAbove) return this.unreached(rows, this.lost(true));
		if (this.requests.length >= this.faults.outageFrom || rows.some(({ reason }) => reason === 'poison'))
			return this.fault(rows);
		if (random() < this.faults.faults) return this.fault(random() < 0.5 ? this.applied(rows) : rows);
		this.faultRuns.push(0);
		if (!isKnown && random() < this.faults.refusals) {
			const status = [400, 403, 429][Math.floor(random() * 3)] ?? 400;
			return this.unreached(rows, refusalWith(status, 'Not now'));
		}
		if (random() < this.faults.losses)
			return this.unreached(random() < 0.5 ? this.applied(rows) : rows, this.lost(idempotent));
		const resent = idempotent && random() < this.faults.resends;
		if (resent) this.apply(rows);
		return { ...this.answerFor(rows), resent };
	};

	private lost(isTriedAgain: boolean): PlanhatRefusal {
		return {
			...refusalWith(0, undefined, { kind: 'unknown', mayBeApplied: true, words: 'ECONNRESET' }),
			resent: isTriedAgain,
		};
	}

	private fault(rows: TestRow[]): PlanhatRefusal {
		this.faultRuns.push((this.faultRuns.pop() ?? 0) + 1);
		return this.unreached(rows, refusalWith(500, 'Internal error'));
	}

	private unreached<Answer>(rows: readonly TestRow[], answer: Answer): Answer {
		for (const { row } of rows) if (!this.done.has(row)) this.done.set(row, ['notReached']);
		return answer;
	}

	private applied(rows: TestRow[]): TestRow[] {
		this.apply(rows);
		return rows;
	}

	private apply(rows: readonly TestRow[]): Done[] {
		return rows.map((row) => {
			const done = this.applyOne(row);
			this.done.set(row.row, [...(this.done.get(row.row) ?? []), done]);
			return done;
		});
	}

	private applyOne(row: TestRow): Done {
		if (row.reason === 'bad') return 'refused';
		const record = this.find(row);
		if (record === undefined) {
			const _id = `new-${this.records.length}`;
			this.keep({ ...row, _id, createdBy: row.row, lastRow: row.row });
			this.ids.set(row.row, _id);
			return 'created';
		}
		if (record.lastRow > row.row) this.outOfOrder.push(`row ${row.row} after row ${record.lastRow}`);
		const isSame = Object.entries(row).every(([name, value]) => name === 'row' || record[name] === value);
		Object.assign(record, row, { lastRow: row.row });
		this.index(record);
		this.ids.set(row.row, record._id);
		return isSame ? 'unchanged' : 'updated';
	}

	private errorFor(row: TestRow): unknown {
		const [key] = keysOfTest(row);
		const form = this.faults.errors[Math.floor(this.faults.random() * this.faults.errors.length)];
		if (form === 'silent') return undefined;
		if (key === undefined || form === 'nameless') return 'not valid';
		return form === 'text'
			? `${key.name} "${key.value}" is not valid.`
			: { message: 'not valid', [key.name]: key.value };
	}

	private answerFor(rows: readonly TestRow[]): PlanhatAnswer | PlanhatRefusal {
		const { naming, random } = this.faults;
		const done = this.apply(rows);
		const errors = rows
			.flatMap((row, place) => (done[place] === 'refused' ? [this.errorFor(row)] : []))
			.filter(Boolean);
		const entries = (wanted: Done) =>
			rows.flatMap((row, place) => {
				if (done[place] !== wanted || naming === 'counts' || naming === 'nothing') return [];
				const record = this.byKey.get(`_id ${this.ids.get(row.row)}`);
				const { _id, sourceId, externalId }: Partial<Stored> = record ?? {};
				return [naming === 'ids' ? { _id } : { _id, sourceId, externalId }];
			});
		const count = (wanted: Done) => done.filter((one) => one === wanted).length;
		if (naming === 'words') return { status: 200, body: 'OK', resent: false };
		const body = {
			...(naming !== 'nothing' && {
				created: count('created'),
				updated: count('updated'),
				nonupdates: count('unchanged'),
			}),
			createdErrors: errors,
			insertsKeys: entries('created'),
			updatesKeys: entries('updated'),
		};
		if (errors.length === rows.length && random() < 0.5) return refusalWith(400, body);
		return { status: errors.length > 0 ? 206 : 200, body, resent: false };
	}
}

export interface SendOptions extends Partial<Pick<SendingRun, 'stops' | 'signal' | 'yieldToEventLoop'>> {
	limits?: Partial<Limits>;
	rule?: DuplicateRule;
	resource?: string;
	/** Rows that are refused before they are sent. */
	refused?: readonly number[];
	withoutCompany?: boolean;
	requests?: () => number;
	/** Looks for the record of a row by its best key; without it, no row names its record by another key than others do. */
	keysHeld?: (row: TestRow) => readonly Key[] | undefined;
}

/** Sends rows through all the stages of a batch after the writing. */
export async function sendRows(
	rows: readonly TestRow[],
	answer: (body: Buffer, idempotent: boolean) => PlanhatAnswer | PlanhatRefusal | Promise<PlanhatAnswer>,
	options: SendOptions = {},
): Promise<SentRows> {
	const {
		stops = false,
		signal,
		yieldToEventLoop = () => undefined,
		rule = 'sendInOrder',
		refused = [],
		withoutCompany,
		keysHeld,
	} = options;
	const limits: Limits = { rows: 5_000, bytes: 30_000_000, rowBytes: 30_000_000, ...options.limits };
	let requests = 0;
	const run: SendingRun = {
		model: modelOf(options.resource ?? 'company') as Model,
		stops,
		signal,
		yieldToEventLoop,
		said: (body) => body,
		requests: options.requests ?? (() => requests),
		async send(body, { count, idempotent }) {
			requests += 1;
			if ((JSON.parse(body.toString()) as unknown[]).length !== count) throw new Error('Wrong number of rows');
			await Promise.resolve();
			return await answer(body, idempotent);
		},
	};
	const sentAt = (at: number) => ({
		keys: keysOfTest(rows[at] as TestRow),
		...(withoutCompany && { withoutCompany: true as const }),
	});
	const findHeld = async (places: readonly number[]) => {
		const held = places.map((at) => [at, keysHeld?.(rows[at] as TestRow)] as const);
		return await Promise.resolve(new Map(held.flatMap(([at, keys]) => (keys === undefined ? [] : [[at, keys]]))));
	};
	const tell = (at: number, told: (name: string, value: string) => void) => {
		for (const { name, value } of keysOfTest(rows[at] as TestRow)) told(name, value);
	};
	const laterRows = new LaterRows({ names: keyNames, tell, namesCompany: () => false }, findHeld, []);
	const order = await orderRows(
		(at) => (refused.includes(at) ? undefined : sentAt(at)),
		rows.length,
		rule,
		yieldToEventLoop,
	);
	function* written(): Generator<Written | Settled> {
		const isSent = new Set(rows.map((_row, at) => at));
		for (const settled of [...order.refused, ...refused.map((at) => ({ at, why: { code: 'badValues' as const } }))]) {
			isSent.delete(settled.at);
			yield settled;
		}
		for (const { at, by } of order.superseded) {
			isSent.delete(at);
			yield { at, outcome: { is: 'superseded', by } };
		}
		const layers = [...isSent].sort(
			(one, other) => (order.layers[one] ?? 0) - (order.layers[other] ?? 0) || one - other,
		);
		for (const at of layers) yield { at, layer: order.layers[at] ?? 0, fields: rows[at] as TestRow, missing: [] };
	}
	const prepared = [{ run, chunks: packChunks(run, written(), limits) }];
	const sent = await sendBatches(
		prepared,
		async (_one, chunks) =>
			await sendChunks({ ...run, ...(keysHeld && { laterRows }) }, rows.length, sentAt, chunks, limits),
	);
	return sent[0] as SentRows;
}
