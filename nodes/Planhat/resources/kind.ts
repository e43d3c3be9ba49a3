import type { IDataObject } from 'n8n-workflow';

import type { Model } from './types';

/**
 * What the list of a model is asked for where it shares its endpoint with others; an endpoint of its own needs no word of
 * its kind.
 */
export function kindQuery({ kind, path, readPath }: Model): Record<string, string> {
	return kind !== undefined && path === readPath ? { [String(kind.fields[0])]: kind.value } : {};
}

export function isOfKind({ kind }: Model, record: IDataObject): boolean {
	const known = kind?.fields.filter((field) => record[field] !== undefined) ?? [];
	return known.length === 0 || known.some((field) => record[field] === kind?.value);
}
