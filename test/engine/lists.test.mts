import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { changePlanhat, loadPlanhat } from './harness.mts';
import { bench, itemsOf } from './planhat.mts';

const planhat = bench();

const list = async (resource: string, parameters: object = {}) =>
	await planhat.run({ resource, operation: 'getAll', returnAll: true, ...parameters });

const names = (output: Array<{ json: IDataObject }>) => output.map(({ json }) => json.name);

function companies(count: number) {
	return planhat.server.insert(
		'companies',
		Array.from({ length: count }, (_, index) => ({ name: `Company ${index}`, externalId: `c${index}` })),
	);
}

describe('Get Many, page by page,', () => {
	it('lists 12,345 companies completely in 3 calls', async () => {
		const stored = companies(12_345);
		const { output } = await list('company');
		expect(output.map(({ json }) => json._id)).toEqual(stored.map(({ _id }) => _id));
		expect(planhat.server.requests.map(({ query }) => [query.limit, query.offset, query.sort])).toEqual([
			['5000', '0', '_id'],
			['5000', '5000', '_id'],
			['5000', '10000', '_id'],
		]);
	});

	it('asks for no more than the limit', async () => {
		companies(300);
		const { output } = await list('company', { returnAll: false, limit: 250 });
		expect(output).toHaveLength(250);
		expect(planhat.server.requests.map(({ query }) => query.limit)).toEqual(['250']);
	});

	it('splits a limit above the page maximum', async () => {
		companies(6_000);
		const { output } = await list('company', { returnAll: false, limit: 5_100 });
		expect(output).toHaveLength(5_100);
		expect(planhat.server.requests.map(({ query }) => query.limit)).toEqual(['5000', '100']);
	});

	it('goes on after a short page of a round length where the maximum is not documented', async () => {
		planhat.server.setBehaviour({ pageCap: 100 });
		planhat.server.insert(
			'workspaces',
			Array.from({ length: 230 }, (_, index) => ({ name: `W ${index}` })),
		);
		const { output } = await list('workspace');
		expect(output).toHaveLength(230);
		expect(planhat.server.requests.map(({ query }) => query.offset)).toEqual(['0', '100', '200']);
	});

	it.each([30, 32, 50])('lists all where Planhat gives %i at a time, though it documents more', async (pageCap) => {
		planhat.server.setBehaviour({ pageCap });
		companies(130);
		expect((await list('company')).output).toHaveLength(130);
	});

	it('reads all by which something is looked up, where Planhat gives 30 at a time', async () => {
		planhat.server.setBehaviour({ pageCap: 30 });
		const people = Array.from({ length: 95 }, (_, index) => ({ email: `p${index}@x.com`, nickName: `P${index}` }));
		const users = planhat.server.insert('users', people);
		const fields = Array.from({ length: 95 }, (_, index) => ({
			name: `F ${index}`,
			type: 'number',
			parent: 'company',
		}));
		planhat.server.insert('customfields', fields);
		const json = { name: 'Acme', owner: 'P94@x.com', 'F 94': '7' };
		const { error } = await planhat.run({ resource: 'company', operation: 'create', json });
		expect(error).toBeUndefined();
		expect(planhat.lastRequest().body).toEqual({ name: 'Acme', owner: users[94]?._id, custom: { 'F 94': 7 } });
	});

	it('finds somebody by email at the end of a list that Planhat does not filter', async () => {
		planhat.server.setBehaviour({ pageCap: 30 });
		const people = planhat.server.insert(
			'endusers',
			Array.from({ length: 95 }, (_, index) => ({ email: `p${index}@x.com` })),
		);
		const page = (offset: number) => ({ status: 200, body: people.slice(offset, offset + 30) as never });
		for (const offset of [0, 30, 60, 90]) planhat.server.order({ path: '/endusers', answer: page(offset) });
		const recordId = { __rl: true, mode: 'email', value: 'P94@x.com' };
		const { output } = await planhat.run({ resource: 'enduser', operation: 'get', recordId });
		expect(output[0]?.json._id).toBe(people[94]?._id);
	});

	it('asks once more after a first page that may be all that Planhat gives, and not after another', async () => {
		companies(200);
		expect((await list('company')).output).toHaveLength(200);
		expect(planhat.server.requests).toHaveLength(2);
		companies(33);
		expect((await list('company')).output).toHaveLength(233);
		expect(planhat.server.requests).toHaveLength(3);
	});

	it('hands over no record twice when pages overlap', async () => {
		planhat.server.setBehaviour({ pageCap: 100 });
		planhat.server.insert(
			'workspaces',
			Array.from({ length: 150 }, (_, index) => ({ name: `W ${index}` })),
		);
		const { body } = { body: planhat.server.records('workspaces').slice(50, 150) };
		planhat.server.order({ path: '/workspaces', after: 1, answer: { status: 200, body: body as never } });
		const { output } = await list('workspace');
		const ids = output.map(({ json }) => json._id);
		expect(new Set(ids).size).toBe(150);
		expect(ids).toHaveLength(150);
	});

	it('does not run in circles when a page repeats', async () => {
		companies(10_000);
		planhat.server.order({ path: '/companies', repeatPage: true, times: 'always' });
		const { error } = await list('company');
		expect(error?.message).toContain('the same companies for two pages');
		expect(planhat.server.requests).toHaveLength(2);
	});

	it('says so when the answer is no list', async () => {
		planhat.server.order({ path: '/companies', notAnArray: { message: 'unexpected' } });
		expect((await list('company')).error?.message).toBe(
			'Planhat answered with something other than a list of companies',
		);
	});

	it('takes the limit as text', async () => {
		companies(5);
		expect((await list('company', { returnAll: false, limit: '={{ " 3 " }}' })).output).toHaveLength(3);
	});

	it.each([0, -1, 1.5, 'many', '={{ true }}', '={{ [3] }}', '={{ "0x3" }}', '={{ "" }}'])(
		'refuses the limit %s before any request',
		async (limit) => {
			const { error } = await list('company', { returnAll: false, limit });
			expect(error?.message).toContain("'Limit' takes a whole number");
			expect(planhat.server.requests).toHaveLength(0);
		},
	);
});

describe('Get Many with an order and chosen fields', () => {
	it('sorts by the field of the user', async () => {
		planhat.server.insert('companies', [{ name: 'B' }, { name: 'C' }, { name: 'A' }]);
		const { output } = await list('company', { sort: { values: { field: 'name', direction: 'desc' } } });
		expect(planhat.lastRequest().query.sort).toBe('-name');
		expect(names(output)).toEqual(['C', 'B', 'A']);
	});

	it('returns only the chosen fields and the id', async () => {
		const [company] = planhat.server.insert('companies', [{ name: 'A', phase: 'Live', externalId: 'a' }]);
		const { output } = await list('company', { options: { select: ' name, phase ' } });
		expect(planhat.lastRequest().query.select).toBe('name,phase');
		expect(output[0]?.json).toEqual({ _id: company?._id, name: 'A', phase: 'Live' });
	});

	it('asks for what it needs itself, and takes it away again', async () => {
		planhat.server.insert('conversations', [
			{ type: 'note', subject: 'N' },
			{ type: 'email', subject: 'E' },
		]);
		const { output } = await list('note', { options: { select: 'subject' } });
		expect(planhat.lastRequest().query.select).toBe('subject,type');
		expect(output.map(({ json }) => Object.keys(json).sort())).toEqual([['_id', 'subject']]);
	});
});

describe('Filters', () => {
	it('of notes list no others, even when Planhat does not honour them', async () => {
		planhat.server.order({
			path: '/conversations',
			answer: {
				status: 200,
				body: [
					{ _id: '1', type: 'note' },
					{ _id: '2', type: 'call' },
				],
			},
		});
		const { output } = await list('note');
		expect(planhat.lastRequest().query.type).toBe('note');
		expect(output.map(({ json }) => json._id)).toEqual(['1']);
	});

	it('are sent under the names that Planhat has for them', async () => {
		await list('ticket', { filters: { status: 'open', email: 'kim@example.com', search: 'slow' } });
		expect(planhat.lastRequest().query).toMatchObject({ status: 'open', email: 'kim@example.com', search: 'slow' });
		await list('task', { filters: { isArchived: true } });
		expect(planhat.lastRequest().query.isArchived).toBe('true');
		await list('customField', { filters: { parent: 'company' } });
		expect(planhat.lastRequest().query.parent).toBe('company');
	});

	it('whose expression comes out blank fail their item, and no other', async () => {
		const [acme, beta] = companies(2);
		planhat.server.insert('endusers', [
			{ email: 'a@x.com', companyId: String(acme?._id) },
			{ email: 'b@y.com', companyId: String(beta?._id) },
		]);
		const given = [beta?._id, undefined, null, '', ' ', [], [''], String(acme?._id)];
		const { output } = await planhat.run(
			{ resource: 'enduser', operation: 'getAll', returnAll: true, filters: { companyId: '={{ $json.company }}' } },
			{ items: itemsOf(given.map((company) => ({ company }) as IDataObject)), onError: 'continueRegularOutput' },
		);
		expect(output.map(({ json }) => json.email ?? String(json.error).split('.')[0])).toEqual([
			'b@y.com',
			...Array.from({ length: 6 }, () => "'Company' is blank for this item"),
			'a@x.com',
		]);
		expect(planhat.server.requests).toHaveLength(2);
	});

	it.each<[string, string, INodeParameters]>([
		['company', 'getAll', { status: '={{ $json.no }}' }],
		['company', 'getAll', { updatedAfter: '={{ $json.no }}' }],
		['company', 'getLeanList', { externalId: '={{ $json.no }}' }],
		['company', 'getLeanList', { sourceId: '={{ " " }}' }],
		['company', 'getLeanList', { status: '={{ [] }}' }],
		['enduser', 'getAll', { archived: '={{ $json.no }}' }],
		['metric', 'getAll', { from: '={{ NaN }}' }],
		['metric', 'getAll', { dimensionId: '={{ $json.no }}' }],
	])('of %s, %s, that are an expression never list everything: %j', async (resource, operation, filters) => {
		const { error } = await planhat.run({ resource, operation, filters });
		expect(error?.message).toMatch(/^'[^']+' is blank for this item$/);
		expect(planhat.server.requests).toHaveLength(0);
	});

	it('of a tool that the model has left blank are none: no more than the limit, and the answer says so', async () => {
		companies(80);
		const filters = { status: "={{ $fromAI('Status', '', 'string') }}" };
		const tool = async (parameters: INodeParameters) => {
			changePlanhat(({ description }) => (description.name = 'planhatTool'));
			try {
				return (await planhat.run({ resource: 'company', filters, output: 'raw', ...parameters })).output;
			} finally {
				changePlanhat(() => {});
			}
		};
		const all = await tool({ operation: 'getAll', returnAll: true });
		expect(all).toHaveLength(50);
		expect(all[0]?.json).toMatchObject({
			notice: expect.stringContaining('Not filtered by Status, which is empty: these are the first 50 companies, and'),
			name: 'Company 0',
		});
		expect(all[1]?.json.notice).toBeUndefined();
		expect(await tool({ operation: 'getAll', returnAll: false, limit: 5 })).toHaveLength(5);
		const few = await tool({ operation: 'getAll', returnAll: false, limit: 100 });
		expect([few.length, few[0]?.json.notice]).toEqual([80, expect.stringContaining('these are all companies')]);
	});

	it('of a text are trimmed, and take neither a list nor an object', async () => {
		planhat.server.insert('endusers', [{ email: 'a@x.com' }]);
		const given = [['a@x.com', 'b@x.com'], { a: 1 }, ' a@x.com '];
		const { output } = await planhat.run(
			{ resource: 'enduser', operation: 'getAll', returnAll: true, filters: { email: '={{ $json.e }}' } },
			{ items: itemsOf(given.map((e) => ({ e }))), onError: 'continueRegularOutput' },
		);
		expect(output.map(({ json }) => json.error ?? json.email)).toEqual([
			expect.stringMatching(/^'Email' takes one text, not '\["a@x.com","b@x.com"\]'/),
			expect.stringMatching(/^'Email' takes one text, not '\{"a":1\}'/),
			'a@x.com',
		]);
		expect(planhat.server.requests.map(({ query }) => query.email)).toEqual(['a@x.com']);
		const lean = await planhat.run({
			resource: 'company',
			operation: 'getLeanList',
			filters: { externalId: '={{ ["c1", "c2"] }}' },
		});
		expect(lean.error?.message).toContain("'External ID' takes one text");
	});

	it('may be switches that are given as text', async () => {
		planhat.server.insert('companies', [{ name: 'Acme', zip: '12345' }]);
		companies(59);
		const returnAll = '={{ $json.all }}';
		const get = async (all: unknown, simplify: unknown = false) =>
			await planhat.run({ resource: 'company', operation: 'getAll', returnAll, simplify } as INodeParameters, {
				items: itemsOf([{ all } as IDataObject]),
			});
		for (const all of ['true', 'Yes', 1, '1', true]) expect((await get(all)).output).toHaveLength(60);
		for (const all of ['false', 'no', 0, false, null, '']) expect((await get(all)).output).toHaveLength(50);
		expect((await get('maybe')).error?.message).toBe("'Return All' takes true or false, not 'maybe'");
		expect(Object.keys((await get(true, '={{ "no" }}')).output[0]?.json ?? {})).toContain('zip');
		expect(Object.keys((await get(true, '={{ "yes" }}')).output[0]?.json ?? {})).not.toContain('zip');
		planhat.server.insert('endusers', [{ email: 'gone@x.com', archived: true }]);
		const people = async (archived: string) => (await list('enduser', { filters: { archived } })).output.length;
		expect([await people('={{ "yes" }}'), await people('={{ "no" }}')]).toEqual([1, 0]);
	});

	it('that belong to another model are left out', async () => {
		await list('company', { filters: { search: 'x', status: '' } });
		expect(planhat.lastRequest().query).toEqual({ sort: '_id', limit: '5000', offset: '0' });
	});

	it.each(['acme', '5f0000000000000000000001,,5f0000000000000000000002', ' '])(
		'of the company %j are refused before any request',
		async (companyId) => {
			const { error } = await list('enduser', { filters: { companyId } });
			expect(error?.message).toMatch(/is not the ID of a company|has an empty entry/);
			expect(planhat.server.requests).toHaveLength(0);
		},
	);

	it('of many companies become several requests, below 2,000 characters each, whose lists are joined without doubles', async () => {
		const owners = companies(300).map(({ _id }) => _id);
		planhat.server.insert(
			'endusers',
			owners.map((companyId, index) => ({ email: `${index}@example.com`, companyId })),
		);
		const companyId = [...owners, ...owners].join(', ');
		const { output } = await list('enduser', { filters: { companyId } });
		expect(output.map(({ json }) => json.email)).toEqual(owners.map((_owner, index) => `${index}@example.com`));
		const asked = planhat.server.requests.map(({ query }) => String(query.companyId));
		expect(asked).toHaveLength(4);
		for (const value of asked) expect(value.length).toBeLessThan(2_000);
	});

	it('of many companies keep order and limit of the list', async () => {
		const owners = companies(100).map(({ _id }) => _id);
		planhat.server.insert(
			'endusers',
			owners.map((companyId, index) => ({ name: `P${String(99 - index).padStart(2, '0')}`, companyId })),
		);
		const { output } = await list('enduser', {
			returnAll: false,
			limit: 3,
			filters: { companyId: owners },
			sort: { values: { field: 'name', direction: 'asc' } },
		});
		expect(names(output)).toEqual(['P00', 'P01', 'P02']);
	});
});

describe('Updated After', () => {
	const times = ['2026-01-05T00:00:00.000Z', '2026-01-03T00:00:00.000Z', '2026-01-01T00:00:00.000Z'];
	const insert = () =>
		planhat.server.insert(
			'companies',
			times.map((updatedAt, index) => ({ name: String(index), updatedAt })),
		);
	const changed = async (parameters: object = {}, updatedAfter: unknown = '2026-01-02T00:00:00Z') =>
		await list('company', { filters: { updatedAfter }, ...parameters });

	it('is shown for the models that have such a time, and for no others', () => {
		const filters = loadPlanhat().description.properties.filter(({ name }) => name === 'filters');
		const option = filters
			.flatMap(({ options }) => options ?? [])
			.find((candidate) => candidate.name === 'updatedAfter');
		const shown = option && 'displayOptions' in option ? option.displayOptions?.show?.['/resource'] : [];
		const expected = [
			'churn',
			'company',
			'conversation',
			'enduser',
			'invoice',
			'issue',
			'product',
			'task',
			'ticket',
			'timesheet',
		];
		expect(shown).toEqual(expect.arrayContaining(expected));
		expect(shown).not.toEqual(expect.arrayContaining(['license']));
		expect(shown).not.toEqual(expect.arrayContaining(['metric']));
	});

	it('lists the newest first and only what is later', async () => {
		insert();
		const { output } = await changed();
		expect(planhat.lastRequest().query.sort).toBe('-updatedAt');
		expect(names(output)).toEqual(['0', '1']);
		expect(names((await changed({}, times[1])).output)).toEqual(['0']);
	});

	it('reads times without an offset in the time zone of the workflow, and any ISO form', async () => {
		insert();
		expect(names((await changed({}, '2026-01-04')).output)).toEqual(['0']);
		expect(names((await changed({}, '2026-01-03T01:00:00+02:00')).output)).toEqual(['0', '1']);
		expect(names((await changed({}, Date.parse(String(times[0])) - 1)).output)).toEqual(['0']);
	});

	it('refuses what is no date before any request', async () => {
		expect((await changed({}, 'yesterday')).error?.message).toContain("'Updated After' takes a date");
		expect(planhat.server.requests).toHaveLength(0);
	});

	it('asks for the time even when the user selects other fields, and takes it away again', async () => {
		insert();
		const { output } = await changed({ options: { select: 'name' } });
		expect(planhat.lastRequest().query.select).toBe('name,updatedAt');
		expect(Object.keys(output[0]?.json ?? {}).sort()).toEqual(['_id', 'name']);
	});

	it('stops at the first older page while the order holds', async () => {
		const page = (count: number, day: number) =>
			Array.from({ length: count }, () => ({ name: String(day), updatedAt: `2026-01-${day}T00:00:00.000Z` }));
		planhat.server.insert('companies', [...page(4_000, 20), ...page(3_000, 15), ...page(5_000, 10)]);
		const { output } = await changed({}, '2026-01-12');
		expect(output).toHaveLength(7_000);
		expect(planhat.server.requests).toHaveLength(2);
	});

	it('reads to the end when Planhat does not sort by that time', async () => {
		const body = (times: string[]) => times.map((updatedAt, index) => ({ _id: `${updatedAt}${index}`, updatedAt }));
		const first = Array.from({ length: 2_000 }, (_, index) => (index === 7 ? '2026-01-09' : '2026-01-01'));
		planhat.server.order({ path: '/endusers', answer: { status: 200, body: body(first) } });
		planhat.server.order({ path: '/endusers', answer: { status: 200, body: body(['2026-01-08', '2025-01-01']) } });
		const { output } = await list('enduser', { filters: { updatedAfter: '2026-01-02' } });
		expect(output.map(({ json }) => json.updatedAt)).toEqual(['2026-01-09', '2026-01-08']);
	});

	it('keeps records that show no time, since nothing says that they are older', async () => {
		planhat.server.order({ path: '/conversations', answer: { status: 200, body: [{ _id: '1', type: 'call' }] } });
		const { output } = await list('conversation', { filters: { updatedAfter: '2026-01-02' } });
		expect(output).toHaveLength(1);
	});

	it('sorts and limits on our side when the user wants another order', async () => {
		insert();
		const sort = { values: { field: 'name', direction: 'desc' } };
		const { output } = await changed({ sort, returnAll: false, limit: 1 });
		expect(planhat.lastRequest().query.sort).toBe('-updatedAt');
		expect(names(output)).toEqual(['1']);
	});
});

describe('Get Lean List', () => {
	it('lists every company in one request', async () => {
		companies(150);
		const { output } = await planhat.run({ resource: 'company', operation: 'getLeanList' });
		expect(planhat.sent()).toEqual(['GET /leancompanies']);
		expect(output).toHaveLength(150);
		expect(Object.keys(output[0]?.json ?? {})).toEqual(expect.arrayContaining(['_id', 'name', 'externalId']));
	});

	it('takes its filters', async () => {
		companies(3);
		const filters = { externalId: 'c1' };
		const { output } = await planhat.run({ resource: 'company', operation: 'getLeanList', filters });
		expect(planhat.lastRequest().query).toEqual(filters);
		expect(names(output)).toEqual(['Company 1']);
	});
});

describe('Metric: Get Many', () => {
	it('reads values of a company and a metric between two days', async () => {
		const cId = '5f0000000000000000000001';
		const { error } = await list('metric', {
			filters: { companyId: cId, dimensionId: 'logins', from: '2021-07-24T23:00:00', to: '2021-08-23T00:00:00.000Z' },
		});
		expect(error).toBeUndefined();
		expect(planhat.sent()).toEqual(['GET /dimensiondata']);
		expect(planhat.lastRequest().query).toEqual({
			cId,
			dimid: 'logins',
			from: '18832',
			to: '18862',
			limit: '2000',
			offset: '0',
		});
	});

	it('reads to the end, and one company after the other', async () => {
		const ids = ['5f0000000000000000000001', '5f0000000000000000000002'];
		planhat.server.insert(
			'dimensiondata',
			Array.from({ length: 2_450 }, (_, index) => ({
				companyId: String(ids[0]),
				dimensionId: 'a',
				value: index,
				time: '2026-01-01T00:00:00.000Z',
			})),
		);
		const { output } = await list('metric', { filters: { companyId: ids } });
		expect(output).toHaveLength(2_450);
		expect(planhat.server.requests.map(({ query }) => [query.cId, query.offset])).toEqual([
			[ids[0], '0'],
			[ids[0], '2000'],
			[ids[1], '0'],
		]);
	});
});

it.each(['product', 'timesheet'])('%s, which has no other filter, takes Updated After too', async (resource) => {
	await list(resource, { filters: { updatedAfter: '2026-01-01' } });
	expect(planhat.lastRequest().query.sort).toBe('-updatedAt');
});
