import { request as httpRequest } from 'node:http';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { models } from '../../dist/nodes/Planhat/resources/index.js';
import { events } from '../../dist/nodes/PlanhatTrigger/delivery/eventNames.js';
import { startTrigger, type TriggerOptions, type TriggerServer } from './webhookServer.mts';

const secret = 'correct horse';
const both = { webhookSecret: ` new one ,${secret}, ` };
const safeBody = { event: 'updated', model: 'company', externalId: 'acme', id: '5f0000000000000000000001' };

/** All that Planhat's step "Call a webhook" offers. */
const methods = ['POST', 'PUT', 'PATCH', 'DELETE', 'GET'];

let server: TriggerServer | undefined;

afterEach(async () => {
	await server?.close();
	server = undefined;
});

async function start(options: TriggerOptions = {}): Promise<TriggerServer> {
	server = await startTrigger({ credentials: { webhookSecret: secret }, ...options });
	return server;
}

type Headers = Record<string, string | string[]>;

/** Sends exactly these headers, several of a name too. */
async function deliver(
	body: unknown,
	headers: Headers = { 'X-Planhat-Secret': secret },
	{ method = 'POST', query = '' } = {},
) {
	const { url } = server ?? (await start());
	const isRaw = body === undefined || typeof body === 'string' || Buffer.isBuffer(body);
	const bytes = isRaw ? Buffer.from(body ?? '') : Buffer.from(JSON.stringify(body));
	const sent = {
		...(!isRaw && { 'Content-Type': 'application/json' }),
		// Node leaves it out where a method has no body as a rule.
		...(bytes.length > 0 && { 'Content-Length': String(bytes.length) }),
		...headers,
	};
	return await new Promise<{ status: number; text: string }>((resolve, reject) => {
		const outgoing = httpRequest(url + query, { method, headers: sent }, (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
		});
		outgoing.on('error', reject);
		outgoing.end(bytes);
	});
}

/** The items of the only execution, without their headers. */
function records() {
	expect(server?.failures).toEqual([]);
	expect(server?.executions).toHaveLength(1);
	return (server?.executions[0] ?? []).map(({ json: { headers, ...rest } }) => {
		expect(headers).toBeDefined();
		return rest;
	});
}

function requireNothingStarted() {
	expect(server?.executions).toEqual([]);
	expect(server?.failures).toEqual([]);
}

describe('the trigger with an actor to skip', () => {
	const actor = { id: '61006bc89a3e0b702ed8ea49', type: 'user' };
	const parameters = { options: { skipActors: 'n8n sync, 61006BC89a3e0b702ed8ea49' } };

	it('starts nothing for what one of them did, and answers why', async () => {
		await start({ parameters });
		for (const by of [actor, { name: 'n8n Sync' }, actor.id])
			expect(await deliver({ ...safeBody, actor: by })).toEqual({
				status: 200,
				text: expect.stringContaining('skips what this actor does'),
			});
		requireNothingStarted();
	});

	it('lets in what others did, and what nobody is named for', async () => {
		await start({ parameters });
		await deliver({ ...safeBody, actor: { id: '61006bc89a3e0b702ed8ea50', type: 'user' } });
		await deliver(safeBody);
		expect(server?.executions).toHaveLength(2);
	});

	it('lets everybody in where it is empty', async () => {
		await start();
		await deliver({ ...safeBody, actor });
		expect(records()).toEqual([expect.objectContaining({ actor })]);
	});

	it('tells who listens for a test call', async () => {
		await start({ parameters, isListening: true });
		await deliver({ ...safeBody, actor });
		expect(server?.executions).toEqual([]);
		expect(server?.failures).toEqual([
			expect.objectContaining({ message: "Received a call for a change of an actor in 'Skip Actors'" }),
		]);
	});
});

describe('verification', () => {
	it('lets a delivery with the secret in, and one with either secret of a rotation', async () => {
		await start({ credentials: both });
		for (const value of [secret, 'new one', `${secret}, new one`]) {
			expect((await deliver(safeBody, { 'x-planhat-SECRET': value })).status).toBe(200);
		}
		expect(server?.executions).toHaveLength(3);
	});

	it.each<[string, Headers]>([
		['no secret', {}],
		['an empty secret', { 'X-Planhat-Secret': '' }],
		['a wrong secret', { 'X-Planhat-Secret': 'wrong horse!!' }],
		['a shorter secret', { 'X-Planhat-Secret': secret.slice(0, -1) }],
		['a longer secret', { 'X-Planhat-Secret': `${secret}!` }],
		['a comma', { 'X-Planhat-Secret': ',' }],
		['both secrets without the comma', { 'X-Planhat-Secret': `new one ${secret}` }],
		['a right and a wrong secret', { 'X-Planhat-Secret': [secret, 'wrong'] }],
		['many guesses in one header', { 'X-Planhat-Secret': ['a', 'b', secret] }],
		['the secret in another header', { Authorization: secret }],
	])('refuses %s with 401, says nothing of why, and starts nothing', async (_, headers) => {
		await start({ credentials: both });
		for (const method of methods) {
			const { status, text } = await deliver(safeBody, headers, { method });
			expect([status, text]).toEqual([401, '{"message":"Unauthorized"}']);
		}
		requireNothingStarted();
	});

	it('takes a header that comes several times, when each value is good', async () => {
		await deliver(safeBody, { 'X-Planhat-Secret': [secret, secret] });
		expect(records()).toHaveLength(1);
	});

	it('reads a header of which Node makes a list', async () => {
		await start({ parameters: { headerName: 'Set-Cookie' } });
		expect((await deliver(safeBody, { 'Set-Cookie': [secret, 'wrong'] })).status).toBe(401);
		expect((await deliver(safeBody, { 'Set-Cookie': [secret, secret] })).status).toBe(200);
		expect(server?.executions[0]?.[0]?.json.headers).not.toHaveProperty('set-cookie');
	});

	it('takes a secret with letters that are no ASCII, in either encoding of the header', async () => {
		await start({ credentials: { webhookSecret: 'Schlüssel' } });
		for (const value of ['Schlüssel', Buffer.from('Schlüssel', 'utf8').toString('latin1')]) {
			expect((await deliver(safeBody, { 'X-Planhat-Secret': value })).status).toBe(200);
		}
		expect(JSON.stringify(server?.executions)).not.toMatch(/Schl/);
	});

	it.each<[ICredentialDataDecryptedObject | undefined, ICredentialDataDecryptedObject | undefined]>([
		[{ webhookSecret: '' }, undefined],
		[{ webhookSecret: ' , ,' }, undefined],
		[{}, undefined],
		[undefined, undefined],
		[undefined, { webhookSecret: '', apiToken: 'token' }],
		[{ webhookSecret: '' }, { webhookSecret: secret }],
	])('refuses everything while the credentials are %j and %j', async (credentials, apiCredentials) => {
		await start({ credentials, apiCredentials });
		for (const value of ['', ',', 'undefined', 'null', ' ', secret, 'token']) {
			expect((await deliver(safeBody, { 'X-Planhat-Secret': value })).status).toBe(401);
		}
		requireNothingStarted();
	});

	it('goes on with a secret that is in a Planhat API credential, as workflows from before have it', async () => {
		await start({ credentials: undefined, apiCredentials: { webhookSecret: secret, apiToken: 'token' } });
		await server?.publish();
		expect((await deliver(safeBody, { 'X-Planhat-Secret': 'token' })).status).toBe(401);
		expect((await deliver(safeBody)).status).toBe(200);
		expect(records()).toHaveLength(1);
	});

	it('takes the secret of the Planhat Webhook API credential alone, where both are chosen', async () => {
		await start({ credentials: { webhookSecret: 'the new one' }, apiCredentials: { webhookSecret: secret } });
		expect((await deliver(safeBody)).status).toBe(401);
		expect((await deliver(safeBody, { 'X-Planhat-Secret': 'the new one' })).status).toBe(200);
	});

	it('refuses 17 MB of a stranger with 401, and of Planhat with 413, and starts nothing', async () => {
		const body = Buffer.alloc(17 * 1024 * 1024, 'x');
		expect((await deliver(body, { 'X-Planhat-Secret': 'wrong' })).status).toBe(401);
		const { status, text } = await deliver(body);
		expect([status, text]).toEqual([413, expect.stringMatching(/larger than n8n accepts.*N8N_PAYLOAD_SIZE_MAX/)]);
		requireNothingStarted();
	});

	it('does not read the body of a stranger', async () => {
		await start();
		for (const body of ['{broken', gzipSync('x').subarray(0, 5)]) {
			const headers = { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' };
			expect((await deliver(body, headers)).status).toBe(401);
		}
		requireNothingStarted();
	});

	it('starts nothing when a body breaks off, and takes it when it comes again', async () => {
		const { url } = await start();
		const headers = { 'X-Planhat-Secret': secret, 'Content-Type': 'application/json', 'Content-Length': '100' };
		const outgoing = httpRequest(url, { method: 'POST', headers });
		const ended = new Promise((resolve) => outgoing.on('close', resolve).on('error', resolve));
		outgoing.write('{"id":"1"', () => setTimeout(() => outgoing.destroy(), 100));
		await ended;
		expect((await deliver(safeBody)).status).toBe(200);
		expect(records()).toHaveLength(1);
	});

	it('refuses everything while the credential cannot be read, and recovers', async () => {
		let broken = true;
		await start({
			onCredentialsRead: () => {
				if (broken) throw new Error('no such credential');
			},
		});
		expect((await deliver(safeBody)).status).toBe(401);
		requireNothingStarted();
		broken = false;
		expect((await deliver(safeBody)).status).toBe(200);
	});

	it('reads the credential once for a burst of deliveries', async () => {
		const onCredentialsRead = jest.fn();
		await start({ onCredentialsRead });
		await Promise.all(Array.from({ length: 20 }, async () => await deliver(safeBody)));
		expect(server?.executions).toHaveLength(20);
		expect(onCredentialsRead).toHaveBeenCalledTimes(1);
	});

	it('asks for nothing with authentication None, not even a credential', async () => {
		await start({ parameters: { authentication: 'none' }, credentials: undefined });
		await deliver(safeBody, {});
		expect(records()).toHaveLength(1);
	});

	it.each(['secret', '', 'NONE', 'no', null, 0])(
		'verifies whatever authentication says but none: %j',
		async (value) => {
			await start({ parameters: { authentication: value as string } });
			expect((await deliver(safeBody, {})).status).toBe(401);
			requireNothingStarted();
		},
	);

	it('shows no secret in any item, under any name', async () => {
		await start({ credentials: both, parameters: { headerName: ' x-Our-KEY: ' } });
		const headers = {
			'X-OUR-key': secret,
			'X-Forwarded-Secret': `the ${secret}`,
			Authorization: 'Basic abc',
			Cookie: 'a=b',
			'X-Kept': 'kept',
		};
		const query = `?token=${encodeURIComponent(secret)}&kept=1`;
		expect((await deliver([safeBody, safeBody], headers, { query })).status).toBe(200);
		const items = server?.executions[0] ?? [];
		expect(items).toHaveLength(2);
		for (const { json } of items) {
			expect(JSON.stringify(json)).not.toMatch(/correct|Basic|a=b/);
			expect(Object.keys(json.headers ?? {})).not.toContain('x-our-key');
			expect(json).toMatchObject({ headers: { 'x-kept': 'kept' }, query: { kept: '1' } });
		}
	});

	it('shows no secret that is deep in the address, in base64 or escaped', async () => {
		const long = 'correct horse battery';
		await start({ credentials: { webhookSecret: long } });
		const encoded = encodeURIComponent(long);
		const basic = Buffer.from(`planhat:${long}`).toString('base64');
		const query = `?a[b][c]=${encoded}&a[b][kept]=1&list[]=x&list[]=${encoded}&auth=${encodeURIComponent(basic)}&gone[x]=${encoded}`;
		const headers = {
			'X-Planhat-Secret': long,
			'X-Auth': `Basic ${basic}`,
			'X-Token': Buffer.from(JSON.stringify({ id: 1, token: long })).toString('base64url'),
			Referer: `https://example.com/?token=${encoded}`,
			'X-Kept': 'kept',
		};
		expect((await deliver(safeBody, headers, { query })).status).toBe(200);
		const json = server?.executions[0]?.[0]?.json;
		expect(json?.query).toEqual({ a: { b: { kept: '1' } } });
		const shown = Object.keys(json?.headers ?? {});
		expect(shown).toContain('x-kept');
		expect(shown.filter((name) => ['x-auth', 'x-token', 'referer', 'x-planhat-secret'].includes(name))).toEqual([]);
	});

	it('leaves IDs and keys as they are that happen to hold a short secret', async () => {
		await start({ credentials: { webhookSecret: '000' } });
		const id = '5f0000000000000000000001';
		const query = `?id=${id}&externalId=ABC-000&name=ABC%20000&page[size]=1000&x000=1&secret=000`;
		const headers = { 'X-Planhat-Secret': '000', 'X-Record': id, 'X-Amount': '1,000', 'X-Copy': 'Bearer 000' };
		await deliver({ event: 'updated', id, object: { _id: id, key: '000', '000': 1 } }, headers, { query });
		const json = server?.executions[0]?.[0]?.json;
		expect(json).toMatchObject({ _id: id, record: { _id: id, key: '000', '000': 1 } });
		expect(json?.query).toEqual({ id, externalId: 'ABC-000', name: 'ABC 000', page: { size: '1000' }, x000: '1' });
		expect(json?.headers).toMatchObject({ 'x-record': id, 'x-amount': '1,000' });
		expect(json?.headers).not.toHaveProperty('x-copy');
	});

	it('does not hide a header of another name than the one that is checked', async () => {
		await start({ parameters: { headerName: 'X-Ours' } });
		await deliver(safeBody, { 'X-Ours': secret, 'X-Planhat-Secret': 'something else' });
		expect(server?.executions[0]?.[0]?.json.headers).toMatchObject({ 'x-planhat-secret': 'something else' });
	});
});

describe('publishing', () => {
	it.each<ICredentialDataDecryptedObject>([{ webhookSecret: '' }, { webhookSecret: ' ,' }, {}])(
		'says that a secret is missing: %j',
		async (credentials) => {
			for (const credential of [{ credentials }, { credentials: undefined, apiCredentials: credentials }]) {
				await start(credential);
				await expect(server?.publish()).rejects.toThrow(
					/^The Planhat credential has no webhook secret.*Select a credential under 'Credential for Planhat Webhook API'/,
				);
				await server?.close();
			}
		},
	);

	it('says that no credential is chosen', async () => {
		await start({ credentials: undefined });
		await expect(server?.publish()).rejects.toThrow(/^No credential is chosen, so every call would be refused/);
	});

	it('says that a header cannot have the name', async () => {
		await start({ parameters: { headerName: 'X Planhat Secret' } });
		await expect(server?.publish()).rejects.toThrow("'Header Name' is not a name that a header can have");
	});

	it('goes on with a secret, and without one where none is asked for', async () => {
		await start({ parameters: { headerName: 'X-Planhat-Secret:' } });
		await server?.publish();
		await server?.close();
		await start({ parameters: { authentication: 'none' }, credentials: undefined });
		await server?.publish();
	});
});

describe('a workflow', () => {
	const wanted = { events: ['created', 'deleted'], models: ['enduser', 'note'] };

	it.each([
		{ event: 'created', model: 'EndUser' },
		{ event: 'EndUser.created' },
		{ event: 'end user deleted' },
		{ event: 'createdOrUpdated', model: '/endusers' },
		{ model: 'end_users' },
		{ event: 'Created' },
		{ event: '', model: '' },
		{ event: 'created', model: 'Conversation', object: { type: 'note' } },
		{ event: 'created', model: 'conversation', id: '5f0000000000000000000001' },
		{ event: 'something else' },
		{ event: 'End user changed' },
		{ event: 'updated, deleted' },
		{ event: 'updated/deleted' },
		{ event: ['updated'] },
		{ event: 'created', model: 'Something Else' },
		{ event: 'created', model: 'Companies and End Users' },
		{ event: 'created', model: { name: 'company' } },
		{ event: 'enduser.created', model: 'Company' },
		{ id: '1' },
	])('is started by %j', async (body) => {
		await start({ parameters: wanted });
		await deliver(body);
		expect(records()).toHaveLength(1);
	});

	it.each([
		{ event: 'updated', model: 'EndUser' },
		{ event: 'created', model: 'Company' },
		{ event: 'company.created' },
		{ event: 'created', model: 'Ticket' },
		{ event: 'workflow.updated' },
		{ event: 'company.created', model: 'Task' },
		{ event: 'created', model: 'Conversation', object: { type: 'email' } },
	])('is not started by %j, which is answered with 200', async (body) => {
		await start({ parameters: { ...wanted, options: { responseCode: 202, responseBody: 'mine' } } });
		const { status, text } = await deliver(body);
		expect(status).toBe(200);
		expect(text).toMatch(/does not listen/);
		requireNothingStarted();
	});

	it('is told of created or updated both ways', async () => {
		await start({ parameters: { events: ['createdOrUpdated'] } });
		for (const event of ['created', 'updated', 'created or updated', 'deleted']) await deliver({ event });
		expect(server?.executions.map(([item]) => item?.json.event)).toEqual(['created', 'updated', 'createdOrUpdated']);
	});

	it('gets the records that it waits for out of a list', async () => {
		await start({ parameters: { models: ['company'] } });
		await deliver([{ model: 'Company', id: '1' }, { model: 'Task', id: '2' }, { id: '3' }]);
		expect(records().map(({ _id }) => _id)).toEqual(['1', '3']);
	});

	it('can choose each event and each model', async () => {
		for (const { value } of events) {
			await start({ parameters: { events: [value], models: models.map(({ resource }) => resource) } });
			for (const { name, resource } of models) await deliver({ event: value, model: name, id: resource });
			expect(server?.executions.map(([item]) => item?.json.model)).toEqual(models.map(({ resource }) => resource));
			await server?.close();
		}
	});
});

describe('items', () => {
	it('are one for the body that the panel proposes', async () => {
		await deliver({ ...safeBody, event: 'company.updated' });
		expect(records()).toEqual([{ event: 'updated', model: 'company', _id: safeBody.id, externalId: 'acme' }]);
	});

	it('hold record, previous, changed, actor, automation and time of a body that has them', async () => {
		const object = { _id: 'a', name: 'Tenet', custom: { 'Days in Phase': 0 } };
		await deliver({
			event: 'Updated',
			model: 'Company',
			object,
			oldDoc: { phase: 'Live' },
			update: { phase: 'Churn' },
			actor: { type: 'user' },
			automation: 'b',
			time: '2026-01-01',
			mine: 1,
		});
		expect(records()).toEqual([
			{
				event: 'updated',
				model: 'company',
				_id: 'a',
				record: object,
				previous: { phase: 'Live' },
				changed: { phase: 'Churn' },
				actor: { type: 'user' },
				automation: 'b',
				time: '2026-01-01',
				mine: 1,
			},
		]);
	});

	it('are one for each element of a list', async () => {
		await deliver([{ _id: '1', name: 'One' }, { event: 'created', id: '2' }, 5]);
		expect(records()).toEqual([
			{ _id: '1', record: { _id: '1', name: 'One' } },
			{ event: 'created', _id: '2' },
			{ body: 5 },
		]);
	});

	it.each([
		['a text', '"text"', 'application/json', { body: 'text' }],
		['a number', '5', 'application/json', { body: 5 }],
		['false', 'false', 'application/json', { body: false }],
		['null', 'null', 'application/json', { body: null }],
		['an empty list', '[]', 'application/json', { body: [] }],
		['an empty object', '{}', 'application/json', { body: {} }],
		['an object of another shape', '{"a":{"b":1}}', 'application/json', { body: { a: { b: 1 } } }],
		['plain text', 'hello', 'text/plain', { body: 'hello' }],
		['JSON as text', '{"event":"created","id":"1"}', 'text/plain', { event: 'created', _id: '1' }],
		['JSON without a type', '{"event":"created","id":"1"}', '', { event: 'created', _id: '1' }],
		['JSON of a type of its own', '{"event":"created"}', 'application/vnd.planhat+json', { event: 'created' }],
		[
			'a form',
			'event=created&id=1&tag=a&tag=b',
			'application/x-www-form-urlencoded',
			{ event: 'created', _id: '1', tag: ['a', 'b'] },
		],
		[
			'JSON sent as a form',
			'{"event":"created","id":"1"}',
			'application/x-www-form-urlencoded',
			{ event: 'created', _id: '1' },
		],
		['broken JSON as text', '{"event":"a"b"}', 'text/plain', { body: '{"event":"a"b"}' }],
		[
			'broken JSON',
			'{"event":"created","name":"He said "hi""}',
			'application/json',
			{ body: '{"event":"created","name":"He said "hi""}', unparsed: true },
		],
		['broken JSON without a type', '{"a":"b"c"}', '', { body: '{"a":"b"c"}', unparsed: true }],
		[
			'broken JSON sent as a form',
			'{"a":"b"c"}',
			'application/x-www-form-urlencoded',
			{ body: '{"a":"b"c"}', unparsed: true },
		],
		['text that says it is JSON', 'hello', 'application/json; charset=utf-8', { body: 'hello', unparsed: true }],
		['blanks that say they are JSON', ' \n', 'application/json', {}],
		['XML', '<a>1</a>', 'text/xml', { body: '<a>1</a>' }],
		['nothing', '', 'application/json', {}],
		[
			'a record in quotes',
			JSON.stringify({ object: '{"_id":"1"}' }),
			'application/json',
			{ _id: '1', record: { _id: '1' } },
		],
	])('survive %s', async (_, body, type, item) => {
		await deliver(body, { 'X-Planhat-Secret': secret, ...(type && { 'Content-Type': type }) });
		expect(records()).toEqual([item]);
	});

	it('hold the whole of a body that was packed, and of a form with more fields than n8n reads', async () => {
		const fields = Array.from({ length: 3_000 }, (_, index) => `f${index}=${index}`).join('&');
		const type = { 'X-Planhat-Secret': secret, 'Content-Type': 'application/x-www-form-urlencoded' };
		await deliver(gzipSync(fields), { ...type, 'Content-Encoding': 'gzip' });
		expect(Object.keys(records()[0]?.body ?? {})).toHaveLength(3_000);
	});

	it.each([
		['Latin-1', 'application/json; charset=iso-8859-1', Buffer.from('{"id":"1","name":"Müller"}', 'latin1')],
		['Latin-1 in quotes', 'application/json;charset="ISO-8859-1"', Buffer.from('{"id":"1","name":"Müller"}', 'latin1')],
		['UTF-16', 'application/json; charset=utf-16le', Buffer.from('{"id":"1","name":"Müller"}', 'utf16le')],
		['an unknown charset', 'application/json; charset=planhat', Buffer.from('{"id":"1","name":"Müller"}')],
		[
			'Latin-1 that says it is UTF-8',
			'application/json; charset=utf-8',
			Buffer.from('{"id":"1","name":"Müller"}', 'latin1'),
		],
		['Latin-1 that says nothing', 'application/json', Buffer.from('{"id":"1","name":"Müller"}', 'latin1')],
		['a byte order mark', 'application/json', Buffer.from('\uFEFF{"id":"1","name":"Müller"}')],
	])('are read from %s', async (_, type, body) => {
		await deliver(body, { 'X-Planhat-Secret': secret, 'Content-Type': type });
		expect(records()).toEqual([{ _id: '1', name: 'Müller' }]);
	});

	const packed = Buffer.from(JSON.stringify({ event: 'created', id: '1' }));

	it.each([
		['gzip', gzipSync(packed)],
		['X-GZIP', gzipSync(packed)],
		['deflate', deflateSync(packed)],
		['deflate', deflateRawSync(packed)],
		['identity', packed],
		['deflate, gzip', gzipSync(deflateSync(packed))],
		['gzip', packed],
		['zstd', packed],
	])('are read from a body whose header says %s', async (encoding, body) => {
		await deliver(body, {
			'X-Planhat-Secret': secret,
			'Content-Type': 'application/json',
			'Content-Encoding': encoding,
		});
		expect(server?.executions[0]?.[0]?.json.headers).toMatchObject({ 'content-encoding': encoding });
		expect(records()).toEqual([{ event: 'created', _id: '1' }]);
	});

	it.each([
		['zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xff, 0x00])],
		['gzip', gzipSync(packed).subarray(0, -9)],
		['gzip', gzipSync(Buffer.alloc(17 * 1024 * 1024))],
	])('have a body as a file that is packed with %s and cannot be unpacked', async (encoding, body) => {
		await deliver(body, {
			'X-Planhat-Secret': secret,
			'Content-Type': 'application/json',
			'Content-Encoding': encoding,
		});
		expect(server?.executions[0]?.[0]?.binary?.data?.data).toBe(body.toString('base64'));
		expect(records()).toEqual([{ unparsed: true }]);
	});

	it('are read from a body that is packed with br, by a Node that knows it, and else have it as a file', async () => {
		const body = brotliCompressSync(packed);
		await deliver(body, { 'X-Planhat-Secret': secret, 'Content-Type': 'application/json', 'Content-Encoding': 'br' });
		const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
		const isKnown = major > 24 || (major === 24 && minor >= 7) || (major === 22 && minor >= 20);
		expect(server?.executions[0]?.[0]?.binary?.data?.data).toBe(isKnown ? undefined : body.toString('base64'));
		expect(records()).toEqual([isKnown ? { event: 'created', _id: '1' } : { unparsed: true }]);
	});

	it('have fields and files of a form with files', async () => {
		const form = new FormData();
		form.append('event', 'created');
		form.append('id', '1');
		form.append('list', new Blob([Buffer.from([0xff, 0x00])], { type: 'text/csv' }), 'a.csv');
		const request = new Request('http://127.0.0.1', { method: 'POST', body: form });
		const type = request.headers.get('content-type') ?? '';
		await deliver(Buffer.from(await request.arrayBuffer()), { 'X-Planhat-Secret': secret, 'Content-Type': type });
		expect(server?.executions[0]?.[0]?.binary?.list_0).toMatchObject({
			fileName: 'a.csv',
			mimeType: 'text/csv',
			data: '/wA=',
		});
		expect(records()).toEqual([{ event: 'created', _id: '1' }]);
	});

	it('have the text of a form with files that is none', async () => {
		await deliver('no form', { 'X-Planhat-Secret': secret, 'Content-Type': 'multipart/form-data; boundary=x' });
		expect(records()).toEqual([{ body: 'no form', unparsed: true }]);
	});

	it('have a picture as a file', async () => {
		const bytes = Buffer.from([0xff, 0xd8, 0xff, 0x00]);
		await deliver(bytes, { 'X-Planhat-Secret': secret, 'Content-Type': 'image/jpeg' });
		expect(server?.executions[0]?.[0]?.binary?.data).toMatchObject({
			mimeType: 'image/jpeg',
			data: bytes.toString('base64'),
		});
		expect(records()).toEqual([{}]);
	});

	it.each(methods)('are the same by %s', async (method) => {
		await deliver(safeBody, undefined, { method });
		expect(records()).toEqual([{ event: 'updated', model: 'company', _id: safeBody.id, externalId: 'acme' }]);
	});

	it.each(methods)('are read from the address where %s brings no body', async (method) => {
		const query = `?event=company.updated&id=1&token=${encodeURIComponent(secret)}`;
		await deliver(undefined, undefined, { method, query });
		expect(records()).toEqual([
			{ event: 'updated', model: 'company', _id: '1', query: { event: 'company.updated', id: '1' } },
		]);
	});

	it('are filtered by what the address says, where there is no body', async () => {
		await start({ parameters: { events: ['created'] } });
		expect((await deliver(undefined, undefined, { method: 'GET', query: '?event=deleted' })).text).toMatch(
			/does not listen/,
		);
		requireNothingStarted();
	});

	it('are read where options were stored without Read Any Body, but n8n refuses broken JSON before', async () => {
		await start({ parameters: { options: { responseCode: 202 } } });
		const headers = { 'X-Planhat-Secret': secret, 'Content-Type': 'application/json' };
		await deliver(gzipSync(packed), { ...headers, 'Content-Encoding': 'gzip' });
		expect(records()).toEqual([{ event: 'created', _id: '1' }]);
		expect((await deliver('{"a":"b"c"}', headers)).status).toBe(422);
	});

	it('hold the text of what is nested too deeply to be stored', async () => {
		const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
		await deliver(deep, { 'X-Planhat-Secret': secret, 'Content-Type': 'application/json' });
		expect(records()[0]?.body === deep).toBe(true);
	});

	it('hold the text of what is nested deeply inside an object', async () => {
		const deep = `{"event":"created","object":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}`;
		await deliver(deep, { 'X-Planhat-Secret': secret, 'Content-Type': 'application/json' });
		expect(records()).toEqual([{ body: deep }]);
	});

	it('are as many as a list of 10,000 has, and one for a longer one', async () => {
		const list = Array.from({ length: 10_000 }, (_, index) => ({ id: String(index) }));
		await deliver(list);
		expect(records().map(({ _id }) => _id)).toEqual(list.map(({ id }) => id));
		server?.executions.splice(0);
		await deliver([...list, { id: 'last' }]);
		expect(records()[0]?.body).toHaveLength(10_001);
	});

	it('are as many as lists in a list have together, up to 10,000, and one for more', async () => {
		const lists = [3_000, 7_000].map((length) => ({ event: 'created', record: Array.from({ length }, () => ({})) }));
		await deliver(lists);
		expect(records()).toHaveLength(10_000);
		server?.executions.splice(0);
		await deliver([...lists, { event: 'created' }]);
		expect(records()).toHaveLength(1);
		expect(records()[0]?.body).toHaveLength(3);
	});

	it('survive 16 MB', async () => {
		const name = 'x'.repeat(16 * 1024 * 1024 - 100);
		await deliver({ event: 'created', object: { _id: '1', name } });
		expect(records()[0]?.record).toHaveProperty('name', name);
	});

	it('keep every digit of a number', async () => {
		await deliver('{"event":"updated","id":12345678901234567890}');
		expect(records()).toEqual([{ event: 'updated', _id: '12345678901234567890' }]);
	});

	it('come with their body as text where a name stands twice in it, once', async () => {
		const body = '{"event":"updated","name":"a","name":"b","object":[{"_id":"1"},{"_id":"2"}]}';
		await deliver(body);
		expect(records()).toEqual([
			{ event: 'updated', _id: '1', record: { _id: '1' }, name: 'b', body },
			{ event: 'updated', _id: '2', record: { _id: '2' }, name: 'b' },
		]);
	});

	it('share nothing, so that a change of one leaves the others', async () => {
		await deliver([{ id: '1' }, { id: '2' }], undefined, { query: '?a=1' });
		const [one, other] = server?.executions[0] ?? [];
		expect(one?.json.headers).not.toBe(other?.json.headers);
		expect(one?.json.query).not.toBe(other?.json.query);
	});
});

describe('the answer', () => {
	it.each([
		['text', 'thank you', '"thank you"'],
		['JSON', '{ "received": true }', '{"received":true}'],
	])('is the one that the user chose: %s', async (_, responseBody, text) => {
		await start({ parameters: { options: { responseBody } } });
		expect(await deliver(safeBody)).toEqual({ status: 200, text });
	});
});

/** `npm run fuzz` asks for 10,000. */
const numRuns = Number(process.env.FUZZ_RUNS ?? 300);
const patience = 20_000 + numRuns * 20;

describe('the trigger, whatever comes,', () => {
	const headerNames = fc
		.stringMatching(/^[a-z][a-z-]{0,20}$/)
		.filter(
			(name) =>
				!/^(connection|content-length|expect|host|keep-alive|te|trailer|transfer-encoding|upgrade|content-encoding)$/.test(
					name,
				),
		);
	const headerValues = fc.stringMatching(/^[\x21-\x7e\x80-\xff]{0,40}$/);
	const types = fc.constantFrom(
		'application/json',
		'text/plain',
		'application/x-www-form-urlencoded',
		'multipart/form-data',
		'image/png',
		'',
	);
	const bodies = fc.oneof(
		fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
		fc.json().map((text) => Buffer.from(text)),
		fc
			.record(
				{
					event: fc.jsonValue(),
					model: fc.jsonValue(),
					object: fc.jsonValue(),
					id: fc.jsonValue(),
					headers: fc.jsonValue(),
					__proto__: fc.jsonValue(),
				},
				{ requiredKeys: [] },
			)
			.map((body) => Buffer.from(JSON.stringify(body))),
	);

	it(
		'never throws, and starts nothing without the secret',
		async () => {
			await start();
			await fc.assert(
				fc.asyncProperty(
					bodies,
					types,
					fc.dictionary(headerNames, headerValues),
					headerValues,
					async (body, type, headers, guess) => {
						const sent = { ...headers, 'X-Planhat-Secret': guess, 'Content-Type': type || 'a/b' };
						expect((await deliver(body, sent)).status).toBe(401);
					},
				),
				{ numRuns },
			);
			requireNothingStarted();
		},
		patience,
	);

	it(
		'never throws with the secret, and loses no byte of what is JSON',
		async () => {
			await start();
			await fc.assert(
				fc.asyncProperty(bodies, types, fc.dictionary(headerNames, headerValues), async (body, type, headers) => {
					server?.executions.splice(0);
					const sent = { ...headers, 'X-Planhat-Secret': secret, 'Content-Type': type || 'a/b' };
					const { status } = await deliver(body, sent);
					expect(status).toBe(200);
					expect(server?.failures).toEqual([]);
					expect(server?.executions).toHaveLength(1);
					expect(JSON.stringify(server?.executions)).not.toContain(secret);
				}),
				{ numRuns },
			);
		},
		patience,
	);

	it(
		'keeps every value of a JSON body somewhere in its items',
		async () => {
			await start();
			const names = fc.oneof(
				fc.constantFrom(
					'event',
					'model',
					'id',
					'_id',
					'object',
					'record',
					'headers',
					'query',
					'update',
					'changed',
					'body',
				),
				fc.string(),
			);
			await fc.assert(
				fc.asyncProperty(
					fc.dictionary(
						names,
						fc.nat().map((number) => `value-${number}`),
						{ maxKeys: 12 },
					),
					async (body) => {
						server?.executions.splice(0);
						await deliver(body);
						const seen = JSON.stringify(server?.executions);
						for (const value of Object.values(body)) expect(seen).toContain(value);
					},
				),
				{ numRuns },
			);
		},
		patience,
	);
});

describe('a test call that somebody in the editor listens for', () => {
	it('is told with what it said where the workflow does not wait for it', async () => {
		await start({ parameters: { events: ['updated'], models: ['company'] }, isListening: true });
		await deliver({ event: 'deleted', model: 'task', id: '1' });
		expect(server?.executions).toEqual([]);
		expect(server?.failures).toMatchObject([
			{
				message: 'Received a call that this workflow does not listen for (event: deleted, model: task)',
				description: expect.stringMatching(/'Trigger On' or 'Models'.*listen again/),
			},
		]);
	});

	it('is told where it has not the right secret, and the secret is not', async () => {
		await start({ parameters: { headerName: 'X-Our-Key' }, isListening: true });
		await deliver(safeBody, { 'X-Our-Key': 'a wrong one' });
		expect(server?.executions).toEqual([]);
		const [failure] = server?.failures ?? [];
		expect(failure).toMatchObject({ message: "Received a call without the right secret in the header 'X-Our-Key'" });
		expect(JSON.stringify(failure)).not.toMatch(new RegExp(`a wrong one|${secret}`));
	});

	it('starts the workflow where it matches', async () => {
		await start({ parameters: { events: ['updated'] }, isListening: true });
		expect((await deliver(safeBody)).status).toBe(200);
		expect(server?.failures).toEqual([]);
		expect(server?.executions.length).toBe(1);
	});
});
