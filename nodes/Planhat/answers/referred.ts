import type { Sent } from './verdict';

/** Lists and objects in a field are looked into so deep. */
const deepest = 3;

const prefix = /^(ext|src)id-/;

function* textsIn(value: unknown, depth = deepest): Generator<string> {
	if (typeof value === 'string') yield value.trim().replace(prefix, '');
	else if (typeof value === 'number') yield String(value);
	else if (typeof value === 'object' && value !== null && depth > 0)
		for (const entry of Object.values(value)) yield* textsIn(entry, depth - 1);
}

/**
 * Makes a test of whether another row holds a value in a field that is no key of its own: an error about that value may be
 * about what that row refers to, such as its company.
 * @param sent rows of the request; one without `given` refers to nothing
 */
export function referredBy(sent: readonly Sent[]): (value: string, row: number) => boolean {
	let rowsOf: Map<string, number | 'several'> | undefined;

	function read(): Map<string, number | 'several'> {
		const found = new Map<string, number | 'several'>();
		for (const [row, { keys, given = {} }] of sent.entries())
			for (const [name, value] of Object.entries(given)) {
				if (keys.some((key) => key.name === name)) continue;
				for (const text of textsIn(value)) {
					const lower = text.toLowerCase();
					const known = found.get(lower);
					found.set(lower, known === undefined || known === row ? row : 'several');
				}
			}
		return found;
	}

	return (value, row) => {
		rowsOf ??= read();
		const by = rowsOf.get(value.toLowerCase());
		return by !== undefined && by !== row;
	};
}
