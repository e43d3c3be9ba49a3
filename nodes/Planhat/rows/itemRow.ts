import type { IDataObject } from 'n8n-workflow';

import type { OpenRun } from '../run/openRun';
import { joinedHints, type RunHints } from '../run/runHint';
import type { ItemRun } from '../run/context';
import { inputError } from '../transport/errors';
import type { Columns } from '../columns/column';
import { columnHints, keepNotes } from '../columns/columnHints';
import { columnRunOfItem } from './columnRun';
import { hangsOnOthers, plannedIn } from '../columns/columns';
import { keysOf } from './keys';
import { planRows } from './planRows';
import { readRules } from './rowOptions';
import { problemText } from './problemText';
import { givenReader, type Read } from './readRows';
import { missingColumnsHint } from './missingColumns';
import { missingFields, missingText, needsAll } from './requiredFields';
import type { Row } from './row';
import type { Rules } from '../columns/rules';
import { withNamedRecords } from './namedRecords';
import { writeRow } from './writeRow';

/** The one row of an item, as it is sent. */
export interface ItemRow {
	fields: IDataObject;
	/** The keys that the row carries, by their names. */
	keys: IDataObject;
	columns: Columns;
}

function readGiven(item: ItemRun, read: Read): IDataObject {
	const given = givenReader(item)(read, item.input.json);
	const [row, ...others] = 'rows' in given ? given.rows : [];
	if (row !== undefined && others.length === 0) return row;
	throw inputError(
		item.node,
		'unreadable' in given ? given.unreadable : "'Fields (JSON)' is not a JSON object",
		'Use an object such as {"name": "Acme"}, or an expression that results in one. Texts need double quotes.',
	);
}

/** What is under way for the columns of a run: each row may bring new ones, and ask Planhat for what they are. */
const planning = new WeakMap<object, Promise<unknown>>();

/** Works on the columns of a run when the rows before are through with them. */
async function inTurn<Result>(run: Pick<ItemRun, 'tenant'>, work: () => Promise<Result>): Promise<Result> {
	const before = planning.get(run.tenant);
	const result = (async () => {
		await before;
		return await work();
	})();
	planning.set(
		run.tenant,
		result.catch(() => {}),
	);
	return await result;
}

/** Columns for which all input items were looked through. */
const whole = new WeakSet<Columns>();

/** What another item of the run gives; one that cannot be read says so in its turn. */
function givenAt(item: ItemRun, index: number): IDataObject[] {
	try {
		const read: Read = (name, fallback) => item.parameterAt(index, name, fallback);
		const given = givenReader(item)(read, item.items[index]?.json ?? {});
		return 'rows' in given ? given.rows : [];
	} catch {
		return [];
	}
}

/**
 * All items of a run say what a column holds: a comma in a later one counts for an earlier one. Where the fields come of
 * expressions, the others are read only for a value that hangs on them.
 */
async function columnsOf(item: ItemRun, row: Row, rules: Rules): Promise<Columns> {
	const run = columnRunOfItem(item);
	const columns = await planRows(run, [row], rules);
	if (whole.has(columns) || !(run.isAutomatic || hangsOnOthers(columns, row))) return columns;
	whole.add(columns);
	const rows = item.items.flatMap((_input, index) => givenAt(item, index).map((given) => ({ item: index, given })));
	return await planRows(run, rows, rules);
}

/** The keys that are sent, also one that is taken from the record. */
function sentKeys({ model }: ItemRun, fields: IDataObject, keys: IDataObject): IDataObject {
	const sent = model.keys.filter((name) => fields[name] !== undefined);
	return Object.fromEntries(sent.map((name) => [name, keys[name] ?? fields[name]]));
}

/**
 * Reads the fields of the one record that an item creates or changes.
 * @param writes a new record, or changes of one that is named elsewhere
 * @throws NodeOperationError when it is no object, holds a value that its field cannot take, or nothing that can be sent
 */
export async function readItemRow(item: ItemRun, writes: 'new' | 'changes'): Promise<ItemRow> {
	const read: Read = (name, fallback) => item.parameter(name, fallback);
	const given = await withNamedRecords(item, readGiven(item, read));
	const { columns, wrote } = await inTurn(item, async () => {
		const columns = await columnsOf(item, { item: 0, given }, readRules(read, writes, item));
		return { columns, wrote: writeRow(given, columns) };
	});
	if ('problems' in wrote) {
		const words = wrote.problems.map(problemText).join('; ');
		throw inputError(item.node, words, 'Correct the value, or leave the field out.');
	}
	const { fields, notes = [] } = wrote;
	keepNotes(columns, notes);
	if (Object.keys(fields).length > 0) {
		const keys = Object.fromEntries(keysOf(given, columns).map(({ name, value }) => [name, value]));
		item.namesRecord('fields', sentKeys(item, fields, keys));
		return { fields, keys, columns };
	}
	throw inputError(
		item.node,
		`There is nothing to send for the ${item.model.singular}`,
		"Set at least one field that is not empty. '_id' and fields that only Planhat sets are left out.",
	);
}

/**
 * @throws NodeOperationError when they lack what Planhat asks for
 */
export function requireAll(item: ItemRun, { keys, columns }: ItemRow, fields: IDataObject): void {
	const { model, node } = item;
	const missing = needsAll(model, columns.rules, false) ? missingFields(model, fields) : [];
	if (missing.length === 0) return;
	throw inputError(
		node,
		`The ${model.singular} ${missingText(missing, columns)}`,
		'Planhat requires it. Add it to the fields.',
		{ keys },
	);
}

/** What Create and Update tell about the columns of a run, at its end. */
export function itemHints(run: Pick<OpenRun, 'node' | 'tenant'>): RunHints {
	const lost = missingColumnsHint(run);
	return joinedHints([{ lost, told: [] }, ...plannedIn(run.tenant).map(columnHints)]);
}
