import { keepNotes } from '../columns/columnHints';
import type { Columns } from '../columns/column';
import { memberOf } from '../columns/columnNames';
import { RowsAsGiven } from '../rows/asGiven';
import { blankKeysText } from '../rows/keys';
import { missingFields, missingText, needsAll } from '../rows/requiredFields';
import { RowKeys } from '../rows/rowKeys';
import type { Given, Position, Problem, Reason, Refused, Row, Written } from '../rows/row';
import { checked, writeRow } from '../rows/writeRow';
import type { BatchRun } from '../run/context';
import { speaksToModel } from '../run/parameters';
import { wordsOf } from '../transport/errors';
import type { Order } from './duplicates';
import type { Settled } from './outcomes';

/** What rows are written by. */
interface Writing {
	run: Pick<BatchRun, 'node'>;
	given: Given;
	columns: Columns;
	keys: RowKeys;
	asGiven: RowsAsGiven;
	/** Shared by the rows that have no key, so that its words are made once. */
	noKey?: Reason;
}

/** A row without a key makes a new record each time. */
function isRefusedKeyless({ model, rules }: Columns, isKeyed: boolean): boolean {
	return !isKeyed && model.keys.length > 0 && rules.writes === 'either' && rules.options.keylessRows === 'fail';
}

function noKeyReason({ run, given, columns }: Writing): Reason {
	// People see IDs of Planhat in no form.
	const orId = speaksToModel(run.node) ? "To change a record, give its '_id'" : undefined;
	const said = blankKeysText(run.node, given.rows, columns) ?? orId;
	return { code: 'noKey', ...(said !== undefined && { said }) };
}

function missingReason(missing: readonly string[], columns: Columns): Reason {
	const problems = missing.map((field) => ({
		field,
		given: '',
		wants: 'a value',
		said: missingText([field], columns),
	}));
	return { code: 'missingFields', problems, said: missingText(missing, columns) };
}

/** The names of the columns that the values of a row stood in, where the node has made the row of others. */
function namesIn({ called }: Given, row: Row | undefined): Readonly<Record<string, string>> {
	return row?.valueColumn === undefined ? {} : { ...called, value: row.valueColumn };
}

/** A problem as the user sees the table. */
function inTable(problem: Problem, names: Readonly<Record<string, string>>): Problem {
	const { field, advice } = problem;
	const name = names[field];
	if (name === undefined) return problem;
	const source = `$json${memberOf(name)}`;
	return { ...problem, field: name, ...(advice && { advice: advice.replaceAll(`$json.${field}`, () => source) }) };
}

/** A value of an item may be made when it is looked at, and fail then. */
function written(writing: Writing, at: Position, layer: number): Written | Refused {
	const { columns, given: all, asGiven } = writing;
	const row = all.rows[at];
	const { given = {} } = row ?? {};
	let missing: readonly string[] | undefined;
	let wrote: ReturnType<typeof writeRow>;
	try {
		missing = asGiven.missingOf(given);
		wrote = missing === undefined ? writeRow(given, columns) : checked(given, columns);
	} catch (error) {
		return { at, why: { code: 'unreadable', said: wordsOf(error) } };
	}
	if ('problems' in wrote) {
		const names = namesIn(all, row);
		return { at, why: { code: 'badValues', problems: wrote.problems.map((problem) => inTable(problem, names)) } };
	}
	const { fields, notes } = wrote;
	if (notes !== undefined) keepNotes(columns, notes);
	if (missing === undefined && Object.keys(fields).length === 0) return { at, why: { code: 'nothingToSend' } };
	const isKeyed = columns.rules.writes === 'either' && writing.keys.isKeyed(at);
	if (!all.fresh?.has(at) && isRefusedKeyless(columns, isKeyed))
		return { at, why: (writing.noKey ??= noKeyReason(writing)) };
	missing ??= missingFields(columns.model, fields);
	const isLacking = missing.length > 0 && needsAll(columns.model, columns.rules, isKeyed);
	if (!isLacking) return { at, layer, fields, missing };
	const names = namesIn(all, row);
	return {
		at,
		why: missingReason(
			missing.map((name) => names[name] ?? name),
			columns,
		),
	};
}

/** What became of rows before they are written. */
function settledBefore({ refused }: Given, order: Order | undefined): Settled[] {
	const superseded = order?.superseded.map(({ at, by }): Settled => ({ at, outcome: { is: 'superseded', by } })) ?? [];
	return [...refused, ...(order?.refused ?? []), ...superseded];
}

function lastLayer({ layers }: Pick<Order, 'layers'>): number {
	let last = 0;
	for (let at = 0; at < layers.length; at += 1) last = Math.max(last, layers[at] ?? 0);
	return last;
}

/**
 * Writes the rows of a run, each once, when it is asked for the next: round after round, and in each in their order.
 * @param order of rows that may be one record; without it all go out in one round
 * @returns each row once: as it is sent, or what became of it before
 */
export function* writeRows(
	run: Pick<BatchRun, 'node'>,
	given: Given,
	columns: Columns,
	order?: Order,
	keys: RowKeys = new RowKeys(given.rows, columns),
): Generator<Written | Settled, void> {
	const settled = settledBefore(given, order);
	yield* settled;
	const isSettled = new Set(settled.map(({ at }) => at));
	const writing: Writing = { run, given, columns, keys, asGiven: new RowsAsGiven(columns) };
	const last = order === undefined ? 0 : lastLayer(order);
	for (let layer = 0; layer <= last; layer += 1) {
		for (let at = 0; at < given.rows.length; at += 1) {
			if ((order?.layers[at] ?? 0) === layer && !isSettled.has(at)) yield written(writing, at, layer);
		}
	}
}
