import type { BatchContext } from '../operations/types';
import { inputError } from '../transport/errors';
import { asSwitch, expressionIn } from './parameters';

function rawAt(parameters: BatchContext['node']['parameters'], name: string): unknown {
	let raw: unknown = parameters;
	for (const part of name.split('.')) {
		// A whole collection may be an expression.
		if (expressionIn(raw) !== undefined) return raw;
		raw = (raw as Record<string, unknown> | undefined)?.[part];
	}
	return raw;
}

/**
 * Reads a switch that counts for a whole batch and decides whether it is written, so that it is never guessed.
 * @param name with dots for values inside collections
 * @throws NodeOperationError when the value is neither true nor false, or not the same for all items
 */
export async function readBatchSwitch(context: BatchContext, name: string, displayName: string): Promise<boolean> {
	const { node, items } = context;
	const isExpression = expressionIn(rawAt(node.parameters, name)) !== undefined;
	const read = (index: number) => {
		const value = context.parameter(name, index, false);
		return !isExpression && value === null ? false : asSwitch(node, displayName, value);
	};
	const first = read(0);
	for (let index = 1; isExpression && index < items.length; index += 1) {
		if (read(index) !== first) {
			throw inputError(
				node,
				`'${displayName}' is on for some items and off for others`,
				'The rows of all items go out together. Give the switch the same value for all of them.',
			);
		}
		const pause = context.breathe();
		if (pause) await pause;
	}
	return first;
}
