import { isRecord } from '../transport/answers';
import { wordsOf } from '../transport/answerWords';
import type { PlanhatAnswer, PlanhatRefusal } from '../transport/request';
import type { Reason } from '../rows/row';
import type { Sent, Verdict } from './judgeAnswer';
import { emptyLedger, keepWords } from './ledger';
import type { Chunk, Outcome, Settled } from './outcomes';
import type { Limits } from './pack';
import { joined } from './said';
import { OrderedSender } from './orderedSender';
import type { SendingRun, SentRows } from './sending';

/** So many of Planhat's entries are kept, and each only as it is where it is short. */
const mostErrors = 100;
const longestError = 500;

/** What the answers say, added up. Activities are answered without a word. */
export interface Posted extends SentRows {
	/** How many rows Planhat says it has taken. */
	processed: number;
	/** Planhat's entries for rows that it has not, the first of them, and how many there were. */
	errors: unknown[];
	errorsInAll: number;
}

function shortened(entry: unknown): unknown {
	return (JSON.stringify(entry)?.length ?? 0) > longestError ? wordsOf(entry, 'entry') : entry;
}

/**
 * Finds out what became of rows that Planhat queues: a success is one for all of them, unless it says that it took none.
 * None of them has a key, so that what is open is never sent again.
 */
function judgePost(sent: readonly Sent[], answer: PlanhatAnswer | PlanhatRefusal): Verdict {
	const { processed, errors } = isRecord(answer.body) ? answer.body : {};
	const words = (Array.isArray(errors) ? (errors as unknown[]) : []).map((entry) => wordsOf(entry, 'entry'));
	const ledger = emptyLedger();
	const all = (outcome: Outcome) => new Map(sent.map((_row, place) => [place, outcome]));
	if ('failure' in answer) {
		const { failure, error } = answer;
		const why: Reason = {
			code: 'refused',
			said: wordsOf(answer.body) || wordsOf(failure.words) || wordsOf(error.message),
		};
		const isOpen = failure.mayBeApplied || failure.kind === 'fault';
		const open = isOpen ? sent.map((_row, place) => place) : [];
		const code = failure.mayBeApplied ? 'lost' : 'refused';
		return {
			certain: isOpen ? new Map() : all({ is: 'failed', why }),
			open,
			suspects: [],
			why: { ...why, code },
			ledger,
		};
	}
	const why: Reason = { code: 'refused', said: joined(words, '; or: ') };
	const isNone = processed === 0 && words.length > 0;
	if (!isNone) keepWords(ledger, words);
	return { certain: all(isNone ? { is: 'failed', why } : { is: 'applied' }), open: [], suspects: [], why, ledger };
}

/**
 * Posts the rows of a run. What was posted is never posted again after an unknown outcome: it would be there twice. Only
 * what was refused for its size (413) goes again, in smaller parts.
 * @param run what the sender needs of it
 * @param count how many rows there are
 * @param chunks in the order in which they go out
 * @param limits as `packChunks` has them
 * @throws what sending throws, where nothing was sent at all
 */
export async function sendPosts(
	run: SendingRun,
	count: number,
	chunks: AsyncIterable<Chunk | Settled>,
	limits: Limits,
): Promise<Posted> {
	const tally = { processed: 0, errors: [] as unknown[], errorsInAll: 0 };
	const judgeAndAdd = async (sent: readonly Sent[], answer: PlanhatAnswer | PlanhatRefusal): Promise<Verdict> => {
		const { processed, errors } = isRecord(answer.body) && !('failure' in answer) ? answer.body : {};
		const entries = Array.isArray(errors) ? (errors as unknown[]) : [];
		tally.processed += Number(processed) || 0;
		tally.errorsInAll += entries.length;
		for (const entry of entries.slice(0, mostErrors - tally.errors.length)) tally.errors.push(shortened(entry));
		return judgePost(sent, answer);
	};
	const keyless: Sent = { keys: [] };
	const sent = await new OrderedSender(run, count, () => keyless, limits, judgeAndAdd).sendAll(chunks);
	return { ...sent, ...tally };
}
