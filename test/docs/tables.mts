import { updatedAfter } from '../../nodes/Planhat/list/filterParameters.ts';
import { operations } from '../../nodes/Planhat/operations/index.ts';
import { models, resources } from '../../nodes/Planhat/resources/index.ts';
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

/** Models that are told the same, in one row. */
function grouped(having: readonly Model[], tell: (model: Model) => string): string[][] {
	const groups = new Map<string, string[]>();
	for (const model of having) groups.set(tell(model), [...(groups.get(tell(model)) ?? []), model.name]);
	return [...groups].map(([told, names]) => [told, names.join(', ')]);
}

function code(names: readonly string[], between: string): string {
	return names.map((name) => `\`${name}\``).join(between);
}

/** Operations that the same models have, in one row, the widest first; that one names its models. */
function operationsTable(): Table {
	const groups = new Map<string, { names: string[]; having: string[] }>();
	for (const { name, value } of operations) {
		const having = resources.filter((model) => model.operations.includes(value)).map((model) => model.name);
		const key = having.join();
		groups.set(key, { names: [...(groups.get(key)?.names ?? []), name], having });
	}
	const width = ({ names, having }: { names: string[]; having: string[] }) => names.length * having.length;
	const [widest, ...others] = [...groups.values()].sort((one, other) => width(other) - width(one));
	return [
		['Operation', 'Resources'],
		...(widest === undefined ? [] : [[widest.names.join(', '), widest.having.join(', ')]]),
		...others.map(({ names, having }) => [names.join(', '), shortList(having, resources)]),
	];
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
	const tell = ({ keys, namedBy }: Model) =>
		[code(keys, ', '), ...(namedBy ? [code([namedBy.within, namedBy.field], ' with ')] : [])].join(', ');
	return [['Keys, in this order', 'Resources'], ...grouped(having, tell)];
}

/** The filters by their names; what each means stands in the panel. */
function filtersTable(): Table {
	const told = new Map<string, string[]>();
	for (const model of models) {
		const filters = model.filters.map(({ displayName }) => displayName);
		for (const label of [...filters, ...(updateTimeOf(model) === undefined ? [] : [updatedAfter.displayName])])
			told.set(label, [...(told.get(label) ?? []), model.name]);
	}
	const listed = models.filter((model) => model.operations.includes('getAll'));
	const rows = [...told].map(([label, names]) => [`**${label}**`, shortList(names, listed)]);
	return [['Filter', 'Resources'], ...rows.sort(([a = ''], [b = '']) => a.localeCompare(b))];
}

/** Names the few that are left out where a filter is nearly everywhere. */
function shortList(names: readonly string[], all: readonly Model[]): string {
	const others = all.map(({ name }) => name).filter((name) => !names.includes(name));
	return others.length < names.length / 2 ? `All except ${others.join(', ')}` : names.join(', ');
}

/** Fields that people know, as examples of a type. */
function examplesOf(type: FieldType): string {
	const fields = models.flatMap((model) => model.fields.filter((field) => field.type === type && !field.readOnly));
	return code([...new Set(fields.map(({ name }) => name))].slice(0, 2), ', ');
}

function valuesTable(): Table {
	const types = Object.keys(typeNames) as FieldType[];
	const named = new Map<string, string[]>();
	for (const type of types) {
		const name = `${typeNames[type]} (${examplesOf(type)})`.replace(/ \(\)$/, '');
		named.set(readers[type].takes, [...(named.get(readers[type].takes) ?? []), name]);
	}
	return [...named].map(([takes, names]) => [names.join('; '), takes]);
}

/** The fields that can be set, with the label of the form where the name does not tell it. */
function fieldsTable(): Table {
	const rows = models.map(({ name, fields }) => {
		const settable = fields.filter(({ name, readOnly }) => readOnly !== true && name !== 'custom');
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

function asList(rows: Table): string {
	return rows.map(([name, text]) => `- ${name}: ${text}`).join('\n');
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

/** The forms of those that are no tables on their pages. */
const forms: Readonly<Record<string, (rows: Table) => string>> = { fields: asSections, values: asList };

function asMarkdown([head = [], ...rows]: Table): string {
	const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
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
			(_whole, before, after) => `${before}\n${(forms[name] ?? asMarkdown)(make())}\n\n${after}`,
		);
	}
	return written;
}
