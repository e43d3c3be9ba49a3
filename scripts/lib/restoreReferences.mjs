/**
 * Reads the text in which n8n stores the data of an execution: a JSON list of all values, where a text inside a list
 * or an object is the place of the value in that list. What occurs twice is stored once, so circles are possible.
 *
 * @param {string} text
 */
export function restoreReferences(text) {
	const values = JSON.parse(text);
	const restored = new Map();
	const valueAt = (place) => {
		const value = values[place];
		if (typeof value !== 'object' || value === null) return value;
		if (restored.has(place)) return restored.get(place);
		const result = Array.isArray(value) ? [] : {};
		restored.set(place, result);
		for (const [key, part] of Object.entries(value)) {
			result[key] = typeof part === 'string' ? valueAt(Number(part)) : part;
		}
		return result;
	};
	return valueAt(0);
}
