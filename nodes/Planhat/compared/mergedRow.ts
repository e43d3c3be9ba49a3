import type { IDataObject } from 'n8n-workflow';

import type { ItemRun } from '../run/context';
import { inputError } from '../transport/errors';
import { sentFields } from './compareRow';
import type { ItemRow } from '../rows/itemRow';
import { listsAmong, mergeLists } from './listMode';
import type { ListMode } from './listModeOption';
import { problemText } from '../rows/problemText';

/** Whether the record has to be read before a row is sent. */
export function needsMerging({ fields, columns }: ItemRow, mode: ListMode): boolean {
	return mode !== 'replace' && listsAmong(fields, sentFields(columns)).length > 0;
}

/**
 * Merges the lists of an item with those that its record holds.
 * @throws NodeOperationError where an entry cannot be told from those of the record
 */
export function mergedRow(item: Pick<ItemRun, 'node'>, row: ItemRow, record: IDataObject, mode: ListMode): ItemRow {
	const result = mergeLists(row.fields, record, sentFields(row.columns), mode);
	if ('fields' in result) return { ...row, fields: result.fields };
	throw inputError(item.node, problemText(result.problem), 'Use the ID in Planhat.');
}
