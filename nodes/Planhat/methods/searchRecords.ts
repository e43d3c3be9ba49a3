import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { modelOf } from '../resources';
import { company } from '../resources/company';
import { user } from '../resources/user';
import { isOfKind, kindQuery } from '../resources/kind';
import type { Model } from '../resources/types';
import { asList, PageLengths } from '../transport/paging';
import type { Transport } from '../transport/transport';
import { isObject, trimmed } from '../values/checks';
import { emailIdentity, isEmail } from '../values/keys';
import { isPlanhatId, recordInLink } from '../values/planhatId';
import { companyList } from '../tenant/keptLists';
import { withPlanhat } from './editorTransport';
import { findCompanies } from './getCompanies';
import { readSome } from './readSome';
import { entriesOf, labelFields, labelText } from '../tenant/recordLabels';
import { matcher, searcher } from '../tenant/textSearch';

/** How many records the editor is given at a time; it asks for more as the user scrolls. */
const shownAtATime = 200;

/** How many records are looked through with one request (their names and keys only, see `labelFields`). */
const searchedAtATime = 2_000;

/** The most requests for one search: each counts against the quota of the token, which is 200 a minute. */
const mostRequests = 5;

/** Records of a list, and where it goes on. */
interface Found {
	records: IDataObject[];
	next?: number;
}

/** Reads a list from a record on, the newest first, until enough match or it has been asked often enough. */
async function readMatching(transport: Transport, model: Model, search: string, start: number): Promise<Found> {
	const { path, plural, name, page } = model;
	const target = { verb: 'list', record: plural, permission: name };
	const limit = Math.min(search === '' ? shownAtATime : searchedAtATime, page.maximum);
	const select = labelFields(model).join(',');
	const matches = matcher(search);
	const textOf = searcher(model);
	const records: IDataObject[] = [];
	const pages = new PageLengths();
	let position = start;
	for (let requests = 0; requests < mostRequests; requests += 1) {
		const qs = { ...kindQuery(model), sort: '-_id', select, limit, offset: position };
		const received = asList((await transport.send({ method: 'GET', url: path, qs, target })).body, plural);
		for (const record of received) {
			position += 1;
			if (typeof record._id !== 'string' || !isOfKind(model, record)) continue;
			if (search === '' || matches(textOf(record))) records.push(record);
			if (records.length === shownAtATime) return { records, next: position };
		}
		if (pages.endsWith(received.length, limit, requests === 0)) return { records };
	}
	return { records, next: position };
}

/** The record that the user has named outright: one request or two, however many records there are. */
async function readNamed(transport: Transport, model: Model, search: string): Promise<IDataObject[]> {
	const linked = recordInLink(search);
	const _id = isPlanhatId(search) ? search : isObject(linked) ? linked._id : undefined;
	const target = { verb: 'find', record: `${model.singular} '${search}'`, permission: model.name };
	if (_id !== undefined) {
		const answer = await transport.trySend({ method: 'GET', url: `${model.readPath}/${_id}`, target });
		if ('error' in answer && ![400, 404].includes(answer.status)) throw answer.error;
		const { body } = answer;
		return !('error' in answer) && isObject(body) && body._id === _id && isOfKind(model, body) ? [body] : [];
	}
	if (!model.findByEmail || !(isEmail(search) && search.includes('.'))) return [];
	// Nor is it documented whether case counts for this filter (assumption filter-email), so that the answer is compared.
	for (const email of new Set([search, search.toLowerCase()])) {
		const listed = await readSome(transport, model, { email }, model.page.maximum);
		const found = listed.filter((record) => typeof record._id === 'string');
		const theirs = found.filter((record) => emailIdentity(labelText(record.email)) === emailIdentity(search));
		if (theirs.length > 0) return theirs;
	}
	return [];
}

async function find(transport: Transport, owner: string, model: Model, search: string, start: number): Promise<Found> {
	const named = start === 0 ? await readNamed(transport, model, search) : [];
	if (named.length > 0) return { records: named };
	if (!model.operations.includes('getLeanList')) return await readMatching(transport, model, search, start);
	// Who opens the list anew looks for what is there now; who types, or scrolls, goes on in it.
	const companies = await companyList(transport, owner, search === '' && start === 0);
	const { records, total } = await findCompanies(companies, search, start, shownAtATime);
	const next = start + records.length;
	return { records, ...(next < total && { next }) };
}

function notAmong({ findByEmail }: Model, looked: number): string {
	const other = findByEmail ? 'the whole email' : 'the ID';
	return `Not among the newest ${looked.toLocaleString('en')}. Type ${other}.`;
}

/** The answer to what somebody has typed into a list of records. */
async function search(
	context: ILoadOptionsFunctions,
	model: Model,
	filter: string,
	paginationToken: string | undefined,
): Promise<INodeListSearchResult> {
	const start = Number(paginationToken ?? 0);
	const { records, next } = await withPlanhat(
		context,
		async (transport, owner) => await find(transport, owner, model, trimmed(filter), start),
	);
	const results = entriesOf(model, records);
	if (next !== undefined) {
		// An error would take the search box away. An entry without a value chooses nothing.
		const notice = { name: notAmong(model, next), value: '' };
		return { results: results.length + start === 0 ? [notice] : results, paginationToken: String(next) };
	}
	// A list that is there as a whole is easier to read by name.
	const isWhole = start === 0 && !model.operations.includes('getLeanList');
	return { results: isWhole ? results.sort((one, other) => one.name.localeCompare(other.name)) : results };
}

/**
 * Fills "From List" of the parameter Record. Planhat's lists take no search text, so that names and keys are compared on
 * our side: of companies those in the lean list, which holds all of them; of other models the newest first, a part at a
 * time. The number of requests for one answer is bounded.
 * @param filter what the user has typed: words of a name, a key, an email, an ID or a link to the record
 * @throws NodeOperationError or NodeApiError, in words for the person at the editor
 */
export async function searchRecords(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const model = modelOf(String(this.getCurrentNodeParameter('resource')));
	return model === undefined ? { results: [] } : await search(this, model, filter, paginationToken);
}

/** Fills the filter Company of every resource, as `searchRecords` does for companies. */
export async function searchCompanies(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await search(this, company, filter, paginationToken);
}

/** Fills the filters by a Planhat user, as `searchRecords` does for users. */
export async function searchUsers(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await search(this, user, filter, paginationToken);
}
