import type { IDataObject } from 'n8n-workflow';

/** Whether a row has these names, in this order, and no other. */
export function hasNames(given: IDataObject, names: readonly string[]): boolean {
	let at = 0;
	for (const name in given) {
		if (names[at] !== name) return false;
		at += 1;
	}
	return at === names.length;
}
