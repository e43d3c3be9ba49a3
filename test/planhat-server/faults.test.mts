import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { call } from './calling.mts';
import { fillWithSampleData } from './dataset.mts';
import { startPlanhatServer, type PlanhatServer } from './index.mts';

let server: PlanhatServer;
beforeAll(async () => {
	server = await startPlanhatServer();
});
beforeEach(() => server.reset());
afterAll(() => server.close());

const send = (method: string, path: string, body?: unknown) => call(server, method, path, body);
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('the quota', () => {
	it('answers 429 above it and lets calls through again when the window has moved on', async () => {
		server.setQuota({ callsPerMinute: 3, windowMilliseconds: 400 });
		const statuses = [];
		for (let count = 0; count < 4; count += 1) statuses.push((await send('GET', '/companies')).status);
		expect(statuses).toEqual([200, 200, 200, 429]);
		await wait(450);
		expect((await send('GET', '/companies')).status).toBe(200);
	});

	it('says so with the headers that were ordered, and with none by default', async () => {
		server.setQuota({ callsPerMinute: 0 });
		const plain = await send('GET', '/companies');
		expect(plain).toMatchObject({ status: 429, text: 'Too many requests' });
		expect([...plain.headers.keys()].filter((name) => /retry|rate/.test(name))).toEqual([]);
		server.setQuota({ callsPerMinute: 1, retryAfter: 'seconds', rateHeaders: 'X-RateLimit' });
		const first = await send('GET', '/companies');
		expect(first.headers.get('x-ratelimit-remaining')).toBe('0');
		expect(first.headers.get('retry-after')).toBeNull();
		const second = await send('GET', '/companies');
		expect(second.headers.get('retry-after')).toBe('60');
		expect(second.headers.get('x-ratelimit-limit')).toBe('1');
		server.setQuota({ callsPerMinute: 0, retryAfter: 'date', rateHeaders: 'X-Rate-Limit' });
		const dated = await send('GET', '/companies');
		expect(Date.parse(dated.headers.get('retry-after') ?? '')).toBeGreaterThan(Date.now());
		expect(dated.headers.get('x-rate-limit-remaining')).toBe('0');
	});

	it('does not hold on the analytics host', async () => {
		server.setQuota({ callsPerMinute: 0 });
		const path = `/analytics/${server.tenantToken}`;
		expect((await call(server, 'POST', path, { email: 'a@example.com' }, { host: 'analytics' })).status).toBe(200);
	});
});

describe('a fault', () => {
	it('strikes the requests that it matches, as often as ordered', async () => {
		const answer = { status: 500, headers: { 'x-own': 'yes' }, body: 'Failed to create company' };
		const isB = (body: unknown) => (body as { name?: string } | undefined)?.name === 'B';
		const fault = server.order({ method: 'POST', path: /^\/companies$/, body: isB, times: 2, answer });
		const statuses = [];
		for (const name of ['A', 'B', 'B', 'B']) statuses.push((await send('POST', '/companies', { name })).status);
		expect(statuses).toEqual([200, 500, 500, 200]);
		expect(fault.served).toBe(2);
		expect(server.records('companies')).toHaveLength(2);
	});

	it('can let some pass first, last for ever, be cancelled, and answer after applying', async () => {
		const fault = server.order({
			path: '/companies',
			after: 1,
			times: 'always',
			answer: { status: 504, applied: true },
		});
		const statuses = [];
		for (const name of ['A', 'B', 'C']) statuses.push((await send('POST', '/companies', { name })).status);
		fault.cancel();
		statuses.push((await send('GET', '/companies')).status);
		expect(statuses).toEqual([200, 504, 504, 200]);
		expect(server.records('companies')).toHaveLength(3);
	});

	it('cuts the connection before or after applying', async () => {
		server.order({ cut: 'beforeApplying' });
		await expect(send('POST', '/companies', { name: 'A' })).rejects.toThrow();
		expect(server.records('companies')).toHaveLength(0);
		server.order({ cut: 'afterApplying' });
		await expect(send('POST', '/companies', { name: 'A' })).rejects.toThrow();
		expect(server.records('companies')).toHaveLength(1);
		expect(server.requests.map(({ status }) => status)).toEqual([null, null]);
	});

	it.each(['beforeHeaders', 'withinBody'] as const)('never ends its answer: %s', async (neverEnds) => {
		server.order({ neverEnds });
		const signal = AbortSignal.timeout(200);
		await expect(call(server, 'GET', '/companies', undefined, { signal })).rejects.toThrow(/abort|time/i);
	});

	it('delays, and trickles a whole answer', async () => {
		server.insert('companies', [{ name: 'A' }]);
		server.order({ latency: 150 });
		server.order({ trickle: { bytes: 10, milliseconds: 10 } });
		const start = performance.now();
		const reply = await send('GET', '/companies');
		expect(performance.now() - start).toBeGreaterThan(180);
		expect(reply.body).toMatchObject([{ name: 'A' }]);
	});

	it('repeats the first page, or answers no array', async () => {
		server.insert('companies', [{ name: 'A' }, { name: 'B' }]);
		server.order({ repeatPage: true });
		expect((await send('GET', '/companies?limit=1&offset=1')).body).toMatchObject([{ name: 'A' }]);
		server.order({ notAnArray: { message: 'unexpected' } });
		expect(await send('GET', '/companies')).toMatchObject({ status: 200, body: { message: 'unexpected' } });
	});
});

describe('the record of requests', () => {
	it('holds what came and when, also for refused ones', async () => {
		await send('PUT', '/companies/extid-a%2Fb?x=1&y=a&y=b', { name: 'Ä' });
		const [request] = server.requests;
		expect(request).toMatchObject({
			host: 'api',
			method: 'PUT',
			path: '/companies/extid-a%2Fb',
			decodedPath: '/companies/extid-a/b',
			query: { x: '1', y: ['a', 'b'] },
			rawBody: '{"name":"Ä"}',
			body: { name: 'Ä' },
			status: 404,
		});
		expect(request?.answeredAt).toBeGreaterThan(request?.arrivedAt ?? Infinity);
	});

	it('counts the most requests at one time', async () => {
		server.order({ latency: 100, times: 'always' });
		await Promise.all([1, 2, 3].map(() => send('GET', '/companies')));
		await send('GET', '/companies');
		expect(server.mostInFlight).toBe(3);
		expect(server.requests).toHaveLength(4);
	});
});

describe('the life of a server', () => {
	it('ends quickly with connections open and an answer outstanding', async () => {
		const other = await startPlanhatServer({ analyticsPort: 'same' });
		expect(other.analyticsUrl).toBe(other.baseUrl);
		await call(other, 'GET', '/companies');
		other.order({ neverEnds: 'beforeHeaders' });
		const hanging = expect(call(other, 'GET', '/companies')).rejects.toThrow();
		await wait(50);
		const start = performance.now();
		await other.close();
		expect(performance.now() - start).toBeLessThan(1000);
		await hanging;
	});

	it('begins anew with reset: store, requests, faults, quota and ids', async () => {
		const [first] = server.insert('companies', [{ name: 'A' }]);
		server.order({ answer: { status: 500 }, times: 'always' });
		server.setQuota({ callsPerMinute: 0 });
		await send('GET', '/companies');
		server.reset();
		expect(server.requests).toHaveLength(0);
		expect(await send('GET', '/companies')).toMatchObject({ status: 200, body: [] });
		expect(server.insert('companies', [{ name: 'A' }])[0]?._id).toBe(first?._id);
	});

	it('has a data set that is the same every time', async () => {
		const counts = fillWithSampleData(server, { companies: 30 });
		expect(counts).toMatchObject({ companies: 30, endusers: 60, notes: 15, tickets: 6 });
		const before = server.records('companies');
		server.reset();
		fillWithSampleData(server, { companies: 30 });
		expect(server.records('companies')).toEqual(before);
	});
});
