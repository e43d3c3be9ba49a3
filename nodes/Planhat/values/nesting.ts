/**
 * Deeper objects cannot be stored or shown: JSON.stringify, for one, goes down by recursion. Planhat's records have about 5
 * levels.
 */
export const deepestLevel = 500;

/** Whether objects and lists stand in each other more deeply than n8n can keep. */
export function isNestedDeeply(value: unknown, levelsLeft = deepestLevel): boolean {
	if (typeof value !== 'object' || value === null) return false;
	if (levelsLeft < 0) return true;
	if (Array.isArray(value)) {
		// A list may have millions of numbers, for which a function each would take its time.
		for (let place = 0; place < value.length; place += 1) {
			const entry: unknown = value[place];
			if (typeof entry === 'object' && entry !== null && isNestedDeeply(entry, levelsLeft - 1)) return true;
		}
		return false;
	}
	for (const name in value) {
		const field: unknown = (value as Record<string, unknown>)[name];
		if (typeof field === 'object' && field !== null && isNestedDeeply(field, levelsLeft - 1)) return true;
	}
	return false;
}
