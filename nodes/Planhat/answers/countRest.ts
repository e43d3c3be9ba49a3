import type { Counts, Success } from './ledger';

/** The rows that an answer does not name, and what it says of them as a whole. */
export interface Rest {
	/** Rows with a key, which may be there already. */
	keyed: number;
	/** Rows without a key: Planhat can only create them (Planhat's documents, "Bulk upsert"). */
	keyless: number;
	/** How many of them went through in each way; what is not there may be any number. */
	counts: Counts;
	/** How many entries of the lists of created and changed records name no row. */
	atLeast: Required<Counts>;
	/** Whether an error is about one of them at least. */
	isRefused: boolean;
}

/** What is the same for all rows of a kind, in every way in which the numbers fit. */
export interface Shared {
	keyed?: Success | 'applied' | 'failed';
	keyless?: 'created' | 'failed';
	/** What the keyed rows went through as where they are `applied`. */
	applied?: Required<Counts>;
	/** What a keyed row may have gone through as, where it is open; all ways where the numbers fit in none. */
	mayBe: Success[];
	/** Whether the answer speaks of no keyed row that went through. */
	speaksOfNone: boolean;
}

interface Range {
	least: number;
	most: number;
}

const kinds: readonly Success[] = ['created', 'updated', 'unchanged'];

function widen(range: Range, { least, most }: Range): void {
	range.least = Math.min(range.least, least);
	range.most = Math.max(range.most, most);
}

const nothing = (): Range => ({ least: Infinity, most: -Infinity });

/** How many of the keyed rows may go through in each way when so many of the keyless ones are created. */
function rangesOf({ keyed, counts, atLeast }: Rest, created: number): Record<Success, Range> | undefined {
	const range = (kind: Success, elsewhere: number): Range => {
		const exact = counts[kind];
		if (exact !== undefined) return { least: exact - elsewhere, most: exact - elsewhere };
		return { least: Math.max(0, atLeast[kind] - elsewhere), most: keyed };
	};
	const ranges = { created: range('created', created), updated: range('updated', 0), unchanged: range('unchanged', 0) };
	const least = kinds.reduce((sum, kind) => sum + ranges[kind].least, 0);
	if (kinds.some((kind) => ranges[kind].least < 0) || least > keyed) return undefined;
	for (const kind of kinds) ranges[kind].most = Math.min(ranges[kind].most, keyed - least + ranges[kind].least);
	return ranges;
}

/** Finds what every way of spreading the numbers over the rows has in common. Where no way fits, nothing is certain. */
export function sharedBy(rest: Rest): Shared {
	const { keyed, keyless, counts, atLeast, isRefused } = rest;
	const alone = nothing();
	const all = { created: nothing(), updated: nothing(), unchanged: nothing() };
	const applied = nothing();
	for (let created = 0; created <= keyless; created += 1) {
		const ranges = rangesOf(rest, created);
		if (ranges === undefined) continue;
		const least = kinds.reduce((sum, kind) => sum + ranges[kind].least, 0);
		const sum = kinds.reduce((total, kind) => total + ranges[kind].most, 0);
		const most = Math.min(sum, isRefused && created === keyless ? keyed - 1 : keyed);
		if (most < least) continue;
		widen(alone, { least: created, most: created });
		widen(applied, { least, most });
		for (const kind of kinds) widen(all[kind], ranges[kind]);
	}
	const isPossible = alone.least <= keyless;
	const shared: Shared = {
		mayBe: isPossible ? kinds.filter((name) => all[name].most > 0) : [...kinds],
		speaksOfNone:
			isPossible && kinds.every((name) => (counts[name] === undefined ? atLeast[name] : all[name].most) === 0),
	};
	if (keyless > 0 && alone.least === keyless) shared.keyless = 'created';
	if (keyless > 0 && alone.most === 0) shared.keyless = 'failed';
	if (keyed === 0) return shared;
	const kind = kinds.find((name) => all[name].least === keyed);
	if (kind !== undefined) shared.keyed = kind;
	else if (applied.least === keyed) {
		shared.keyed = 'applied';
		const told = kinds.map((name) => [name, all[name].least === all[name].most ? all[name].least : 0]);
		shared.applied = Object.fromEntries(told) as Required<Counts>;
	} else if (applied.most === 0) shared.keyed = 'failed';
	return shared;
}
