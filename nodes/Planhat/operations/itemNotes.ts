import type { RunHints } from '../run/runHint';

/** What a run is known by. */
interface Noted {
	tenant: object;
}

/** So many notes are kept of a run. */
const mostNotes = 20;

/** Of each run, what was made of its items, and of how many. */
const notes = new WeakMap<object, Map<string, number>>();

/** Notes what is made of an item: a clause that is the same for all items of which it is. */
export function noteItem({ tenant }: Noted, clause: string): void {
	const kept = notes.get(tenant) ?? new Map<string, number>();
	notes.set(tenant, kept);
	const count = kept.get(clause) ?? 0;
	if (count > 0 || kept.size < mostNotes) kept.set(clause, count + 1);
}

/** Says what was noted, with the number of items. */
export function itemNotes({ tenant }: Noted): RunHints {
	const kept = [...(notes.get(tenant) ?? [])];
	const lost = kept.map(([clause, count]) => `${clause} (${count} ${count === 1 ? 'item' : 'items'}).`);
	return { lost, told: [] };
}
