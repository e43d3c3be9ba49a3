import { sleep, type IExecuteData, type IExecuteSingleFunctions } from 'n8n-workflow';

import { readBatching } from '../transport/batching';

type Single = IExecuteSingleFunctions;

/** How often is looked for more items where n8n pauses between them, and how late one of them may be. Milliseconds. */
const patience = { look: 50, late: 1_000 };

/**
 * The items of a run, while n8n's routing starts them: all before it gives the event loop back, or with the pauses of
 * Batching in between. One that n8n could not prepare never comes.
 */
class Gathering<Result> {
	readonly result: Promise<Result>;

	private readonly singles: Single[] = [];

	private latest = 0;

	constructor(
		private readonly count: number,
		run: (singles: readonly Single[]) => Promise<Result>,
		first: Single,
		onEnd: () => void,
	) {
		this.add(first);
		this.result = this.arrival(first).then(async () => {
			onEnd();
			return await run(this.ofRun(first));
		});
	}

	add(single: Single): void {
		this.singles.push(single);
		this.latest = performance.now();
	}

	private async arrival(first: Single): Promise<void> {
		const batching = readBatching(first.getNodeParameter('requestOptions', {}));
		const [pause, longest] = batching === undefined ? [0, 0] : [patience.look, batching.interval + patience.late];
		do await sleep(pause);
		while (!this.isWhole && !isCancelled(first) && performance.now() - this.latest < longest);
	}

	/** Where an item is missing and n8n stops on errors, the run has ended already: nothing is sent after that. */
	private ofRun(first: Single): Single[] {
		const isOver = isCancelled(first) || !(this.isWhole || first.continueOnFail());
		return isOver ? [] : this.singles.sort((one, other) => one.getItemIndex() - other.getItemIndex());
	}

	private get isWhole(): boolean {
		return this.singles.length >= this.count;
	}
}

function isCancelled(single: Single): boolean {
	return single.getExecutionCancelSignal()?.aborted === true;
}

/** By the object that n8n shares among the items of one run, until all of them are there. */
const gatherings = new WeakMap<IExecuteData, Gathering<unknown>>();

/** How many items the run has. A tool that an agent calls is given the object of the agent's run: it is alone. */
function countOf(single: Single): number {
	const { node, data } = single.getExecuteData();
	return node.name === single.getNode().name ? (data.main?.[0]?.length ?? 1) : 1;
}

/**
 * Does once what n8n's routing asks for each item of a run.
 * @param run given all items in their order; none where the run is over already
 */
export async function gathered<Result>(
	single: Single,
	run: (singles: readonly Single[]) => Promise<Result>,
): Promise<Result> {
	const count = countOf(single);
	if (count < 2) return await run([single]);
	const execution = single.getExecuteData();
	const begun = gatherings.get(execution) as Gathering<Result> | undefined;
	begun?.add(single);
	const gathering = begun ?? new Gathering(count, run, single, () => gatherings.delete(execution));
	gatherings.set(execution, gathering);
	return await gathering.result;
}
