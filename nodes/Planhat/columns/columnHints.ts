import { withArticle } from '../resources/model';
import { hasCustomFields } from '../tenant/customFields';
import { customPrefix } from '../tenant/mapperColumns';
import type { Column, ColumnNote, Columns } from './column';
import { quotedValue } from '../readers/knownValues';
import type { Note } from '../readers/reading';
import type { UnknownFields } from './rules';

/** A hint names so many columns, and a column so many of its values. */
const most = { columns: 20, values: 3 };

/** Of these, several values of a column are told. */
const kindsWithValues: ReadonlyArray<Note['kind']> = ['unlisted', 'leftOut', 'fallback', 'inactive'];

/** Keeps what was made of a row's values, for a hint: few of each column. */
export function keepNotes({ notes }: Columns, added: readonly ColumnNote[]): void {
	for (const { column, ...note } of added) {
		const kept = notes.get(column) ?? [];
		const isFull =
			kept.filter(({ kind }) => kind === note.kind).length >= (kindsWithValues.includes(note.kind) ? most.values : 1);
		if (isFull || kept.some(({ kind, given }) => kind === note.kind && given === note.given)) continue;
		notes.set(column, [...kept, note]);
	}
}

/** The columns of a run, those within `custom` among them. */
function allColumns(byName: ReadonlyMap<string, Column>): Column[] {
	return [...byName.values()].flatMap((column) => (column.to === 'inside' ? allColumns(column.byName) : [column]));
}

function unique(names: Iterable<string>): string[] {
	return [...new Set(names)];
}

/** Columns that do not go out as a field that is known, by what became of them. */
export interface LeftOut {
	/** Names that nobody knows, whatever was done with them. */
	unknown: string[];
	/** What only Planhat sets. */
	readOnly: string[];
}

/** The columns that fitted nothing or that Planhat sets itself. */
export function leftOut({ byName, rules }: Columns): LeftOut {
	const all = allColumns(byName);
	// Records that were read carry their version, and a change has its record named elsewhere.
	const unsaid = rules.writes === 'changes' ? ['__v', '_id'] : ['__v'];
	return {
		unknown: unique(
			all.flatMap((column) => {
				if (column.to === undefined || (column.to === 'nowhere' && column.why === 'unknown')) return [column.name];
				return (column.to === 'field' || column.to === 'custom') && !column.isKnown ? [column.name] : [];
			}),
		).filter((name) => name !== ''),
		readOnly: unique(
			all.flatMap((column) => (column.to === 'nowhere' && column.why === 'readOnly' ? [column.name] : [])),
		).filter((name) => !unsaid.includes(name)),
	};
}

/** What the node itself adds to records that it returns. */
function addedIn({ byName }: Columns): string[] {
	return unique(
		allColumns(byName).flatMap((column) => (column.to === 'nowhere' && column.why === 'added' ? [column.name] : [])),
	);
}

function listed(names: readonly string[]): string {
	const more = names.length - most.columns;
	return names.slice(0, most.columns).join(', ') + (more > 0 ? `, and ${more} more` : '');
}

const strange = 'These are no fields of *';

/** What becomes of names that are no fields; `*` stands for the model, `#` for how many match none. */
const unknownTexts: Record<UnknownFields, string> = {
	send: '#, and Planhat ignores them',
	custom: `${strange} and were sent as custom fields`,
	ignore: `${strange} and were left out`,
	refuse: `${strange}, and rows that have them were refused`,
};

/** Said of names within `custom` that are sent as they are: there Planhat keeps what it does not know. */
const keptText = 'The tenant has no such custom field of *, and Planhat keeps the values where nobody sees them';

function unknownHint({ model, nearest }: Columns, text: string, names: readonly string[]): string[] {
	const named = names.map((name) => (nearest.has(name) ? `${name} (did you mean '${nearest.get(name)}'?)` : name));
	const columns = names.length === 1 ? '1 column matches' : `${names.length} columns match`;
	const what = text.replace('*', withArticle(model.singular)).replace('#', `${columns} no ${model.singular} field`);
	return hintOf(named, () => `${what}: ${listed(named)}. See the option 'Unknown Fields'.`);
}

function unknownHints(columns: Columns, names: readonly string[]): string[] {
	const { options } = columns.rules;
	// Where there is no `custom`, they go nowhere.
	const isIgnored = options.unknownFields === 'custom' && !hasCustomFields(columns.model);
	const unknownFields = isIgnored ? 'ignore' : options.unknownFields;
	const kept = names.filter((name) => unknownFields === 'send' && name.startsWith(customPrefix));
	const others = names.filter((name) => !kept.includes(name));
	return [
		...unknownHint(columns, unknownTexts[unknownFields], others),
		...unknownHint(columns, keptText, columns.unread.length === 0 ? kept : []),
	];
}

const noteTexts: Record<Note['kind'], (column: string, notes: readonly Note[], values: readonly string[]) => string> = {
	excel: (column, [first]) => `Numbers in '${column}' were read as Excel dates: ${first?.given} as ${first?.taken}.`,
	unlisted: (column, notes, values) =>
		`'${column}' has values that are not in the field's list (${notes[0]?.taken ?? listed(values.map(quotedValue))}). They are not changed: ${notes.map(({ given }) => quotedValue(given)).join(', ')}.`,
	leftOut: (column, notes) =>
		`References that Planhat doesn't have were left out of '${column}', such as ${notes.map(({ given }) => given).join(', ')}.`,
	fallback: (column, notes) =>
		`Users in '${column}' who are unknown or deactivated were replaced by ${notes[0]?.taken}, such as ${notes.map(({ given }) => given).join(', ')}.`,
	inactive: (column, notes) =>
		`Users in '${column}' are deactivated, and were set all the same: ${notes.map(({ given }) => given).join(', ')}. See the option 'Unknown References'.`,
	gaveWay: (column, [first]) =>
		`'${column}' was left out where the column '${first?.taken}' has a value, since that is the field's own name.`,
};

function valuesOf({ byName }: Columns, name: string): readonly string[] {
	const column = allColumns(byName).find((one) => one.to !== 'inside' && one.name === name);
	return column !== undefined && 'field' in column ? (column.field.values ?? []) : [];
}

function noteSentences(columns: Columns, kinds: ReadonlyArray<Note['kind']>): string[] {
	return [...columns.notes].flatMap(([column, kept]) =>
		kinds.flatMap((kind) => {
			const same = kept.filter((each) => each.kind === kind);
			return same.length === 0 ? [] : [noteTexts[kind](column, same, valuesOf(columns, column))];
		}),
	);
}

/** One hint of several parts; none where there are none. */
function hintOf(parts: readonly string[], make: (parts: readonly string[]) => string): string[] {
	return parts.length === 0 ? [] : [make(parts)];
}

/** What the user is told about the columns of a run. */
export interface ColumnHints {
	/** What did not arrive, or not where people see it. */
	lost: string[];
	/** What was taken for what. */
	told: string[];
}

/**
 * Says what was left out of the columns of a run, and what was taken for what.
 * @returns at most one sentence for each kind
 */
export function columnHints(columns: Columns): ColumnHints {
	const { unknown, readOnly } = leftOut(columns);
	const respelled = [...columns.respelled].map(([name, field]) => `'${name}' as '${field}'`);
	const unread = 'Custom fields could not be read, so their names were treated as unknown';
	const notes = (...kinds: Array<Note['kind']>) =>
		hintOf(noteSentences(columns, kinds), (sentences) => sentences.slice(0, most.columns).join(' '));
	return {
		lost: [
			...hintOf(columns.unread, ([reason]) => `${unread}: ${reason}`),
			...unknownHints(columns, unknown),
			...hintOf(readOnly, (names) => `These were left out, since only Planhat sets them: ${listed(names)}.`),
			...notes('gaveWay', 'unlisted', 'leftOut', 'fallback', 'inactive'),
		],
		told: [
			...hintOf(respelled, (names) => `Columns were matched to fields with a different spelling: ${listed(names)}.`),
			...hintOf(
				addedIn(columns),
				(names) =>
					`These were left out, since this node adds them to records and Planhat has no such fields: ${listed(names)}.`,
			),
			...notes('excel'),
		],
	};
}
