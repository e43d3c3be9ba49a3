import type { IDataObject } from 'n8n-workflow';

import type { Period } from '../../resources/types';
import type { Position, Written } from '../../rows/row';
import { isBlank } from '../../values/checks';
import { isoTime } from '../../values/dates';
import { momentIn } from './heldPeriods';
import type { Periods } from './periods';

const dayMilliseconds = 86_400_000;

/** What ends a record that another one follows. */
export interface Closing {
	/** The row that follows it. */
	by: Position;
	fields: IDataObject;
}

/** A period as it is after the rows. */
interface Step {
	start: string;
	fields: IDataObject;
	by?: Position;
}

/** What is to be changed of a record, so that it ends where the next begins. */
function endOf(fields: IDataObject, next: string, { to, included, status }: Period): IDataObject {
	const isIncluded = fields[included] === true;
	const end = momentIn(fields[to]);
	const dayBefore = isoTime(Date.parse(next.slice(0, 10)) - dayMilliseconds);
	const isOver = end !== undefined && (isIncluded ? end.slice(0, 10) <= dayBefore.slice(0, 10) : end <= next);
	const isOpen = isBlank(fields[status.field]) || fields[status.field] === status.open;
	return {
		...(!isOver && { [to]: isIncluded ? dayBefore : next }),
		...(isOpen && { [status.field]: status.followed }),
	};
}

/** The records of each agreement: those that Planhat holds, as the rows that went through have changed them. */
function agreementsOf(
	{ byRow, held }: Periods,
	rows: readonly Written[],
	idOf: (at: Position) => string | undefined,
	period: Period,
): Array<Map<string, Omit<Step, 'start'>>> {
	const agreements = new Map<string, Map<string, Omit<Step, 'start'>>>();
	for (const { at, fields } of rows) {
		const row = byRow.get(at);
		if (row === undefined) continue;
		const before = held.of(row.agreement);
		const steps =
			agreements.get(row.agreement) ??
			new Map<string, Omit<Step, 'start'>>(before.map((record) => [String(record._id), { fields: record }]));
		agreements.set(row.agreement, steps);
		const known = before.find((record) => record._id === fields._id || record[period.key] === row.key);
		const _id = known === undefined ? idOf(at) : String(known._id);
		const name = _id ?? row.key;
		const all = { ...steps.get(name)?.fields, ...fields, ...(_id !== undefined && { _id }) };
		steps.set(name, { fields: all, by: at });
	}
	return [...agreements.values()];
}

/** The steps of an agreement in the order of time. */
function inOrder(steps: Iterable<Omit<Step, 'start'>>, { from }: Period): Step[] {
	const known = [...steps].flatMap((step): Step[] => {
		const start = momentIn(step.fields[from]);
		return start === undefined ? [] : [{ ...step, start }];
	});
	return known.sort((one, other) => (one.start < other.start ? -1 : 1));
}

/**
 * Finds the records that rows follow and that do not say so yet.
 * @param rows that went through, in their order
 * @param company field that says which company a record belongs to
 */
export function closingsOf(
	periods: Periods,
	rows: readonly Written[],
	idOf: (at: Position) => string | undefined,
	period: Period,
	company: string,
): Closing[] {
	return agreementsOf(periods, rows, idOf, period).flatMap((agreement) => {
		const steps = inOrder(agreement.values(), period);
		return steps.flatMap(({ by, start }): Closing[] => {
			const before = steps.filter((step) => step.start < start).at(-1);
			if (by === undefined || before === undefined) return [];
			const change = endOf(before.fields, start, period);
			if (Object.keys(change).length === 0) return [];
			const { _id, [period.key]: key, [company]: owner } = before.fields;
			const named = isBlank(_id) ? { [period.key]: key, [company]: owner } : { _id };
			return [{ by, fields: { ...named, ...change } }];
		});
	});
}
