import type { ItemRun } from '../run/context';
import { readSwitch } from '../run/parameters';
import { isObject } from '../values/checks';

function namesIn(value: unknown): string[] {
	const names = Array.isArray(value) ? value.map(String) : String(value ?? '').split(',');
	return names.map((name) => name.trim()).filter((name) => name !== '');
}

/** What a tool is to show; undefined where the node is none, since only tools have the parameter. */
function readToolFields(
	item: Pick<ItemRun, 'model' | 'parameter'>,
): { names: readonly string[] | undefined } | undefined {
	const output = item.parameter('output', '');
	if (output === 'selected') return { names: ['_id', ...namesIn(item.parameter('outputFields', []))] };
	if (output === 'raw') return { names: undefined };
	return output === 'simplified' ? { names: item.model.simplified } : undefined;
}

/**
 * Reads which fields of a record the user wants to see.
 * @returns their names, such as `phase` or `custom.Plan`, in the order of the output; undefined for all fields
 */
export function readOutputFields(item: Pick<ItemRun, 'model' | 'node' | 'parameter'>): readonly string[] | undefined {
	const { simplified, sortable } = item.model;
	const chosen = sortable ? namesIn(item.parameter('options.select', '')) : [];
	if (chosen.length > 0) return ['_id', ...chosen];
	if (simplified.length === 0) return undefined;
	const tool = readToolFields(item);
	if (tool !== undefined) return tool.names;
	return readSwitch(item, 'simplify', 'Simplify', true) ? simplified : undefined;
}

/**
 * Reads which fields of a record that was written are handed over: all, unless the node is a tool. A simplified one shows
 * what was sent too, so that the agent sees that it arrived.
 */
export function readWrittenFields(
	item: Pick<ItemRun, 'model' | 'parameter'>,
	sent: unknown,
): readonly string[] | undefined {
	const names = readToolFields(item)?.names;
	const shown = names === item.model.simplified && isObject(sent) ? Object.keys(sent) : [];
	return names && [...new Set([...names, ...shown])];
}
