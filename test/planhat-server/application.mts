import { setTimeout as sleep } from 'node:timers/promises';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { stateFor } from './access.mts';
import { answerAnalytics } from './analytics.mts';
import { answerApi } from './api.mts';
import type { Fate, Fault } from './faults.mts';
import type { QuotaVerdict } from './quota.mts';
import type { RecordedRequest } from './recording.mts';
import { sendAnswer, sendHalf, sendTrickle } from './sending.mts';
import type { State } from './state.mts';
import { isJsonObject, Refusal, without, type Answer, type Query } from './types.mts';

/** Stated for posts (reference.md, 3 and 16). */
const mostBodyBytes = 32 * 1024 * 1024;

type Hosts = readonly ('api' | 'analytics')[];
type Arrival = { record: RecordedRequest; verdict: QuotaVerdict };

/** One port: a single catch-all route, since faults and recording come before all paths. */
export function createApplication(state: State, hosts: Hosts): FastifyInstance {
	const application = Fastify({
		logger: false,
		forceCloseConnections: true,
		exposeHeadRoutes: false,
		routerOptions: { maxParamLength: 100_000 },
	});
	const arrivals = new WeakMap<FastifyRequest, Arrival>();
	application.addHook('onRequest', (request, reply, done) => {
		arrivals.set(request, arrive(state, hosts, request, reply));
		done();
	});
	application.removeAllContentTypeParsers();
	application.addContentTypeParser('*', async (_request: FastifyRequest, payload: AsyncIterable<Buffer>) => {
		// Read to the end even when it is too much: a client that still writes would see a broken pipe, not the 413.
		const chunks: Buffer[] = [];
		for await (const chunk of payload) chunks.push(chunk);
		return Buffer.concat(chunks);
	});
	application.all('/*', async (request, reply) => {
		const arrival = arrivals.get(request);
		if (arrival === undefined) throw new Error('A request without arrival');
		await respond(state, hosts, arrival, request.body, reply);
		return reply;
	});
	return application;
}

function arrive(state: State, hosts: Hosts, request: FastifyRequest, reply: FastifyReply): Arrival {
	const arrivedAt = performance.now();
	const [path = '/', search = ''] = (request.raw.url ?? '/').split(/\?(.*)/s);
	const record: RecordedRequest = {
		host: hostOf(hosts, request.method, path),
		method: request.method,
		path,
		decodedPath: path.split('/').map(decodeSegment).join('/'),
		query: parseQuery(search),
		headers: request.headers,
		rawBody: '',
		body: undefined,
		arrivedAt,
		answeredAt: null,
		status: null,
	};
	state.recorder.arrive(record);
	reply.raw.once('close', () => {
		state.recorder.leave(record, reply.raw.headersSent ? reply.raw.statusCode : null);
	});
	// No limit is stated for the analytics host (reference.md, 3), nor for signing in.
	const isCounted = record.host === 'api' && !path.startsWith(`/${state.behaviour.oauthPath}/`);
	const verdict = isCounted ? state.quota.arrive(arrivedAt) : { refused: false, headers: {} };
	return { record, verdict };
}

async function respond(state: State, hosts: Hosts, arrival: Arrival, raw: unknown, reply: FastifyReply): Promise<void> {
	const { record, verdict } = arrival;
	const bytes = Buffer.isBuffer(raw) ? raw : Buffer.alloc(0);
	const parsed = takeBody(record, bytes);
	if (verdict.refused) {
		sendAnswer(reply, { status: 429, body: 'Too many requests' }, verdict.headers);
		return;
	}
	const fate = state.faults.take(record);
	// Not referenced: a wait must not keep a test run alive.
	if (fate.latency > 0) await sleep(fate.latency, undefined, { ref: false });
	await fulfil(fate, reply, verdict.headers, (effect) => {
		if (bytes.length > mostBodyBytes) return { status: 413, body: 'Payload Too Large' };
		if (parsed === 'broken') return { status: 400, body: 'Invalid JSON' };
		return apply(state, hosts, effect?.repeatPage === true ? withoutOffset(record) : record);
	});
}

type Apply = (effect: Fault | null) => Answer;

async function fulfil(fate: Fate, reply: FastifyReply, headers: Record<string, string>, run: Apply): Promise<void> {
	const { effect } = fate;
	if (effect?.answer !== undefined) {
		const { applied, ...answer } = effect.answer;
		if (applied === true) run(effect);
		sendAnswer(reply, answer, headers);
		return;
	}
	if (effect?.cut !== undefined) {
		if (effect.cut === 'afterApplying') run(effect);
		reply.hijack();
		reply.raw.destroy();
		return;
	}
	const own = run(effect);
	const answer = effect?.notAnArray === undefined ? own : { status: 200, body: effect.notAnArray };
	if (effect?.neverEnds === 'beforeHeaders') reply.hijack();
	else if (effect?.neverEnds === 'withinBody') sendHalf(reply, answer, headers);
	else if (effect?.trickle !== undefined) await sendTrickle(reply, answer, headers, effect.trickle);
	else sendAnswer(reply, answer, headers);
}

function apply(state: State, hosts: Hosts, record: RecordedRequest): Answer {
	// One trailing slash is forgiven, so that an empty id falls through to the collection (reference.md, 5).
	const segments = record.path.slice(1).replace(/\/$/, '').split('/').map(decodeSegment);
	const own = stateFor(state, record, segments);
	try {
		const analytics = hosts.includes('analytics') ? answerAnalytics(own, record, segments) : undefined;
		if (analytics !== undefined) return analytics;
		if (!hosts.includes('api')) return { status: 404, body: 'Not Found' };
		return state.oauth.answer(record, segments, state.behaviour) ?? answerApi(own, record, segments);
	} catch (error) {
		if (error instanceof Refusal) return { status: error.status, body: error.body };
		throw error;
	}
}

/** On a shared port the path tells which host was meant. */
function hostOf(hosts: Hosts, method: string, path: string): 'api' | 'analytics' {
	if (hosts.length === 1) return hosts[0] ?? 'api';
	return method === 'POST' && /^\/(analytics|dimensiondata|dock)(\/|$)/.test(path) ? 'analytics' : 'api';
}

/** Notes the body in the record. Only what is announced as JSON is read as JSON, as an API server does. */
function takeBody(record: RecordedRequest, bytes: Buffer): 'fine' | 'broken' {
	record.rawBody = bytes.toString('utf8');
	if (record.rawBody === '' || !/\bjson\b/.test(record.headers['content-type'] ?? '')) return 'fine';
	if (bytes.length > mostBodyBytes) return 'fine';
	try {
		record.body = JSON.parse(record.rawBody) as unknown;
		return isJsonObject(record.body) || Array.isArray(record.body) ? 'fine' : 'broken';
	} catch {
		return 'broken';
	}
}

function parseQuery(search: string): Query {
	const parameters = new URLSearchParams(search);
	const entries = [...new Set(parameters.keys())].map((name): [string, string | string[]] => {
		const values = parameters.getAll(name);
		return [name, values.length === 1 ? (values[0] ?? '') : values];
	});
	return Object.fromEntries(entries);
}

function withoutOffset(record: RecordedRequest): RecordedRequest {
	return { ...record, query: without(record.query, 'offset') };
}

function decodeSegment(segment: string): string {
	try {
		return decodeURIComponent(segment);
	} catch {
		return segment;
	}
}
