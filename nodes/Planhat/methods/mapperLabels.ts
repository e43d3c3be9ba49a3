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
	users: 'emails',
	members: 'emails',
	texts: 'with commas',
	ids: 'IDs',
	endusers: 'IDs',
	records: 'IDs',
};

/**
 * The label of a standard field in the field mapper: its name for people, short enough for the form to show it whole, and
 * what is to be given where that is not plain. The mapper has no place for descriptions, nor for Planhat's own name.
 */
export function columnLabel({ name, label, type }: Field): string {
	const form = forms[type];
	return `${label ?? titleOf(name)}${form === undefined ? '' : ` (${form})`}`;
}

/** The label of a custom field: its name as people know it. */
export function customColumnLabel({ name, type }: Pick<Field, 'name' | 'type'>): string {
	const form = forms[type];
	return `${name} (custom field${form === undefined ? '' : `, ${form}`})`;
}
