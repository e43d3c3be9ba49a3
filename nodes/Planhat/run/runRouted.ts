import {
	NodeOperationError,
	type IExecuteFunctions,
	type IExecutePaginationFunctions,
	type IExecuteSingleFunctions,
	type IHttpRequestOptions,
	type INodeExecutionData,
	type IPairedItemData,
} from 'n8n-workflow';

import { resources } from '../resources';
import type { Model } from '../resources/types';
import { nodeError } from '../transport/errors';
import { allItems } from './allItems';
import { gathered } from './gather';

/** Runs an operation over all input items of a node. */
type Run = (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

/** The run of each operation, by the names of resource and operation. */
export type OperationRuns = Record<string, Record<string, Run>>;

/** What a run came to: its output by the indexes of the items, or why it ended, at one of them. */
interface Routed {
	output: Map<number, INodeExecutionData[]>;
	ended?: { index: number; error: unknown };
}

function firstLinkOf({ pairedItem }: INodeExecutionData): number {
	const [link = 0] = [pairedItem ?? []].flat();
	return typeof link === 'number' ? link : link.item;
}

/** Links an output item to the items of the node, where some of them were not in the run. */
function relinked(item: INodeExecutionData, indexes: readonly number[]): INodeExecutionData {
	const { pairedItem } = item;
	if (indexes.at(-1) === indexes.length - 1 || typeof pairedItem !== 'object') return item;
	const indexOf = (link: IPairedItemData) => ({ ...link, item: indexes[link.item] ?? link.item });
	return { ...item, pairedItem: Array.isArray(pairedItem) ? pairedItem.map(indexOf) : indexOf(pairedItem) };
}

/**
 * Parts the output of a run among its items: n8n joins the parts again, in the order of the items, and takes no more than
 * some 100,000 output items from one of them.
 * @param indexes of the items that the run had: all of them, unless n8n could not prepare one
 */
function parted(output: readonly INodeExecutionData[], indexes: readonly number[]): Routed['output'] {
	const parts = new Map<number, INodeExecutionData[]>();
	let position = 0;
	for (const item of output) {
		position = Math.max(position, firstLinkOf(item));
		const index = indexes[position] ?? 0;
		const part = parts.get(index) ?? [];
		part.push(relinked(item, indexes));
		parts.set(index, part);
	}
	return parts;
}

async function runOver(singles: readonly IExecuteSingleFunctions[], run: Run): Promise<Routed> {
	const [first, ...others] = singles;
	if (first === undefined) return { output: new Map() };
	const indexes = singles.map((single) => single.getItemIndex());
	try {
		const [output = []] = await run.call(allItems(first, ...others));
		return { output: parted(output, indexes) };
	} catch (thrown) {
		const error = nodeError(first.getNode(), thrown);
		const position = Number(error.context.itemIndex ?? 0);
		return { output: new Map(), ended: { index: indexes[position] ?? 0, error } };
	}
}

/**
 * The pagination function of all operations, for n8n's routing: it calls it for each item, and has all of them done together
 * as everywhere else. (What a `preSend` throws would become an error item without the data of its item and without a link.)
 */
export function runRouted(runs: OperationRuns) {
	return async function pagination(this: IExecutePaginationFunctions): Promise<INodeExecutionData[]> {
		const { resource, operation } = this.getNode().parameters;
		const run = runs[String(resource)]?.[String(operation)];
		if (run === undefined) return [];
		const { output, ended } = await gathered(this, async (singles) => await runOver(singles, run));
		const index = this.getItemIndex();
		if (ended?.index === index) throw ended.error;
		return output.get(index) ?? [];
	};
}

/** n8n takes the equals sign off an expression in a parameter that takes none, and leaves the braces. */
function isExpression(value: unknown): boolean {
	return typeof value === 'string' && /^=|\{\{/.test(value);
}

function isOperationOf(model: Model, operation: unknown): boolean {
	return model.operations.some((name) => name === operation);
}

/**
 * The `preSend` of the parameter Resource. n8n reads the selectors as they stand when it chooses between
 * `customOperations` and routing; where they name no operation it would send the selector's own `GET` and call the answer a success.
 * @throws NodeOperationError when Resource or Operation is an expression, or when there is no such operation
 */
export async function refuseWithoutOperation(
	this: IExecuteSingleFunctions,
	options: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	const node = this.getNode();
	const { resource, operation } = node.parameters;
	if (isExpression(resource) || isExpression(operation)) {
		throw new NodeOperationError(node, "'Resource' and 'Operation' cannot be expressions", {
			description:
				'Choose them from the lists. To decide while the workflow runs, use a Switch node and one Planhat node for each case.',
		});
	}
	if (resources.some((model) => model.resource === resource && isOperationOf(model, operation))) return options;
	const what =
		operation === undefined
			? `There is no resource '${String(resource)}'`
			: `There is no operation '${String(operation)}' for '${String(resource)}'`;
	throw new NodeOperationError(node, what, {
		description: "Choose 'Resource' and 'Operation' from the lists.",
	});
}
