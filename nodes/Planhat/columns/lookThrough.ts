import type { IDataObject } from 'n8n-workflow';

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

/** Whether any value of the rows may be the email of a user. */
export function holdsUserEmail({ planned }: PlannedColumns, rows: readonly GivenRow[]): boolean {
	return planned.some((column) => userTypes.includes(column.field.type) && hasValue(rows, column, holdsAt));
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
