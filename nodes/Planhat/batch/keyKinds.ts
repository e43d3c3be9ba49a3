/** Which keys a row has. */
export interface KeyKinds {
	/** By which Planhat looks for its record first. */
	best: string;
	names: ReadonlySet<string>;
	/** Whether it names a company. */
	isPlaced: boolean;
}

/** The kinds of keys of many rows, each kept once. */
export class KnownKinds {
	private readonly known = new Map<string, KeyKinds>();

	/**
	 * @param names of the keys of a row, best first
	 * @returns undefined where it has none
	 */
	of(names: readonly string[], isPlaced: boolean): KeyKinds | undefined {
		const [best] = names;
		if (best === undefined) return undefined;
		const text = `${isPlaced ? 'placed' : ''} ${names.join()}`;
		const kinds = this.known.get(text) ?? { best, names: new Set(names), isPlaced };
		this.known.set(text, kinds);
		return kinds;
	}
}

/** Whether a later row may name the record of an earlier one by a key that the earlier one does not have. */
export function mayMeet(earlier: KeyKinds, later: KeyKinds): boolean {
	return [...later.names].some((name) => !earlier.names.has(name));
}

/**
 * Whether a later row may change the key by which an earlier one names its record: what is found by a better key gets the
 * others (Planhat's documents, "Bulk upsert"), or another company.
 * @param within keys that count within a company
 */
export function mayRename(earlier: KeyKinds, later: KeyKinds, within: ReadonlySet<string>): boolean {
	if (later.best === earlier.best) return false;
	const isMoving = later.isPlaced && within.has(earlier.best) && !within.has(later.best);
	return isMoving || later.names.has(earlier.best);
}
