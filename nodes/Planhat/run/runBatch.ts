import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Model } from '../resources/types';
import { nodeError, unsureError } from '../transport/errors';
import { checkChoices, openChoices, type Choice } from './choices';
import type { BatchRun } from './context';
import { errorItem } from './errorItems';
import { eventLoopYielder } from './eventLoop';
import { highlightError } from './highlight';
import { isInLoop } from './loop';
import { Runs, type OpenRun } from './openRun';
import type { BatchOperation } from './operation';
import { runHint } from './runHint';
import { teller } from './tell';
import { effortHint } from './waitHint';

type Parameters = Pick<BatchRun, 'items' | 'parameter' | 'hint' | 'tell' | 'yieldToEventLoop'>;

/** The items that go out with one credential. */
interface Part {
	opened: OpenRun;
	indexes: number[];
}

async function split(runs: Runs, { items, yieldToEventLoop }: Parameters): Promise<Part[]> {
	const shared = items.length > 0 ? await runs.forAll() : undefined;
	if (shared !== undefined) return [{ opened: shared, indexes: items.map((_item, index) => index) }];
	const parts = new Map<OpenRun, Part>();
	for (const index of items.keys()) {
		const opened = await runs.at(index);
		const part = parts.get(opened) ?? { opened, indexes: [] };
		part.indexes.push(index);
		parts.set(opened, part);
		const pause = yieldToEventLoop();
		if (pause) await pause;
	}
	return [...parts.values()];
}

/** What writes is refused before anything is asked of Planhat where the credential does not allow it. */
function contextOf(
	run: IExecuteFunctions,
	operation: BatchOperation,
	{ opened, indexes }: Part,
	parameters: Parameters,
): BatchRun {
	const { method, host } = operation.request(opened.model);
	const sent = { method: operation.isDryRun?.(parameters.parameter) ? 'GET' : method, host } as const;
	return {
		...parameters,
		...opened,
		indexes,
		refusal: opened.transport.refusalOf(sent, `run '${operation.action(opened.model)}'`),
		stops: !run.continueOnFail(),
		signal: run.getExecutionCancelSignal(),
		inLoop: () => isInLoop(run),
	};
}

async function runSafely(
	run: IExecuteFunctions,
	operation: BatchOperation,
	parts: readonly Part[],
	parameters: Parameters,
	choices: readonly Choice[],
): Promise<INodeExecutionData[]> {
	const efforts = parts.map(({ opened }) => opened.transport.effort);
	let thrown: unknown;
	try {
		const node = run.getNode();
		checkChoices(node, openChoices(node, choices), (path) => parameters.parameter(path, 0, null));
		const batches = parts.map((part) => contextOf(run, operation, part, parameters));
		const [first, ...others] = batches;
		if (first?.refusal === undefined || others.length > 0) return await operation.runAll(batches);
		thrown = first.refusal;
	} catch (error) {
		thrown = error;
	} finally {
		for (const { opened } of parts) if (opened.transport.writes > 0) opened.tenant.forgetNames({ method: 'POST' });
		const hint = effortHint(...efforts);
		if (hint !== undefined) parameters.hint(hint);
	}
	const node = run.getNode();
	const hasWritten = parts.some(({ opened }) => opened.transport.writes > 0);
	const error = hasWritten ? unsureError(node, thrown) : nodeError(node, thrown);
	highlightError(run, error);
	if (!run.continueOnFail() || run.getExecutionCancelSignal()?.aborted) throw error;
	return parameters.items.map((item, index) => errorItem(node, error, item, index));
}

/**
 * Makes the function that n8n calls once with all input items.
 * @param choices that the user has: those of the first item count for all
 */
export function runBatch(operation: BatchOperation, model: Model, choices: () => readonly Choice[]) {
	return async function run(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const lost: string[] = [];
		const told: string[] = [];
		const parameters: Parameters = {
			items: this.getInputData(),
			parameter: (name, index, fallback) => this.getNodeParameter(name, index, fallback),
			hint: (message, isLoss) => (isLoss ? lost : told).push(message),
			tell: teller(this),
			yieldToEventLoop: eventLoopYielder(this.getExecutionCancelSignal()),
		};
		const parts = await split(new Runs(this, model), parameters);
		const items = await runSafely(this, operation, parts, parameters, choices());
		const hint = runHint({ lost, told });
		if (hint !== undefined) this.addExecutionHints(hint);
		return [items];
	};
}
