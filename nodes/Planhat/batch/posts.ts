import type { Rules } from '../columns/rules';
import { columnRunOfBatch } from '../rows/columnRun';
import { planTogether } from '../columns/columns';
import { readBatchRules, requireSameOptions } from '../rows/batchRules';
import { planRows } from '../rows/planRows';
import { readRows } from '../rows/readRows';
import type { Given } from '../rows/row';
import type { BatchRun } from '../run/context';
import type { PlanhatRequest } from '../transport/request';
import { postLimits } from './options';
import type { Chunk, Settled } from './outcomes';
import { packChunks } from './pack';
import { allChunks, isRefused, sendBatches, sendingRun, toPlan, type Cost, type Prepared } from './sendBatches';
import { sendPosts, type Posted, type WhereSome } from './sendPosts';
import { readBound, stopAboveOption, tooMany } from './stopAbove';
import { writeRows } from './writeRows';

/** Rows that are to be posted with one credential. */
export interface Posting extends Prepared {
	/** Without a body. */
	request: PlanhatRequest;
	/** Whether each row goes alone, as an object, and not as a list of one. */
	isAlone: boolean;
}

/** Rows that were posted with one credential, and what became of them. */
export type PostedBatch = Omit<Posting, 'chunks'> & Posted;

/**
 * Makes the rows of a run ready to be posted. Each makes a record of its own, so that there is no order to keep.
 * @param rules what the operation asks of a row beside the options of the user
 * @param requestFor so many rows, and whether each of them goes alone
 * @param reshape makes the rows that go out of those that were given
 */
export async function preparePosts(
	run: BatchRun,
	rules: Pick<Rules, 'check'>,
	requestFor: (rows: number) => Pick<Posting, 'request' | 'isAlone'>,
	reshape: (run: BatchRun, given: Given) => Promise<Given> = async (_run, given) => given,
): Promise<Posting> {
	const ofUser = await readBatchRules(run, 'new');
	const given = await reshape(run, await readRows(run));
	const columns = await planRows(columnRunOfBatch(run), toPlan(run, given), { ...ofUser, ...rules });
	const { request, isAlone } = requestFor(given.rows.length);
	const chunks = packChunks(run, writeRows(run, given, columns), postLimits(run, isAlone), given.rows.length);
	return { run, given, columns, chunks, request, isAlone };
}

async function* again(chunks: ReadonlyArray<Chunk | Settled>): AsyncGenerator<Chunk | Settled, void> {
	yield* chunks;
}

/**
 * Packs all rows, where only so many may be refused.
 * @throws NodeOperationError where it is more: the input may be broken
 */
async function packedWithin(postings: readonly Posting[]): Promise<readonly Posting[]> {
	const [first] = postings;
	if (first === undefined) return postings;
	await requireSameOptions(first.run, [stopAboveOption]);
	const bound = readBound(first.run);
	if (bound === undefined) return postings;
	const packed: Posting[] = [];
	let refused = 0;
	for (const posting of postings) {
		const chunks = await allChunks(posting.chunks);
		refused += chunks.filter(isRefused).length;
		packed.push({ ...posting, chunks: again(chunks) });
	}
	const rows = postings.reduce((sum, { given }) => sum + given.rows.length, 0);
	const error = tooMany(first.run.node, bound, { touched: refused, rows, said: `${refused} are refused` });
	if (error !== undefined) throw error;
	return packed;
}

/**
 * Posts the rows of all credentials.
 * @param whereSome what is said of rows of which some were not taken
 * @throws NodeOperationError where more of them are refused than the option Stop Above allows
 */
export async function postAll(
	postings: readonly Posting[],
	cost: () => Cost,
	whereSome: WhereSome,
): Promise<PostedBatch[]> {
	planTogether(postings.map(({ columns }) => columns));
	return await sendBatches(await packedWithin(postings), async ({ run, given, request, isAlone }, chunks) => {
		const inOne = sendingRun(run, () => request, cost);
		const alone = {
			...inOne,
			send: async (...[body, rows]: Parameters<typeof inOne.send>) => await inOne.send(body.subarray(1, -1), rows),
		};
		return await sendPosts(isAlone ? alone : inOne, given.rows.length, chunks, postLimits(run, isAlone), whereSome);
	});
}
