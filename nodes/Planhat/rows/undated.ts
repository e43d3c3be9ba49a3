import type { IDataObject } from 'n8n-workflow';

import { spelling } from '../columns/columnNames';
import { trimmed } from '../values/checks';
import { dateFormats } from '../values/dateFormats';
import { readDate } from '../values/dates';
import { findInRows, type Breathe } from './findInRows';
import type { Row } from './row';

/** What tables call the column with their date, without its spelling. */
const dateNames = /^(?:day|week|month|period|time|timestamp|datum)$|date$|^date|^timestamp/;

/** Digits alone may be anything but in a column that is called so. */
function isDate(value: unknown, name: string): boolean {
	if (typeof value === 'number' || (typeof value === 'string' && /^\d*(?:\.\d+)?$/.test(trimmed(value))))
		return dateNames.test(spelling(name)) && readDate(value, 'utc') !== undefined;
	return typeof value === 'string' && (readDate(value, 'utc') !== undefined || dateFormats(value).length > 0);
}

/**
 * Finds a column that holds dates.
 * @param namesOf the columns of a row that may be it
 * @returns undefined where there is none
 */
export async function columnOfDates(
	rows: readonly Pick<Row, 'given'>[],
	namesOf: (given: IDataObject) => readonly string[],
	breathe: Breathe,
): Promise<string | undefined> {
	return await findInRows(rows, (given) => namesOf(given).find((name) => isDate(given[name], name)), breathe);
}
