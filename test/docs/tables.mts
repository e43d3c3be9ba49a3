import { updatedAfter } from '../../nodes/Planhat/list/filterParameters.ts';
import { operations } from '../../nodes/Planhat/operations/index.ts';
import { models } from '../../nodes/Planhat/resources/index.ts';
import { referenceModes, updateTimeOf } from '../../nodes/Planhat/resources/model.ts';
import type { FieldType, Model, ReferenceMode } from '../../nodes/Planhat/resources/types.ts';
import { readers } from '../../nodes/Planhat/readers/convertValue.ts';

/** A table of the guide: cells, row by row, the first of them its head. */
export type Table = readonly (readonly string[])[];

const typeNames: Record<FieldType, string> = {
	text: 'Text',
	key: 'Key',
	email: 'Email',
	id: 'Reference to a record',
	user: 'User',
	number: 'Number',
	boolean: 'Yes/No',
	date: 'Date and time',
	day: 'Day (number)',
	isoDay: 'Day (text)',
	choice: 'One of a list',
	texts: 'Several texts',
	ids: 'Several references',
	records: 'Several records',
	users: 'Several users',
	members: 'Team members',
	endusers: 'Several end users',
	object: 'Object',
	objects: 'Several objects',
	unknown: 'Anything',
};

const modeNames: Record<ReferenceMode, string> = {
	list: 'From List',
	id: 'By ID',
	externalId: 'By External ID',
	sourceId: 'By Source ID',
	email: 'By Email',
};

/** The operations that have a column of their own, in the order in which people look for them. */
const usual = ['create', 'get', 'getAll', 'update', 'delete', 'upsert'];

/** Models that are told the same, in one row. */
function grouped(having: readonly Model[], tell: (model: Model) => string): string[][] {
	const groups = new Map<string, string[]>();
	for (const model of having) groups.set(tell(model), [...(groups.get(tell(model)) ?? []), model.name]);
	return [...groups].map(([told, names]) => [told, names.join(', ')]);
}

function code(names: readonly string[], between: string): string {
	return names.map((name) => `\`${name}\``).join(between);
}

function operationsTable(): Table {
	const nameOf = (value: string) => operations.find((operation) => operation.value === value)?.name ?? value;
	const rows = models.map((model) => {
		const others = model.operations.filter((value) => !usual.includes(value)).map(nameOf);
		const has = (value: string) => model.operations.some((operation) => operation === value);
		return [model.name, ...usual.map((value) => (has(value) ? '✓' : '')), others.join(', ')];
	});
	return [['Resource', ...usual.map(nameOf), 'Other'], ...rows];
}

function referencesTable(): Table {
	const having = models.filter((model) => model.operations.includes('get'));
	return [['Ways', 'Resources'], ...grouped(having, (model) => namesOfModes(model))];
}

function namesOfModes(model: Model): string {
	return referenceModes(model)
		.map((mode) => modeNames[mode])
		.join(', ');
}

function requiredTable(): Table {
	const having = models.filter((model) =>
		model.operations.some((value) => ['create', 'insert', 'track'].includes(value)),
	);
	const tell = ({ fields, requiredOneOf }: Model) => {
		const single = fields.filter(({ required }) => required).map(({ name }) => name);
		const groups = requiredOneOf.map((names) => code(names, ' or '));
		return [...(single.length > 0 ? [code(single, ', ')] : []), ...groups].join('; ') || 'None';
	};
	return [['Required', 'Resources'], ...grouped(having, tell)];
}

function keysTable(): Table {
	const having = models.filter((model) => model.operations.includes('upsert'));
	return [['Keys, in this order', 'Resources'], ...grouped(having, ({ keys }) => code(keys, ', '))];
}

function filtersTable(): Table {
	const told = new Map<string, string[]>();
	const add = (displayName: string, description: string, { name }: Model) => {
		const key = JSON.stringify([`**${displayName}**`, description]);
		told.set(key, [...(told.get(key) ?? []), name]);
	};
	for (const model of models) {
		for (const { displayName, description } of model.filters) add(displayName, description, model);
		if (updateTimeOf(model) !== undefined) add(updatedAfter.displayName, 'Changed after this time', model);
	}
	const rows = [...told].map(([key, names]) => [...(JSON.parse(key) as string[]), shortList(names)]);
	return [['Filter', 'Meaning', 'Resources'], ...rows.sort(([a = ''], [b = '']) => a.localeCompare(b))];
}

/** Names the few that are left out where a filter is nearly everywhere. */
function shortList(names: readonly string[]): string {
	const listed = models.filter((model) => model.operations.includes('getAll'));
	const others = listed.map(({ name }) => name).filter((name) => !names.includes(name));
	return others.length < names.length / 2 ? `All except ${others.join(', ')}` : names.join(', ');
}

/** Fields that people know, as examples of a type. */
function examplesOf(type: FieldType): string {
	const fields = models.flatMap((model) => model.fields.filter((field) => field.type === type && !field.readOnly));
	return code([...new Set(fields.map(({ name }) => name))].slice(0, 2), ', ');
}

function valuesTable(): Table {
	const types = Object.keys(typeNames) as FieldType[];
	const rows = types.map((type) => {
		const { takes, gives, clears, wants } = readers[type];
		const asked = wants({ name: '', type, description: '' });
		return [
			`${typeNames[type]}: ${examplesOf(type)}`.replace(/: $/, ''),
			takes,
			gives,
			code([JSON.stringify(clears)], ''),
			asked,
		];
	});
	return [['Field', 'Takes', 'Sent as', 'Cleared with', 'Else the error asks for'], ...rows];
}

/** The fields that can be set, with the label of the form where the name does not tell it. */
function fieldsTable(): Table {
	const rows = models.map(({ name, fields }) => {
		const settable = fields.filter(({ readOnly }) => readOnly !== true);
		const named = settable.map(
			(field) => `${code([field.name], '')}${field.label === undefined ? '' : ` (${field.label})`}`,
		);
		return [name, named.join(', ')];
	});
	return rows.filter(([, fields]) => fields !== '');
}

function asSections(rows: Table): string {
	return rows.map(([heading, text]) => `## ${heading}\n\n${text}`).join('\n\n');
}

/** The tables that are made from the code, by page and by the name of their place in it. */
export const tables: Readonly<Record<string, Readonly<Record<string, () => Table>>>> = {
	'README.md': { operations: operationsTable },
	'docs/guide/write-records.md': { references: referencesTable, required: requiredTable },
	'docs/guide/values.md': { values: valuesTable },
	'docs/guide/send-many-rows.md': { keys: keysTable },
	'docs/guide/fields.md': { fields: fieldsTable },
	'docs/guide/read-lists.md': { filters: filtersTable },
};

function asMarkdown([head = [], ...rows]: Table): string {
	const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
	return [line(head), line(head.map((cell) => (usualName(cell) ? ':-:' : '---'))), ...rows.map(line)].join('\n');
}

/** Whether a column holds ticks. */
function usualName(head: string): boolean {
	return operations.some(({ name, value }) => name === head && usual.includes(value));
}

/**
 * Puts the tables of a page into their places.
 * @param path of the page
 * @param text as it stands
 * @throws Error when the page has no place for one of its tables
 */
export function withTables(path: string, text: string): string {
	let written = text;
	for (const [name, make] of Object.entries(tables[path] ?? {})) {
		const place = new RegExp(`(<!-- ${name} -->\\n)[^]*?(<!-- /${name} -->)`);
		if (!place.test(written)) throw new Error(`${path} has no place for '${name}'`);
		written = written.replace(
			place,
			(_whole, before, after) =>
				`${before}\n${name === 'fields' ? asSections(make()) : asMarkdown(make())}\n\n${after}`,
		);
	}
	return written;
}
