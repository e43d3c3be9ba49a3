import { RecordIndex } from '../batch/recordIndex';
import { isOfKind } from '../resources/kind';
import type { BatchRun } from '../run/context';
import { isBlank, isObject } from '../values/checks';
import { fetchCompanyIds, fetchLean } from './companyLists';
import { keepKnown, knownRecords } from './knownRecords';
import { OpenRows, type WrittenRows } from './openRows';
import { fetchWhole, readRecordPages } from './recordLists';

type Run = Pick<BatchRun, 'model' | 'transport' | 'yieldToEventLoop'>;

async function readAlone({ model, transport }: Run, search: OpenRows): Promise<void> {
	for (const fields of search.open) {
		for (const path of search.pathsOf(fields)) {
			const target = { verb: 'get', record: model.singular, permission: model.name };
			const answer = await transport.trySend({ method: 'GET', url: `${model.readPath}/${path}`, target });
			if ('error' in answer && ![400, 404].includes(answer.status)) throw answer.error;
			if ('error' in answer || !isObject(answer.body) || isBlank(answer.body._id)) continue;
			if (isOfKind(model, answer.body)) search.take([answer.body]);
			break;
		}
	}
}

/** Reads page by page until all rows are found, or the rest takes fewer requests one by one. */
async function searchRecords(run: Run, search: OpenRows, names: ReadonlySet<string>): Promise<void> {
	if (search.isOver) return;
	if (run.model.resource === 'company' && names.size === 0) {
		search.take(await fetchLean(run));
		return;
	}
	let isLeft = false;
	await readRecordPages(run, {
		names,
		take: (records) => search.take(records),
		isEnough(hasMore) {
			isLeft = hasMore && !search.isOver && search.isShort;
			return search.isOver || isLeft;
		},
	});
	if (isLeft) await readAlone(run, search);
}

/** The keys that rows have, best first. */
function keysUsed({ keys }: Run['model'], rows: WrittenRows) {
	const used = new Set(keys);
	for (const key of keys) if (rows.every(({ fields }) => isBlank(fields[key]))) used.delete(key);
	return [...used];
}

/**
 * Reads the records that rows may be about, in the fewest requests: of companies one list where their keys will do, else
 * page by page, or one by one where that takes fewer. What the run has read before is not asked again.
 * @param names of the fields that are looked at beside the keys
 * @param isShared whether a later stage of the run looks for the same rows
 * @throws NodeApiError where Planhat refuses to show them
 */
export async function fetchExisting(
	run: Run,
	rows: WrittenRows,
	names: ReadonlySet<string>,
	isShared = false,
): Promise<RecordIndex> {
	const { model } = run;
	const index = new RecordIndex(model, await fetchCompanyIds(run, rows), keysUsed(model, rows));
	const search = new OpenRows(model, index);
	for (const { fields } of rows) {
		search.add(fields);
		const pause = run.yieldToEventLoop();
		if (pause) await pause;
	}
	// A name is clear only beside all others.
	const known = (await knownRecords(run)) ?? (model.namedBy === undefined ? undefined : await fetchWhole(run, {}));
	if (known === undefined) await searchRecords(run, search, names);
	else search.take(known);
	if (known === undefined && !isShared) return index;
	keepKnown(run, known ?? index.records());
	// An index writes what rows do into its records.
	return index.ofCopies();
}
