import type { Field, FieldType } from '../resources/types';

const abbreviations = new Set(['id', 'mrr', 'arr', 'nrr', 'nps', 'url']);

/** `companyExternalId` as "Company External ID". */
function titleOf(name: string): string {
	const words = name
		.replace(/^_/, '')
		.replace(/([a-z])([A-Z])/g, '$1 $2')
		.split(' ');
	return words
		.map((word) =>
			abbreviations.has(word.toLowerCase()) ? word.toUpperCase() : `${word.charAt(0).toUpperCase()}${word.slice(1)}`,
		)
		.join(' ');
}

/** What a value looks like, where the editor's input does not tell. */
const forms: Partial<Record<FieldType, string>> = {
	user: 'email or ID',
	users: 'emails, with commas',
	members: 'emails, with commas',
	texts: 'with commas',
	ids: 'IDs, with commas',
};

/**
 * The label of a standard field in the field mapper: a name for people, Planhat's own name, by which columns of the input
 * are matched, and what is to be given. The mapper has no place for descriptions.
 * @param field of a model
 */
export function columnLabel({ name, label, type }: Field): string {
	const form = forms[type];
	return `${label ?? titleOf(name)} (${name})${form === undefined ? '' : `: ${form}`}`;
}

/**
 * The label of a custom field: its name as people know it.
 * @param field of the tenant
 */
export function customColumnLabel({ name, type }: Pick<Field, 'name' | 'type'>): string {
	const form = forms[type];
	return `${name} (custom field)${form === undefined ? '' : `: ${form}`}`;
}
