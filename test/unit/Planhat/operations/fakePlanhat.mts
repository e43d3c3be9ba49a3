import type { IDataObject } from 'n8n-workflow';

import type { PlanhatAnswer, PlanhatRefusal } from '../../../../nodes/Planhat/transport/answer.ts';
import type { PlanhatRequest } from '../../../../nodes/Planhat/transport/request.ts';
import { seededRandom } from '../../fakeClock.mts';
import { cut, good, refused, rowsIn } from './fakeBatch.mts';

/** Rows whose description begins so are refused one by one, or bring the whole request down. */
export const badRow = 'bad';
export const poisonousRow = 'poison';

/** How errors speak of the rows they are about. */
export type ErrorForm = 'text' | 'object' | 'nested' | 'nameless' | 'silent';

export interface Faults {
	seed: number;
	errors: readonly ErrorForm[];
	/** How an answer speaks of the rows that were taken. */
	naming: 'keys' | 'ids' | 'counts' | 'nothing';
	/** Shares of the requests that carry a chunk for the first time, 0 to 1. */
	refusals: number;
	losses: number;
	/** Share of requests that are answered only after a second try, for keyed ones. */
	resends: number;
	/** Everything from this request on is answered by 500. */
	outageFrom: number;
}

export const noFaults: Faults = {
	seed: 1,
	errors: ['text'],
	naming: 'keys',
	refusals: 0,
	losses: 0,
	resends: 0,
	outageFrom: Infinity,
};

const keyNames = ['_id', 'sourceId', 'externalId'] as const;

interface Tally {
	inserted: IDataObject[];
	changed: IDataObject[];
	unchanged: number;
	errors: unknown[];
}

/** Companies by their keys, with the faults it is told to have. */
export class FakePlanhat {
	readonly records: IDataObject[] = [];

	/** How often a row was sent, by its name. */
	readonly sent = new Map<string, number>();

	/** Lengths of the runs of requests that were answered by 500. */
	readonly faultRuns: number[] = [];

	private readonly byKey = new Map<string, IDataObject>();

	private readonly random: () => number;

	private requests = 0;

	constructor(private readonly faults: Faults = noFaults) {
		this.random = seededRandom(faults.seed);
	}

	find(row: IDataObject): IDataObject | undefined {
		for (const name of keyNames) {
			const value = row[name];
			if (value === undefined || value === null || value === '') continue;
			const record = this.byKey.get(`${name} ${String(value)}`);
			if (record !== undefined) return record;
		}
		return undefined;
	}

	put(row: IDataObject): IDataObject {
		const record = { _id: `id-${this.records.length + 1}`, ...row };
		this.records.push(record);
		this.index(record);
		return record;
	}

	readonly answer = (rows: IDataObject[], request: PlanhatRequest): PlanhatAnswer | PlanhatRefusal => {
		this.requests += 1;
		const isAgain = rows.some((row) => (this.sent.get(String(row.name)) ?? 0) > 0);
		this.note(rows);
		if (this.requests >= this.faults.outageFrom) return this.fault(request);
		if (rows.some(({ description }) => String(description).startsWith(poisonousRow))) return this.fault(request);
		this.faultRuns.push(0);
		if (!isAgain && this.random() < this.faults.refusals) {
			const [status, text] = this.pick([
				[400, 'Not valid'],
				[403, 'Missing permission'],
				[429, 'Too many requests'],
			] as const);
			return refused(request, status, text);
		}
		if (!isAgain && this.random() < this.faults.losses) {
			if (this.random() < 0.5) this.apply(rows);
			return cut(request);
		}
		const isResent = request.idempotent === true && this.random() < this.faults.resends;
		if (isResent) {
			this.apply(rows);
			this.note(rows);
		}
		return { ...this.answerOf(this.apply(rows), rows, request), resent: isResent };
	};

	private note(rows: readonly IDataObject[]): void {
		for (const { name } of rows) this.sent.set(String(name), (this.sent.get(String(name)) ?? 0) + 1);
	}

	private pick<Value>(values: readonly Value[]): Value {
		const value = values[Math.floor(this.random() * values.length)];
		if (value === undefined) throw new Error('Nothing to choose from');
		return value;
	}

	private fault(request: PlanhatRequest): PlanhatRefusal {
		this.faultRuns.push((this.faultRuns.pop() ?? 0) + 1);
		return refused(request, 500, 'Internal error');
	}

	private index(record: IDataObject): void {
		for (const name of keyNames) if (record[name]) this.byKey.set(`${name} ${String(record[name])}`, record);
	}

	private errorFor(row: IDataObject): unknown {
		const value = row.sourceId ?? row.externalId ?? row._id;
		const name = row.sourceId !== undefined ? 'sourceId' : 'externalId';
		switch (this.pick(this.faults.errors)) {
			case 'text':
				return value === undefined ? 'name is not valid' : `${name} "${String(value)}" is not valid.`;
			case 'object':
				return { message: 'not valid', [name]: value };
			case 'nested':
				return { error: { text: 'not valid', data: { row: { ...row } } } };
			case 'nameless':
				return this.pick<unknown>(['not valid', { code: 17 }, ['not', 'valid'], 12]);
			case 'silent':
				return undefined;
		}
	}

	private apply(rows: readonly IDataObject[]): Tally {
		const tally: Tally = { inserted: [], changed: [], unchanged: 0, errors: [] };
		for (const row of rows) {
			const record = this.find(row);
			const isBad = String(row.description).startsWith(badRow);
			if (isBad || (record === undefined && !row.name)) {
				const error = this.errorFor(row);
				if (error !== undefined) tally.errors.push(error);
			} else if (record === undefined) tally.inserted.push(this.put(row));
			else if (Object.entries(row).every(([name, value]) => record[name] === value)) tally.unchanged += 1;
			else {
				Object.assign(record, row);
				this.index(record);
				tally.changed.push(record);
			}
		}
		return tally;
	}

	private answerOf({ inserted, changed, unchanged, errors }: Tally, rows: unknown[], request: PlanhatRequest) {
		const { naming } = this.faults;
		const named = (records: IDataObject[]) => {
			if (naming === 'counts' || naming === 'nothing') return [];
			return records.map(({ _id, sourceId, externalId }) =>
				naming === 'ids' ? { _id } : { _id, sourceId, externalId },
			);
		};
		const body = {
			...(naming !== 'nothing' && { created: inserted.length, updated: changed.length, nonupdates: unchanged }),
			[this.pick(['createdErrors', 'updatedErrors', 'permissionErrors', 'validationErrors'])]: errors,
			insertsKeys: named(inserted),
			updatesKeys: named(changed),
			modified: naming === 'ids' ? changed.map(({ _id }) => _id) : [],
		};
		if (errors.length === 0) return good(body);
		const status = errors.length === rows.length ? this.pick([206, 400, 403]) : 206;
		return status === 206 ? good(body, 206) : refused(request, status, body);
	}
}

/** What a fake Planhat would be sent by a request. */
export function namesIn(request: PlanhatRequest): string[] {
	return rowsIn(request).map(({ name }) => String(name));
}
