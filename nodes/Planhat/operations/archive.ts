import type { IDataObject } from 'n8n-workflow';

import { limitsOf } from '../batch/options';
import type { Settled } from '../batch/outcomes';
import { packChunks } from '../batch/pack';
import { costFromNow, type Prepared } from '../batch/sendBatches';
import { sendAll } from '../batch/sendChunks';
import type { Rules } from '../columns/rules';
import { outcomeFields } from '../output/outputFields';
import { isIgnored, missingOption } from '../record/missingRecords';
import { findNamed } from '../record/namedRecords';
import { reportRun } from '../report/reportRun';
import { toItems } from '../report/toItems';
import { withArticle } from '../resources/model';
import { columnRunOfBatch } from '../rows/columnRun';
import { planRows } from '../rows/planRows';
import type { Position, Row, Written } from '../rows/row';
import type { BatchRun } from '../run/context';
import { itemAt } from '../run/itemAt';
import type { BatchOperation } from '../run/operation';
import { detailsOf, nodeError, wordsOf } from '../transport/errors';

const rules: Rules = {
	writes: 'either',
	options: { unknownFields: 'send', emptyValues: 'leave', keylessRows: 'fail' },
};

/** A row with a record's ID, or what became of it before. */
type Read = { given: IDataObject } & ({ _id: string } | { settled: (at: Position) => Settled });

async function readItem(run: BatchRun, index: number): Promise<Read> {
	let thrown: unknown = run.refusal;
	const item = itemAt(run, index);
	try {
		if (thrown === undefined) {
			const { _id } = await findNamed(item, 'archive');
			return { _id, given: { _id, archived: true } };
		}
	} catch (error) {
		thrown = error;
	}
	run.signal?.throwIfAborted();
	const { _id, keys } = detailsOf(nodeError(run.node, thrown));
	const given: IDataObject = { ...(_id !== undefined && { _id }), ...keys };
	if (isIgnored(item, thrown))
		return { given, settled: (at) => ({ at, outcome: { is: 'skipped', why: { code: 'noRecord' } } }) };
	const said = wordsOf(thrown);
	return { given, settled: (at) => ({ at, why: { code: 'unreadable', said } }) };
}

/** The rows of a run, of which one that names the same record as a later one is left out. */
async function prepare(run: BatchRun): Promise<Prepared> {
	const rows: Row[] = [];
	const reads: Read[] = [];
	const last = new Map<string, Position>();
	for (const index of run.indexes) {
		const read = await readItem(run, index);
		if ('_id' in read) last.set(read._id, reads.length);
		reads.push(read);
		rows.push({ item: index, given: read.given });
		const pause = run.yieldToEventLoop();
		if (pause) await pause;
	}
	const written = reads.map((read, at): Written | Settled => {
		if ('settled' in read) return read.settled(at);
		const by = last.get(read._id) ?? at;
		// No other field goes out: a conversation keeps its type.
		return by === at ? { at, layer: 0, fields: read.given, missing: [] } : { at, outcome: { is: 'superseded', by } };
	});
	const columns = await planRows(columnRunOfBatch(run), rows, rules);
	return { run, given: { rows, refused: [] }, columns, chunks: packChunks(run, written, limitsOf(run)) };
}

/** Archives the records of all input items, in as few requests as Planhat takes. */
export const archive: BatchOperation = {
	value: 'archive',
	name: 'Archive',
	action: ({ singular }) => `Archive ${singular}`,
	description: ({ singular }) => `Hide ${withArticle(singular)} from lists without deleting it`,
	request: ({ path }) => ({ method: 'PUT', url: path }),
	output: outcomeFields,
	takes: ['record'],
	optionsForPeople: [missingOption],

	async runAll(contexts) {
		const [first] = contexts;
		if (first === undefined) return [];
		const prepared: Prepared[] = [];
		for (const run of contexts) prepared.push(await prepare(run));
		const cost = costFromNow(contexts);
		const batches = await sendAll(prepared, limitsOf(first), archive.request(first.model), cost);
		return await toItems(await reportRun(first, batches, cost()));
	},
};
