import type { Field } from '../resources/types';

const abbreviations = new Set(['id', 'mrr', 'arr', 'nrr', 'nps', 'url']);

/** `companyExternalId` as "Company External ID". */
function titleOf(name: string): string {
	const words = name
		.replace(/^_/, '')
		.replace(/([a-z])([A-Z])/g, '$1 $2')
		.replace(/enduser/i, 'End User')
		.split(' ');
	return words
		.map((word) =>
			abbreviations.has(word.toLowerCase()) ? word.toUpperCase() : `${word.charAt(0).toUpperCase()}${word.slice(1)}`,
		)
		.join(' ')
		.replace(/\bIds\b/, 'IDs');
}

/** Names that say too little by themselves, of fields that Planhat sets. */
const unclear: Readonly<Record<string, string>> = { _id: 'ID', h: 'Health', hDiff: 'Health Change' };

/** The label of a standard field: its name for people, short enough for the form to show it whole. */
export function columnLabel({ name, label }: Pick<Field, 'name' | 'label'>): string {
	return label ?? unclear[name] ?? titleOf(name);
}

/**
 * The label of a custom field: its name as people know it.
 * @param others labels of the standard fields: two that look the same are told apart
 */
export function customColumnLabel(name: string, others: ReadonlySet<string>): string {
	return others.has(name) ? `${name} (custom)` : name;
}
