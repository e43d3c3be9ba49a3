import { plainLabelOf } from '../resources/plainNames';
import type { Field, FieldType } from '../resources/types';

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

/** The label of a standard field: its name for people, short enough for the form to show it whole. */
export function columnLabel({ name, label }: Pick<Field, 'name' | 'label'>): string {
	return label ?? plainLabelOf(name) ?? titleOf(name);
}

/**
 * The label of a custom field: its name as people know it.
 * @param others labels of the standard fields: two that look the same are told apart
 */
export function customColumnLabel(name: string, others: ReadonlySet<string>): string {
	return others.has(name) ? `${name} (custom)` : name;
}

/** n8n hands a model no more of a label than so many characters. */
const longestToolLabel = 60;

const listOfPeople = 'names or emails';

const severalTexts = 'several with commas';

/** What a model gives for a field of each type; nothing where the name of the field says all. */
const toolForms: Partial<Record<FieldType, string>> = {
	id: 'ID',
	user: 'name or email',
	number: 'number',
	boolean: 'yes or no',
	date: 'YYYY-MM-DD or YYYY-MM-DDTHH:MM',
	day: 'YYYY-MM-DD',
	isoDay: 'YYYY-MM-DD',
	object: 'JSON',
	objects: 'JSON list',
	texts: severalTexts,
	ids: 'IDs with commas',
	records: 'IDs with commas',
	users: listOfPeople,
	members: listOfPeople,
	endusers: listOfPeople,
};

/** "Basic, Team or Enterprise"; as many as there is room for. */
function valuesText(values: readonly string[], room: number): string {
	const [last = '', ...others] = [...values].reverse();
	const all = others.length === 0 ? last : `${others.reverse().join(', ')} or ${last}`;
	if (all.length <= room) return all;
	let text = '';
	for (const value of values) if (`${text}${value}, …`.length <= room) text += `${value}, `;
	return text === '' ? '' : `${text}…`;
}

function toolFormOf({ type, refersTo, range, values, usualValues }: Field, room: number): string {
	if (values !== undefined) {
		const rest = type === 'texts' ? `, ${severalTexts}` : '';
		const listed = valuesText(values, room - rest.length);
		return listed === '' ? (toolForms[type] ?? '') : `${listed}${rest}`;
	}
	if (usualValues !== undefined) return `such as ${valuesText(usualValues, room - 'such as '.length)}`;
	if (range !== undefined) return `${range[0]} to ${range[1]}`;
	if (refersTo === 'company') return 'name or ID';
	if (refersTo === 'enduser') return type === 'id' ? 'name or email' : listOfPeople;
	return toolForms[type] ?? '';
}

/**
 * The label of a field in a tool's form: it is all that n8n tells the model, so that it says the form of the value, such as
 * "Plan (Basic, Team or Enterprise)".
 */
export function toolLabel(label: string, field: Field): string {
	if (field.name === '_id' || field.name === 'custom') return label;
	const alone = label.replace(/ IDs?$/, '');
	const form = toolFormOf(field, longestToolLabel - alone.length - ' ()'.length);
	return form === '' ? label : `${alone} (${form})`;
}
