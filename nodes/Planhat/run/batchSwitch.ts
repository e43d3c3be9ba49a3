import { inputError } from '../transport/errors';
import { isObject } from '../values/checks';
import type { BatchRun } from './context';
import { asSwitch, expressionIn } from './parameters';

/**
 * Reads an option that is on or off for a whole batch and decides whether it is written, so that it is never guessed.
 * @throws NodeOperationError when the value is neither true nor false, or not the same for all items
 */
export async function readBatchSwitch(context: BatchRun, option: string, displayName: string): Promise<boolean> {
	const { node, items } = context;
	const options: unknown = node.parameters.options;
	const isExpression = isObject(options) && expressionIn(options[option]) !== undefined;
	const read = (index: number) => asSwitch(node, displayName, context.parameter(`options.${option}`, index, false));
	const first = read(0);
	for (let index = 1; isExpression && index < items.length; index += 1) {
		if (read(index) !== first) {
			throw inputError(
				node,
				`'${displayName}' is on for some items and off for others`,
				'The rows of all items are sent together. Use the same value for all items.',
			);
		}
		const pause = context.yieldToEventLoop();
		if (pause) await pause;
	}
	return first;
}
