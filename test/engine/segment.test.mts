import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { bench } from './planhat.mts';

const planhat = bench();
const event = { resource: 'userActivity', operation: 'segment', userId: 'u1', event: 'Opened' };

describe('A Segment event', () => {
	it('carries keys without blanks around them, and no blank ones', async () => {
		const details = { email: ' kim@example.com ', companyId: ' acme ', plan: ' Pro ' };
		await planhat.run({ ...event, userId: ' u1 ', details: JSON.stringify(details) });
		expect(planhat.lastRequest().body).toMatchObject({
			userId: 'u1',
			properties: { email: 'kim@example.com', companyId: 'acme', plan: ' Pro ' },
		});
		await planhat.run({ ...event, userId: 7 as never, details: '{"companyId": "", "email": null}' });
		expect(planhat.lastRequest().body).toMatchObject({ userId: '7', properties: {} });
	});

	it('tells which keys in the details came to nothing, or are called otherwise', async () => {
		const identify = { ...event, segmentType: 'identify' };
		const items = [{ json: { id: '' } }, { json: { id: 'acme' } }, { json: {} }];
		const blank = await planhat.run({ ...identify, details: '={{ { companyId: $json.id ?? null } }}' }, { items });
		expect(blank.hints[0]?.message).toBe("'companyId' in 'Details (JSON)' was empty, and left out (2 items).");
		const other = await planhat.run({
			...identify,
			details: '{"Email": "kim@example.com", "company_id": "a", "plan": 1}',
		});
		expect(other.hints[0]?.message).toBe(
			"'Email' in 'Details (JSON)' is not 'email', which Planhat reads (1 item). 'company_id' in 'Details (JSON)' is not 'companyId', which Planhat reads (1 item).",
		);
		const tracked = await planhat.run({ ...event, details: '{"company_id": "a"}' });
		expect(tracked.hints).toEqual([]);
	});

	it.each<[string, INodeParameters, RegExp]>([
		['a user ID that is none', { userId: 'N/A' }, /^'User ID' takes text or a number, not 'N\/A'$/],
		['a user ID that is an object', { userId: '={{ { a: 1 } }}' }, /^'User ID' takes text or a number/],
		['a blank user ID', { userId: '={{ $json.none }}' }, /^'User ID' is empty$/],
		['a blank event', { event: ' ' }, /^'Event' is empty$/],
		['an email that is none', { details: '{"email": "Kim Lee"}' }, /^'email' in 'Details \(JSON\)' takes one email/],
		['a company that is none', { details: '{"companyId": "null"}' }, /^'companyId' in 'Details \(JSON\)' takes an ID/],
		['details that are a list', { details: '[1]' }, /^'Details \(JSON\)' is not a JSON object$/],
		[
			'details with what JSON cannot hold',
			{ details: '={{ { a: NaN } }}' },
			/^'Details \(JSON\)' is not a JSON object$/,
		],
		['details that were put into a text', { details: '= {{ { a: 1 } }}' }, /^'Details \(JSON\)' is not a JSON object$/],
	])('is refused before any request for %s', async (_what, changes, words) => {
		const { error } = await planhat.run({ ...event, ...changes });
		expect(error?.message).toMatch(words);
		expect(planhat.sent()).toEqual([]);
	});
});
