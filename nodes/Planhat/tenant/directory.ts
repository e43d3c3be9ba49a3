import type { IDataObject } from 'n8n-workflow';

import { isOfKind, kindQuery } from '../resources/kind';
import type { Model } from '../resources/types';
import { asList, PageLengths } from '../transport/paging';
import type { Transport } from '../transport/transport';
import { isObject } from '../values/checks';
import { companyList, companyLists, CompanyLists } from './keptLists';
import { labelFields } from './recordLabels';

/** The records of a model by what people know them by. */
export interface Directory {
	records: readonly IDataObject[];
	/** Whether they are all that there are; else the newest. */
	isWhole: boolean;
}

/** How many records are read with one request (their names and keys only). */
const readAtATime = 2_000;

/** The most requests for one model: each counts against the quota of the token, which is 200 a minute. */
const mostRequests = 5;

const lists = new CompanyLists();

/** Lists that were not read to their end. */
const cut = new WeakSet<readonly IDataObject[]>();

/** Users have a name of their own, and may be gone. */
const furtherFields = ['nickName', 'inactive', 'removed'];

function listName(owner: string, { resource }: Model): string {
	return `${owner} ${resource}`;
}

async function readNewest(transport: Transport, model: Model): Promise<IDataObject[]> {
	const { path, plural, name, page, fields } = model;
	const target = { verb: 'list', record: plural, permission: name };
	const limit = Math.min(readAtATime, page.maximum);
	const further = furtherFields.filter((wanted) => fields.some((field) => field.name === wanted));
	const select = [...labelFields(model), ...further].join(',');
	const records: IDataObject[] = [];
	const pages = new PageLengths();
	let position = 0;
	for (let requests = 0; requests < mostRequests; requests += 1) {
		const qs = { ...kindQuery(model), sort: '-_id', select, limit, offset: position };
		const received = asList((await transport.send({ method: 'GET', url: path, qs, target })).body, plural);
		position += received.length;
		records.push(...received.filter((record) => typeof record._id === 'string' && isOfKind(model, record)));
		if (pages.endsWith(received.length, limit, requests === 0)) return records;
	}
	cut.add(records);
	return records;
}

/**
 * Reads by what people know the records of a model: of companies all, in one request, of others the newest. What was read is
 * kept for a minute.
 * @param owner tells tenants and tokens apart
 * @param isFresh whether records of the last minute must be among them
 * @throws NodeApiError when Planhat or the network refuses, UnreadableList when the answer is no list
 */
export async function readDirectory(
	transport: Transport,
	owner: string,
	model: Model,
	isFresh = false,
): Promise<Directory> {
	if (model.operations.includes('getLeanList'))
		return { records: await companyList(transport, owner, isFresh), isWhole: true };
	const read = async () => await readNewest(transport, model);
	const records = await lists.get(listName(owner, model), read, isFresh, transport);
	return { records, isWhole: !cut.has(records) };
}

/** What takes a record out of lists, or back. */
const archivedFlag = /^(?:is)?archived$/i;

/** Whether a request may change by what people know records: there are new ones, some are gone, or they are called otherwise. */
export function changesNames(model: Model, { method, body }: { method: string; body?: unknown }): boolean {
	if (method !== 'PUT') return method !== 'GET';
	const known = new Set([...labelFields(model), ...furtherFields]);
	const isAbout = (name: string) => known.has(name) || archivedFlag.test(name);
	return [body].flat().some((row) => isObject(row) && Object.keys(row).some(isAbout));
}

/** Lets the records of a model be read anew, since they may be called otherwise by now. */
export function forgetDirectory(owner: string, model: Model): void {
	if (model.operations.includes('getLeanList')) companyLists.forget(owner);
	else lists.forget(listName(owner, model));
}
