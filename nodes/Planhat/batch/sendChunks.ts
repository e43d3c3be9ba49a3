import { judgeStepwise } from '../answers/judgeAnswer';
import type { Sent, Verdict } from '../answers/verdict';
import type { Given, Position } from '../rows/row';
import { RowKeys } from '../rows/rowKeys';
import { breathing } from '../run/eventLoop';
import type { PlanhatAnswer, PlanhatRefusal } from '../transport/answer';
import type { PlanhatRequest } from '../transport/request';
import { LaterRows } from './laterRows';
import { OrderedSender } from './orderedSender';
import type { SentRows } from './outcomes';
import type { Limits } from './pack';
import { sendBatches, sendingRun, type Batch, type Cost, type Prepared } from './sendBatches';
import type { Chunks, SendingRun } from './sending';

async function judgeUpsert(
	sent: readonly Sent[],
	answer: PlanhatAnswer | PlanhatRefusal,
	{ model, said, withoutIds, yieldToEventLoop }: SendingRun,
): Promise<Verdict> {
	return await breathing(judgeStepwise(sent, answer, { model, said, withoutIds }), yieldToEventLoop);
}

/**
 * Sends all rows of a bulk upsert.
 * @param limits as `packChunks` has them; they get smaller when requests turn out to be too large
 * @throws what sending throws, where nothing was sent at all
 */
export async function sendChunks(
	run: SendingRun,
	count: number,
	sentAt: (at: Position) => Sent,
	chunks: Chunks,
	limits: Limits,
): Promise<SentRows> {
	return await new OrderedSender(run, count, sentAt, limits, judgeUpsert).sendAll(chunks);
}

/** What an answer can name a row by. People whom Planhat finds by email belong to a company. */
function sentRow({ rows }: Given, keys: RowKeys, isPerson: boolean, at: Position): Sent {
	const sent: Sent = { keys: keys.of(at), given: rows[at]?.given ?? {} };
	if (isPerson && !keys.namesCompany(at)) sent.withoutCompany = true;
	return sent;
}

/**
 * Sends the rows of a bulk upsert, batch after batch.
 * @param withoutIds whether nobody asks for the IDs of all records
 */
export async function sendAll(
	prepared: readonly Prepared[],
	limits: Limits,
	request: Pick<PlanhatRequest, 'method' | 'url'>,
	cost: () => Cost,
	withoutIds = false,
): Promise<Batch[]> {
	return await sendBatches(
		prepared,
		async ({ run, given, columns, keys = new RowKeys(given.rows, columns), findHeld }, chunks) => {
			const { singular, plural, name, keysWithinCompany } = run.model;
			const isPerson = keysWithinCompany.includes('email');
			const sending = sendingRun(
				run,
				(count) => ({
					...request,
					target: { verb: 'create or update', record: count === 1 ? singular : plural, permission: name },
				}),
				cost,
			);
			return await sendChunks(
				{
					...{ ...sending, withoutIds, isKeyed: (at: number) => keys.isKeyed(at) },
					...(findHeld && { laterRows: new LaterRows(keys, findHeld, keysWithinCompany) }),
				},
				given.rows.length,
				(at) => sentRow(given, keys, isPerson, at),
				chunks,
				limits,
			);
		},
	);
}
