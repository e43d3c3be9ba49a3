import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { LeftSource } from '../held/leftSource';
import type { BatchRun } from '../run/context';
import { hints } from './hintWords';

/** What is said of a record that no row names. */
const notInInput = 'notInInput';

function itemsOfRecords(records: readonly IDataObject[], wordName: string): INodeExecutionData[] {
	// They come from no row. Without a link of its own n8n would link them to rows by their numbers.
	return records.map((record) => ({
		json: { [wordName]: notInInput, ...record, [wordName]: notInInput },
		pairedItem: [],
	}));
}

/**
 * Makes the items of records that no row names, and says how many there are, or why none is reported.
 * @param wordName of what an item says of itself
 * @param isAnyGood whether some row of each credential was applied, or would be
 */
export function leftItems(
	{ model, hint }: Pick<BatchRun, 'model' | 'hint'>,
	left: LeftSource | undefined,
	wordName: 'outcome' | 'preview',
	isAnyGood: boolean,
): INodeExecutionData[] {
	if (left === undefined) return [];
	if ('doubtful' in left) hint(hints.leftDoubtful(left.doubtful, left.rows, model), true);
	else if (!isAnyGood) hint(hints.leftOfNone(model), true);
	else if (left.inScope === 0) hint(hints.leftNoScope(model), true);
	else {
		hint(hints.left(left.records.length, left.inScope, model));
		return itemsOfRecords(left.records, wordName);
	}
	return [];
}

/** How many records no row names, for a summary. */
export function leftCount(items: readonly INodeExecutionData[], left: LeftSource | undefined): IDataObject {
	return left === undefined || 'doubtful' in left ? {} : { [notInInput]: items.length };
}
