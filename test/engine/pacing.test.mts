import { describe, expect, it } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';

import type { RecordedRequest } from '../planhat-server/index.mts';
import { bench, itemsOf, record } from './planhat.mts';
import { withScaledClock } from './scaledClock.mts';

const planhat = bench({ forEachTest: true });

const create = { resource: 'company', operation: 'create', json: '={{ $json }}' };

const list = { resource: 'company', operation: 'getAll' };

function companies(count: number, prefix = 'Company') {
	return itemsOf(Array.from({ length: count }, (_, index) => ({ name: `${prefix} ${index}` })));
}

function paced(callsPerMinute: number) {
	return { credentials: { ...planhat.credentials, callsPerMinute } };
}

function storedNames(): unknown[] {
	return planhat.server.records('companies').map(({ name }) => name);
}

function statuses(): Array<number | null> {
	return planhat.server.requests.map(({ status }) => status);
}

/** The most arrivals in any stretch of time as long as `window` (milliseconds). */
function mostWithin(window: number, requests: readonly RecordedRequest[]): number {
	const arrivals = requests.map(({ arrivedAt }) => arrivedAt).sort((one, other) => one - other);
	let most = 0;
	for (let first = 0, end = 0; first < arrivals.length; first += 1) {
		while (end < arrivals.length && (arrivals[end] ?? 0) < (arrivals[first] ?? 0) + window) end += 1;
		most = Math.max(most, end - first);
	}
	return most;
}

/**
 * How much of the quota was used, of 1 for all of it, by requests sent one after the other: a slot could be used again a
 * minute after its request arrived. Requests for which a slot was free when their turn came are left out: they were late
 * because of the machine, not because of the limiter.
 */
function useOf(quota: number, minute: number, requests: readonly RecordedRequest[]): number {
	const cycles = requests.flatMap(({ arrivedAt }, index) => {
		const before = requests[index - quota];
		const hadToWait = (before?.answeredAt ?? NaN) + minute > (requests[index - 1]?.answeredAt ?? NaN);
		return before !== undefined && hadToWait ? [arrivedAt - before.arrivedAt] : [];
	});
	expect(cycles.length).toBeGreaterThan(0);
	return (minute * cycles.length) / cycles.reduce((sum, cycle) => sum + cycle, 0);
}

describe('the quota, with a minute of 3 seconds', () => {
	const minute = withScaledClock(20);

	it('of 200 is kept by 1,000 creates, used to at least 97 % after the first minute, and no 429 comes', async () => {
		let best = 0;
		// Three tries, since a machine that stands still for a moment is not the node's fault; each must keep the quota.
		for (let tried = 0; tried < 3 && best < 0.97; tried += 1) {
			planhat.server.reset();
			if (tried > 0) await wait(minute);
			planhat.server.setQuota({ callsPerMinute: 200, windowMilliseconds: minute });
			const { output, error } = await planhat.run(create, { ...paced(200), items: companies(1_000) });
			expect(error).toBeUndefined();
			expect(output).toHaveLength(1_000);
			expect(new Set(storedNames()).size).toBe(1_000);
			const { requests } = planhat.server;
			expect(requests).toHaveLength(1_000);
			expect(new Set(statuses())).toEqual(new Set([200]));
			expect(mostWithin(minute, requests)).toBe(200);
			best = Math.max(best, useOf(200, minute, requests));
		}
		expect(best).toBeGreaterThanOrEqual(0.97);
	}, 200_000);
});

describe('the quota, with a minute of a second', () => {
	const minute = withScaledClock(60);

	it('is shared by all executions with the token; no more than 8 requests of one kind are in flight', async () => {
		planhat.server.setQuota({ callsPerMinute: 60, windowMilliseconds: minute });
		planhat.server.order({ latency: 20, times: 'always' });
		const executions = Array.from({ length: 30 }, async (_, index) =>
			planhat.run(create, { ...paced(60), items: companies(3, `Execution ${index}, company`) }),
		);
		for (const { error, output } of await Promise.all(executions)) {
			expect(error).toBeUndefined();
			expect(output).toHaveLength(3);
		}
		expect(new Set(statuses())).toEqual(new Set([200]));
		expect(mostWithin(minute, planhat.server.requests)).toBeLessThanOrEqual(60);
		expect(planhat.server.mostInFlight).toBe(8);
		expect(new Set(storedNames()).size).toBe(90);
	}, 30_000);

	it('lets requests go at once while it lasts', async () => {
		const { hints } = await planhat.run(create, { ...paced(50), items: companies(50) });
		expect(planhat.server.requests).toHaveLength(50);
		expect(hints).toEqual([]);
	}, 30_000);

	it('may be waited for much longer than the longest wait for refusals, and the wait is told', async () => {
		const options = { maxWait: 1 };
		const { error, output, hints } = await planhat.run({ ...create, options }, { ...paced(4), items: companies(9) });
		expect(error).toBeUndefined();
		expect(output).toHaveLength(9);
		expect(hints).toEqual([
			expect.objectContaining({
				message: expect.stringMatching(/^The node waited (9\d|1\d\d) seconds for Planhat's rate limit\.$/),
			}),
		]);
	}, 30_000);
});

describe('one 429, of 60 executions with the token', () => {
	it('pauses all of them; then all succeed, nothing is lost and nothing doubled', async () => {
		const pause = 1_000;
		const refused = { status: 429, headers: { 'Retry-After': String(pause / 1_000) } };
		// The refusal comes while the nine others in flight still wait for their answers, and 50 for their turn.
		planhat.server.order({ latency: 200, answer: refused });
		planhat.server.order({ latency: 500, after: 1, times: 9 });
		const executions = Array.from({ length: 60 }, async (_, index) =>
			planhat.run(create, { items: companies(2, `Execution ${index}, company`) }),
		);
		for (const { error } of await Promise.all(executions)) expect(error).toBeUndefined();
		const { requests } = planhat.server;
		const refusedAt = requests.find(({ status }) => status === 429)?.answeredAt ?? NaN;
		const inside = requests.filter(({ arrivedAt }) => arrivedAt > refusedAt && arrivedAt < refusedAt + pause - 5);
		expect(inside).toEqual([]);
		expect(requests).toHaveLength(121);
		expect(storedNames()).toHaveLength(120);
		expect(new Set(storedNames()).size).toBe(120);
	}, 30_000);
});

describe('retries', () => {
	it('do not starve requests of others', async () => {
		planhat.server.order({
			method: 'POST',
			times: 'always',
			body: (body) => JSON.stringify(body).includes('Refused'),
			answer: { status: 429, headers: { 'Retry-After': '0' } },
		});
		const refused = planhat.run(
			{ ...create, options: { maxWait: 1 } },
			{ ...paced(1_000), items: companies(1, 'Refused') },
		);
		const others = await planhat.run(create, { ...paced(1_000), items: companies(100) });
		expect(others.error).toBeUndefined();
		expect((await refused).error?.message).toContain('Planhat did not create the company');
		expect(storedNames()).toHaveLength(100);
	}, 30_000);

	it('of a server that always says "at once" are not sent without a pause for ever', async () => {
		planhat.server.order({ times: 'always', answer: { status: 429, headers: { 'Retry-After': '0' }, body: 'No.' } });
		const { error } = await planhat.run({ ...list, options: { maxWait: 5 } });
		expect(error?.message).toMatch(/^Planhat did not list the companies: No\./);
		expect(planhat.server.requests.length).toBeGreaterThanOrEqual(6);
		expect(planhat.server.requests.length).toBeLessThan(40);
	}, 30_000);

	it('and how many there were are told', async () => {
		planhat.server.order({ times: 2, answer: { status: 503, headers: { 'Retry-After': '0' } } });
		const { hints } = await planhat.run(list);
		expect(hints.map(({ message }) => message)).toEqual([
			'The node sent 2 requests again that Planhat did not accept at first.',
		]);
	});

	it('count the time that a silent server takes as waiting', async () => {
		planhat.server.order({ times: 'always', neverEnds: 'beforeHeaders' });
		const since = performance.now();
		const { error } = await planhat.run({
			...list,
			requestOptions: { timeout: 600 },
			options: { maxWait: 1 },
		});
		expect(error?.message).toContain('Planhat did not list the companies');
		expect(performance.now() - since).toBeLessThan(3_500);
	}, 10_000);

	it('end within 100 ms when the execution is cancelled, and nothing more is sent', async () => {
		planhat.server.order({ times: 'always', answer: { status: 429, headers: { 'Retry-After': '1' } } });
		let cancelledAt = NaN;
		await planhat.run(list, {
			onStart: (cancel) =>
				setTimeout(() => {
					cancelledAt = performance.now();
					cancel();
				}, 300),
		});
		expect(performance.now() - cancelledAt).toBeLessThan(100);
		await wait(1_200);
		expect(planhat.server.requests).toHaveLength(1);
	});
});

describe('the wait that an answer names', () => {
	const second = 1_000;
	const cases: Array<[string, Record<string, string>]> = [
		['Retry-After in seconds', { 'Retry-After': '1' }],
		['X-RateLimit-Reset', { 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': '1' }],
		['X-Rate-Limit-Reset', { 'X-Rate-Limit-Remaining': '0', 'X-Rate-Limit-Reset': '1' }],
		['X-Rate-Limit-Reset where Retry-After cannot be read', { 'Retry-After': 'soon', 'X-Rate-Limit-Reset': '1' }],
	];

	const get = { resource: 'company', operation: 'get', recordId: record('id', 'a'.repeat(24)) };

	it.each(cases)('is kept: %s', async (_name, headers) => {
		planhat.server.order({ answer: { status: 429, headers } });
		const { error } = await planhat.run(get);
		expect(error?.httpCode).toBe('404');
		const [first, next] = planhat.server.requests;
		const waited = (next?.arrivedAt ?? NaN) - (first?.answeredAt ?? NaN);
		expect(waited).toBeGreaterThanOrEqual(second - 5);
		expect(waited).toBeLessThan(3 * second);
	});

	it('is kept: Retry-After as a date', async () => {
		const date = new Date(Date.now() + 2_000).toUTCString();
		planhat.server.order({ answer: { status: 429, headers: { 'Retry-After': date } } });
		await planhat.run(get);
		const next = performance.timeOrigin + (planhat.server.requests[1]?.arrivedAt ?? NaN);
		expect(next).toBeGreaterThanOrEqual(Date.parse(date) - 5);
		expect(next).toBeLessThan(Date.parse(date) + 2_000);
	});
});
