import { plainNameOf } from '../../resources/plainNames';
import type { Model } from '../../resources/types';
import type { OpenRun } from '../../run/openRun';
import type { RunHints } from '../../run/runHint';
import type { Transport } from '../../transport/transport';

const counts = new WeakMap<Transport, { read: number; met: number }>();

/** Keeps how many records were read for conditions, and how many of them were returned. */
export function keepReadCount(transport: Transport, read: number, met: number): void {
	const before = counts.get(transport) ?? { read: 0, met: 0 };
	counts.set(transport, { read: before.read + read, met: before.met + met });
}

const unset = new WeakMap<object, Map<string, number>>();

/** Keeps that a record was left out of a list since it holds nothing in a field. */
export function keepUnset(query: object, field: string): void {
	const counts = unset.get(query) ?? new Map<string, number>();
	unset.set(query, counts.set(field, (counts.get(field) ?? 0) + 1));
}

/** Says how many records were left out of a list since they hold nothing where little or early was asked for. */
export function unsetTexts(query: object, { singular, plural }: Pick<Model, 'singular' | 'plural'>): string[] {
	return [...(unset.get(query) ?? [])].map(
		([field, count]) =>
			`${count} more ${count === 1 ? `${singular} has` : `${plural} have`} no ${plainNameOf(field)} (isEmpty).`,
	);
}

/** Says what the conditions of a run came to. */
export function readCountHints({ transport, model }: Pick<OpenRun, 'transport' | 'model'>): RunHints {
	const count = counts.get(transport);
	if (count === undefined) return { lost: [], told: [] };
	const [read, met] = [count.read, count.met].map((number) => number.toLocaleString('en'));
	return { lost: [], told: [`${read} ${model.plural} were read for ${met} that meet the conditions.`] };
}
