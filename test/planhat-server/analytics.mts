import { isBasic } from './access.mts';
import { errorEntry } from './behaviour.mts';
import { single, wholeNumber } from './lists.mts';
import type { RecordedRequest } from './recording.mts';
import type { State } from './state.mts';
import { isGiven, isJsonObject, Refusal, type Answer, type JsonObject, type JsonValue, type Query } from './types.mts';

const dayMilliseconds = 86_400_000;

/** Where the external id of a metric's target is looked for (reference.md, 11). */
const metricTargets = new Map([
	['Company', 'companies'],
	['EndUser', 'endusers'],
	['Asset', 'assets'],
	['Project', 'projects'],
]);

/** The paths of the analytics host; undefined when the path is none of them. */
export function answerAnalytics(state: State, request: RecordedRequest, segments: string[]): Answer | undefined {
	if (request.method !== 'POST') return undefined;
	const [first, second, third] = segments;
	if (first === 'dock' && second === 'segment' && segments.length === 2) return postSegment(state, request);
	if (first === 'dimensiondata' && segments.length === 2) {
		return refuseTenant(state, second === state.tenantToken) ?? postMetrics(state, request.body);
	}
	if (first !== 'analytics') return undefined;
	if (second === 'bulk' && segments.length === 3) {
		const rows: unknown[] = Array.isArray(request.body) ? request.body : [];
		return refuseTenant(state, third === state.tenantToken) ?? postActivities(state, rows);
	}
	if (segments.length !== 2) return undefined;
	return refuseTenant(state, second === state.tenantToken) ?? postActivities(state, [request.body]);
}

/** `GET /dimensiondata` on the API host; `from` and `to` are days, both included. */
export function listMetrics(state: State, query: Query): JsonValue[] {
	const company = single(query['cId'] ?? query['cid']);
	const dimension = single(query['dimid']);
	const from = wholeNumber(query['from'], 0) * dayMilliseconds;
	const end = (wholeNumber(query['to'], 1e8) + 1) * dayMilliseconds;
	const rows = state.store
		.collection('dimensiondata')
		.all()
		.filter((row) => {
			const time = Date.parse(String(row['time']));
			const matches = (wanted: string | undefined, field: string) => wanted === undefined || row[field] === wanted;
			return matches(company, 'companyId') && matches(dimension, 'dimensionId') && time >= from && time < end;
		});
	const offset = wholeNumber(query['offset'], 0);
	// No limit is stated; 10,000 is the largest page that a client asks for (reference.md, 11).
	return rows.slice(offset, offset + Math.min(wholeNumber(query['limit'], 100), 10_000));
}

function refuseTenant(state: State, isRight: boolean): Answer | undefined {
	if (isRight) return undefined;
	if (state.behaviour.wrongTenantToken === 200) return { status: 200 };
	throw new Refusal(401, 'Unauthorized');
}

function postMetrics(state: State, body: unknown): Answer {
	const rows: unknown[] = Array.isArray(body) ? body : [body];
	const errors: JsonValue[] = [];
	for (const row of rows) {
		const item = isJsonObject(row) ? row : {};
		const problem = storeMetric(state, item);
		if (problem !== null) errors.push(errorEntry(state.behaviour.errorForm, problem, item));
	}
	return { status: 200, body: { processed: rows.length - errors.length, errors } };
}

function storeMetric(state: State, row: JsonObject): string | null {
	const missing = ['dimensionId', 'value', 'externalId'].find((name) => !isGiven(row[name]));
	if (missing !== undefined) return `${missing} is required`;
	if (typeof row['value'] !== 'number') return 'value must be a number';
	const model = String(row['model'] ?? 'Company');
	const path = metricTargets.get(model);
	if (path === undefined) return `model ${model} is unknown`;
	const target = state.store.collection(path).find('externalId', row['externalId'])[0];
	if (target === undefined) {
		return state.behaviour.unknownMetricTarget === 'error' ? `${model} ${String(row['externalId'])} not found` : null;
	}
	const isCompany = model === 'Company';
	state.store.insert('dimensiondata', [
		{
			dimensionId: row['dimensionId'] ?? null,
			time: isGiven(row['date']) ? new Date(String(row['date'])).toISOString() : state.store.now(),
			value: row['value'],
			model,
			parentId: target._id,
			companyId: isCompany ? target._id : (target['companyId'] ?? null),
			companyName: (isCompany ? target['name'] : target['companyName']) ?? null,
		},
	]);
	return null;
}

/** Rows without a person are dropped without a word: the endpoint never reports faults (reference.md, 12). */
function postActivities(state: State, rows: unknown[]): Answer {
	const usable = rows.filter(isJsonObject).filter((row) => isGiven(row['email']) || isGiven(row['externalId']));
	state.store.insert('analytics', usable);
	return accepted(state);
}

/** Other types than these two, and events without a user, are ignored (reference.md, 12). */
function postSegment(state: State, request: RecordedRequest): Answer {
	const refused = refuseTenant(state, isBasic(request.headers.authorization, state.tenantToken));
	if (refused !== undefined) return refused;
	const event = isJsonObject(request.body) ? request.body : {};
	const traits = isJsonObject(event['traits']) ? event['traits'] : {};
	const hasUser = isGiven(event['userId']) || isGiven(event['user_id']) || isGiven(traits['email']);
	if (hasUser && ['identify', 'track'].includes(String(event['type']))) state.store.insert('segment', [event]);
	return accepted(state);
}

function accepted(state: State): Answer {
	return state.behaviour.analyticsAnswer === 'json' ? { status: 200, body: { ok: true } } : { status: 200 };
}
