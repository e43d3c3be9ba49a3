import type { IDataObject } from 'n8n-workflow';

import { mayBeLookedUp } from '../readers/lookUpReference';
import type { NamedCompany } from '../readers/reading';
import { isObject } from '../values/checks';
import { isSameInJson, parsed } from '../values/json';
import { hasComma, hasGroups } from '../values/numbers';
import type { ColumnAt, GivenRow, PlannedColumn, PlannedColumns } from './plannedColumns';

/** The object in `custom`, which may be given as its JSON. */
export function insideOf(value: unknown): IDataObject | undefined {
	const object = typeof value === 'string' ? parsed(value) : value;
	return isObject(object) ? object : undefined;
}

/** A value of an item may be made when it is looked at, and fail then; that is said when the row is written. */
function valueAt({ given }: GivenRow, { name, within }: ColumnAt): unknown {
	try {
		return within === undefined ? given[name] : insideOf(given[within])?.[name];
	} catch {
		return undefined;
	}
}

function hasValue(rows: readonly GivenRow[], { at }: PlannedColumn, isMeant: (value: unknown) => boolean): boolean {
	return rows.some((row) => isMeant(valueAt(row, at)));
}

function holdsAt(value: unknown): boolean {
	if (typeof value === 'string') return value.includes('@');
	if (Array.isArray(value)) return value.some(holdsAt);
	return isObject(value) && (holdsAt(value.id) || holdsAt(value._id));
}

const userTypes = ['user', 'users', 'members'];

/** Whether any value of the rows names a user who has to be looked up. */
export function namesUser({ planned }: PlannedColumns, rows: readonly GivenRow[]): boolean {
	return planned.some((column) => {
		if (!userTypes.includes(column.field.type)) return false;
		const { unknown } = column.place.by;
		return hasValue(rows, column, unknown === 'fail' ? holdsAt : (value) => !column.isBlank(value));
	});
}

/** Values are quickly read: the time is looked at after so many rows. */
const rowsBetweenLooks = 16;

/** Has the values read that may name companies or end users, so that the plan knows what of it to look up. */
export async function askReferences(
	{ planned }: PlannedColumns,
	rows: readonly GivenRow[],
	companyOfRow: (row: GivenRow) => NamedCompany | undefined,
	breathe: () => Promise<void>,
): Promise<void> {
	const columns = planned.filter(({ place }) => mayBeLookedUp(place));
	if (columns.length === 0) return;
	for (const [at, row] of rows.entries()) {
		for (const column of columns) {
			const value = valueAt(row, column.at);
			try {
				if (!column.isBlank(value)) column.convert(value, column.needsCompany ? companyOfRow(row) : undefined);
			} catch {
				// It is said when the row is written.
			}
		}
		if (at % rowsBetweenLooks === 0) await breathe();
	}
}

/** The columns of numbers in which no value with a comma was seen. */
function withoutCommas({ planned }: PlannedColumns): PlannedColumn[] {
	return planned.filter(({ field, place }) => field.type === 'number' && !place.hasCommas);
}

/** Notes in which columns of numbers a value has a comma, so that a point may part thousands. */
export function findCommas(plan: PlannedColumns, rows: readonly GivenRow[]): void {
	for (const column of withoutCommas(plan)) column.place.hasCommas = hasValue(rows, column, hasComma);
}

/** Whether a value of the rows is a number or thousands, by what other rows of the run have in its column. */
export function holdsGroups(plan: PlannedColumns, rows: readonly GivenRow[]): boolean {
	return withoutCommas(plan).some((column) => hasValue(rows, column, hasGroups));
}

/** Rows that go out with several credentials are those of one table: a comma counts in the column of each of them. */
export function shareCommas(plans: readonly PlannedColumns[]): void {
	const idOf = ({ at }: PlannedColumn) => `${at.within ?? ''}\n${at.name}`;
	const all = plans.flatMap(({ planned }) => planned);
	const found = new Set(all.filter(({ place }) => place.hasCommas).map(idOf));
	for (const plan of plans) for (const column of withoutCommas(plan)) column.place.hasCommas = found.has(idOf(column));
}

/**
 * Whether any value would go out otherwise than it was given, by a type that the editor has stored: the tenant may have
 * changed it since.
 */
export function altersByStored({ planned }: PlannedColumns, rows: readonly GivenRow[]): boolean {
	return planned.some((column) => {
		if (!column.isStored) return false;
		return hasValue(rows, column, (value) => {
			if (column.isBlank(value)) return false;
			const converted = column.convert(value);
			return !('value' in converted) || !isSameInJson(value, converted.value);
		});
	});
}
