import type { OpenRun } from '../run/openRun';
import type { RunHints } from '../run/runHint';
import type { Transport } from '../transport/transport';
import { usualLimit } from './leftBlank';

const cutLists = new WeakMap<Transport, number>();

/** Keeps that a list ended at its limit. Who set another one than n8n begins with knows of it. */
export function keepCut(transport: Transport, records: number, limit: number): void {
	if (limit === usualLimit && records === limit) cutLists.set(transport, (cutLists.get(transport) ?? 0) + 1);
}

/** Says which lists of a run may have more records than were returned. */
export function cutHints({ transport, model }: Pick<OpenRun, 'transport' | 'model'>): RunHints {
	const count = cutLists.get(transport) ?? 0;
	if (count === 0) return { lost: [], told: [] };
	const lists = count === 1 ? 'The list was' : `${count} lists were`;
	const all = `To get all ${model.plural}, turn on Return All.`;
	return { lost: [`${lists} cut at the Limit of ${usualLimit}, and there may be more. ${all}`], told: [] };
}
