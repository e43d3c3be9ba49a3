import { describe, expect, it, jest } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { optionsInEditor, searchInEditor } from './harness.mts';
import { thrownBy } from '../thrownBy.mts';
import { bench, itemsOf, record } from './planhat.mts';

const planhat = bench({ forEachTest: true });

// Lists of 12,000 records take their time on a busy machine.
jest.setTimeout(30_000);

const search = async (resource: string, filter?: string, token?: string, credentials = planhat.credentials) =>
	await searchInEditor({ parameters: { resource, operation: 'get' }, credentials }, filter, token);

const options = async (resource: string, name: string, filters: INodeParameters = {}, operation = 'getAll') =>
	await optionsInEditor({ parameters: { resource, operation, filters }, credentials: planhat.credentials }, name);

const rows = (count: number, row: (index: number) => object) =>
	Array.from({ length: count }, (_, index) => ({ ...row(index) }));

const shown = (entries: Array<{ name: string }>) => entries.map(({ name }) => name);

/** All parts of a list, as somebody sees who scrolls to its end. */
async function scrolled(resource: string, filter?: string) {
	const parts = [];
	for (let token: string | undefined = undefined as string | undefined, first = true; first || token; first = false) {
		const { results, paginationToken } = await search(resource, filter, token);
		parts.push(results);
		token = paginationToken;
	}
	return parts;
}

describe('From List of companies', () => {
	it('finds 1 of 12,000 with one request, whatever the case and the accents', async () => {
		planhat.server.insert(
			'companies',
			rows(12_000, (index) => ({ name: `Company ${index}`, externalId: `c-${index}` })),
		);
		const [zoe] = planhat.server.insert('companies', [
			{ name: 'Zoë Müller AG', externalId: 'ZMAG-1', sourceId: 'crm-9' },
		]);
		for (const typed of ['zoe muller', 'MÜLLER zoë', ' zmag-1 ', 'crm-9']) {
			const { results, paginationToken } = await search('company', typed);
			expect(results).toEqual([{ name: 'Zoë Müller AG (ZMAG-1)', value: zoe?._id }]);
			expect(paginationToken).toBeUndefined();
		}
		expect(planhat.sent()).toEqual(['GET /leancompanies']);
	});

	it('is read anew when it is opened, and by another token', async () => {
		const names = async (...typed: Parameters<typeof search>) => shown((await search(...typed)).results);
		planhat.server.insert('companies', [{ name: 'Acme' }]);
		expect(await names('company')).toEqual(['Acme']);
		planhat.server.insert('companies', [{ name: 'Acme Two' }]);
		expect(await names('company', 'acme')).toEqual(['Acme']);
		expect(await names('company')).toEqual(['Acme', 'Acme Two']);
		expect(await names('company', 'two')).toEqual(['Acme Two']);
		planhat.server.insert('companies', [{ name: 'Two' }]);
		const other = { ...planhat.credentials, apiToken: 'other' };
		planhat.server.order({ path: '/leancompanies', answer: { status: 401, body: 'Unauthorized' } });
		await thrownBy(() => search('company', 'two', undefined, other));
		expect(await names('company', 'two')).toEqual(['Acme Two']);
		expect(await options('enduser', 'companyId')).toHaveLength(3);
		expect(planhat.sent()).toEqual(Array(4).fill('GET /leancompanies'));
	});

	it('puts those first whose name begins with what was typed', async () => {
		planhat.server.insert('companies', [{ name: 'Best Acme' }, { name: 'acme two' }, { name: 'Acme One' }]);
		expect(shown((await search('company', 'acme')).results)).toEqual(['Acme One', 'acme two', 'Best Acme']);
	});

	it('is handed over in parts, all of it and nothing twice', async () => {
		const stored = planhat.server.insert(
			'companies',
			rows(450, (index) => ({ name: `Company ${index}` })),
		);
		const parts = await scrolled('company');
		expect(parts.map((part) => part.length)).toEqual([200, 200, 50]);
		const values = parts.flat().map(({ value }) => value);
		expect(new Set(values)).toEqual(new Set(stored.map(({ _id }) => _id)));
		expect(shown(parts.flat())).toEqual([...shown(parts.flat())].sort());
	});

	it('tells companies of one name apart', async () => {
		const [first, second] = planhat.server.insert('companies', [
			{ name: 'Acme' },
			{ name: 'Acme', externalId: '' },
			{ name: 'Acme', externalId: 'acme-3' },
			{ name: 'Acme', sourceId: '0015' },
		]);
		expect(shown((await search('company')).results).sort()).toEqual(
			[`Acme · ${first?._id}`, `Acme · ${second?._id}`, 'Acme (acme-3)', 'Acme (0015)'].sort(),
		);
	});

	it('finds a company by its ID and by a link to it, with one small request', async () => {
		const [acme] = planhat.server.insert('companies', [{ name: 'Acme' }, { name: 'Beta' }]);
		for (const typed of [
			acme?._id,
			`https://ws.planhat.com/t/home/data-explorer/company?preview=Company.${acme?._id}`,
		]) {
			expect((await search('company', String(typed))).results).toEqual([{ name: 'Acme', value: acme?._id }]);
		}
		expect(planhat.sent()).toEqual(Array(2).fill(`GET /companies/${acme?._id}`));
	});

	it('is empty when nothing matches, also for an ID that nobody has', async () => {
		planhat.server.insert('companies', [{ name: 'Acme' }]);
		expect(await search('company', 'zeta')).toEqual({ results: [] });
		for (const form of [404, 400, 'null'] as const) {
			planhat.server.setBehaviour({ unknownRecord: form });
			expect(await search('company', '5f1000000000000000000001')).toEqual({ results: [] });
		}
	});

	it('leaves out what is no company', async () => {
		planhat.server.order({
			path: '/leancompanies',
			answer: { status: 200, body: [null, 'x', { name: 'No ID' }, { _id: 'a1' }] },
		});
		expect((await search('company')).results).toEqual([{ name: 'a1', value: 'a1' }]);
	});
});

describe('From List of other records', () => {
	const people = (count: number) =>
		planhat.server.insert(
			'endusers',
			rows(count, (index) => ({
				name: `Person ${index}`,
				email: `p${index}@example.com`,
				companyName: `Company ${index % 7}`,
				externalId: `x${index}`,
				custom: { long: 'x'.repeat(500) },
			})),
		);

	it('shows the newest first with one request, and asks for nothing but names and keys', async () => {
		const stored = people(450);
		const { results, paginationToken } = await search('enduser');
		expect(results).toHaveLength(200);
		expect(results[0]).toEqual({
			name: 'Person 449 (p449@example.com, Company 1)',
			value: stored.at(-1)?._id,
		});
		expect(paginationToken).toBe('200');
		const { query } = planhat.lastRequest();
		expect(query).toMatchObject({ sort: '-_id', limit: '200', offset: '0' });
		expect(String(query.select).split(',').sort()).toEqual(
			['companyName', 'email', 'externalId', 'firstName', 'lastName', 'name', 'sourceId'].sort(),
		);
		const values = (await scrolled('enduser')).flat().map(({ value }) => value);
		expect(new Set(values)).toEqual(new Set(stored.map(({ _id }) => _id)));
		expect(values).toHaveLength(450);
	});

	it.each(['PERSON 17 company 3', 'person company-17', 'P17@example', 'x17'])(
		'finds end users by %j',
		async (typed) => {
			people(30);
			planhat.server.insert('endusers', [{ name: 'Person', companyName: 'Company-17' }]);
			const wanted =
				typed === 'person company-17' ? ['Person (Company-17)'] : ['Person 17 (p17@example.com, Company 3)'];
			expect(shown((await search('enduser', typed)).results)).toEqual(wanted);
		},
	);

	it('goes on after a part of what matches where it ended', async () => {
		const stored = people(5_000);
		const parts = await scrolled('enduser', 'p4');
		const wanted = stored.filter(({ name }) => String(name).startsWith('Person 4'));
		expect(parts[0]).toHaveLength(200);
		const values = parts.flat().map(({ value }) => value);
		expect(values).toHaveLength(wanted.length);
		expect(new Set(values)).toEqual(new Set(wanted.map(({ _id }) => _id)));
	});

	it('asks at most 5 times for one search, and says how far it looked when nothing matched', async () => {
		people(10_500);
		const { results, paginationToken } = await search('enduser', 'zoe');
		expect(planhat.sent()).toEqual(Array(5).fill('GET /endusers'));
		expect(results).toEqual([{ name: 'Not among the newest 10,000. Type the whole email.', value: '' }]);
		expect(await search('enduser', 'zoe', paginationToken)).toEqual({ results: [] });
	});

	it('looks further where Planhat gives 30 at a time', async () => {
		planhat.server.setBehaviour({ pageCap: 30 });
		const [, first] = people(100);
		const { results } = await search('enduser', String(first?.firstName ?? first?.name));
		expect(results.some(({ value }) => value === first?._id)).toBe(true);
		expect(planhat.server.requests.length).toBeLessThanOrEqual(5);
	});

	it('finds a person by the whole email with one request, among however many', async () => {
		const [first] = people(10_500);
		expect((await search('enduser', 'p0@example.com')).results).toMatchObject([{ value: first?._id }]);
		expect(planhat.sent()).toEqual(['GET /endusers']);
		expect(planhat.lastRequest().query).toEqual({ email: 'p0@example.com', limit: '2000' });
		expect((await search('enduser', 'P0@Example.com')).results).toMatchObject([{ value: first?._id }]);
		expect(planhat.sent()).toHaveLength(3);
	});

	it('shows a list that is there as a whole by name', async () => {
		planhat.server.insert('users', [
			{ nickName: 'Zed', email: 'zed@example.com' },
			{ nickName: 'Ann', email: 'ann@example.com' },
			{ firstName: 'Bo', lastName: 'Li', nickName: '', email: 'bo@example.com' },
		]);
		const { results } = await search('user');
		expect(shown(results)).toEqual(['Ann (ann@example.com)', 'Bo Li (bo@example.com)', 'Zed (zed@example.com)']);
	});

	it('of notes and tickets holds no other conversations', async () => {
		planhat.server.insert('conversations', [
			{ type: 'note', subject: 'A note', companyName: 'Acme' },
			{ type: 'email', subject: 'A mail' },
		]);
		planhat.server.insert('tickets', [{ subject: 'A ticket' }]);
		expect(shown((await search('note')).results)).toEqual(['A note (Acme)']);
		expect(shown((await search('ticket')).results)).toEqual(['A ticket']);
		expect(shown((await search('conversation', 'mail')).results)).toEqual(['A mail']);
	});

	it('goes on after a short page where the maximum is not documented', async () => {
		planhat.server.setBehaviour({ pageCap: 100 });
		planhat.server.insert(
			'workspaces',
			rows(230, (index) => ({ name: `W${index}` })),
		);
		expect((await search('workspace', 'w')).results).toHaveLength(200);
		expect((await scrolled('workspace', 'w')).flat()).toHaveLength(230);
	});

	it('of a resource that is none is empty', async () => {
		expect(await search('nothing')).toEqual({ results: [] });
	});
});

describe('the record that was chosen', () => {
	it('is the one that the node reads', async () => {
		planhat.server.insert('companies', [{ name: 'Acme' }, { name: 'Beta' }]);
		const [chosen] = (await search('company', 'beta')).results;
		const { output } = await planhat.run({
			resource: 'company',
			operation: 'get',
			recordId: record('list', chosen?.value),
		});
		expect(output.map(({ json }) => json.name)).toEqual(['Beta']);
	});

	it('may be named by a link, typed or from an expression', async () => {
		const [acme] = planhat.server.insert('companies', [{ name: 'Acme' }]);
		const link = `https://ws.planhat.com/t/home/data-explorer/company?preview=Company.${acme?._id}`;
		for (const value of [link, '={{ $json.link }}']) {
			const parameters = { resource: 'company', operation: 'get', recordId: record('id', value) };
			const { output, error } = await planhat.run(parameters, { items: itemsOf([{ link }]) });
			expect(error).toBeUndefined();
			expect(output.map(({ json }) => json._id)).toEqual([acme?._id]);
		}
		expect(planhat.sent()).toEqual(Array(2).fill(`GET /companies/${acme?._id}`));
	});

	it.each([
		['id', 'acme', 'Not a Planhat ID or a link with one'],
		['id', 'https://ws.planhat.com/t/home', 'Not a Planhat ID or a link with one'],
		['email', 'ann', 'Not an email address'],
		['externalId', ' ', 'Must not be empty'],
	])('is checked before the run when it is typed by %s as %j', async (mode, value, message) => {
		const parameters = { resource: 'enduser', operation: 'get', recordId: record(mode, value) };
		const error = await thrownBy(async () => await planhat.run(parameters));
		expect(error.message).toContain(message);
		expect(planhat.sent()).toEqual([]);
	});

	it.each([
		['id', 'acme', "'acme' is not the ID of a"],
		['id', 'https://ws.planhat.com/t/home', 'It is not clear which end user the link'],
		['email', 'ann', "'ann' is not an email address"],
		['externalId', ' ', "'Record' is required"],
	])('is checked in the run when it comes from an expression by %s as %j', async (mode, value, message) => {
		const parameters = { resource: 'enduser', operation: 'get', recordId: record(mode, '={{ $json.value }}') };
		const { error } = await planhat.run(parameters, { items: itemsOf([{ value }]) });
		expect(error?.message).toContain(message);
		expect(planhat.sent()).toEqual([]);
	});
});

describe('the filters by a user', () => {
	const people = () =>
		planhat.server.insert('users', [
			{ nickName: 'Zed', email: 'zed@example.com' },
			{ nickName: 'Ann', email: 'ann@example.com' },
		]);
	const searchUsers = async (filter?: string) =>
		await searchInEditor(
			{ parameters: { resource: 'company', operation: 'getAll' }, credentials: planhat.credentials },
			filter,
			undefined,
			'searchUsers',
		);

	it('find users by name and by email, whatever the resource is', async () => {
		const [zed, ann] = people();
		expect((await searchUsers()).results).toEqual([
			{ name: 'Ann (ann@example.com)', value: ann?._id },
			{ name: 'Zed (zed@example.com)', value: zed?._id },
		]);
		expect(shown((await searchUsers('zed')).results)).toEqual(['Zed (zed@example.com)']);
		expect((await searchUsers('ann@example.com')).results).toEqual([
			{ name: 'Ann (ann@example.com)', value: ann?._id },
		]);
	});

	it.each([
		['company', 'owner', 'companies'],
		['asset', 'ownerId', 'assets'],
		['deal', 'ownerId', 'deals'],
		['opportunity', 'ownerId', 'opportunities'],
		['task', 'ownerId', 'tasks'],
		['workspace', 'ownerId', 'workspaces'],
		['timesheet', 'assignedId', 'timesheets'],
	])(
		'of %s list the records of the user that is chosen, and Planhat is asked for none of its own',
		async (resource, name, store) => {
			const [zed, ann] = people();
			const _id = String(zed?._id);
			const held = [_id, { _id, nickName: 'Zed' }, String(ann?._id)];
			const [one, two] = planhat.server.insert(store, [...held.map((user) => ({ [name]: user })), {}]);
			for (const filter of [record('list', zed?._id), record('id', '={{ $json.id }}')]) {
				const parameters = { resource, operation: 'getAll', returnAll: true, filters: { [name]: filter } };
				const { output, error } = await planhat.run(parameters, { items: itemsOf([{ id: zed?._id as string }]) });
				expect(error).toBeUndefined();
				expect(output.map(({ json }) => json._id)).toEqual([one?._id, two?._id]);
				expect(planhat.lastRequest().query).not.toHaveProperty(name);
			}
			expect(planhat.sent().filter((sent) => sent === 'GET /users')).toEqual([]);
		},
	);

	it('refuse what is no ID before anything is sent', async () => {
		const filters = { owner: record('id', '={{ "ann" }}') };
		const { error } = await planhat.run({ resource: 'company', operation: 'getAll', filters });
		expect(error?.message).toBe("'ann' in 'Owner' is not the ID of a user in Planhat");
		expect(planhat.sent()).toEqual([]);
	});

	it('refuse an email that no user has before a list is asked for', async () => {
		const filters = { owner: record('id', '={{ "ann@example.com" }}') };
		const { error } = await planhat.run({ resource: 'company', operation: 'getAll', filters });
		expect(error?.message).toBe("'ann@example.com' in the filter is the email of no user in Planhat");
		expect(planhat.sent().every((request) => request.startsWith('GET /users'))).toBe(true);
	});

	it('and by phase go together', async () => {
		const [zed] = people();
		planhat.server.insert('companies', [
			{ name: 'A', phase: 'Live', owner: zed?._id as string },
			{ name: 'B', phase: 'Lost', owner: zed?._id as string },
			{ name: 'C', phase: 'Live' },
		]);
		expect(shown(await options('company', 'phase'))).toEqual(['Live', 'Lost']);
		const filters = { owner: record('list', zed?._id), phase: 'Live' };
		const { output } = await planhat.run({ resource: 'company', operation: 'getAll', filters });
		expect(output.map(({ json }) => json.name)).toEqual(['A']);
	});
});

describe('the list of Company Names or IDs', () => {
	it('holds all companies by name where they are few', async () => {
		const [beta, acme] = planhat.server.insert('companies', [{ name: 'Beta' }, { name: 'Acme', externalId: 'a' }]);
		expect(await options('enduser', 'companyId')).toEqual([
			{ name: 'Acme (a)', value: acme?._id },
			{ name: 'Beta', value: beta?._id },
		]);
		expect(planhat.sent()).toEqual(['GET /leancompanies']);
	});

	it('holds the first of 12,000, those that are chosen, and says how to get at the others', async () => {
		const stored = planhat.server.insert(
			'companies',
			rows(12_000, (index) => ({ name: `Company ${String(index).padStart(5, '0')}` })),
		);
		const last = String(stored.at(-1)?._id);
		const [notice, ...companies] = await options('metric', 'companyId', { companyId: [last] });
		expect(notice).toEqual({
			name: "301 of 12,000 companies. The filter 'Company' finds the others.",
			value: '',
			disabled: true,
		});
		expect(companies).toHaveLength(301);
		expect(companies.at(-1)).toEqual({ name: 'Company 11999', value: last });
	});

	it('gives IDs that the run takes, several or from an expression', async () => {
		const [one, two] = planhat.server.insert('companies', [{ name: 'A' }, { name: 'B' }, { name: 'C' }]);
		const ids = [String(one?._id), String(two?._id)];
		for (const companyId of [ids, '={{ $json.ids }}', `={{ $json.ids.join(",") }}`]) {
			const parameters = { resource: 'company', operation: 'getAll', returnAll: true, filters: { companyId } };
			const { output, error } = await planhat.run(parameters, { items: itemsOf([{ ids }]) });
			expect(error).toBeUndefined();
			expect(output.map(({ json }) => json.name)).toEqual(['A', 'B']);
		}
	});
});

describe('the lists of other filters', () => {
	it('hold the values that Planhat documents, without a request', async () => {
		const statuses = ['prospect', 'coming', 'customer', 'canceled', 'lost'];
		expect(shown(await options('company', 'status'))).toEqual(statuses);
		expect(shown(await options('company', 'status', {}, 'getLeanList'))).toEqual(statuses);
		expect(planhat.sent()).toEqual([]);
	});

	it('hold the values of the newest records where Planhat documents none', async () => {
		planhat.server.insert('tasks', [
			{ status: 'To Do' },
			{ status: 'In-progress' },
			{ status: 'To Do' },
			{ status: 'Done', isArchived: true },
			{ status: ' ' },
			{},
		]);
		planhat.server.insert('conversations', [{ type: 'note' }, { type: 'QBR' }]);
		planhat.server.insert('tickets', [{ status: 'open' }]);
		planhat.server.insert('customfields', [{ parent: 'company' }, { parent: 'Company' }, { parent: 'asset' }]);
		expect(shown(await options('task', 'status'))).toEqual(['In-progress', 'To Do', 'Done']);
		expect(planhat.sent()).toEqual(['GET /tasks', 'GET /tasks']);
		expect(shown(await options('conversation', 'type'))).toEqual(['note', 'QBR', 'ticket']);
		expect(planhat.lastRequest().query).toEqual({ sort: '-_id', select: 'type', limit: '2000' });
		expect(shown(await options('ticket', 'status'))).toEqual(['open']);
		expect(shown(await options('customField', 'parent'))).toEqual(['asset', 'company', 'Company']);
	});

	it('of metrics hold the dimension IDs of the last week, else of the last year, else none', async () => {
		const value = (dimensionId: string, days: number, companyId?: string) => ({
			dimensionId,
			value: 1,
			time: new Date(Date.now() - days * 86_400_000).toISOString(),
			...(companyId && { companyId }),
		});
		expect(await options('metric', 'dimensionId')).toEqual([]);
		expect(planhat.sent()).toHaveLength(2);
		const one = '5f1000000000000000000001';
		planhat.server.insert('dimensiondata', [value('old', 100)]);
		expect(shown(await options('metric', 'dimensionId'))).toEqual(['old']);
		planhat.server.insert('dimensiondata', [value('logins', 2), value('beats', 1, one), value('logins', 0)]);
		expect(await options('metric', 'dimensionId')).toEqual([
			{ name: 'beats', value: 'beats' },
			{ name: 'logins', value: 'logins' },
		]);
		expect(shown(await options('metric', 'dimensionId', { companyId: [one] }))).toEqual(['beats']);
	});

	it('give values that the run takes', async () => {
		planhat.server.insert('companies', [
			{ name: 'A', status: 'lost' },
			{ name: 'B', status: 'customer' },
			{ name: 'C', status: 'prospect' },
		]);
		const many = { resource: 'company', operation: 'getAll', filters: { status: 'lost' } };
		expect((await planhat.run(many)).output.map(({ json }) => json.name)).toEqual(['A']);
		const lean = { resource: 'company', operation: 'getLeanList', filters: { status: ['lost', 'prospect'] } };
		expect((await planhat.run(lean)).output.map(({ json }) => json.name)).toEqual(['A', 'C']);
		expect(planhat.lastRequest().query).toEqual({ status: 'lost,prospect' });
	});
});

describe('a list that cannot be filled', () => {
	it('says that the node has no credential, without a request', async () => {
		const bare = { parameters: { resource: 'company', operation: 'getAll', filters: {} } };
		for (const ask of [() => searchInEditor(bare), () => optionsInEditor(bare, 'companyId')]) {
			const error = await thrownBy(ask);
			expect(error.message).toContain('The node has no Planhat credential yet');
		}
		expect(planhat.sent()).toEqual([]);
	});

	it('says that the credential has no token', async () => {
		const error = await thrownBy(() => search('company', '', undefined, { ...planhat.credentials, apiToken: '' }));
		expect(error.message).toBe('The Planhat credential has no API token');
	});

	it('says in plain words that the token is wrong, and shows none', async () => {
		const apiToken = 'secret-token-1';
		planhat.server.order({ path: /.*/, times: 'always', answer: { status: 401, body: `no such token ${apiToken}` } });
		const error = await thrownBy(() => search('enduser', 'a', undefined, { ...planhat.credentials, apiToken }));
		expect(error.message).toBe('Planhat did not list the end users: no such token [hidden]');
		expect(error.description).toContain('Check the API token in the Planhat credential');
		expect(JSON.stringify(error)).not.toContain(apiToken);
		expect(planhat.sent()).toHaveLength(1);
	});

	it('of options says everything in the message, the only thing that the editor shows', async () => {
		planhat.server.order({ path: '/leancompanies', answer: { status: 401, body: 'Unauthorized' } });
		const error = await thrownBy(() => options('company', 'companyId'));
		expect(error.name).toBe('NodeOperationError');
		expect(error.message).toMatch(/^Planhat did not list the companies: Unauthorized\. Check the API token .+ region/);
	});

	it('says which right is missing', async () => {
		planhat.server.setRights({ companies: { read: false } });
		const error = await thrownBy(() => search('company'));
		expect(error.description).toContain('add the permission for Company');
	});

	it('does not wait for a minute when Planhat asks for one', async () => {
		planhat.server.order({
			path: '/leancompanies',
			times: 'always',
			answer: { status: 429, headers: { 'retry-after': '60' } },
		});
		const since = performance.now();
		const error = await thrownBy(() => search('company'));
		expect(performance.now() - since).toBeLessThan(5_000);
		expect(planhat.sent()).toHaveLength(1);
		expect(error.message).toContain('Planhat did not list the companies');
	});

	it('gives up when the quota is used up by others', async () => {
		const timeout = AbortSignal.timeout.bind(AbortSignal);
		const patience = jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => timeout(50));
		const credentials = { ...planhat.credentials, callsPerMinute: 1 };
		await search('company', 'a', undefined, credentials);
		const error = await thrownBy(() => search('enduser', 'b', undefined, credentials));
		expect(patience).toHaveBeenLastCalledWith(20_000);
		patience.mockRestore();
		expect(error.message).toBe('The rate limit of this token was used up for 20 seconds');
		expect(error.description).toContain("'Calls per Minute'");
		expect(planhat.sent()).toHaveLength(1);
	});

	it('gives up when Planhat does not answer, and does not speak of the quota', async () => {
		const timeout = AbortSignal.timeout.bind(AbortSignal);
		const patience = jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => timeout(50));
		planhat.server.order({ path: '/endusers', latency: 1_000 });
		const error = await thrownBy(() => search('enduser', 'b'));
		patience.mockRestore();
		expect(error.message).toBe('Planhat has not answered within 20 seconds');
		expect(`${error.description}`).not.toMatch(/quota|Calls per Minute/);
	});

	it('tries again what may pass soon', async () => {
		planhat.server.insert('companies', [{ name: 'Acme' }]);
		planhat.server.order({ path: '/leancompanies', answer: { status: 429, headers: { 'retry-after': '0' } } });
		expect(shown((await search('company')).results)).toEqual(['Acme']);
	});

	it('names the list when the answer is none', async () => {
		planhat.server.order({ path: '/leancompanies', answer: { status: 200, body: { ok: true } } });
		const error = await thrownBy(() => search('company'));
		expect(error.message).toBe('Planhat answered with something other than a list of companies');
	});
});
