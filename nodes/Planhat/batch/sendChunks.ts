import type { Position } from '../rows/row';
import type { PlanhatAnswer, PlanhatRefusal } from '../transport/request';
import { judgeBreathing, type Sent, type Verdict } from './judgeAnswer';
import { OrderedSender } from './orderedSender';
import type { Chunk, Settled } from './outcomes';
import type { Limits } from './pack';
import type { SendingRun, SentRows } from './sending';

async function judgeUpsert(
	sent: readonly Sent[],
	answer: PlanhatAnswer | PlanhatRefusal,
	{ model, breathe }: SendingRun,
): Promise<Verdict> {
	return await judgeBreathing(sent, answer, model, breathe);
}

/**
 * Sends all rows of a bulk upsert.
 * @param run what the sender needs of it
 * @param count how many rows there are
 * @param sentAt what an answer can name a row by
 * @param chunks in the order in which they go out
 * @param limits as `packChunks` has them; they get smaller when requests turn out to be too large
 * @throws what sending throws, where nothing was sent at all
 */
export async function sendChunks(
	run: SendingRun,
	count: number,
	sentAt: (at: Position) => Sent,
	chunks: AsyncIterable<Chunk | Settled>,
	limits: Limits,
): Promise<SentRows> {
	return await new OrderedSender(run, count, sentAt, limits, judgeUpsert).sendAll(chunks);
}
