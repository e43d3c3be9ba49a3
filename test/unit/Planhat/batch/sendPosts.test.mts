import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { duplicate } from '../../../../nodes/Planhat/operations/duplicate.ts';
import { insert } from '../../../../nodes/Planhat/operations/insert.ts';
import { segment } from '../../../../nodes/Planhat/operations/segment.ts';
import { track } from '../../../../nodes/Planhat/operations/track.ts';
import { thrownBy } from '../../../thrownBy.mts';
import { model, fakeItem } from '../../fakeItem.mts';
import { byInput, cut, fakeBatch, fakeTransport, good, outcomeOf, refused, type Answer } from './fakeBatch.mts';

const limit = 32_000_000;

function metrics(count: number): IDataObject[] {
	return Array.from({ length: count }, (_row, index) => ({ dimensionId: 'logins', value: index, externalId: 'acme' }));
}

const takesAll: Answer = (rows) => good({ processed: rows.length, errors: [] });

async function insertAll(rows: IDataObject[], answer: Answer = takesAll) {
	const transport = fakeTransport(answer);
	const [summary, ...losses] = await insert.runAll([fakeBatch(rows, transport, { resource: 'metric' })]);
	return { transport, summary: summary?.json ?? {}, losses };
}

describe('Insert', () => {
	it('sends 1,000,000 values in the fewest requests, none above 32 MB, and loses none', async () => {
		const rows = metrics(1_000_000);
		const bodies: Array<{ bytes: number; first: unknown; count: number }> = [];
		let next = 0;
		const transport = fakeTransport((sent) => {
			for (const { value } of sent) {
				if (value !== next) throw new Error(`Value ${String(value)} in place of ${next}`);
				next += 1;
			}
			return good({ processed: sent.length, errors: ['one'] });
		});
		const [summary] = await insert.runAll([fakeBatch(rows, transport, { resource: 'metric' })]);
		for (const { bytes, rows: sent } of transport.requests) bodies.push({ bytes, first: sent[0], count: sent.length });
		expect(next).toBe(1_000_000);
		const total = bodies.reduce((sum, { bytes }) => sum + bytes, 0);
		for (const { bytes } of bodies) expect(bytes).toBeLessThanOrEqual(limit);
		expect(bodies.length).toBe(Math.ceil(total / limit));
		expect(summary?.json).toMatchObject({ processed: 1_000_000, rows: 1_000_000, requests: bodies.length });
		expect(summary?.json.errors).toEqual(bodies.map(() => 'one'));
		console.log(`1,000,000 metric rows: ${bodies.length} requests, ${total} bytes`);
	}, 60_000);

	it('checks row by row before anything is sent', async () => {
		const rows: IDataObject[] = [
			...metrics(1),
			{ dimensionId: 'two words', value: 1, externalId: 'acme' },
			{ dimensionId: 'logins', value: 'many', externalId: 'acme' },
			{ dimensionId: 'logins', value: '5', externalId: 'acme' },
			{ dimensionId: 'logins', externalId: 'acme' },
			{ dimensionId: 'logins', value: 1 },
			{ dimensionId: 'logins', value: 1, externalId: 'acme', date: 'some day' },
			{ dimensionId: 'logins', value: 1, externalId: 'acme', date: '2026-03-31', model: 'EndUser', toolCallId: 'x' },
		];
		const { transport, summary, losses } = await insertAll(rows);
		expect(transport.requests.map((request) => request.rows)).toEqual([
			[
				rows[0],
				{ ...rows[3], value: 5 },
				{ dimensionId: 'logins', value: 1, externalId: 'acme', date: '2026-03-31T00:00:00.000Z', model: 'EndUser' },
			],
		]);
		expect(summary).toMatchObject({ processed: 3, rows: 8, requests: 1 });
		expect([...byInput(losses).keys()]).toEqual([1, 2, 4, 5, 6]);
		const stopping = fakeTransport(takesAll);
		const context = fakeBatch(rows, stopping, { resource: 'metric', stops: true });
		const { message } = await thrownBy(async () => await insert.runAll([context]));
		expect(stopping.requests).toEqual([]);
		expect(message).toMatch(/^0 of 8 rows were applied, 5 were refused, 3 were not sent: /);
	});

	it('posts to the analytics host without the tenant token', async () => {
		const { transport } = await insertAll(metrics(1));
		expect(transport.requests[0]?.request).toMatchObject({
			method: 'POST',
			url: '/dimensiondata/{tenantToken}',
			host: 'analytics',
		});
	});

	it('never sends twice what may have been applied', async () => {
		const { transport, losses, summary } = await insertAll(metrics(3), (_rows, request) => cut(request));
		expect(transport.requests.length).toBe(1);
		expect(losses.map(outcomeOf)).toEqual(['unknown', 'unknown', 'unknown']);
		expect(String(losses[0]?.json.error)).toContain('may have been applied');
		expect(summary.processed).toBe(0);
	});

	it('goes on after a request that fails, or stops there', async () => {
		const wide = Array.from({ length: 5 }, (_row, value) => ({
			dimensionId: 'x'.repeat(12_000_000),
			value,
			externalId: 'acme',
		}));
		let requests = 0;
		const answer: Answer = (rows, request) => {
			requests += 1;
			return requests === 2 ? refused(request, 400, 'Not valid') : takesAll(rows, request);
		};
		const { transport, losses } = await insertAll(wide, answer);
		expect(transport.requests.map(({ rows }) => rows.length)).toEqual([2, 2, 1]);
		expect([...byInput(losses).keys()]).toEqual([2, 3]);
		requests = 0;
		const stopping = fakeTransport(answer);
		const context = fakeBatch(wide, stopping, { resource: 'metric', stops: true });
		const { message } = await thrownBy(async () => await insert.runAll([context]));
		expect(stopping.requests.length).toBe(2);
		expect(message).toBe('2 of 5 rows were applied, 2 were refused, 1 was not sent: Not valid (2 rows)');
	});
});

describe('Track', () => {
	const activities = (count: number): IDataObject[] =>
		Array.from({ length: count }, (_row, index) => ({ email: `a${index}@b.test`, action: 'opened', info: { index } }));

	it.each([
		['auto', 1, ['/analytics/{tenantToken}']],
		['auto', 3, ['/analytics/bulk/{tenantToken}']],
		['bulk', 1, ['/analytics/bulk/{tenantToken}']],
		['live', 3, ['/analytics/{tenantToken}', '/analytics/{tenantToken}', '/analytics/{tenantToken}']],
	])('sends to the endpoint: %s, %i items', async (endpoint, count, urls) => {
		const transport = fakeTransport(() => good(''));
		const rows = activities(count);
		const parameters = { 'options.endpoint': endpoint };
		const context = fakeBatch(rows, transport, { resource: 'userActivity', parameters });
		const items = await track.runAll([context]);
		expect(transport.requests.map(({ request }) => request.url)).toEqual(urls);
		expect(transport.requests.every(({ request }) => request.host === 'analytics')).toBe(true);
		const texts = transport.requests.map(({ request }) => String(request.body));
		expect(texts.every((text) => text.startsWith(urls[0]?.includes('bulk') ? '[' : '{'))).toBe(true);
		expect(transport.requests.flatMap((request) => request.rows)).toEqual(rows);
		expect(items).toEqual(
			rows.map(({ email, action }, item) => ({ json: { accepted: true, email, action }, pairedItem: { item } })),
		);
		expect(context.hints.join()).toContain('before it processes them');
	});

	it('says of each row what became of it, live as well', async () => {
		const transport = fakeTransport((rows, request) =>
			rows[0]?.email === 'a1@b.test' ? refused(request, 400, 'Not valid') : good(''),
		);
		const parameters = { 'options.endpoint': 'live' };
		const rows = [...activities(3), { action: 'nobody' }];
		const items = await track.runAll([fakeBatch(rows, transport, { resource: 'userActivity', parameters })]);
		expect([...byInput(items)].map(([index, { json }]) => [index, json.accepted === true]).sort()).toEqual([
			[0, true],
			[1, false],
			[2, true],
			[3, false],
		]);
		const context = fakeBatch(activities(3), transport, { resource: 'userActivity', parameters, stops: true });
		const { message } = await thrownBy(async () => await track.runAll([context]));
		expect(message).toBe('1 of 3 rows were applied, 1 was refused, 1 was not sent: Not valid (1 row)');
	});
});

describe('Duplicate', () => {
	const ids = ['64b000000000000000000001', '64b000000000000000000002'];

	it('copies the time entries of all items by one request', async () => {
		const transport = fakeTransport(() => good([{ _id: 'new-1' }, { _id: 'new-2' }]));
		const parameter = (name: string, index: number, fallback?: unknown) =>
			name === 'recordId' ? { mode: 'id', value: [...ids, 'entry 3'][index] } : fallback;
		const context = fakeBatch([{}, {}, {}], transport, { resource: 'timeEntry', parameter });
		const items = await duplicate.runAll([context]);
		expect(transport.requests.map(({ request }) => [request.url, request.body])).toEqual([
			['/timeentries/duplicate', { ids }],
		]);
		expect(items.slice(0, 2).map(({ json }) => json)).toEqual([{ _id: 'new-1' }, { _id: 'new-2' }]);
		expect(items[2]?.pairedItem).toEqual({ item: 2 });
		expect(String(items[2]?.json.error)).toContain('is not the ID of a time entry');
		const stopping = fakeBatch([{}, {}, {}], transport, { resource: 'timeEntry', parameter, stops: true });
		await expect(duplicate.runAll([stopping])).rejects.toThrow('is not the ID');
		expect(transport.requests.length).toBe(1);
	});
});

describe('Send Segment Event', () => {
	const declared = segment.request(model('userActivity'));

	it.each([
		[
			'identify',
			{ segmentType: 'identify', userId: ' u-1 ', details: '{"email":"a@b.test","companyId":"acme"}' },
			{ type: 'identify', userId: 'u-1', traits: { email: 'a@b.test', companyId: 'acme' } },
		],
		[
			'track',
			{ segmentType: 'track', userId: 'u-1', event: 'Opened', details: { plan: 'Pro' } },
			{ type: 'track', userId: 'u-1', event: 'Opened', properties: { plan: 'Pro' } },
		],
	])('makes the body of %s', async (_name, parameters, body) => {
		const request = await segment.prepare(fakeItem('userActivity', parameters), declared);
		expect(request).toMatchObject({ method: 'POST', url: '/dock/segment', host: 'analytics' });
		expect(request.body).toEqual(body);
	});

	it.each([
		[{ userId: ' ', event: 'x' }, "'User ID' is blank"],
		[{ userId: 'u', event: '' }, "'Event' is blank"],
		[{ userId: 'u', event: 'x', details: '[1]' }, "'Details (JSON)' is not a JSON object"],
		[{ userId: 'u', event: 'x', details: '{' }, "'Details (JSON)' is not a JSON object"],
	])('refuses %j', async (parameters, message) => {
		await expect(segment.prepare(fakeItem('userActivity', parameters), declared)).rejects.toThrow(message);
	});
});
