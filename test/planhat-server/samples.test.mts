import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { call } from './calling.mts';
import { startPlanhatServer, type Behaviour, type Fault, type JsonObject, type PlanhatServer } from './index.mts';

/**
 * One exchange that is documented, or known from a client that worked against Planhat, with the records that it
 * presupposes. `exact` compares the whole body, `given` all fields of the expected one but the ignored, `bulk` the
 * result object with the ids of inserted records mapped.
 */
type Exchange = {
	name: string;
	provenance: 'documented' | 'third-party-fixture';
	request: {
		host?: 'analytics';
		method: string;
		path: string;
		query?: Record<string, string>;
		body?: unknown;
	};
	response: { status: number; body: unknown };
	compare: 'exact' | 'given' | 'bulk';
	ignored?: string[];
	seed?: Record<string, JsonObject[]>;
	behaviour?: Partial<Behaviour>;
	/** For answers that only come when something is broken. */
	fault?: Fault;
	/** The id that must be gone afterwards. */
	removed?: string;
	/** Where the body must be found afterwards. */
	stored?: string;
	note?: string;
};

const exchanges = JSON.parse(readFileSync(join(__dirname, 'exchanges.json'), 'utf8')) as Exchange[];

let server: PlanhatServer;
beforeAll(async () => {
	server = await startPlanhatServer();
});
beforeEach(() => server.reset());
afterAll(() => server.close());

function prepare(trySend: Exchange): void {
	for (const [path, rows] of Object.entries(trySend.seed ?? {})) server.insert(path, rows);
	if (trySend.behaviour !== undefined) server.setBehaviour(trySend.behaviour);
	if (trySend.fault !== undefined) server.order(trySend.fault);
}

function send({ request }: Exchange) {
	const query = request.query === undefined ? '' : `?${new URLSearchParams(request.query).toString()}`;
	const host = request.host ?? 'api';
	return call(server, request.method, `${request.path}${query}`, request.body, { host });
}

function withoutIgnored(body: unknown, trySend: Exchange): JsonObject {
	const entries = Object.entries(body as JsonObject);
	return Object.fromEntries(entries.filter(([name]) => trySend.ignored?.includes(name) !== true));
}

/** The n-th inserted id of the expected answer stands for the n-th of the real one. */
function withExpectedIds(body: unknown, expected: unknown): unknown {
	const ids = (answer: unknown) => (answer as { upsertedIds: string[] }).upsertedIds;
	const pairs = ids(body).map((id, index) => [id, ids(expected)[index] ?? 'too many'] as const);
	const mapped = pairs.reduce((text, [id, wanted]) => text.replaceAll(id, wanted), JSON.stringify(body));
	return JSON.parse(mapped) as unknown;
}

function compare(trySend: Exchange, body: unknown): void {
	const expected = trySend.response.body;
	switch (trySend.compare) {
		case 'exact':
			expect(body).toEqual(expected);
			break;
		case 'given':
			expect(body).toMatchObject(withoutIgnored(expected, trySend));
			break;
		case 'bulk':
			expect(withExpectedIds(body, expected)).toMatchObject(expected as JsonObject);
			break;
	}
}

describe('exchanges that are documented or known from working clients', () => {
	it.each(exchanges)('$name ($provenance)', async (trySend) => {
		prepare(trySend);
		const reply = await send(trySend);
		expect(reply.status).toBe(trySend.response.status);
		compare(trySend, reply.body);
		const { removed, stored, request } = trySend;
		const path = request.path.split('/')[1] ?? '';
		if (removed !== undefined) {
			expect(server.records(path).map(({ _id }) => _id)).toEqual(['000000000000000000000001']);
		}
		if (stored !== undefined) expect(server.records(stored)).toHaveLength(1);
		if (trySend.compare === 'bulk') {
			const { upsertedIds } = reply.body as { upsertedIds: string[] };
			expect(server.records(path).map(({ _id }) => _id)).toEqual(expect.arrayContaining(upsertedIds));
		}
	});

	it('are all that the samples mark so', () => {
		const marks = exchanges.map(({ provenance }) => provenance);
		expect(marks.filter((mark) => mark === 'documented')).toHaveLength(21);
		expect(marks.filter((mark) => mark === 'third-party-fixture')).toHaveLength(36);
	});
});
