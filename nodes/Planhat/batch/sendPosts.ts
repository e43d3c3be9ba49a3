import { emptyLedger, keepWords } from '../answers/ledger';
import type { Outcome } from '../answers/outcome';
import { refusalCode, refusalWords } from '../answers/refusal';
import { readTakenStepwise, type Taken } from '../answers/taken';
import type { Sent, Verdict } from '../answers/verdict';
import type { Reason } from '../rows/row';
import { breathing } from '../run/eventLoop';
import type { PlanhatAnswer, PlanhatRefusal } from '../transport/answer';
import { planhatWords } from '../transport/words/errorText';
import { OrderedSender } from './orderedSender';
import type { SentRows } from './outcomes';
import type { Limits } from './pack';
import type { Chunks, SendingRun } from './sending';

/** So many of Planhat's entries are kept, and each only as it is where it is short. */
const mostErrors = 100;
const longestErrorCharacters = 500;

/** What the answers say, added up. Activities are answered without a word. */
export interface Posted extends SentRows {
	/** How many rows Planhat says it has taken. */
	processed: number;
	/** Planhat's entries for rows that it has not, the first of them, and how many there were. */
	errors: unknown[];
	errorsInAll: number;
	/** How many rows were taken by answers that do not say how many. */
	uncounted: number;
}

/** What is said of rows of which some were not taken, without a word about which. */
export type WhereSome = 'applied' | 'unknown';

function shortened(entry: unknown): unknown {
	return (JSON.stringify(entry)?.length ?? 0) > longestErrorCharacters ? planhatWords(entry, 'entry') : entry;
}

/** What became of rows that were refused together, or whose answer tells nothing. */
export function judgeRefusal(sent: readonly Sent[], refusal: PlanhatRefusal): Verdict {
	const { failure } = refusal;
	const why: Reason = { code: refusalCode(refusal), said: refusalWords(refusal) };
	const isOpen = failure.mayBeApplied || failure.kind === 'fault';
	return {
		certain: new Map(),
		...(!isOpen && { all: { is: 'failed', why } }),
		open: isOpen ? [...sent.keys()] : [],
		suspects: [],
		why,
		ledger: emptyLedger(),
	};
}

/**
 * Finds out what became of rows that Planhat queues: a success is one for all of them, unless it says otherwise. None of them
 * has a key, so that what is open is never sent again.
 */
function judgeTaken(sent: readonly Sent[], taken: Taken, whereSome: WhereSome): Verdict {
	const ledger = emptyLedger();
	const why: Reason = { code: taken.of === 'some' && sent.length > 1 ? 'notNamed' : 'refused', said: taken.words };
	const verdict = { open: [], suspects: [], why, ledger };
	const all = (outcome: Outcome): Verdict => ({ ...verdict, certain: new Map(), all: outcome });
	if (taken.of === 'all') {
		if (taken.remarks !== '') keepWords(ledger, [taken.remarks]);
		return all({ is: 'applied' });
	}
	if (taken.of === 'none') return all({ is: 'failed', why });
	// It may be none of them.
	if (whereSome === 'unknown' || taken.unnamed >= sent.length) return all({ is: 'unknown', why });
	keepWords(ledger, [taken.words]);
	return { ...all({ is: 'applied' }), unnamed: taken.unnamed };
}

/**
 * Posts the rows of a run. What was posted is never posted again after an unknown outcome: it would be there twice. Only
 * what was refused for its size (413) goes again, in smaller parts.
 * @throws what sending throws, where nothing was sent at all
 */
export async function sendPosts(
	run: SendingRun,
	count: number,
	chunks: Chunks,
	limits: Limits,
	whereSome: WhereSome = 'unknown',
): Promise<Posted> {
	const tally = { processed: 0, errors: [] as unknown[], errorsInAll: 0, unnamed: 0, uncounted: 0 };
	const judgeAndAdd = async (sent: readonly Sent[], answer: PlanhatAnswer | PlanhatRefusal): Promise<Verdict> => {
		if ('failure' in answer) return judgeRefusal(sent, answer);
		const steps = readTakenStepwise(answer.body, sent.length, run);
		const taken = await breathing(steps, () => run.yieldToEventLoop());
		tally.processed += taken.processed ?? 0;
		if (taken.processed === undefined && taken.of === 'all') tally.uncounted += sent.length;
		tally.errorsInAll += taken.errors.length;
		for (const entry of taken.errors.slice(0, mostErrors - tally.errors.length)) tally.errors.push(shortened(entry));
		const verdict = judgeTaken(sent, taken, whereSome);
		tally.unnamed += verdict.unnamed ?? 0;
		return verdict;
	};
	const keyless: Sent = { keys: [] };
	const sent = await new OrderedSender(run, count, () => keyless, limits, judgeAndAdd).sendAll(chunks);
	return { ...sent, ...tally };
}
