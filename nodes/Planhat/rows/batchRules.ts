import type { INodeProperties } from 'n8n-workflow';

import type { BatchRun } from '../run/context';
import { expressionIn, savedAt } from '../run/parameters';
import { inputError } from '../transport/errors';
import { referenceOptions } from './referenceOptions';
import { readRules, rowOptions } from './rowOptions';
import type { Rules } from '../columns/rules';

/** What decides about all rows of a batch, by its path among the parameters, with its name in the editor. */
const decisions: ReadonlyArray<readonly [path: string, displayName: string]> = [
	['specifyFields', 'Specify Fields'],
	[rowOptions.keylessRows.name, rowOptions.keylessRows.displayName],
	...[...Object.values(rowOptions), ...referenceOptions].map(
		({ name, displayName }) => [`options.${name}`, displayName] as const,
	),
];

/** An expression may come to another value for each item, and the rows of all of them are made by one. */
async function requireSame(run: BatchRun, indexes: Iterable<number>, path: string, displayName: string): Promise<void> {
	const isExpression = expressionIn(savedAt(run.node.parameters, path)) !== undefined;
	if (!isExpression) return;
	let value: unknown;
	let isFirst = true;
	for (const index of indexes) {
		const here = run.parameter(path, index);
		if (isFirst) value = here;
		else if (here !== value) {
			throw inputError(
				run.node,
				`'${displayName}' is not the same for all items`,
				'The rows of all items are sent together. Use the same value for all items.',
			);
		}
		isFirst = false;
		const pause = run.yieldToEventLoop();
		if (pause) await pause;
	}
}

/**
 * Reads what the user decides about all rows of a batch, so that no item is written by the decision of another.
 * @throws NodeOperationError when an expression decides otherwise for some items
 */
export async function readBatchRules(run: BatchRun, writes: Rules['writes']): Promise<Rules> {
	for (const [path, displayName] of decisions) await requireSame(run, run.indexes, path, displayName);
	return readRules((name, fallback) => run.parameter(name, run.indexes[0] ?? 0, fallback), writes, run);
}

/**
 * Checks options that count for the items of all credentials together.
 * @throws NodeOperationError when an expression comes to another value for some items
 */
export async function requireSameOptions(
	run: BatchRun,
	options: ReadonlyArray<Pick<INodeProperties, 'name' | 'displayName'>>,
): Promise<void> {
	for (const { name, displayName } of options) await requireSame(run, run.items.keys(), `options.${name}`, displayName);
}
