import { beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { models } from '../../dist/nodes/Planhat/resources/index.js';
import { bench, record } from './planhat.mts';

/** The editor knows an ID when it sees one; a model fills in what it likes. */
const named = (text: string) => record('id', `={{ ${JSON.stringify(text)} }}`);

const planhat = bench({ forEachTest: true });

let acme: IDataObject;
let ada: IDataObject;

beforeEach(() => {
	const { server } = planhat;
	const [first] = server.insert('companies', [
		{ name: 'Acme', externalId: 'acme-1', phase: 'Live' },
		{ name: 'Acme Nordic', externalId: 'acme-2', phase: 'Renewal' },
		{ name: 'Seabird', externalId: 'sea-1' },
		{ name: 'Twin', externalId: 'twin-1' },
		{ name: 'Twin', externalId: 'twin-2' },
	]);
	const [user] = server.insert('users', [
		{ email: 'ada@team.example.com', nickName: 'Ada', firstName: 'Ada', lastName: 'Byron' },
		{ email: 'ben@team.example.com', nickName: 'Ben', firstName: 'Ben', lastName: 'Okri' },
	]);
	acme = first as IDataObject;
	ada = user as IDataObject;
});

async function asTool(parameters: INodeParameters) {
	const { output, error } = await planhat.run({ output: 'raw', ...parameters }, { isTool: true });
	return { items: output.map(({ json }) => json), said: error?.message ?? '' };
}

async function failsWith(parameters: INodeParameters): Promise<string> {
	const { items, said } = await asTool(parameters);
	expect(items).toEqual([]);
	return said;
}

/** What a model gets that asks for one record. */
async function isToldBy(parameters: INodeParameters): Promise<string> {
	const { items, said } = await asTool(parameters);
	expect([said, items]).toMatchObject(['', [{ found: false }]]);
	return String(items[0]?.notice);
}

const get = { resource: 'company', operation: 'get' };

describe('a record that a model names', () => {
	it.each([['acme'], ['Acme'], ['acme-1']])('is found as %s', async (name) => {
		const { items } = await asTool({ ...get, recordId: named(name) });
		expect(items).toMatchObject([{ _id: acme._id, name: 'Acme' }]);
		expect((await planhat.run({ ...get, recordId: named(name) })).error?.message).toContain('is not the ID');
	});

	it('has to be named as it is written where it is changed or deleted', async () => {
		const update = {
			resource: 'company',
			operation: 'update',
			recordId: named('acme'),
			json: '{ "city": "Bern" }',
		};
		expect(await failsWith(update)).toContain(
			`No company is called 'acme'. Similar: Acme (acme-1): ${String(acme._id)};`,
		);
		expect(await failsWith({ ...update, operation: 'delete' })).toContain("No company is called 'acme'");
		expect((await asTool({ ...update, recordId: named('Acme') })).items).toMatchObject([{ city: 'Bern' }]);
		expect(
			planhat.server
				.records('companies')
				.map(({ city }) => city)
				.filter(Boolean),
		).toEqual(['Bern']);
	});

	it('is not guessed among several', async () => {
		const said = await isToldBy({ ...get, recordId: named('Twin') });
		expect(said).toMatch(
			/^2 companies are called 'Twin': Twin \(twin-1\): [0-9a-f]{24}; Twin \(twin-2\): [0-9a-f]{24}\. Use the ID/,
		);
	});

	it('is told from none with at most five that are alike', async () => {
		planhat.server.insert(
			'companies',
			Array.from({ length: 8 }, (_value, at) => ({ name: `Alike ${at}` })),
		);
		const said = await isToldBy({ ...get, recordId: named('alike') });
		expect(said.match(/[0-9a-f]{24}/g)).toHaveLength(5);
		expect(said).toContain('; and 3 more');
		expect(await isToldBy({ ...get, recordId: named('Zzz') })).toBe("No company is called 'Zzz'.");
		expect(await isToldBy({ ...get, recordId: named('Seebird') })).toContain('Similar: Seabird (sea-1): ');
	});

	it('is another one after a write has given it the name, or has taken it away', async () => {
		const write = async (operation: string, json: object, more = {}) =>
			await asTool({ resource: 'company', operation, json: JSON.stringify(json), ...more });
		expect((await asTool({ ...get, recordId: named('Seabird') })).items).toMatchObject([{ name: 'Seabird' }]);
		await write('create', { name: 'Seabird' });
		const { said } = await write('update', { phase: 'Lost' }, { recordId: named('Seabird') });
		expect(said).toMatch(/^2 companies are called 'Seabird'/);
		await write('upsert', { externalId: 'sea-1', name: 'Osprey' });
		expect((await write('update', { phase: 'Lost' }, { recordId: named('Seabird') })).items).toMatchObject([
			{ name: 'Seabird', phase: 'Lost' },
		]);
		await write('update', { name: 'Seabird' }, { recordId: named('Osprey') });
		expect((await write('update', { phase: 'Won' }, { recordId: named('Seabird') })).said).toContain('2 companies');
		expect(planhat.server.records('companies').map(({ phase }) => phase)).toEqual([
			...['Live', 'Renewal', undefined, undefined, undefined, 'Lost'],
		]);
	});

	it('stays known through a write that changes no name', async () => {
		for (const phase of ['One', 'Two'])
			await asTool({
				resource: 'company',
				operation: 'update',
				recordId: named('Acme'),
				json: JSON.stringify({ phase }),
			});
		expect(planhat.sent().filter((sent) => sent.includes('leancompanies'))).toHaveLength(1);
	});

	it('may have been created within the last minute', async () => {
		await asTool({ ...get, recordId: named('Acme') });
		planhat.server.insert('companies', [{ name: 'Newcomer' }]);
		expect((await asTool({ ...get, recordId: named('newcomer') })).items).toMatchObject([{ name: 'Newcomer' }]);
	});

	it('is looked up with one list for many calls', async () => {
		for (let call = 0; call < 3; call += 1) await asTool({ ...get, recordId: named('Acme') });
		expect(planhat.sent().filter((sent) => sent.includes('leancompanies'))).toHaveLength(1);
	});
});

describe('what a model writes', () => {
	it('names company and owner, and says the day', async () => {
		const json = { action: 'Call', mainType: 'task', companyId: 'Acme', ownerId: 'Ada Byron', startTime: 'tomorrow' };
		const { items, said } = await asTool({ resource: 'task', operation: 'create', json: JSON.stringify(json) });
		expect([items, said]).toMatchObject([[{ companyId: acme._id, ownerId: ada._id }], '']);
		expect(String(items[0]?.startTime)).toMatch(/^\d{4}-\d\d-\d\d/);
	});

	it('goes nowhere where a name is that of nobody', async () => {
		const json = JSON.stringify({ name: 'Gamma', owner: 'Zoe' });
		const said = await failsWith({ resource: 'company', operation: 'create', json });
		expect(said).toContain("'owner': No user is called 'Zoe'");
		expect(planhat.server.records('companies')).toHaveLength(5);
	});

	it('is named in Create or Update too, with the users read once a minute', async () => {
		for (const name of ['One', 'Two']) {
			const json = JSON.stringify({ name, externalId: name, owner: 'ada@team.example.com' });
			const { items } = await asTool({ resource: 'company', operation: 'upsert', json });
			expect(items).toMatchObject([{ outcome: 'created' }]);
		}
		expect(planhat.server.records('companies').slice(-1)[0]).toMatchObject({ owner: ada._id });
		expect(planhat.sent().filter((sent) => sent === 'GET /users')).toHaveLength(1);
	});
});

describe('a list that a model asks for', () => {
	it('is filtered by the names of company and user', async () => {
		planhat.server.insert('tasks', [
			{ action: 'A', companyId: acme._id, ownerId: ada._id },
			{ action: 'B', companyId: acme._id },
			{ action: 'C', companyId: '5f0000000000000000000009', ownerId: ada._id },
		] as never);
		const list = { resource: 'task', operation: 'getAll' };
		const byCompany = await asTool({ ...list, filters: { company: named('Acme') } });
		expect(byCompany.items.map(({ action }) => action)).toEqual(['A', 'B']);
		expect(await failsWith({ ...list, filters: { company: named('Twin') } })).toContain('2 companies are called');
	});
});

describe('Search', () => {
	const search = (resource: string, searchText: string) => ({ resource, operation: 'search', searchText });

	it('finds companies by words of their names, those that are called so first', async () => {
		const { items } = await asTool(search('company', 'acme'));
		expect(items).toEqual([
			{ _id: acme._id, name: 'Acme' },
			{ _id: expect.any(String), name: 'Acme Nordic' },
		]);
		expect((await planhat.run(search('company', 'sea-1'))).output[0]?.json.name).toBe('Seabird');
	});

	it('finds who was created within the last minute', async () => {
		await asTool(search('company', 'acme'));
		planhat.server.insert('companies', [{ name: 'Newcomer' }]);
		expect((await asTool(search('company', 'newcomer'))).items).toMatchObject([{ name: 'Newcomer' }]);
	});

	it('finds users and end users', async () => {
		planhat.server.insert('endusers', [
			{ name: 'Ada Lovelace', email: 'ada@acme.example', companyId: acme._id },
		] as never);
		expect((await asTool(search('user', 'byron'))).items).toMatchObject([
			{ name: 'Ada', email: 'ada@team.example.com' },
		]);
		expect((await asTool(search('enduser', 'lovelace'))).items).toMatchObject([
			{ name: 'Ada Lovelace', email: 'ada@acme.example' },
		]);
	});

	it('gives ten at most, and says how many there are', async () => {
		planhat.server.insert(
			'companies',
			Array.from({ length: 30 }, (_value, at) => ({ name: `Alike ${at}` })),
		);
		const { items } = await asTool(search('company', 'alike'));
		expect(items).toHaveLength(10);
		expect(items[0]?.notice).toContain('10 of 30 companies');
	});

	it('gives those that may be meant where nothing is found', async () => {
		expect((await asTool(search('company', 'Seebird'))).items).toEqual([
			{ notice: 'No company matches. Similar:', _id: expect.any(String), name: 'Seabird' },
		]);
		expect((await planhat.run(search('company', 'Seebird'))).output).toEqual([]);
	});

	it('says that nothing is found, and refuses an empty text', async () => {
		expect((await asTool(search('company', 'zzz'))).items).toEqual([{ notice: 'No company matches.' }]);
		expect(await failsWith(search('company', ' '))).toContain("'Search Text' is empty");
	});
});

describe('Describe', () => {
	it.each(models)('$resource in less than 2 kB', async ({ resource }) => {
		const custom = Array.from({ length: 60 }, (_value, at) => ({
			...{ name: `Field ${at}`, parent: 'company', type: 'list', listValues: ['Basic', 'Team', 'Enterprise'] },
		}));
		planhat.server.insert('customfields', custom as never);
		const { items, said } = await asTool({ resource, operation: 'describe' });
		expect([said, items.length]).toEqual(['', 1]);
		expect(JSON.stringify(items).length).toBeLessThan(2_048);
	});

	it.each(['A rather long name of a custom field', '株式会社の長い名前の項目'])(
		'in less than 2 kB where there are 200 custom fields such as %s',
		async (name) => {
			const custom = Array.from({ length: 200 }, (_value, at) => ({
				...{ name: `${name} ${at}`, parent: 'company', type: 'list', listValues: ['値一', 'Basic', 'Team'] },
			}));
			planhat.server.insert('customfields', custom as never);
			const { items } = await asTool({ resource: 'company', operation: 'describe' });
			expect(Buffer.byteLength(JSON.stringify(items))).toBeLessThan(2_048);
			expect(items[0]?.notShown).toMatch(/^\d+ more fields$/);
		},
	);

	it('tells types, values, phases seen, and what can only be read', async () => {
		planhat.server.insert('customfields', [
			{ name: 'Plan', parent: 'company', type: 'list', listValues: ['Basic', 'Team'] },
		] as never);
		const { items } = await asTool({ resource: 'company', operation: 'describe' });
		expect(items[0]?.fields).toMatchObject({
			name: 'text, required',
			phase: 'text, such as Live, Renewal',
			tags: 'list of texts, replaced whole',
			owner: 'user: name, email or ID',
			'custom.Plan': 'one of Basic, Team',
		});
		expect(items[0]?.readOnly).toContain('renewalDate');
	});
});
