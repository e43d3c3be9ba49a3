import type { IDataObject } from 'n8n-workflow';

import { titleField } from '../resources/model';
import type { Columns } from '../columns/column';
import { firstValue } from './keys';

/** What a row calls its record. */
export type TitleReader = (given: IDataObject) => { name: string; value: string } | undefined;

/**
 * Makes what reads the title of rows, such as a company's name.
 * @param columns of the run, after all names are known
 */
export function titleReader(columns: Columns): TitleReader {
	const field = titleField(columns.model);
	if (field === undefined) return () => undefined;
	const names: string[] = [];
	for (const [name, column] of columns.byName) {
		if (column.to !== 'field' || column.field.name !== field.name) continue;
		if (column.isExact) names.unshift(name);
		else names.push(name);
	}
	return (given) => {
		const value = firstValue(given, columns, names)?.trim();
		return value === undefined || value === '' ? undefined : { name: field.name, value };
	};
}
