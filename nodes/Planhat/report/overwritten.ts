import type { Batch } from '../batch/sendBatches';
import type { Position } from '../rows/row';
import type { BatchRun } from '../run/context';
import { loses } from './hints';
import { hints } from './hintWords';
import { mostRowNumbers } from './words';

/**
 * Says which rows a later row of the same record overwrote with other values, where rows with one key go out in order.
 * @returns a sentence, undefined where no value was overwritten
 */
export async function overwrittenHint(
	{ yieldToEventLoop }: Pick<BatchRun, 'yieldToEventLoop'>,
	batches: readonly Batch[],
): Promise<string | undefined> {
	const first: Position[] = [];
	let inAll = 0;
	for (const { given, order, keys, outcomes } of batches) {
		if (keys === undefined || order === undefined || order.layers.every((layer) => layer === 0)) continue;
		const last = new Map<string, Position>();
		const told = new Set<Position>();
		for (const [at, row] of given.rows.entries()) {
			const is = outcomes[at]?.is;
			if (is === 'created' || is === 'updated' || is === 'unchanged' || is === 'applied') {
				for (const { name, identity } of keys.read(at).keys) {
					const earlier = last.get(`${name} ${identity}`);
					last.set(`${name} ${identity}`, at);
					if (earlier === undefined || told.has(earlier)) continue;
					if (!loses(given.rows[earlier]?.given ?? {}, row.given, true)) continue;
					told.add(earlier);
					first.push(earlier);
					inAll += 1;
				}
			}
			const pause = yieldToEventLoop();
			if (pause) await pause;
		}
	}
	return inAll === 0 ? undefined : hints.overwritten(first.slice(0, mostRowNumbers), inAll);
}
