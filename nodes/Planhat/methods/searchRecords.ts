import type { IDataObject, ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { modelOf } from '../resources';
import type { Model } from '../resources/types';
import { isRecord } from '../transport/answers';
import { asList } from '../transport/paging';
import { openTransport, type Transport } from '../transport/transport';

/** How many records are looked through at a time; the editor asks for more as the user scrolls. */
const pageSize = 500;

function nameOf(model: Model, record: IDataObject): string {
	const names = [record[model.title], record.name, record.email, record.externalId, record._id];
	return String(names.find((name) => typeof name === 'string' && name.trim() !== '') ?? record._id);
}

function matching(model: Model, records: IDataObject[], filter = ''): INodeListSearchItems[] {
	const wanted = filter.trim().toLowerCase();
	return records
		.filter((record) => isRecord(record) && typeof record._id === 'string')
		.filter(({ type, subType }) => model.kind === undefined || [type, subType, undefined].includes(model.kind.value))
		.map((record) => ({ name: nameOf(model, record), value: String(record._id) }))
		.filter(({ name, value }) => name.toLowerCase().includes(wanted) || value === wanted);
}

async function list(transport: Transport, model: Model, url: string, qs: IDataObject): Promise<IDataObject[]> {
	const target = { verb: 'list', record: model.plural, permission: model.name };
	return asList((await transport.send({ method: 'GET', url, qs, target })).body, model.plural);
}

/**
 * Fills "From List" of the parameter Record. Planhat's lists take no search text, so that names are compared on our side:
 * companies from the lean list, which holds all of them, other models page by page.
 * @param filter what the user has typed
 * @param paginationToken where the last page ended
 */
export async function searchRecords(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const model = modelOf(String(this.getCurrentNodeParameter('resource')));
	if (model === undefined) return { results: [] };
	const transport = await openTransport(this, (_name, fallback) => fallback);
	if (model.operations.includes('getLeanList')) {
		const records = await list(transport, model, '/leancompanies', {});
		const results = matching(model, records, filter).sort((a, b) => a.name.localeCompare(b.name));
		return { results };
	}
	const offset = Number(paginationToken ?? 0);
	const results: INodeListSearchItems[] = [];
	for (let next = offset; ; next += pageSize) {
		const records = await list(transport, model, model.path, { sort: '_id', limit: pageSize, offset: next });
		results.push(...matching(model, records, filter));
		if (records.length < pageSize) return { results };
		if (results.length > 0) return { results, paginationToken: String(next + pageSize) };
	}
}
