import type { INodeProperties } from 'n8n-workflow';

import type { BatchRun } from '../run/context';
import { expressionIn } from '../run/parameters';
import { inputError } from '../transport/errors';
import { isObject } from '../values/checks';
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

function rawAt(parameters: unknown, path: string): unknown {
	return path.split('.').reduce((at, name) => (isObject(at) ? at[name] : at), parameters);
}

/** An expression may come to another value for each item, and the rows of all of them are made by one. */
async function requireSame(
	run: BatchRun,
	indexes: readonly number[],
	path: string,
	displayName: string,
): Promise<void> {
	const isExpression = expressionIn(rawAt(run.node.parameters, path)) !== undefined;
	if (!isExpression) return;
	const [first = 0, ...others] = indexes;
	const value = run.parameter(path, first);
	for (const index of others) {
		if (run.parameter(path, index) !== value) {
			throw inputError(
				run.node,
				`'${displayName}' is not the same for all items`,
				'The rows of all items are sent together. Use the same value for all items.',
			);
		}
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
	const all = [...run.items.keys()];
	for (const { name, displayName } of options) await requireSame(run, all, `options.${name}`, displayName);
}
