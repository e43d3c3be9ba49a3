import type { Columns } from '../columns/column';
import { sentFields } from '../compared/compareRow';
import { listsAmong, mergeLists } from '../compared/listMode';
import type { ListMode } from '../compared/listModeOption';
import type { Written } from '../rows/row';
import type { BatchRun } from '../run/context';
import { fetchExisting } from './existing';
import type { Settled } from '../batch/outcomes';

/**
 * Merges the lists of rows with those that their records hold, which are read once. Rows of one record are merged in their
 * order.
 * @param names of the fields that are looked at beside the keys
 * @param isShared whether a later stage of the run looks for the same records
 * @returns each row once: as it is sent, or what became of it
 */
export async function mergeRows(
	run: BatchRun,
	rows: Iterable<Written | Settled>,
	columns: Columns,
	mode: ListMode,
	names: ReadonlySet<string>,
	isShared: boolean,
): Promise<Iterable<Written | Settled>> {
	if (mode === 'replace' || run.refusal !== undefined) return rows;
	const known = sentFields(columns);
	const all: Array<Written | Settled> = [];
	const written: Written[] = [];
	let hasLists = false;
	for (const row of rows) {
		all.push(row);
		if ('fields' in row) {
			// A row without a list may give its record the key by which a later one names it.
			written.push(row);
			hasLists ||= listsAmong(row.fields, known).length > 0;
		}
		const pause = run.yieldToEventLoop();
		if (pause) await pause;
	}
	if (!hasLists) return all;
	const index = await fetchExisting(run, written, names, isShared);
	const merged: Array<Written | Settled> = [];
	for (const row of all) {
		if (!('fields' in row)) {
			merged.push(row);
			continue;
		}
		const record = index.match(row.fields)?.record;
		const result = mergeLists(row.fields, record, known, mode);
		if ('problem' in result) merged.push({ at: row.at, why: { code: 'badValues', problems: [result.problem] } });
		else {
			merged.push({ ...row, fields: result.fields });
			index.write(result.fields, record);
		}
		const pause = run.yieldToEventLoop();
		if (pause) await pause;
	}
	return merged;
}
