import type { Rules } from '../columns/rules';
import { columnRunOfBatch } from '../rows/columnRun';
import { planTogether } from '../columns/columns';
import { readBatchRules } from '../rows/batchRules';
import { planRows } from '../rows/planRows';
import { readRows } from '../rows/readRows';
import type { Given } from '../rows/row';
import type { BatchRun } from '../run/context';
import type { PlanhatRequest } from '../transport/request';
import { postLimits } from './options';
import { packChunks } from './pack';
import { sendBatches, sendingRun, toPlan, type Cost, type Prepared } from './sendBatches';
import { sendPosts, type Posted, type WhereSome } from './sendPosts';
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
	const chunks = packChunks(run, writeRows(run, given, columns), postLimits(run, isAlone));
	return { run, given, columns, chunks, request, isAlone };
}

/**
 * Posts the rows of all credentials.
 * @param whereSome what is said of rows of which some were not taken
 */
export async function postAll(
	postings: readonly Posting[],
	cost: () => Cost,
	whereSome: WhereSome,
): Promise<PostedBatch[]> {
	planTogether(postings.map(({ columns }) => columns));
	return await sendBatches(postings, async ({ run, given, request, isAlone }, chunks) => {
		const inOne = sendingRun(run, () => request, cost);
		const alone = {
			...inOne,
			send: async (...[body, rows]: Parameters<typeof inOne.send>) => await inOne.send(body.subarray(1, -1), rows),
		};
		return await sendPosts(isAlone ? alone : inOne, given.rows.length, chunks, postLimits(run, isAlone), whereSome);
	});
}
