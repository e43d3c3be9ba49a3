import { isLoss } from '../answers/outcome';
import type { Batch } from '../batch/sendBatches';
import type { Columns } from '../columns/column';
import type { Field } from '../resources/types';
import type { Breathe } from '../rows/findInRows';
import { namesMeaning } from '../rows/keys';
import type { Position, Row } from '../rows/row';
import { columnOfDates } from '../rows/undated';
import { isBlank } from '../values/checks';
import { hints } from './hintWords';
import type { ReportedRows } from './reported';
import { mostRowNumbers } from './words';

type Asked = Field & { whenLeftOut: string };

function isAsked(field: Field): field is Asked {
	return field.whenLeftOut !== undefined;
}

/** Where a row stands in the table that was given. */
export function placeInTable(rows: readonly Row[], at: Position): Position {
	return rows[at]?.tableRow ?? at;
}

/** Remembers which names in the input mean a field, for the columns of each credential. */
function namesOf(field: Field): (columns: Columns) => readonly string[] {
	const known = new Map<Columns, readonly string[]>();
	return (columns) => {
		const names = known.get(columns) ?? namesMeaning(columns, field.name);
		known.set(columns, names);
		return names;
	};
}

/** What the input calls a field; undefined where it has no column for it. */
function columnOf(batches: readonly Batch[], { name }: Field, names: (columns: Columns) => readonly string[]) {
	for (const { columns, given } of batches) {
		const [column] = names(columns);
		if (column !== undefined) return given.called?.[name] ?? column;
	}
	return undefined;
}

/** The rows of a table that went out without a field. */
async function rowsWithout(reported: ReportedRows, names: (columns: Columns) => readonly string[]) {
	const { outcomes, rows, batchAt, yieldToEventLoop } = reported;
	const first: Position[] = [];
	let inAll = 0;
	let last = -1;
	for (const [at, outcome] of outcomes.entries()) {
		const { given = {} } = rows[at] ?? {};
		const columns = batchAt?.(at)?.columns;
		const place = placeInTable(rows, at);
		if (columns !== undefined && place !== last && (!isLoss(outcome) || outcome.is === 'unknown')) {
			if (names(columns).every((name) => isBlank(given[name]))) {
				last = place;
				inAll += 1;
				if (first.length < mostRowNumbers) first.push(place);
			}
		}
		const pause = yieldToEventLoop();
		if (pause) await pause;
	}
	return { first, inAll };
}

/** Dates are looked for in so many rows. */
const mostRowsLookedAt = 1_000;

/** A column of dates that is no field, where no column is the date. */
async function strayDates(batches: readonly Batch[], breathe: Breathe): Promise<string | undefined> {
	for (const { columns, given } of batches) {
		const strays = [...columns.byName].flatMap(([name, { to }]) =>
			to === 'nowhere' || to === undefined ? [name] : [],
		);
		const unknown = [...columns.byName].flatMap(([name, column]) =>
			column.to === 'field' && !column.isKnown ? [name] : [],
		);
		const rows = given.rows.slice(0, mostRowsLookedAt);
		const found = await columnOfDates(rows, () => [...unknown, ...strays], breathe);
		if (found !== undefined) return found;
	}
	return undefined;
}

/**
 * Says which rows went out without a field that Planhat then takes for something, where the input has a column for it: a
 * metric without a date counts for today. Rows of which no column is a date are meant for now, unless another holds dates.
 */
export async function blankFieldHints(reported: ReportedRows, batches: readonly Batch[]): Promise<string[]> {
	const said: string[] = [];
	for (const field of reported.model.fields.filter(isAsked)) {
		const names = namesOf(field);
		const column = columnOf(batches, field, names);
		if (column !== undefined) {
			const { first, inAll } = await rowsWithout(reported, names);
			if (inAll > 0) said.push(hints.leftBlank(column, field.whenLeftOut, first, inAll));
		} else if (field.type === 'date') {
			const isLost = reported.outcomes.every(isLoss);
			const stray = isLost ? undefined : await strayDates(batches, () => reported.yieldToEventLoop());
			if (stray !== undefined) said.push(hints.noDate(field.name, stray));
		}
	}
	return said;
}
