import type { Columns } from '../columns/column';
import { sentFields } from '../rows/compareRow';
import { listsAmong, mergeLists } from '../rows/listMode';
import type { ListMode } from '../rows/listModeOption';
import type { Written } from '../rows/row';
import type { BatchRun } from '../run/context';
import { fetchExisting } from './existing';
import type { Settled } from './outcomes';

/**
 * Merges the lists of rows with those that their records hold, which are read once. Rows of one record are merged in their
 * order.
 * @returns each row once: as it is sent, or what became of it
 */
export async function mergeRows(
	run: BatchRun,
	rows: Iterable<Written | Settled>,
	columns: Columns,
	mode: ListMode,
): Promise<Iterable<Written | Settled>> {
	if (mode === 'replace' || run.refusal !== undefined) return rows;
	const known = sentFields(columns);
	const all: Array<Written | Settled> = [];
	const listed: Written[] = [];
	const names = new Set<string>();
	for (const row of rows) {
		all.push(row);
		const lists = 'fields' in row ? listsAmong(row.fields, known) : [];
		for (const { name, isCustom } of lists) names.add(isCustom ? 'custom' : name);
		if ('fields' in row && lists.length > 0) listed.push(row);
		const pause = run.yieldToEventLoop();
		if (pause) await pause;
	}
	if (listed.length === 0) return all;
	const index = await fetchExisting(run, listed, names);
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
