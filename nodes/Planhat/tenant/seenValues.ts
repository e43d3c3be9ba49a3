import type { IDataObject } from 'n8n-workflow';

import { kindQuery } from '../resources/kind';
import type { Model } from '../resources/types';
import { asList } from '../transport/paging';
import type { Transport } from '../transport/transport';

/** So many of the newest records are looked at: one request. */
const mostRecords = 2_000;

/** The values that texts have in the newest records: Planhat has no list of a tenant's phases and types. */
export async function fetchSeenValues(
	transport: Transport,
	model: Model,
	names: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
	const { path, plural, name, page } = model;
	const target = { verb: 'list', record: plural, permission: name };
	const limit = Math.min(mostRecords, page.maximum);
	const qs: IDataObject = { ...kindQuery(model), sort: '-_id', select: names.join(), limit, offset: 0 };
	const { body } = await transport.send({ method: 'GET', url: path, qs, target });
	const records = asList(body, plural);
	const valuesOf = (field: string) =>
		records.flatMap(({ [field]: value }) => (typeof value === 'string' && value.trim() !== '' ? [value.trim()] : []));
	return new Map(names.map((field) => [field, [...new Set(valuesOf(field))].sort()]));
}
