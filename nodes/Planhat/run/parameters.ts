import type { INode } from 'n8n-workflow';

import { inputError } from '../transport/errors';
import { isBlank } from '../values/checks';
import { shown } from '../values/json';
import { parseSwitch } from '../values/switches';
import { showsForPeople } from './nodeVersion';

/** The expression in a parameter, or in an entry of it where it is a list. */
export function expressionIn(raw: unknown): string | undefined {
	const entries: unknown[] = Array.isArray(raw) ? raw : [raw];
	return entries.find((entry): entry is string => typeof entry === 'string' && entry.startsWith('='));
}

/** What stands at a path among the parameters of a node, as it is saved: that of a collection where it is one expression. */
export function savedAt(parameters: unknown, path: string): unknown {
	const inside = (at: unknown, name: string) =>
		typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : at;
	return path.split('.').reduce(inside, parameters);
}

/** Whether the node is a tool of an AI agent: n8n makes it one under a name that ends with Tool, and shows it 'Output'. */
export function isTool({ type, parameters }: Pick<INode, 'type' | 'parameters'>): boolean {
	return type.endsWith('Tool') || parameters.output !== undefined;
}

/** An agent's model has to fill every argument, so that it gives a blank one for what it does not want to give. */
export function isFilledByModel(node: Pick<INode, 'type' | 'parameters'>, expression: string): boolean {
	return isTool(node) && /\$fromAI\s*\(/i.test(expression);
}

/** Whether what the node says is for a model; tools in workflows from before version 1.1 stay as they were. */
export function speaksToModel(node: Pick<INode, 'type' | 'typeVersion' | 'parameters'>): boolean {
	return isTool(node) && showsForPeople(node);
}

/** Whether a value says nothing, as an expression gives it where its data is missing. */
export function isMissing(value: unknown): boolean {
	return Array.isArray(value) ? value.every(isMissing) : isBlank(value) || Number.isNaN(value);
}

/**
 * Reads what is on or off.
 * @throws NodeOperationError when the value is neither
 */
export function asSwitch(node: INode, displayName: string, value: unknown): boolean {
	const read = parseSwitch(value);
	if (read !== undefined) return read;
	throw inputError(
		node,
		isMissing(value)
			? `'${displayName}' is blank for this item`
			: `'${displayName}' takes true or false, not '${shown(value)}'`,
		'Correct the expression, or set the switch to on or off.',
	);
}

/**
 * Reads a switch of the node for one item. One that has no value is as it is by default.
 * @throws NodeOperationError when the value is neither true nor false
 */
export function readSwitch(
	{ node, parameter }: { node: INode; parameter(name: string, fallback: unknown): unknown },
	name: string,
	displayName: string,
	usually: boolean,
): boolean {
	const value = parameter(name, usually);
	return isMissing(value) ? usually : asSwitch(node, displayName, value);
}
