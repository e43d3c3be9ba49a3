import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Model } from '../resources/types';
import { BatchTurns, readBatching } from '../transport/batching';
import type { NodeError } from '../transport/errors';
import { checkChoices, openChoices, type Choice } from './choices';
import type { ItemRun } from './context';
import { errorsNotFirst } from './errorItems';
import { eventLoopYielder } from './eventLoop';
import { highlightError } from './highlight';
import { inFlight, signalOfRun, type Work } from './inFlight/inFlight';
import { ItemTransport } from './inFlight/itemTransport';
import { ListRepeats } from './listRepeats';
import { Runs } from './openRun';
import type { Operation } from './operation';
import { joinedHints, runHint } from './runHint';
import { runItem, type ItemResult } from './runItem';
import { effortHint } from './waitHint';
import { WriteOrder, type OrderedWrite } from './inFlight/writeOrder';

type Items = readonly INodeExecutionData[];

async function itemOf(
	run: IExecuteFunctions,
	runs: Runs,
	items: Items,
	index: number,
	write?: OrderedWrite,
): Promise<ItemRun> {
	const opened = await runs.at(index);
	return {
		...opened,
		...(write && { transport: new ItemTransport(opened.transport, write) }),
		items,
		input: items[index] ?? { json: {} },
		parameter: (name, fallback) => run.getNodeParameter(name, index, fallback),
		parameterAt: (other, name, fallback) => run.getNodeParameter(name, other, fallback),
		namesRecord: (by, keys) => write?.name(by, keys),
		turn: async () => await write?.turn(),
	};
}

/** What a run that stops has done, so that nobody has to guess what a second run would do twice. */
function addProgress(error: NodeError, index: number, count: number): void {
	const after = count - index - 1;
	const done = `${index} ${index === 1 ? 'item' : 'items'} before this one succeeded, ${after} after it ${after === 1 ? 'was' : 'were'} not sent.`;
	error.description = [error.description, done].filter(Boolean).join(' ');
}

/** Whole lists are held in memory while they are read. */
const mostLists = 3;

/** How many items may be under way. A run begins with one: what is refused to the token need not be asked for twice. */
function widthOf(operation: Operation, model: Model, runs: Runs): (ended: number) => number {
	const { host } = operation.request(model);
	const isList = operation.value === 'getAll' || operation.value === 'getLeanList';
	const most = isList ? mostLists : Infinity;
	return (ended) => {
		const wanted = runs.opened.map(({ transport }) => transport.wantedAtOnce(host));
		return Math.min(ended + 1, most, Math.max(1, ...wanted));
	};
}

/**
 * Makes the function that n8n calls once with all input items. Several go out at a time, but writes of an execution that
 * stops on an error one after the other, so that it sends nothing after it. (n8n's own routing sends all items at once.)
 * @returns a function for `customOperations`; it throws NodeApiError or NodeOperationError with the index of the item
 */
export function runItems(operation: Operation, model: Model, choices: () => readonly Choice[]) {
	const declared = operation.request(model);
	const writes = declared.method !== 'GET';
	return async function run(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const node = this.getNode();
		const { signal, end } = signalOfRun(this.getExecutionCancelSignal());
		const runs = new Runs(this, model, signal);
		const output: INodeExecutionData[] = [];
		const lists = new ListRepeats(declared);
		const open = openChoices(node, choices());
		const order = new WriteOrder();
		const batches = new BatchTurns(readBatching(this.getNodeParameter('requestOptions', 0, {})), signal);
		const items = this.getInputData();
		const { length } = items;
		const work: Work<ItemResult> = {
			width: writes && !this.continueOnFail() ? () => 1 : widthOf(operation, model, runs),
			on: async (index) => {
				const write = writes ? order.begin() : undefined;
				const openItem = async () => {
					checkChoices(node, open, (path) => this.getNodeParameter(path, index, null));
					await batches.turn(index);
					return await itemOf(this, runs, items, index, write);
				};
				try {
					return await runItem(this, operation, index, openItem, (error) => {
						if (!writes) return;
						if (length > 1) addProgress(error, index, length);
						highlightError(this, error);
					});
				} finally {
					write?.end();
				}
			},
			take({ request, output: made }) {
				// No spread: a list may be longer than a call can have arguments.
				for (const each of made) output.push(each);
				lists.add(request);
			},
			yieldToEventLoop: eventLoopYielder(signal),
		};
		try {
			await inFlight(length, work);
		} finally {
			end();
		}
		const { lost, told } = joinedHints(runs.opened.flatMap((opened) => operation.hints?.(opened) ?? []));
		const ofRun = [effortHint(...runs.opened.map(({ transport }) => transport.effort)), lists.hint()];
		const hint = runHint({ lost, told: [...told, ...ofRun.filter((text) => text !== undefined)] });
		if (hint !== undefined) this.addExecutionHints(hint);
		return [errorsNotFirst(node, output)];
	};
}
