import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';

import { mapperColumnsOf } from './editor.mts';
import { optionsInEditor, searchInEditor } from './harness.mts';
import { bench, itemsOf } from './planhat.mts';
import { PollingWorkflow } from './pollHarness.mts';

const planhat = bench();

/** Stored as n8n has it after somebody has signed in. */
let connection: ICredentialDataDecryptedObject;

function connect(more: ICredentialDataDecryptedObject = {}): ICredentialDataDecryptedObject {
	const { server } = planhat;
	const clientId = randomUUID();
	server.oauth.clients.unshift({ id: clientId, secret: 'secret-of-the-client' });
	return {
		clientId,
		clientSecret: 'secret-of-the-client',
		region: 'custom',
		baseUrl: server.baseUrl,
		analyticsUrl: server.analyticsUrl,
		callsPerMinute: 0,
		oauthTokenData: { ...server.oauth.connect() },
		...more,
	};
}

beforeEach(() => {
	connection = connect();
});

const create: INodeParameters = { resource: 'company', operation: 'create', json: '={{ $json }}' };
const list: INodeParameters = { resource: 'company', operation: 'getAll', returnAll: true };
const rows = (count: number) => itemsOf(Array.from({ length: count }, (_none, n) => ({ name: `Company ${n}` })));
const names = () => planhat.server.records('companies').map(({ name }) => name);
const calls = () => planhat.server.requests.filter(({ path }) => path !== '/oauth/token');

describe('a run with OAuth2', () => {
	it.each(['customOperations', 'routing'] as const)('sends with the token of the connection: %s', async (way) => {
		planhat.server.insert('companies', [{ name: 'Acme' }]);
		const { output, error } = await planhat.run(list, { credentials: connection, way });
		expect(error).toBeUndefined();
		expect(output.map(({ json }) => json.name)).toEqual(['Acme']);
		const { access_token } = connection.oauthTokenData as { access_token: string };
		expect(planhat.lastRequest().headers.authorization).toBe(`Bearer ${access_token}`);
	});

	it.each(['customOperations', 'routing'] as const)(
		'renews a token that has expired, and doubles nothing: %s',
		async (way) => {
			planhat.server.oauth.expire();
			const { output, errors, error } = await planhat.run(create, { credentials: connection, way, items: rows(3) });
			expect(error).toBeUndefined();
			expect(errors).toEqual([]);
			expect(output).toHaveLength(3);
			expect(names().sort()).toEqual(['Company 0', 'Company 1', 'Company 2']);
			expect(planhat.server.oauth.renewals).toBe(1);
		},
	);

	it('renews again and again, each time with the refresh token that came last', async () => {
		let created = 0;
		planhat.server.order({
			method: 'POST',
			path: '/companies',
			times: 'always',
			body: () => {
				created += 1;
				if (created % 4 === 0) planhat.server.oauth.expire();
				return false;
			},
		});
		const { output, error } = await planhat.run(create, { credentials: connection, items: rows(12) });
		expect(error).toBeUndefined();
		expect(output).toHaveLength(12);
		expect(new Set(names()).size).toBe(12);
		expect(names()).toHaveLength(12);
		expect(planhat.server.oauth.renewals).toBeGreaterThan(2);
		// One call more for each renewal: the new token is learnt at once.
		expect(calls()).toHaveLength(12 + planhat.server.oauth.renewals);
	});

	it('says "reconnect" when access is revoked in the middle, and which rows went', async () => {
		planhat.server.order({
			method: 'POST',
			path: '/companies',
			body: (text) => String(JSON.stringify(text)).includes('Company 2'),
			answer: { status: 200, applied: true },
		});
		let seen = 0;
		planhat.server.order({
			method: 'POST',
			path: '/companies',
			times: 'always',
			body: () => {
				seen += 1;
				if (seen === 4) planhat.server.oauth.revoke();
				return false;
			},
		});
		const { output, errors } = await planhat.run(create, {
			credentials: connection,
			items: rows(6),
			onError: 'continueErrorOutput',
		});
		expect(output.length + errors.length).toBe(6);
		expect(output.length).toBe(names().length);
		expect(output.length).toBeGreaterThan(0);
		expect(errors.length).toBeGreaterThan(0);
		for (const { json } of errors) expect(JSON.stringify(json)).toMatch(/econnect/);
		expect(new Set(names()).size).toBe(names().length);
	});

	it('fails the rows of Create or Update with "reconnect" when access was revoked', async () => {
		planhat.server.oauth.revoke();
		const { error } = await planhat.run(
			{ resource: 'company', operation: 'upsert', json: '={{ $json }}' },
			{ credentials: connection, items: itemsOf([{ name: 'Acme', externalId: 'acme' }]) },
		);
		expect(`${error?.message} ${error?.description}`).toMatch(/econnect/);
		expect(names()).toEqual([]);
	});

	it('tries again when the token server is out of order, and blames no other run for it', async () => {
		planhat.server.oauth.expire();
		planhat.server.order({ method: 'POST', path: '/oauth/token', answer: { status: 503, body: 'Busy' } });
		const { output, error } = await planhat.run(create, { credentials: connection, items: rows(2) });
		expect(error).toBeUndefined();
		expect(output).toHaveLength(2);
		expect(names().sort()).toEqual(['Company 0', 'Company 1']);
	});

	it('does not wait for a token server for ever, and sends each row once when it answers at last', async () => {
		planhat.server.oauth.expire();
		planhat.server.order({ method: 'POST', path: '/oauth/token', latency: 1_000 });
		const { output } = await planhat.run(
			{ ...create, requestOptions: { timeout: 200 }, options: { maxWait: 60 } },
			{ credentials: connection, items: rows(1) },
		);
		expect(output).toHaveLength(1);
		await sleep(1_000);
		expect(names()).toEqual(['Company 0']);
	});

	it('says that there is no new token where the token server does not answer, and blames no other run', async () => {
		planhat.server.oauth.expire();
		planhat.server.order({ method: 'POST', path: '/oauth/token', latency: 700 });
		const { errors } = await planhat.run(
			{ ...create, requestOptions: { timeout: 200 }, options: { maxWait: 0 } },
			{ credentials: connection, items: rows(1), onError: 'continueErrorOutput' },
		);
		expect(errors.map(({ json }) => [json.error, json.details])).toEqual([
			[expect.stringContaining('Planhat did not give n8n a new one just now'), { outcome: 'failed', keys: {} }],
		]);
		expect((await planhat.run(create, { credentials: connect(), items: rows(1) })).output).toHaveLength(1);
		// Others with this ID of a credential would wait for the same renewal.
		await sleep(1_000);
	});

	it('asks nobody before it is connected', async () => {
		delete connection.oauthTokenData;
		const { error } = await planhat.run(list, { credentials: connection });
		expect(error?.message).toContain('The Planhat OAuth2 credential is not connected');
		expect(planhat.server.requests).toEqual([]);
	});

	it('writes nothing where the credential is Read Only', async () => {
		const { error } = await planhat.run(create, { credentials: { ...connection, readOnly: true }, items: rows(1) });
		expect(error?.message).toContain('read only');
		expect(planhat.server.requests).toEqual([]);
	});

	it('follows no redirect', async () => {
		planhat.server.order({
			method: 'GET',
			path: '/companies',
			answer: { status: 302, headers: { location: `${planhat.server.analyticsUrl}/elsewhere` } },
		});
		const { error } = await planhat.run(list, { credentials: connection });
		expect(error?.description).toContain('the address leads elsewhere');
		expect(planhat.server.requests.filter(({ path }) => path === '/elsewhere')).toEqual([]);
	});

	it('keeps its quota when the token is renewed', async () => {
		const paced = { ...connection, callsPerMinute: 3 };
		planhat.server.setQuota({ callsPerMinute: 1_000 });
		await planhat.run(create, { credentials: paced, items: rows(1) });
		planhat.server.oauth.expire();
		await planhat.run(create, { credentials: paced, items: rows(1) });
		expect(planhat.server.oauth.renewals).toBe(1);
		let cancel = () => {};
		const running = planhat.run(create, { credentials: paced, items: rows(3), onStart: (stop) => (cancel = stop) });
		await new Promise((resolve) => setTimeout(resolve, 1_500));
		cancel();
		await running;
		// One, one whose token had expired, and the same again: with the new token there is nothing left either.
		expect(calls()).toHaveLength(3);
	});

	it('shows no token in an error, be it a renewed one', async () => {
		planhat.server.oauth.expire();
		await planhat.run(list, { credentials: connection });
		const { access_token } = connection.oauthTokenData as { access_token: string };
		planhat.server.order({ method: 'GET', path: '/companies', answer: { status: 400, body: `no ${access_token}` } });
		const { error } = await planhat.run(list, { credentials: connection });
		expect(`${error?.message} ${error?.description}`).not.toContain(access_token);
		expect(error?.message).toContain('[hidden]');
	});

	it('shows no token that was renewed for the very request', async () => {
		planhat.server.oauth.expire();
		const answer = { status: 400, body: '' };
		const repeat = () => {
			answer.body = `no ${planhat.lastRequest().headers.authorization?.replace('Bearer ', '')}`;
			return true;
		};
		planhat.server.order({ method: 'GET', path: '/companies', after: 1, body: repeat, answer });
		const { error } = await planhat.run(list, { credentials: connection });
		expect(answer.body).toMatch(/^no access_/);
		expect(error?.message).toContain('no [hidden]');
		expect(planhat.server.oauth.renewals).toBe(1);
	});
});

describe('connections of one client, which may be of several tenants', () => {
	it('share no list of companies', async () => {
		planhat.server.insert('companies', [{ name: 'Acme' }]);
		const search = { resource: 'company', operation: 'search', searchText: 'Acme' };
		await planhat.run(search, { credentials: connection });
		await planhat.run(search, { credentials: connection });
		expect(calls()).toHaveLength(1);
		const other = { ...connection, oauthTokenData: { ...planhat.server.oauth.connect() } };
		await planhat.run(search, { credentials: other });
		expect(calls()).toHaveLength(2);
	});

	it('of another client, put into the credential in the middle of a run, get no rows of it', async () => {
		let seen = 0;
		planhat.server.order({
			method: 'POST',
			path: '/companies',
			times: 'always',
			body: () => {
				seen += 1;
				if (seen === 2) {
					planhat.server.oauth.revoke();
					Object.assign(connection, connect());
				}
				return false;
			},
		});
		const { errors } = await planhat.run(create, {
			credentials: connection,
			items: rows(4),
			onError: 'continueErrorOutput',
		});
		expect(names()).toEqual(['Company 0']);
		expect(errors).toHaveLength(3);
		expect(errors[0]?.json.error).toContain('reconnect');
	});
});

describe('metrics and activities with OAuth2', () => {
	const track: INodeParameters = { resource: 'userActivity', operation: 'track', json: '={{ $json }}' };
	const items = itemsOf([{ action: 'Signed in', email: 'ada@acme.example' }]);

	it('say that they need the tenant token', async () => {
		const { error } = await planhat.run(track, { credentials: connection, items });
		expect(`${error?.message} ${error?.description}`).toContain('Tenant Token');
		expect(planhat.server.requests).toEqual([]);
	});

	it('go out with the tenant token that the credential holds, and with no other', async () => {
		const { tenantToken } = planhat.server;
		const { error } = await planhat.run(track, { credentials: { ...connection, tenantToken }, items });
		expect(error).toBeUndefined();
		expect(planhat.lastRequest()).toMatchObject({ host: 'analytics', path: `/analytics/${tenantToken}` });
		expect(planhat.lastRequest().headers.authorization).toBeUndefined();
	});
});

describe('the editor with OAuth2', () => {
	it('fills lists, filters and the mapper, also after the token has expired', async () => {
		planhat.server.insert('companies', [{ name: 'Acme' }]);
		planhat.server.insert('customfields', [{ name: 'Tier', parent: 'company', type: 'text' }]);
		planhat.server.oauth.expire();
		const of = (parameters: INodeParameters) => ({ credentials: connection, parameters });
		const found = await searchInEditor(of({ resource: 'company', operation: 'get' }));
		expect(found.results.map(({ name }) => name)).toEqual(['Acme']);
		const offered = await optionsInEditor(of({ resource: 'enduser', operation: 'getAll' }), 'companyId');
		expect(offered.map(({ name }) => name)).toEqual(['Acme']);
		const { fields } = await mapperColumnsOf({ resource: 'company', operation: 'create' }, connection);
		expect(fields.map(({ id }) => id)).toContain('custom.Tier');
		expect(planhat.server.oauth.renewals).toBe(1);
	});

	it('says "reconnect" in a list when access was revoked', async () => {
		planhat.server.oauth.revoke();
		const asked = searchInEditor({ credentials: connection, parameters: { resource: 'company', operation: 'get' } });
		await expect(asked).rejects.toMatchObject({ description: expect.stringContaining('reconnect') as unknown });
	});
});

describe('the polling trigger with OAuth2', () => {
	it('asks with the token of the connection, and renews it', async () => {
		planhat.server.oauth.expire();
		const workflow = new PollingWorkflow(connection, {
			resource: 'company',
			event: 'created',
			simplify: false,
			options: { includeExisting: true },
		});
		planhat.server.insert('companies', [{ name: 'Acme', createDate: new Date().toISOString() }]);
		expect((await workflow.poll()).map(({ name }) => name)).toEqual(['Acme']);
		expect(planhat.server.oauth.renewals).toBe(1);
	});
});
