import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { bench } from './planhat.mts';

const planhat = bench();

const secret = '6f1c2d7e-0a4b-4a54-9d6e-2f8f3d1b7c11';

const path = `/webhooks/${secret}`;

async function trigger(more: INodeParameters = {}, options: Parameters<typeof planhat.run>[1] = {}) {
	const webhookUrl = `${planhat.server.baseUrl}${path}`;
	return await planhat.run({ resource: 'automation', operation: 'trigger', webhookUrl, ...more }, options);
}

function answers(status: number, body: unknown = '') {
	planhat.server.order({ method: 'POST', path, answer: { status, body }, times: 'always' } as never);
}

describe('Trigger of an automation', () => {
	it('tells which fields of the form came to nothing, and of how many items', async () => {
		answers(200);
		const assignments = [
			{ id: '1', name: 'company', value: '={{ $json.id }}', type: 'string' },
			{ id: '2', name: 'score', value: '={{ $json.score }}', type: 'number' },
			{ id: '3', name: 'note', value: '', type: 'string' },
		];
		const items = [{ json: { id: 'acme', score: 1 } }, { json: { id: 'tenet', score: '' } }, { json: { id: 'x' } }];
		const { hints } = await trigger({ bodyFields: { assignments } }, { items });
		expect(hints.map(({ message, type }) => [message, type])).toEqual([
			["'score' in 'Body Fields' was empty, and left out (2 items).", 'warning'],
		]);
	});

	it('posts the body by the form, without a token, once for each item', async () => {
		answers(200);
		const assignments = [
			{ id: '1', name: 'company', value: '={{ $json.id }}', type: 'string' },
			{ id: '2', name: 'score', value: '4', type: 'number' },
		];
		const items = [{ json: { id: 'acme' } }, { json: { id: 'tenet' } }];
		const { output } = await trigger({ bodyFields: { assignments } }, { items });
		expect(output).toEqual([
			{ json: { triggered: true }, pairedItem: { item: 0 } },
			{ json: { triggered: true }, pairedItem: { item: 1 } },
		]);
		const { requests } = planhat.server;
		expect(requests.map(({ method, body }) => [method, body])).toEqual([
			['POST', { company: 'acme', score: 4 }],
			['POST', { company: 'tenet', score: 4 }],
		]);
		expect(requests.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
		expect(JSON.stringify(requests)).not.toContain(planhat.server.apiToken);
	});

	it('posts JSON, and gives what Planhat answers, without the address', async () => {
		answers(200, { ok: true, at: `https://ws.planhat.com${path}` });
		const { output } = await trigger({ jsonBody: '{"score": 4}' });
		expect(planhat.lastRequest().body).toEqual({ score: 4 });
		expect(output[0]?.json).toMatchObject({ triggered: true, answer: { ok: true } });
		expect(JSON.stringify(output)).not.toContain(secret);
	});

	it.each([
		['another host', 'https://example.com/webhooks/1', "'Webhook URL' leads to example.com, which is not Planhat"],
		['a host that ends like it', 'https://notplanhat.com/w/1', "'Webhook URL' leads to notplanhat.com"],
		['a host in front of it', 'https://planhat.com.example.org/w/1', 'which is not Planhat'],
		['a user in front of it', 'https://planhat.com@example.org/w/1', 'which is not Planhat'],
		['another port of this machine', 'http://127.0.0.1:9/w/1', "'Webhook URL' does not begin with https://"],
		['no encryption', 'http://api.planhat.com/w/1', "'Webhook URL' does not begin with https://"],
		['no path', 'https://api.planhat.com/', 'has no path, so it names no automation'],
		['no address', 'webhooks/1', "'Webhook URL' is not an address"],
		['nothing', ' ', "'Webhook URL' is empty"],
	])('is refused for %s, and sends nothing', async (_what, webhookUrl, words) => {
		const { error } = await trigger({ webhookUrl });
		expect(error?.message).toContain(words);
		expect(planhat.sent()).toEqual([]);
	});

	it.each([['[1]'], ['score'], ['="={{ NaN }}"']])('is refused for the body %s', async (jsonBody) => {
		const { error } = await trigger({ jsonBody });
		expect(error?.message).toBe("'Body (JSON)' is not a JSON object");
		expect(planhat.sent()).toEqual([]);
	});

	it.each<[string, unknown, unknown, string]>([
		['a number with a comma', 'number', '1,5', "'a' in 'Body Fields' is no number: '1,5'"],
		['a number that is true', 'number', 'true', "is no number: 'true'"],
		['a number of too many digits', 'number', '12345678901234567890', "is no number: '12345678901234567890'"],
		['a word of another language', 'boolean', 'ja', "is no boolean: 'ja'"],
		['an object for a list', 'array', '{"x":1}', 'is no array: \'{"x":1}\''],
		['a text for an object', 'object', 'x', "is no object: 'x'"],
		['an object that has lost a number', 'object', { x: Number.NaN }, "is no object: 'NaN'"],
	])('refuses %s in a field of the form', async (_what, type, value, words) => {
		const assignments = [{ id: '1', name: 'a', value: '={{ $json.a }}', type }] as INodeParameters[];
		const { error } = await trigger(
			{ bodyFields: { assignments } },
			{ items: [{ json: { a: value } as IDataObject }] },
		);
		expect(error?.message).toContain(words);
		expect(planhat.sent()).toEqual([]);
	});

	it('sends the type that a text is, leaves out what is empty, and drops no name', async () => {
		answers(200);
		const assignments = [
			{ id: '1', name: 'score', value: '={{ $json.score }}', type: 'number' },
			{ id: '2', name: 'won', value: 'TRUE', type: 'boolean' },
			{ id: '3', name: 'tags', value: '["a"]', type: 'array' },
			{ id: '4', name: 'none', value: '={{ $json.nothing }}', type: 'number' },
			{ id: '5', name: 'blank', value: '\u00a0', type: 'string' },
			{ id: '6', name: '__proto__', value: 'x', type: 'string' },
		];
		await trigger({ bodyFields: { assignments } }, { items: [{ json: { score: '1e3' } }] });
		const body = JSON.stringify(planhat.lastRequest().body);
		expect(body).toBe('{"score":1000,"won":true,"tags":["a"],"__proto__":"x"}');
	});

	it.each<[string, INodeParameters, string]>([
		['in two fields', {}, "'a' is given twice in 'Body Fields'"],
		['in a field and in the JSON', { jsonBody: '{"b":1}' }, "'b' is in 'Body Fields' and in 'Body (JSON)'"],
	])('refuses a name that is given %s', async (_what, more, words) => {
		const names = 'jsonBody' in more ? ['a', 'b'] : ['a', ' a '];
		const assignments = names.map((name, at) => ({ id: name, name, value: at, type: 'number' }));
		const { error } = await trigger({ bodyFields: { assignments }, ...more });
		expect(error?.message).toBe(words);
		expect(planhat.sent()).toEqual([]);
	});

	it('says what Planhat refuses, and keeps the address to itself', async () => {
		answers(404, `Cannot POST ${path}`);
		const { error } = await trigger();
		expect(error?.message).toContain('Planhat did not start the automation');
		expect(error?.description).toContain("Check 'Webhook URL' and the body");
		expect(JSON.stringify([error, error?.message, error?.context])).not.toContain(secret);
	});

	it('is not sent again after a lost answer, but after 429', async () => {
		planhat.server.order({ method: 'POST', path, cut: 'afterApplying' });
		const lost = await trigger({ options: { maxWait: 5 } });
		expect(lost.error?.description).toContain('The automation may have started');
		expect(planhat.sent()).toHaveLength(1);
		planhat.server.order({ method: 'POST', path, answer: { status: 429, headers: { 'retry-after': '0' } } } as never);
		answers(200);
		expect((await trigger()).output[0]?.json.triggered).toBe(true);
	});

	it('follows no redirect, and obeys Read Only', async () => {
		planhat.server.order({
			method: 'POST',
			path,
			answer: { status: 307, headers: { location: `${planhat.server.baseUrl}/elsewhere` } },
		} as never);
		expect((await trigger()).error).toBeDefined();
		expect(planhat.sent()).toEqual([`POST ${path}`]);
		const { error } = await trigger({}, { credentials: { ...planhat.credentials, readOnly: true } });
		expect(error?.message).toContain('read only');
		expect(planhat.sent()).toHaveLength(1);
	});

	it('needs no API token', async () => {
		answers(200);
		const { output } = await trigger({}, { credentials: { ...planhat.credentials, apiToken: '' } });
		expect(output[0]?.json.triggered).toBe(true);
	});
});
