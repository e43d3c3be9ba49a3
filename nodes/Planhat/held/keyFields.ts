import type { IDataObject } from 'n8n-workflow';

import { companyFieldOf } from '../batch/recordIndex';
import { companyOf } from '../rows/keys';
import type { Position } from '../rows/row';
import type { NamingRows } from './namedRows';

/** What the record of a row is found by, as it is sent: its keys and its company. */
export function keyFields({ given, columns, keys }: Omit<NamingRows, 'run'>, at: Position): IDataObject {
	const fields: IDataObject = {};
	keys.tell(at, (name, value) => (fields[name] = value));
	const field = companyFieldOf(columns.model);
	const company = field === undefined ? undefined : companyOf(given.rows[at]?.given ?? {}, columns);
	if (field !== undefined && company !== undefined)
		fields[field] = company.form === '_id' ? company.value : `${company.form}-${company.value}`;
	return fields;
}
