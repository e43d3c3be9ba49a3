import type { INode } from 'n8n-workflow';

import { inputError } from '../transport/errors';
import { shown } from '../values/json';
import { expressionIn, isFilledByModel, isMissing, savedAt } from './parameters';

/** A parameter that takes one of a list of values. */
export interface Choice {
	/** With dots for what stands inside collections. */
	path: string;
	displayName: string;
	/** The names in the editor by the values. */
	options: ReadonlyMap<string, string>;
}

/**
 * The choices that may be none of their list: n8n offers the list in the editor, and checks neither what an expression
 * comes to nor what a workflow holds that was written elsewhere.
 */
export function openChoices({ parameters }: Pick<INode, 'parameters'>, choices: readonly Choice[]): Choice[] {
	return choices.filter(({ path, options }) => {
		const given = savedAt(parameters, path);
		return given !== undefined && !(typeof given === 'string' && options.has(given));
	});
}

function nameOf([value, name]: [string, string]): string {
	return `${value} (${name})`;
}

/** A collection that is one expression may leave it out. */
function mayBeBlank(node: INode, path: string): boolean {
	const expression = expressionIn(savedAt(node.parameters, path));
	if (expression === undefined || isFilledByModel(node, expression)) return true;
	return path.includes('.') && savedAt(node.parameters, path.replace(/\.[^.]*$/, '')) === expression;
}

/**
 * Checks what choices come to, so that none is taken for another. One that is left blank, also by a model that has to fill
 * every argument, is as it is by default.
 * @throws NodeOperationError for a value that is not in its list
 */
export function checkChoices(node: INode, choices: readonly Choice[], read: (path: string) => unknown): void {
	for (const { path, displayName, options } of choices) {
		const value = read(path);
		if (typeof value === 'string' && options.has(value)) continue;
		const isBlank = isMissing(value);
		if (isBlank && mayBeBlank(node, path)) continue;
		throw inputError(
			node,
			isBlank ? `'${displayName}' is blank for this item` : `'${displayName}' has no choice '${shown(value)}'`,
			`Give one of: ${[...options].map(nameOf).join(', ')}.`,
		);
	}
}
