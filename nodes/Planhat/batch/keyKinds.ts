/** Which keys a row has. */
export interface KeyKinds {
	/** By which Planhat looks for its record first. */
	best: string;
	names: ReadonlySet<string>;
}

/** The kinds of keys of many rows, each kept once. */
export class KnownKinds {
	private readonly known = new Map<string, KeyKinds>();

	/**
	 * @param names of the keys of a row, best first
	 * @returns undefined where it has none
	 */
	of(names: readonly string[]): KeyKinds | undefined {
		const [best] = names;
		if (best === undefined) return undefined;
		const text = names.join();
		const kinds = this.known.get(text) ?? { best, names: new Set(names) };
		this.known.set(text, kinds);
		return kinds;
	}
}

/**
 * Whether a later row may be about the record of an earlier one although no key of theirs is the same: it names it by a key
 * that the earlier one does not have, or would have changed.
 */
export function mayMeet(earlier: KeyKinds, later: KeyKinds): boolean {
	return [...later.names].some((name) => !earlier.names.has(name));
}

/**
 * Whether a later row may change the key by which an earlier one names its record: what is found by one key gets the others
 * (Planhat's documents, "Bulk upsert").
 */
export function mayRename(earlier: KeyKinds, later: KeyKinds): boolean {
	return earlier.best !== '_id' && later.names.has(earlier.best) && mayMeet(earlier, later);
}
