import type { IDataObject } from 'n8n-workflow';

import type { OpenRun } from '../run/openRun';
import type { BatchRun } from '../run/context';
import { speaksToModel } from '../run/parameters';
import { wordsOf } from '../transport/errors';
import { isObject } from '../values/checks';
import { unreadAdvice, parsed, unfenced } from '../values/json';
import { withoutEmpty } from './mappedByHand';
import { missingColumnsHint, noteColumns } from './missingColumns';
import { withNamedRecords } from './namedRecords';
import { timePicker } from './pickedTimes';
import type { Given, Reason, Row } from './row';

/** Reads a parameter for one item. */
export type Read = (name: string, fallback?: unknown) => unknown;

/** The fields of an item: one row or several, or why there are none. */
export type GivenFields = { rows: IDataObject[] } | { unreadable: string };

/** How the user gives the fields: the input items themselves, each field by hand, or JSON. */
export function readWay(read: Read): 'automatic' | 'byHand' | 'json' {
	if (read('specifyFields', 'map') === 'json') return 'json';
	return read('fields.mappingMode', 'defineBelow') === 'autoMapInputData' ? 'automatic' : 'byHand';
}

function readJson(read: Read): GivenFields {
	const value = read('json', '{}');
	const fields = typeof value === 'string' ? parsed(unfenced(value)) : value;
	if (isObject(fields)) return { rows: [fields] };
	if (Array.isArray(fields) && fields.every(isObject)) return { rows: fields };
	const lost = unreadAdvice(value);
	return { unreadable: lost === undefined ? "'Fields (JSON)' is not a JSON object" : `'Fields (JSON)': ${lost}` };
}

/**
 * Makes what reads the fields that the user gives for one item, in any of the three ways.
 * @returns a function that takes the item's data, which are the fields when they are mapped automatically, and are not
 * copied; it throws what an expression throws that is no good
 */
export function givenReader(run: Pick<OpenRun, 'model' | 'node' | 'tenant' | 'timezone'>) {
	const picked = timePicker(run);
	return (read: Read, input: IDataObject): GivenFields => {
		const way = readWay(read);
		if (way === 'json') return readJson(read);
		if (way === 'automatic') return { rows: [input] };
		// Not 'fields.value': n8n would convert that by types of its own, and make 0 of a blank text.
		const fields = read('fields', {});
		const values = isObject(fields) && isObject(fields.value) ? fields.value : {};
		noteColumns(run, values);
		return { rows: [picked(withoutEmpty(values, run.node))] };
	};
}

/** A row is quickly made: the time is looked at after so many. */
const rowsBetweenLooks = 64;

/** Rows that are the input items themselves need no parameter, and so no expression, for each of them. */
async function inputItems({ indexes, items, yieldToEventLoop }: BatchRun): Promise<Given> {
	const rows: Row[] = [];
	for (const item of indexes) {
		rows.push({ item, given: items[item]?.json ?? {} });
		const pause = rows.length % rowsBetweenLooks === 0 ? yieldToEventLoop() : undefined;
		if (pause) await pause;
	}
	return { rows, refused: [] };
}

/** The most rows that a model may write at once: nobody has looked at them. */
const mostRowsOfModel = 100;

async function named(run: BatchRun, given: GivenFields): Promise<GivenFields> {
	if ('unreadable' in given || !speaksToModel(run.node)) return given;
	const count = given.rows.length;
	if (count > mostRowsOfModel)
		return {
			unreadable: `'Fields (JSON)' has ${count} rows, and a tool takes ${mostRowsOfModel} at most. Send them in parts`,
		};
	const rows: IDataObject[] = [];
	for (const row of given.rows) rows.push(await withNamedRecords(run, row));
	return { rows };
}

async function readItems(run: BatchRun): Promise<Given> {
	const { rows, refused }: Given = { rows: [], refused: [] };
	const given = givenReader(run);
	for (const item of run.indexes) {
		const read: Read = (name, fallback) => run.parameter(name, item, fallback);
		let fields: GivenFields;
		try {
			fields = await named(run, given(read, run.items[item]?.json ?? {}));
		} catch (error) {
			fields = { unreadable: wordsOf(error) };
		}
		if ('unreadable' in fields) {
			refused.push({ at: rows.length, why: { code: 'unreadable', said: fields.unreadable } });
			rows.push({ item, given: {} });
		} else if (fields.rows.length === 0) {
			// It has nothing to send, and is told so: it does not vanish.
			rows.push({ item, given: {} });
		} else for (const row of fields.rows) rows.push({ item, given: row });
		const pause = run.yieldToEventLoop();
		if (pause) await pause;
	}
	for (const hint of missingColumnsHint(run)) run.hint(hint, true);
	return { rows, refused };
}

/**
 * Reads the rows of the items that go out with one credential. Expressions run here, once.
 * @returns all of them refused where the credential does not let any be sent
 */
export async function readRows(run: BatchRun): Promise<Given> {
	const read: Read = (name, fallback) => run.parameter(name, run.indexes[0] ?? 0, fallback);
	const given = await (readWay(read) === 'automatic' ? inputItems(run) : readItems(run));
	if (run.refusal === undefined) return given;
	const why: Reason = { code: 'unreadable', said: wordsOf(run.refusal) };
	return { ...given, refused: given.rows.map((_row, at) => ({ at, why })) };
}
