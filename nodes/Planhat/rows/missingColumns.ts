import type { IDataObject, INode } from 'n8n-workflow';

import { isTool } from '../run/parameters';
import { rawFields } from './mappedByHand';

/** A column of an input, as the editor writes it when it is dragged onto a field; other expressions may be empty on purpose. */
const column =
	/^=\s*\{\{\s*\$(?:json|\((?:'[^']*'|"[^"]*")\)\.\w+(?:\(\))?\.json)(?:\.[\p{L}\p{N}_$]+|\[[^\]]+\])+\s*\}\}\s*$/u;

/** Of each run, the fields that are mapped to a column which no item had so far. */
const unseen = new WeakMap<object, Set<string>>();

function mappedToColumns(node: Pick<INode, 'type' | 'parameters'>): string[] {
	if (isTool(node)) return [];
	return Object.entries(rawFields(node)).flatMap(([name, raw]) =>
		typeof raw === 'string' && column.test(raw) ? [name] : [],
	);
}

/** What a run is known by, and its node. */
interface Mapped {
	tenant: object;
	node: Pick<INode, 'type' | 'parameters'>;
}

/**
 * Notes which columns an item has.
 * @param values of the fields, after expressions were resolved: undefined where the item lacks the column, null where it is empty
 */
export function noteColumns({ tenant, node }: Mapped, values: IDataObject): void {
	const names = unseen.get(tenant) ?? new Set(mappedToColumns(node));
	unseen.set(tenant, names);
	for (const name of names) if (values[name] !== undefined) names.delete(name);
}

/**
 * Says which fields are mapped to columns that no item of the run has: they were renamed, most likely.
 * @returns nothing where there are none
 */
export function missingColumnsHint({ tenant, node }: Mapped): string[] {
	const raw = rawFields(node);
	const named = [...(unseen.get(tenant) ?? [])].map((name) => `'${name}' (${String(raw[name]).replace(/^=/, '')})`);
	if (named.length === 0) return [];
	return [
		`No item has what these fields are mapped to, so that they were left out: ${named.join(', ')}. Check the names of the columns.`,
	];
}
