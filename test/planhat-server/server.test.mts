import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { call } from './calling.mts';
import { startPlanhatServer, type JsonObject, type PlanhatServer } from './index.mts';
import { servedModels } from './models.mts';
import { without } from './types.mts';

let server: PlanhatServer;
beforeAll(async () => {
	server = await startPlanhatServer();
});
beforeEach(() => server.reset());
afterAll(() => server.close());

const send = (method: string, path: string, body?: unknown) => call(server, method, path, body);
const idsOf = (body: unknown) => (body as JsonObject[]).map(({ _id }) => _id);
const numbered = (count: number, row: (index: number) => JsonObject) =>
	Array.from({ length: count }, (_none, n) => row(n));
const hexId = (number: number) => number.toString(16).padStart(24, '0');

describe('the double', () => {
	it('takes the token as Bearer or as Basic with a colon, and nothing else', async () => {
		const status = async (authorization?: string) => {
			const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
			return (await fetch(`${server.baseUrl}/companies`, { headers })).status;
		};
		const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
		expect(await status(`Bearer ${server.apiToken}`)).toBe(200);
		expect(await status(basic(`${server.apiToken}:`))).toBe(200);
		expect(await status(basic(server.apiToken))).toBe(401);
		expect(await status('Bearer wrong')).toBe(401);
		expect(await status()).toBe(401);
	});

	it('tells tenants by their tokens, on both hosts', async () => {
		const other = server.addTenant({ apiToken: 'other-token', tenantToken: 'other-tenant' });
		await call(server, 'POST', '/companies', { name: 'Theirs', externalId: 'acme' }, { token: 'other-token' });
		expect(server.records('companies')).toEqual([]);
		expect(other.records('companies')).toMatchObject([{ name: 'Theirs' }]);
		const metric = { dimensionId: 'logins', value: 1, externalId: 'acme' };
		await call(server, 'POST', '/dimensiondata/other-tenant', metric, { host: 'analytics' });
		const authorization = `Basic ${Buffer.from('other-tenant:').toString('base64')}`;
		await fetch(`${server.analyticsUrl}/dock/segment`, {
			method: 'POST',
			headers: { authorization, 'content-type': 'application/json' },
			body: JSON.stringify({ type: 'track', userId: 'u', event: 'e' }),
		});
		expect([server.records('dimensiondata'), server.records('segment')]).toEqual([[], []]);
		expect([other.records('dimensiondata').length, other.records('segment').length]).toEqual([1, 1]);
		server.reset();
		expect((await call(server, 'GET', '/companies', undefined, { token: 'other-token' })).status).toBe(401);
	});

	it('answers 403 where a right was taken away, and only there', async () => {
		server.insert('companies', [{ _id: hexId(1), name: 'A' }]);
		server.setRights({ companies: { delete: false } });
		expect((await send('DELETE', `/companies/${hexId(1)}`)).status).toBe(403);
		expect((await send('GET', `/companies/${hexId(1)}`)).status).toBe(200);
		expect(server.records('companies')).toHaveLength(1);
	});
});

describe('the double, asked for a list,', () => {
	it.each(servedModels.map(({ path, page }) => ({ path, ...page })))(
		'/$path gives $default by default and at most $maximum',
		async ({ path, default: byDefault, maximum }) => {
			server.insert(
				path,
				numbered(maximum + 5, () => ({})),
			);
			expect((await send('GET', `/${path}`)).body).toHaveLength(byDefault);
			expect((await send('GET', `/${path}?limit=50000`)).body).toHaveLength(maximum);
			expect((await send('GET', `/${path}?limit=50000&offset=${maximum}`)).body).toHaveLength(5);
		},
	);

	it('gives 12,345 companies in three calls', async () => {
		server.insert(
			'companies',
			numbered(12_345, (n) => ({ name: `Company ${n}`, custom: { Plan: 'Gold' } })),
		);
		const ids = new Set<unknown>();
		for (const offset of [0, 5000, 10_000]) {
			const page = await send('GET', `/companies?limit=5000&offset=${offset}&sort=_id`);
			for (const id of idsOf(page.body)) ids.add(id);
		}
		expect(ids.size).toBe(12_345);
	});

	it('refuses a limit above the maximum, or caps pages lower, by order', async () => {
		server.insert(
			'companies',
			numbered(300, () => ({})),
		);
		server.setBehaviour({ overMaximum: 'refuse', pageCap: { companies: 200 } });
		expect((await send('GET', '/companies?limit=201')).status).toBe(400);
		server.setBehaviour({ overMaximum: 'clamp' });
		expect((await send('GET', '/companies?limit=201')).body).toHaveLength(200);
	});

	it('sorts both ways with empty values first, and keeps _id in a selection', async () => {
		server.insert('companies', [
			{ _id: hexId(1), name: 'B', mrr: 10 },
			{ _id: hexId(2), name: 'A' },
			{ _id: hexId(3), name: 'C', mrr: 9 },
		]);
		expect(idsOf((await send('GET', '/companies?sort=mrr')).body)).toEqual([hexId(2), hexId(3), hexId(1)]);
		expect((await send('GET', '/companies?sort=-mrr&select=mrr&limit=1')).body).toEqual([{ _id: hexId(1), mrr: 10 }]);
	});

	it('filters by several companies, under the name that each model stores them', async () => {
		const [one, two, three] = [hexId(1), hexId(2), hexId(3)];
		server.insert('assets', [{ companyId: one }, { companyId: two }, { companyId: three }]);
		server.insert('invoices', [{ cId: one }, { cId: three }]);
		server.insert('issues', [{ companyIds: [three, two] }, { companyIds: [three] }]);
		for (const [path, found] of Object.entries({ assets: 2, invoices: 1, issues: 1 })) {
			expect((await send('GET', `/${path}?companyId=${one},${two}`)).body).toHaveLength(found);
		}
	});

	it('hides archived people and archived tasks unless asked for', async () => {
		server.insert('endusers', [{ _id: hexId(1) }, { _id: hexId(2), archived: true }]);
		server.insert('tasks', [{ _id: hexId(1) }, { _id: hexId(2), isArchived: true }]);
		expect(idsOf((await send('GET', '/endusers')).body)).toEqual([hexId(1)]);
		expect(idsOf((await send('GET', '/endusers?archived=true')).body)).toEqual([hexId(1), hexId(2)]);
		expect(idsOf((await send('GET', '/tasks')).body)).toEqual([hexId(1)]);
		expect(idsOf((await send('GET', '/tasks?isArchived=true')).body)).toEqual([hexId(2)]);
	});

	it('gives owners as objects by order, in company lists only', async () => {
		server.insert('users', [{ _id: hexId(9), nickName: 'Ada' }]);
		server.insert('companies', [{ _id: hexId(1), name: 'A', owner: hexId(9) }]);
		server.setBehaviour({ ownerForm: 'object' });
		expect((await send('GET', '/companies')).body).toMatchObject([{ owner: { _id: hexId(9), nickName: 'Ada' } }]);
		expect((await send('GET', `/companies/${hexId(1)}`)).body).toMatchObject({ owner: hexId(9) });
	});
});

describe('single records', () => {
	it('are found by the prefixes that the model accepts, percent-encoded or not', async () => {
		server.insert('companies', [{ _id: hexId(1), externalId: 'a/b c', sourceId: 's' }]);
		server.insert('conversations', [{ _id: hexId(2), externalId: 'e', sourceId: 's' }]);
		server.insert('invoices', [{ _id: hexId(3), extId: 'i' }]);
		const status = async (path: string) => (await send('GET', path)).status;
		expect(await status(`/companies/${encodeURIComponent('extid-a/b c')}`)).toBe(200);
		expect(await status('/companies/srcid-s')).toBe(200);
		expect(await status('/companies/ext-a')).toBe(404);
		expect(await status('/conversations/extid-e')).toBe(200);
		expect(await status('/conversations/srcid-s')).toBe(404);
		expect(await status('/invoices/extid-i')).toBe(200);
	});

	it('answer 404 without a body when unknown, or 400 or null by order', async () => {
		expect(await send('GET', `/companies/${hexId(1)}`)).toMatchObject({ status: 404, text: '' });
		server.setBehaviour({ unknownRecord: 400 });
		expect((await send('GET', `/companies/${hexId(1)}`)).status).toBe(400);
		server.setBehaviour({ unknownRecord: 'null' });
		expect(await send('GET', `/companies/${hexId(1)}`)).toMatchObject({ status: 200, body: null });
	});

	it('are deleted by _id only, unless an order allows prefixes', async () => {
		server.insert('companies', [{ _id: hexId(1), externalId: 'e' }]);
		expect((await send('DELETE', '/companies/extid-e')).status).toBe(404);
		expect(server.records('companies')).toHaveLength(1);
		server.setBehaviour({ deleteByPrefix: true });
		expect((await send('DELETE', '/companies/extid-e')).body).toEqual({ n: 1, ok: 1, deletedCount: 1 });
		expect(server.records('companies')).toHaveLength(0);
	});

	it('keep what an update does not name, merge custom in both spellings and drop unknown keys', async () => {
		server.insert('companies', [{ _id: hexId(1), name: 'A', tags: ['x'], custom: { Plan: 'Gold', Seats: 1 } }]);
		const body = { phase: 'Growth', nonsense: 1, custom: { Seats: 2 }, 'custom.Own key': true };
		await send('PUT', `/companies/${hexId(1)}`, body);
		const [stored] = server.records('companies');
		expect(stored).toMatchObject({ name: 'A', tags: ['x'], phase: 'Growth' });
		expect(stored?.['custom']).toEqual({ Plan: 'Gold', Seats: 2, 'Own key': true });
		expect(stored).not.toHaveProperty('nonsense');
	});

	it('refuse an _id in a company body, custom keys that differ in case, and missing fields', async () => {
		server.insert('companies', [{ _id: hexId(1), name: 'A' }]);
		expect((await send('PUT', `/companies/${hexId(1)}`, { _id: hexId(1), name: 'B' })).status).toBe(400);
		expect((await send('PUT', `/companies/${hexId(1)}`, { custom: { a: 1, A: 2 } })).status).toBe(400);
		expect(await send('POST', '/companies', {})).toMatchObject({ status: 400, text: 'name is required' });
		expect(await send('POST', '/endusers', {})).toMatchObject({ status: 400, text: 'email is required' });
		expect(server.records('companies')).toMatchObject([{ name: 'A' }]);
	});

	it('refuse a key that another record has', async () => {
		server.insert('companies', [{ name: 'A', externalId: 'e' }]);
		const reply = await send('POST', '/companies', { name: 'B', externalId: 'e' });
		expect(reply).toMatchObject({ status: 400, text: 'externalId duplicated' });
		expect(server.records('companies')).toHaveLength(1);
	});

	it('take a company by its keys and show its name', async () => {
		server.insert('companies', [{ _id: hexId(1), name: 'A', externalId: 'e', sourceId: 's' }]);
		const asset = await send('POST', '/assets', { name: 'x', companyId: 'extid-e' });
		expect(asset.body).toMatchObject({ companyId: hexId(1), companyName: 'A' });
		const invoice = await send('POST', '/invoices', { cId: 'srcid-s', currency: 'USD' });
		expect(invoice.body).toMatchObject({ cId: hexId(1), cName: 'A' });
		expect((await send('POST', '/assets', { name: 'x', companyId: 'extid-none' })).status).toBe(400);
	});
});

describe('the bulk upsert', () => {
	const person = (email: string) => ({ email, companyId: hexId(1) });

	it.each([
		['licenses', 'companyId', 'externalId'],
		['invoices', 'cId', 'extId'],
	])('takes the external ID of one of the %s in each company', async (path, company, key) => {
		const other = {
			fromDate: '2026-01-01',
			currency: 'EUR',
			_currency: 'EUR',
			value: 1,
			product: 'P',
			paidDate: 1,
			dueDate: 1,
		};
		const row = (id: number) => ({ ...other, [key]: '1', [company]: hexId(id) });
		expect((await send('PUT', `/${path}`, [row(1), row(2)])).body).toMatchObject({ created: 2, createdErrors: [] });
		expect((await send('PUT', `/${path}`, [row(2)])).body).toMatchObject({ created: 0, createdErrors: [] });
		expect(server.records(path)).toHaveLength(2);
	});

	it('matches by the keyables in order, inserts the rest, and reports what failed with 206', async () => {
		server.insert('endusers', [
			{ _id: hexId(5), sourceId: 's', externalId: 'e1', email: 'a@example.com', companyId: hexId(1) },
			{ _id: hexId(6), externalId: 'e2', email: 'b@example.com', companyId: hexId(1), position: 'CTO' },
		]);
		const reply = await send('PUT', '/endusers', [
			{ sourceId: 's', externalId: 'e1-new' },
			{ externalId: 'e2', position: 'CTO' },
			{ externalId: 'e3', ...person('c@example.com') },
			{ firstName: 'No key' },
			{ externalId: 'e2', email: 'a@example.com' },
		]);
		expect(reply.status).toBe(206);
		expect(reply.body).toMatchObject({
			created: 1,
			insertsKeys: [{ externalId: 'e3' }],
			updated: 1,
			updatesKeys: [{ _id: hexId(5), sourceId: 's', externalId: 'e1-new' }],
			modified: [hexId(5)],
			nonupdates: 1,
			createdErrors: ['email is required'],
			updatedErrors: ['externalId,email duplicated'],
		});
		expect(server.records('endusers')).toMatchObject([
			{ externalId: 'e1-new' },
			{ externalId: 'e2' },
			{ externalId: 'e3' },
		]);
	});

	it('matches an e-mail within the company that the row names', async () => {
		server.insert('companies', [{ _id: hexId(1), externalId: 'one' }, { _id: hexId(2) }]);
		server.insert('endusers', [{ _id: hexId(5), email: 'a@example.com', companyId: hexId(1) }]);
		const reply = await send('PUT', '/endusers', [
			{ email: 'a@example.com', companyId: 'extid-one', position: 'CTO' },
			{ email: 'a@example.com', companyId: hexId(2) },
		]);
		expect(reply.body).toMatchObject({ updated: 1, modified: [hexId(5)], created: 1 });
	});

	it('does not change a key of higher priority than the one that matched', async () => {
		server.insert('companies', [{ _id: hexId(1), name: 'A', externalId: 'e' }]);
		const reply = await send('PUT', '/companies', [{ sourceId: 'new', externalId: 'e', phase: 'Growth' }]);
		expect(reply.body).toMatchObject({ updated: 1, created: 0 });
		expect(server.records('companies')[0]).not.toHaveProperty('sourceId');
	});

	it('answers 400 when all failed, for 5,001 rows and for anything but an array', async () => {
		const failed = await send('PUT', '/companies', [{ externalId: 'x' }]);
		expect(failed).toMatchObject({ status: 400, body: { createdErrors: ['name is required'], created: 0 } });
		const many = await send(
			'PUT',
			'/companies',
			numbered(5001, (n) => ({ name: `${n}` })),
		);
		expect(many).toMatchObject({ status: 400, text: 'Too many items, maximum is 5000' });
		expect((await send('PUT', '/companies', { name: 'A' })).status).toBe(400);
		expect((await send('PUT', '/customfields', [])).status).toBe(404);
		expect(server.records('companies')).toHaveLength(0);
	});

	it('takes 5,000 rows', async () => {
		const reply = await send(
			'PUT',
			'/companies',
			numbered(5000, (n) => ({ name: `${n}`, externalId: `e${n}` })),
		);
		expect(reply).toMatchObject({ status: 200, body: { created: 5000 } });
	});

	it('names missing rights with 403, as the object or as text', async () => {
		server.insert('companies', [{ _id: hexId(1), name: 'A', externalId: 'e' }]);
		server.setRights({ companies: { create: false } });
		const rows = [{ name: 'B' }, { externalId: 'e', name: 'A2' }];
		const reply = await send('PUT', '/companies', rows);
		expect(reply.status).toBe(403);
		expect(reply.body).toMatchObject({ permissionErrors: ['Missing permission: Company create'], updated: 1 });
		server.setBehaviour({ bulkForbidden: 'text' });
		expect(await send('PUT', '/companies', rows)).toMatchObject({ status: 403, body: expect.any(String) });
	});

	it('gives error entries in other forms by order', async () => {
		server.setBehaviour({ errorForm: 'object' });
		const objects = await send('PUT', '/companies', [{ phase: 'x' }]);
		expect(objects.body).toMatchObject({ createdErrors: [{ message: 'name is required', item: { phase: 'x' } }] });
		server.setBehaviour({ errorForm: (message) => [message] });
		const own = await send('PUT', '/companies', [{ phase: 'x' }]);
		expect(own.body).toMatchObject({ createdErrors: [['name is required']] });
	});
});

describe('tickets', () => {
	const row = { sourceId: 't1', title: 'Title', description: 'Text', email: 'r@example.com', companyId: hexId(1) };

	it('are written in bulk under other names and matched by sourceId again', async () => {
		const created = await send('PUT', '/tickets', [row]);
		expect(created.body).toMatchObject({ created: 1, insertsKeys: [{ sourceId: 't1' }] });
		const again = await send('PUT', '/tickets', [row, { ...row, status: 'open' }]);
		expect(again.body).toMatchObject({ created: 0, nonupdates: 1, updated: 1 });
		const [ticket] = server.records('tickets');
		expect(ticket).toMatchObject({
			type: 'ticket',
			subject: 'Title',
			snippet: 'Text',
			externalId: 't1',
			status: 'open',
		});
		expect(ticket).not.toHaveProperty('title');
	});

	it('without e-mail vanish without a word', async () => {
		const reply = await send('PUT', '/tickets', [without(row, 'email')]);
		expect(reply).toMatchObject({ status: 200, body: { created: 0, createdErrors: [], nonupdates: 0 } });
		expect(server.records('tickets')).toHaveLength(0);
	});

	it('share a store with notes, are read at /conversations and have no single endpoints', async () => {
		server.insert('conversations', [{ _id: hexId(1), type: 'note' }]);
		server.insert('tickets', [{ _id: hexId(2), snippet: 'How do I export?' }]);
		expect(idsOf((await send('GET', '/tickets')).body)).toEqual([hexId(2)]);
		expect(idsOf((await send('GET', '/tickets?search=EXPORT')).body)).toEqual([hexId(2)]);
		expect(idsOf((await send('GET', '/conversations')).body)).toEqual([hexId(1), hexId(2)]);
		expect(idsOf((await send('GET', '/conversations?type=note')).body)).toEqual([hexId(1)]);
		expect((await send('GET', `/conversations/${hexId(2)}`)).body).toMatchObject({ type: 'ticket' });
		expect((await send('GET', `/tickets/${hexId(2)}`)).status).toBe(404);
		expect((await send('PUT', `/tickets/${hexId(2)}`, {})).status).toBe(404);
		expect((await send('POST', '/tickets', row)).status).toBe(404);
		expect((await send('GET', '/notes')).status).toBe(404);
		expect((await send('DELETE', `/tickets/${hexId(1)}`)).status).toBe(404);
		expect((await send('DELETE', `/tickets/${hexId(2)}`)).body).toMatchObject({ _id: hexId(2), type: 'ticket' });
		expect(server.records('conversations')).toHaveLength(1);
	});
});

describe('the other endpoints', () => {
	it('list lean companies by status', async () => {
		server.insert(
			'companies',
			['prospect', 'lost', 'customer'].map((status, n) => ({ _id: hexId(n), name: status, status })),
		);
		expect((await send('GET', '/leancompanies?status=prospect,lost')).body).toEqual([
			{ _id: hexId(0), name: 'prospect' },
			{ _id: hexId(1), name: 'lost' },
		]);
	});

	it('take metrics on the analytics host and give them by day on the API host', async () => {
		server.insert('companies', [{ _id: hexId(1), name: 'A', externalId: 'a' }]);
		const rows = [
			{ dimensionId: 'logins', value: 3, externalId: 'a', date: '2021-08-20T23:59:59.000Z' },
			{ dimensionId: 'logins', externalId: 'a' },
		];
		const path = `/dimensiondata/${server.tenantToken}`;
		const pushed = await call(server, 'POST', path, rows, { host: 'analytics' });
		expect(pushed.body).toEqual({ processed: 1, errors: ['value is required'] });
		const read = async (query: string) => (await send('GET', `/dimensiondata?cId=${hexId(1)}&${query}`)).body;
		expect(await read('from=18859&to=18859')).toMatchObject([{ value: 3, dimensionId: 'logins', companyName: 'A' }]);
		expect(await read('from=18860')).toEqual([]);
		expect(await read('to=18858')).toEqual([]);
		expect((await send('POST', path, rows)).status).toBe(404);
	});

	it('take activities with the tenant token in the path, and Segment events with it as Basic', async () => {
		const post = (path: string, body: unknown) => call(server, 'POST', path, body, { host: 'analytics' });
		const event = { email: 'a@example.com', action: 'x' };
		expect(await post(`/analytics/${server.tenantToken}`, event)).toMatchObject({ status: 200, text: '' });
		await post(`/analytics/bulk/${server.tenantToken}`, [event, { action: 'nobody' }]);
		expect(server.records('analytics')).toHaveLength(2);
		expect((await post('/analytics/wrong', event)).status).toBe(401);
		server.setBehaviour({ wrongTenantToken: 200, analyticsAnswer: 'json' });
		expect((await post('/analytics/wrong', event)).status).toBe(200);
		expect((await post(`/analytics/${server.tenantToken}`, event)).body).toEqual({ ok: true });
		const response = await fetch(`${server.analyticsUrl}/dock/segment`, {
			method: 'POST',
			headers: {
				authorization: `Basic ${Buffer.from(`${server.tenantToken}:`).toString('base64')}`,
				'content-type': 'application/json',
			},
			body: JSON.stringify({ type: 'track', userId: '1', event: 'x' }),
		});
		expect(response.status).toBe(200);
		expect(server.records('segment')).toMatchObject([{ event: 'x' }]);
	});

	it('refuse a body over 32 MB', async () => {
		const body = ['x'.repeat(32 * 1024 * 1024)];
		const reply = await call(server, 'POST', `/analytics/bulk/${server.tenantToken}`, body, { host: 'analytics' });
		expect(reply.status).toBe(413);
	});

	it('duplicate time entries', async () => {
		server.insert('timeentries', [{ _id: hexId(1), hours: 2 }]);
		const reply = await send('POST', '/timeentries/duplicate', { ids: [hexId(1)] });
		expect(reply.body).toMatchObject([{ hours: 2 }]);
		expect(server.records('timeentries')).toHaveLength(2);
	});
});
