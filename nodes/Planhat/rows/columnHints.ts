import { withArticle } from '../operations/types';
import type { Column, Columns } from './column';
import type { ColumnNote } from './writeRow';
import type { Note } from './reading';

/** A hint names so many columns, and a column so many of its values. */
const most = { columns: 20, values: 3 };

/**
 * Keeps what was made of a row's values, for a hint: few of each column.
 * @param columns of the run
 * @param notes of a row that was written
 */
export function keepNotes({ notes }: Columns, added: readonly ColumnNote[]): void {
	for (const { column, ...note } of added) {
		const kept = notes.get(column) ?? [];
		const isFull = kept.filter(({ kind }) => kind === note.kind).length >= (note.kind === 'unlisted' ? most.values : 1);
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

/**
 * The columns that fitted nothing or that Planhat sets itself.
 * @param columns of the run
 */
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

function listed(names: readonly string[]): string {
	const more = names.length - most.columns;
	return names.slice(0, most.columns).join(', ') + (more > 0 ? `, and ${more} more` : '');
}

function unknownHint({ model, rules, nearest }: Columns, names: readonly string[]): string[] {
	if (names.length === 0) return [];
	const what = {
		send: `Planhat knows no such field of ${withArticle(model.singular)} and drops it without a word`,
		custom: `These are no fields of ${withArticle(model.singular)} and were sent as custom fields`,
		ignore: `These are no fields of ${withArticle(model.singular)} and were left out`,
		refuse: `These are no fields of ${withArticle(model.singular)}, and rows that have them were refused`,
	}[rules.options.unknownFields];
	const named = names.map((name) => (nearest.has(name) ? `${name} (nearest: ${nearest.get(name)})` : name));
	return [`${what}: ${listed(named)}. See the option 'Unknown Fields'.`];
}

const noteTexts: Record<Note['kind'], (column: string, notes: readonly Note[]) => string> = {
	excel: (column, [first]) =>
		`Numbers in '${column}' were taken for days as Excel counts them: ${first?.given} for ${first?.taken}.`,
	unlisted: (column, notes) =>
		`'${column}' holds values that are not in the field's list, sent as they are: ${notes.map(({ given }) => given).join(', ')}.`,
	gaveWay: (column, [first]) =>
		`'${column}' was left out, since the column '${first?.taken}' of the same rows is the field itself.`,
};

/**
 * What the user is told about the columns of a run: what was taken for what, and what was left out.
 * @param columns after the rows were written
 * @returns one hint for each kind
 */
export function columnHints(columns: Columns): string[] {
	const { unknown, readOnly } = leftOut(columns);
	const respelled = [...columns.respelled].map(([name, field]) => `'${name}' as '${field}'`);
	const notes = [...columns.notes].flatMap(([column, kept]) =>
		(Object.keys(noteTexts) as Array<Note['kind']>).flatMap((kind) => {
			const same = kept.filter((each) => each.kind === kind);
			return same.length === 0 ? [] : noteTexts[kind](column, same);
		}),
	);
	return [
		...columns.unread.map(
			(trouble) =>
				`The custom fields could not be read, so that names of custom fields were taken for unknown ones: ${trouble}`,
		),
		...unknownHint(columns, unknown),
		...(readOnly.length === 0 ? [] : [`Planhat sets these itself, so that they were left out: ${listed(readOnly)}.`]),
		...(respelled.length === 0
			? []
			: [`Columns were taken for fields that are spelled otherwise: ${listed(respelled)}.`]),
		...(notes.length === 0 ? [] : [listed(notes)]),
	];
}
