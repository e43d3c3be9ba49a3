import { isAuthorized, requireRight } from './access.mts';
import { listMetrics } from './analytics.mts';
import { bulkUpsert } from './bulk.mts';
import { filterRecords, listPage } from './lists.mts';
import { servedModel, type ServedModel } from './model.mts';
import { modelAt } from './models.mts';
import type { RecordedRequest } from './recording.mts';
import type { State } from './state.mts';
import {
	isJsonObject,
	Refusal,
	without,
	type Answer,
	type JsonObject,
	type PlanhatRecord,
	type Query,
} from './types.mts';
import { createRecord, updateRecord } from './writing.mts';

/** The lean list is the companies again, with filters of its own and no pages (reference.md, 10). */
const leanModel = servedModel('companies', 'Company', {
	filters: [
		{ name: 'externalId', field: 'externalId', kind: 'equals' },
		{ name: 'sourceId', field: 'sourceId', kind: 'equals' },
		{ name: 'status', field: 'status', kind: 'anyOf' },
	],
});

const notFound: Answer = { status: 404, body: 'Not Found' };

/** Answers a request to the API host; refusals are thrown. */
export function answerApi(state: State, request: RecordedRequest, segments: string[]): Answer {
	const { authorization } = request.headers;
	if (!isAuthorized(authorization, state.apiToken) && !state.oauth.accepts(authorization))
		throw new Refusal(401, 'Unauthorized');
	const [path = '', id] = segments;
	if (segments.length === 1 && request.method === 'GET') {
		if (path === 'leancompanies') return leanCompanies(state, request.query);
		if (path === 'dimensiondata') {
			requireRight(state.rights, 'dimensiondata', 'read');
			return { status: 200, body: listMetrics(state, request.query) };
		}
	}
	if (path === 'timeentries' && id === 'duplicate' && request.method === 'POST') return duplicate(state, request.body);
	const model = modelAt(path);
	if (model === undefined || segments.length > 2) return notFound;
	return id === undefined ? onCollection(state, model, request) : onRecord(state, model, request, id);
}

function onCollection(state: State, model: ServedModel, request: RecordedRequest): Answer {
	switch (request.method) {
		case 'GET':
			requireRight(state.rights, model.path, 'read');
			return { status: 200, body: listPage(state.store, model, request.query, state.behaviour) };
		case 'POST':
			if (!model.endpoints.single) return notFound;
			requireRight(state.rights, model.path, 'create');
			return {
				status: 200,
				body: createRecord(state.store, model, isJsonObject(request.body) ? request.body : {}, state.behaviour),
			};
		case 'PUT':
			return model.endpoints.bulk ? bulkUpsert(state, model, request.body) : notFound;
		default:
			return notFound;
	}
}

function onRecord(state: State, model: ServedModel, request: RecordedRequest, id: string): Answer {
	if (request.method === 'DELETE') return deleteRecord(state, model, id);
	if (!model.endpoints.single || !['GET', 'PUT'].includes(request.method)) return notFound;
	requireRight(state.rights, model.path, request.method === 'GET' ? 'read' : 'update');
	const body = isJsonObject(request.body) ? request.body : {};
	if (request.method === 'PUT' && model.refusesIdInBody && '_id' in body) {
		// Seen for companies (reference.md, 5).
		throw new Refusal(400, { error: 'Bad Request', message: '_id can not be changed' });
	}
	const isRefused = request.method === 'GET' && !state.behaviour.readsByPrefix && /^(extid|srcid)-/.test(id);
	const record = isRefused ? undefined : state.store.findByPathId(model, id);
	if (record === undefined) return unknownRecord(state);
	const isHidden = model.path === 'conversations' && record['type'] === 'ticket' && !state.behaviour.readsTickets;
	if (isHidden) return unknownRecord(state);
	if (request.method === 'GET') return { status: 200, body: record };
	return { status: 200, body: updateRecord(state.store, model, record, body, 'always', state.behaviour).record };
}

function deleteRecord(state: State, model: ServedModel, id: string): Answer {
	requireRight(state.rights, model.path, 'delete');
	const byPrefix = state.behaviour.deleteByPrefix ? state.store.findByPathId(model, id) : undefined;
	const record = byPrefix ?? state.store.findOne(model, '_id', id);
	if (record === undefined) return unknownRecord(state);
	state.store.collection(model.storage).delete(record._id);
	return { status: 200, ...deleteBody(state, model, record) };
}

/** Four forms are known to occur or to be allowed for (reference.md, 5 and 15). */
function deleteBody(state: State, model: ServedModel, record: PlanhatRecord): Pick<Answer, 'body'> {
	const ordered = state.behaviour.deleteAnswer;
	switch (ordered === 'model' ? model.deleteAnswer : ordered) {
		case 'count':
			return { body: { n: 1, ok: 1, deletedCount: 1 } };
		case 'record':
			return { body: record };
		case 'text':
			return { body: 'OK' };
		default:
			return {};
	}
}

/** No list of codes says what comes for an unknown record (reference.md, 16). */
function unknownRecord(state: State): Answer {
	const form = state.behaviour.unknownRecord;
	if (form === 'null') return { status: 200, body: null };
	return form === 400 ? { status: 400, body: 'Record not found' } : { status: 404 };
}

function leanCompanies(state: State, query: Query): Answer {
	requireRight(state.rights, 'companies', 'read');
	const lean = filterRecords(state.store, leanModel, query).map((company) => {
		const keys = ['_id', 'name', 'externalId', 'sourceId'].filter((name) => company[name] !== undefined);
		return Object.fromEntries(keys.map((name) => [name, company[name] ?? null]));
	});
	return { status: 200, body: lean };
}

/** The answer is not documented; the new entries are a guess, which `order` can replace (reference.md, 13). */
function duplicate(state: State, body: unknown): Answer {
	requireRight(state.rights, 'timeentries', 'create');
	const ids = isJsonObject(body) && Array.isArray(body['ids']) ? body['ids'].map(String) : null;
	if (ids === null) throw new Refusal(400, 'ids is required');
	const entries = state.store.collection('timeentries');
	const originals = ids.map((id): JsonObject => {
		const entry = entries.get(id);
		if (entry === undefined) throw new Refusal(400, `Time entry ${id} not found`);
		return entry;
	});
	const copies = originals.map((entry) => without(entry, '_id'));
	const made = state.store.insert('timeentries', copies);
	return state.behaviour.duplicateAnswer === 'empty' ? { status: 200 } : { status: 200, body: made };
}
