import type { IDataObject } from 'n8n-workflow';

import { hasCustomFields, type CustomField } from '../tenant/customFields';
import type { Field, FieldType, Model } from '../resources/types';
import type { ItemRun } from '../run/context';
import type { Operation } from '../run/operation';
import { asList } from '../transport/paging';

/** What a model may give for a field of each type, in as few words as say it. */
const forms: Readonly<Record<FieldType, string>> = {
	text: 'text',
	key: 'ID',
	email: 'email',
	id: 'ID',
	user: 'user: name, email or ID',
	number: 'number',
	boolean: 'true or false',
	date: 'date YYYY-MM-DD',
	day: 'date YYYY-MM-DD',
	isoDay: 'date YYYY-MM-DD',
	choice: 'text',
	object: 'object',
	texts: 'list of texts, replaced whole',
	ids: 'list of IDs',
	users: 'list of users',
	objects: 'list of objects',
	members: 'list of users',
	endusers: 'list of end users',
	records: 'list of IDs',
	unknown: 'any',
};

/** The description of a record type has to stay short: bytes, of which letters of other scripts take several. Characters of values. */
const longest = { whole: 1_900, values: 120 };

/** How many records are looked through for the values that a text has. */
const lookedThrough = 1_000;

function valuesText(values: readonly string[]): string {
	let text = '';
	for (const value of values) {
		const longer = text === '' ? value : `${text}, ${value}`;
		if (longer.length > longest.values) return `${text}, …`;
		text = longer;
	}
	return text;
}

function formOf(field: Field, seen: ReadonlyMap<string, string[]>): string {
	const { name, type, refersTo, values = [] } = field;
	const used = seen.get(name) ?? [];
	const form = refersTo === 'company' && type === 'id' ? 'company: name or ID' : forms[type];
	if (values.length > 0) return `one of ${valuesText(values)}`;
	return used.length > 0 ? `${form}, such as ${valuesText(used)}` : form;
}

function fieldText(field: Field, seen: ReadonlyMap<string, string[]>): string {
	return `${formOf(field, seen)}${field.required ? ', required' : ''}`;
}

/** Planhat has no list of the values of such fields: those that recent records have are told. */
async function valuesSeen({ model, transport }: ItemRun): Promise<ReadonlyMap<string, string[]>> {
	if (model.seen.length === 0 || !model.sortable) return new Map();
	const { path, plural, name } = model;
	const target = { verb: 'list', record: plural, permission: name };
	const qs = { select: model.seen.join(','), sort: '-_id', limit: lookedThrough, offset: 0 };
	const records = asList((await transport.send({ method: 'GET', url: path, qs, target })).body, plural);
	return new Map(
		model.seen.map((field) => {
			const values = records.map((record) => record[field]);
			return [
				field,
				[...new Set(values.filter((value) => typeof value === 'string' && value !== ''))].sort() as string[],
			];
		}),
	);
}

function fieldsOf(model: Model, customFields: Iterable<CustomField>): { written: Field[]; readOnly: string[] } {
	const own = model.fields.filter(({ name }) => name !== 'custom' && name !== '__v');
	const isWritten = ({ name, readOnly }: Field) => !readOnly && !model.calculated.includes(name);
	const written = own.filter(isWritten);
	const custom = [...customFields].map((field) => ({ ...field, name: `custom.${field.name}` }));
	const isRare = ({ name }: Field) => model.rare.includes(name);
	return {
		written: [
			...written.filter(({ required }) => required),
			...written.filter((field) => !field.required && !isRare(field)),
			...custom.filter(isWritten),
			...written.filter((field) => !field.required && isRare(field)),
		],
		readOnly: [...own, ...custom].filter((field) => !isWritten(field)).map(({ name }) => name),
	};
}

/** Custom fields before names that can only be read: as many as there is room for. */
function described(
	model: Model,
	customFields: Iterable<CustomField>,
	seen: ReadonlyMap<string, string[]>,
): IDataObject {
	const { written, readOnly } = fieldsOf(model, customFields);
	const fields: IDataObject = {};
	const shown: IDataObject = { resource: model.resource, fields };
	const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));
	const lengthWith = (more: object) => bytesOf({ ...shown, ...more });
	let left = 0;
	for (const field of written) {
		const text = fieldText(field, seen);
		if (left > 0 || lengthWith({}) + bytesOf({ [field.name]: text }) > longest.whole) left += 1;
		else fields[field.name] = text;
	}
	if (left > 0) shown.notShown = `${left} more fields`;
	const names: string[] = [];
	for (const name of readOnly)
		if (lengthWith({ readOnly: [...names, name].join(', ') }) <= longest.whole) names.push(name);
	if (names.length > 0) shown.readOnly = names.join(', ');
	return shown;
}

/** Tells the fields of a record type: what they take, which values they have, which can only be read. */
export const describeModel: Operation = {
	value: 'describe',
	name: 'Describe',
	action: ({ singular }) => `Describe ${singular} fields`,
	request: () => ({ method: 'GET', url: '/customfields' }),
	output: () => [
		{ name: 'resource', type: 'text' },
		{ name: 'fields', type: 'object' },
		{ name: 'readOnly', type: 'text' },
	],

	async prepare(_item, declared) {
		return { ...declared, target: { verb: 'list', record: 'custom fields', permission: 'Custom Field' } };
	},

	async answer(item) {
		const { model, tenant } = item;
		if (hasCustomFields(model)) await tenant.learn('customFields');
		const { customFieldReason: reason } = tenant;
		const shown = described(model, tenant.customFields.values(), await valuesSeen(item));
		return [reason === undefined ? shown : { ...shown, notice: `Custom fields could not be read: ${reason}` }];
	},
};
