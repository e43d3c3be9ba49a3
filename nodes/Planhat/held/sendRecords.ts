import type { IDataObject } from 'n8n-workflow';

import { emptyLedger } from '../answers/ledger';
import type { Outcome } from '../answers/outcome';
import { refusedWrite } from '../answers/refusedWrite';
import type { Sent, Verdict } from '../answers/verdict';
import { recordName, withoutName } from '../resources/recordName';
import { RowKeys } from '../rows/rowKeys';
import type { BatchRun } from '../run/context';
import type { PlanhatAnswer, PlanhatRefusal } from '../transport/answer';
import { detailsOf, wordsOf } from '../transport/errors';
import type { PlanhatRequest } from '../transport/request';
import { isBlank, isObject } from '../values/checks';
import { fetchExisting } from './existing';
import { OrderedSender } from '../batch/orderedSender';
import type { Limits } from '../batch/pack';
import { sendBatches, sendingRun, type Batch, type Cost, type Prepared } from '../batch/sendBatches';
import { judgeRefusal } from '../batch/sendPosts';

/** Writes records one by one: those with an ID are changed, the others created, and changed by later rows of the same name. */
class RecordWriter {
	/** IDs of the records that were created, by their names; undefined where nobody knows whether one was. */
	private readonly created = new Map<string, string | undefined>();

	private sent: { request: PlanhatRequest; name?: string } | undefined;

	constructor(private readonly run: BatchRun) {}

	/** @param body JSON list of the one row */
	async requestOf(body: Buffer): Promise<PlanhatRequest> {
		const { model } = this.run;
		const [row = {}] = JSON.parse(body.toString()) as IDataObject[];
		const name = recordName(model, row)?.exact;
		const _id = isBlank(row._id) ? await this.idOf(row, name) : String(row._id);
		const target = { verb: 'create', record: model.singular, permission: model.name };
		const fields = isBlank(row._id) && _id !== undefined ? withoutName(row, model) : { ...row };
		delete fields._id;
		const request: PlanhatRequest =
			_id === undefined
				? { method: 'POST', url: model.path, body: fields, target }
				: {
						method: 'PUT',
						url: `${model.path}/${encodeURIComponent(_id)}`,
						body: fields,
						target: { ...target, verb: 'update', _id },
					};
		this.sent = { request, ...(name !== undefined && { name }) };
		return request;
	}

	/** The record that an earlier row has created; where that is not known, Planhat is asked. */
	private async idOf(row: IDataObject, name: string | undefined): Promise<string | undefined> {
		if (name === undefined || !this.created.has(name)) return undefined;
		const known = this.created.get(name);
		if (known !== undefined) return known;
		const index = await fetchExisting({ ...this.run }, [{ fields: row }], new Set());
		const held = index.match(row)?.record._id;
		return held === undefined ? undefined : String(held);
	}

	judge(sent: readonly Sent[], answer: PlanhatAnswer | PlanhatRefusal): Verdict {
		const { request, name } = this.sent ?? {};
		if (request === undefined) throw new Error('There is an answer to no request');
		const { target } = request;
		const isNew = request.method === 'POST';
		const refusal = 'failure' in answer ? undefined : refusedWrite(this.run, target, answer);
		const said = isObject(answer.body) && typeof answer.body._id === 'string' ? answer.body._id : undefined;
		const _id = target._id ?? said;
		const isMade = !('failure' in answer) || answer.failure.mayBeApplied;
		if (isNew && name !== undefined && isMade) this.created.set(name, said);
		if ('failure' in answer) return judgeRefusal(sent, answer);
		const why = { code: 'refused', said: wordsOf(refusal) } as const;
		const went: Outcome = { is: isNew ? 'created' : 'updated', ...(_id !== undefined && { _id }) };
		const isUnknown = refusal !== undefined && detailsOf(refusal).outcome === 'unknown';
		const all: Outcome = refusal === undefined ? went : { is: isUnknown ? 'unknown' : 'failed', why };
		const ledger = emptyLedger();
		if (refusal === undefined && _id !== undefined) ledger[isNew ? 'createdIds' : 'updatedIds'].add(_id);
		return { certain: new Map(), all, open: [], suspects: [], why, ledger };
	}
}

/** Sends rows of which each is a request of its own, in their order. */
export async function sendRecords(prepared: readonly Prepared[], limits: Limits, cost: () => Cost): Promise<Batch[]> {
	return await sendBatches(
		prepared,
		async ({ run, given, columns, keys = new RowKeys(given.rows, columns) }, chunks) => {
			const writer = new RecordWriter(run);
			const sending = {
				...sendingRun(run, async (_count, body) => await writer.requestOf(body), cost),
				isKeyed: (at: number) => keys.isKeyed(at),
			};
			const sent = (at: number): Sent => ({ keys: keys.of(at) });
			const judge = async (rows: readonly Sent[], answer: PlanhatAnswer | PlanhatRefusal) => writer.judge(rows, answer);
			return await new OrderedSender(sending, given.rows.length, sent, limits, judge).sendAll(chunks);
		},
	);
}
