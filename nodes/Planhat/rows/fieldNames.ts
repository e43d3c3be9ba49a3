import type { IDataObject } from 'n8n-workflow';

import { customPrefix } from '../tenant/mapperColumns';
import { isObject } from '../values/checks';

/** The names of what a row sends, such as `phase` or `custom.Plan`. */
export function fieldNames(fields: IDataObject): string[] {
	const inside = isObject(fields.custom) ? Object.keys(fields.custom) : [];
	return [...Object.keys(fields).filter((name) => name !== 'custom'), ...inside.map((name) => customPrefix + name)];
}

/** A row without the fields of these names. */
export function withoutFields(fields: IDataObject, names: ReadonlySet<string>): IDataObject {
	if (names.size === 0) return fields;
	const kept: IDataObject = Object.fromEntries(Object.entries(fields).filter(([name]) => !names.has(name)));
	if (!isObject(fields.custom)) return kept;
	const inside = Object.entries(fields.custom).filter(([name]) => !names.has(customPrefix + name));
	return { ...kept, custom: Object.fromEntries(inside) };
}
