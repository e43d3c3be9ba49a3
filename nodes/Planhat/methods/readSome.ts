import type { IDataObject } from 'n8n-workflow';

import type { Model } from '../resources/types';
import { fetchPages } from '../transport/paging';
import type { Transport } from '../transport/transport';

/** The most requests for one list: each counts against the quota of the token, which is 200 a minute. */
const mostRequests = 5;

/**
 * Reads the first records of a list for the editor, also where Planhat gives fewer at a time than it is asked for.
 * @param qs what the list is asked for, apart from its pages
 * @throws NodeApiError when Planhat refuses, UnreadableList when the answer is no list
 */
export async function readSome(
	transport: Transport,
	{ path, plural, name }: Model,
	qs: IDataObject,
	wanted: number,
): Promise<IDataObject[]> {
	const target = { verb: 'list', record: plural, permission: name };
	let requests = 0;
	return await fetchPages({
		plural,
		pageMaximum: wanted,
		limit: wanted,
		filtered: false,
		keep: () => true,
		isEnough: () => requests >= mostRequests,
		page: async (offset, limit) => {
			requests += 1;
			const page = { limit, ...(offset > 0 && { offset }) };
			return (await transport.send({ method: 'GET', url: path, qs: { ...qs, ...page }, target })).body;
		},
	});
}
