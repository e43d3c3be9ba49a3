import { wait } from '../quota/clock';
import { isObject } from '../values/checks';

/** "Batching" of Request Options: so many items, then a pause (milliseconds). */
export interface Batching {
	items: number;
	interval: number;
}

/**
 * Reads "Batching" of Request Options, which n8n adds to every declarative node but applies to routed operations only.
 * @param requestOptions value of the parameter
 * @returns undefined where it is off
 */
export function readBatching(requestOptions: unknown): Batching | undefined {
	const { batching } = isObject(requestOptions) ? requestOptions : {};
	const { batch } = isObject(batching) ? batching : {};
	const { batchSize, batchInterval } = isObject(batch) ? batch : {};
	const [size, interval] = [Math.floor(Number(batchSize ?? 1)), Number(batchInterval ?? 0)];
	if (!(size >= 0) || !(interval > 0)) return undefined;
	return { items: Math.max(1, size), interval };
}

/** Lets the items of a run begin batch by batch, with a pause before each batch but the first. */
export class BatchTurns {
	private latest = 0;

	private pause?: Promise<void>;

	constructor(
		private readonly batching: Batching | undefined,
		private readonly signal?: AbortSignal,
	) {}

	/**
	 * Waits until an item may begin; called in the order of the items.
	 * @throws the signal's reason when the execution is cancelled
	 */
	async turn(index: number): Promise<void> {
		if (this.batching === undefined) return;
		const batch = Math.floor(index / this.batching.items);
		if (batch > this.latest) {
			this.latest = batch;
			this.pause = wait(this.batching.interval, this.signal);
		}
		await this.pause;
	}
}

/** Makes what is called before each request of a batch operation, with the rows in it: it pauses after so many of them. */
export function pauseAfterRows(
	batching: Batching | undefined,
	signal?: AbortSignal,
): (rows: number) => Promise<void> | undefined {
	let sent = 0;
	return (rows) => {
		const isFull = batching !== undefined && sent > 0 && sent + rows > batching.items;
		sent = isFull ? rows : sent + rows;
		return isFull ? wait(batching.interval, signal) : undefined;
	};
}
