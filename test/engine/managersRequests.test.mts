import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Tiktoken } from 'js-tiktoken/lite';
import ranks from 'js-tiktoken/ranks/o200k_base';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { bench } from './planhat.mts';

/** What the end-to-end tests hold the first 15 requests to, held to others that are near them. */
const most = { calls: 2, tokens: 1_500, write: 40 };

const encoding = new Tiktoken(ranks as never);
const tokensIn = (text: string): number => encoding.encode(text).length;

const planhat = bench({ forEachTest: true });

type Parameters = INodeParameters & IDataObject;

const ask = (name: string) => `={{ $fromAI('${name}') }}`;
const askedRecord = (name: string) => ({ __rl: true, mode: 'id', value: ask(name) });

function mapped(names: Record<string, string>) {
	const value = Object.fromEntries(Object.entries(names).map(([field, name]) => [field, ask(name)]));
	return { specifyFields: 'map', fields: { mappingMode: 'defineBelow', value, schema: [] } };
}

function lists(resource: string): Parameters {
	const filters = { company: askedRecord('Company'), conditionsJson: ask('Conditions') };
	return { resource, operation: 'getAll', limit: 50, filters, output: 'simplified' } as never;
}

/** The tools of the example "Customer success assistant", and some that its users add. */
function allTools(): Record<string, Parameters> {
	const example = JSON.parse(readFileSync('examples/customer-success-assistant.json', 'utf8')) as {
		nodes: Array<{ name: string; type: string; parameters: Parameters }>;
	};
	const nodes = example.nodes.filter(({ type }) => type === 'n8n-nodes-planhat.planhatTool');
	const output = 'simplified';
	return {
		...Object.fromEntries(nodes.map(({ name, parameters }) => [name, { output, ...parameters }])),
		'Find contacts': lists('enduser'),
		'Find tasks': lists('task'),
		'Find licenses': lists('license'),
		'Update task': {
			...{ resource: 'task', operation: 'update', recordId: askedRecord('Task'), output },
			...mapped({ status: 'Status' }),
		},
		'Change company': {
			...{ resource: 'company', operation: 'update', recordId: askedRecord('Company'), output },
			...{ specifyFields: 'json', json: ask('Fields') },
		},
		'Add company': { resource: 'company', operation: 'create', specifyFields: 'json', json: ask('Fields'), output },
		'Log meeting': {
			...{ resource: 'note', operation: 'create', output },
			...mapped({ companyId: 'Company', subject: 'Subject', date: 'Date', endusers: 'Contacts' }),
		},
	};
}

const tools = allTools();

/** A model fills in every argument: what it has nothing for is a blank text. */
function filled(value: unknown, given: IDataObject): unknown {
	const [, name] = typeof value === 'string' ? (/\$fromAI\('([^']+)'/.exec(value) ?? []) : [];
	if (name !== undefined) return `={{ $fromAI('x') ?? ${JSON.stringify(given[name] ?? '')} }}`;
	if (Array.isArray(value)) return value.map((each) => filled(each, given));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filled(each, given)]));
}

/** @returns what the model gets */
async function call(tool: string, given: IDataObject): Promise<string> {
	const parameters = tools[tool];
	if (parameters === undefined) throw new Error(`No tool ${tool}`);
	const { output, error } = await planhat.run(filled(parameters, given) as INodeParameters, { isTool: true });
	return error?.message ?? JSON.stringify(output.map(({ json }) => json));
}

const day = (days: number) => `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T12:00:00.000Z`;

const conditions = (...all: Array<[field: string, operator: string, value?: unknown]>) =>
	JSON.stringify(all.map(([field, operator, value]) => ({ field, operator, value })));

const people = ['Ann Lee', 'Ben Okri', 'Ann Olsen'];

const companies: IDataObject[] = [
	{ name: 'Acme', externalId: 'acme-1', country: 'Sweden', tags: ['vip'], lastTouch: day(-45), nps: 6, phase: 'Live' },
	{ name: 'Beta', country: 'Sweden', tags: [], lastTouch: day(-3) },
	{ name: 'Gamma', country: 'Norway' },
	{ name: 'Twin', externalId: 'twin-1' },
	{ name: 'Twin', externalId: 'twin-2' },
	...['Nordlicht Labs', 'O’Neill “& Sons”', '株式会社アクメ', '🚀 Rocket', '61006bc89a3e0b702ed8ea49'].map((name) => ({
		name,
	})),
];

/** IDs by the names of records; of two records that share one, those of the last. */
const ids: Record<string, string> = {};

function insert(collection: string, rows: IDataObject[], title = 'name'): void {
	for (const record of planhat.server.insert(collection, rows as never))
		ids[String(record[title as never])] = String(record._id);
}

beforeEach(() => {
	const { server } = planhat;
	insert(
		'users',
		people.map((name) => {
			const [firstName, lastName] = name.split(' ');
			return {
				nickName: name,
				firstName,
				lastName,
				email: `${name.replace(' ', '.')}@team.example.com`,
			} as IDataObject;
		}),
		'nickName',
	);
	const owner = ids['Ann Lee'] ?? '';
	insert(
		'companies',
		companies.map((company, at) => ({ status: 'customer', h: 4, ...company, ...(at < 3 && { owner }) })),
	);
	const at = (company: string) => ({ companyId: ids[company] ?? '', companyName: company });
	insert('endusers', [
		{ ...at('Beta'), name: 'Cleo Ek', position: 'Champion', email: 'cleo@beta.example' },
		{ ...at('Beta'), name: 'Dan Vik', position: 'User', email: 'dan@beta.example' },
		{ ...at('Acme'), name: 'Bo Alm', email: 'bo@acme.example' },
		{ ...at('Acme'), name: 'Eve Holm', email: 'eve@acme.example' },
	]);
	const task = { mainType: 'task', status: 'To Do', startTime: day(2) };
	insert(
		'tasks',
		[
			{ ...at('Acme'), ...task, action: 'Onboarding call', ownerId: owner },
			{ ...at('Beta'), ...task, action: 'Review', ownerId: owner },
		],
		'action',
	);
	server.insert('licenses', [
		{ ...at('Acme'), product: 'Suite', mrr: 900, _currency: 'EUR', fromDate: day(-300), toDate: day(20) },
		{ ...at('Beta'), product: 'Suite', mrr: 100, _currency: 'EUR', fromDate: day(-30), toDate: day(300) },
	] as never);
});

/** The first ID in a text, after `name` where one is given. */
function idIn(text: string, name = ''): string {
	const [id] = /[0-9a-f]{24}/.exec(text.slice(Math.max(0, text.indexOf(name)))) ?? [];
	return id ?? `no ID in ${text}`;
}

interface Request {
	asks: string;
	/** By the texts of the calls before. */
	calls: Array<(earlier: string[]) => [tool: string, given: IDataObject]>;
	/** All that may be written. */
	writes?: () => unknown[];
	found: RegExp[];
	notFound?: RegExp[];
	/** What happens in Planhat between the calls. */
	meanwhile?: () => void;
}

const healthOf = (name: string): Request['calls'] => [() => ['Get company', { Company: name }]];

const requests: Request[] = [
	{
		asks: 'which customers has Ann Lee not spoken with for 30 days',
		calls: [
			() => [
				'List companies',
				{
					Owner: 'Ann Lee',
					Conditions: conditions(['lastTouch', 'before', '30 days ago']),
					Fields: 'name, last touch',
				},
			],
		],
		found: [/"name":"Acme","lastTouch"/, /1 more company has no lastTouch/],
		notFound: [/Beta/],
	},
	{
		asks: 'who is meant by Ann, where two are called so',
		calls: [
			() => ['List companies', { Owner: 'Ann' }],
			([said = '']) => ['List companies', { Owner: idIn(said, 'Ann Lee'), Fields: 'name' }],
		],
		found: [/No user is called 'Ann'\. Similar: Ann Olsen: [0-9a-f]{24}; Ann Lee/, /Gamma/],
		notFound: [/Twin/],
	},
	{
		asks: "move Acme's renewal to 2027-03-31, which Planhat works out itself",
		calls: [() => ['Change company', { Company: 'Acme', Fields: '{"renewalDate":"2027-03-31","phase":"Renewal"}' }]],
		found: [/^'renewalDate' of a company is set by Planhat alone/],
	},
	{
		asks: 'who are the champions at Beta',
		calls: [() => ['Find contacts', { Company: 'Beta', Conditions: conditions(['position', 'contains', 'champion']) }]],
		found: [/Cleo Ek/],
		notFound: [/Dan/],
	},
	{
		asks: 'close the task about onboarding',
		calls: [
			() => ['Find tasks', { Conditions: conditions(['name', 'contains', 'onboarding']) }],
			([found = '']) => ['Update task', { Task: idIn(found), Status: 'Done' }],
		],
		writes: () => [['PUT', `/tasks/${ids['Onboarding call']}`, { status: 'Done' }]],
		found: [/"status":"Done"/],
	},
	{
		asks: 'add a tag to all customers in Sweden',
		calls: [
			() => ['List companies', { Conditions: conditions(['country', 'equals', 'Sweden']), Fields: 'name, tags' }],
			([found = '']) => [
				'Change many companies',
				{
					Rows: (JSON.parse(found) as Array<{ _id: string; tags?: string[] }>).map(({ _id, tags = [] }) => ({
						...{ _id, tags: [...tags, 'nordic'] },
					})),
				},
			],
		],
		writes: () => [
			[
				...['PUT', '/companies'],
				[
					{ _id: ids.Acme, tags: ['vip', 'nordic'] },
					{ _id: ids.Beta, tags: ['nordic'] },
				],
			],
		],
		found: [/"outcome":"updated"/],
	},
	{
		asks: 'log that we met Acme today with Bo and Eve',
		calls: [
			() => ['List contacts', { Company: 'Acme' }],
			() => ['Log meeting', { Company: 'Acme', Subject: 'Met', Date: 'today', Contacts: 'Bo Alm, Eve Holm' }],
		],
		writes: () => [
			[
				...['POST', '/conversations'],
				{
					...{ companyId: ids.Acme, subject: 'Met', type: 'note', date: expect.stringContaining('T00:00:00.000Z') },
					endusers: [
						{ id: ids['Bo Alm'], name: 'Bo Alm' },
						{ id: ids['Eve Holm'], name: 'Eve Holm' },
					],
				},
			],
		],
		found: [/"subject":"Met"/],
	},
	{
		asks: 'which licences end within this quarter',
		calls: [() => ['Find licenses', { Conditions: conditions(['toDate', 'between', `${day(0)} and ${day(90)}`]) }]],
		found: [/"mrr":900/, /Acme/],
		notFound: [/Beta/],
	},
	{ asks: 'what is our NPS at Acme', calls: healthOf('acme'), found: [/"nps":6/] },
	{
		asks: 'how healthy is Twin, of which there are two',
		calls: [...healthOf('Twin'), ([said = '']) => ['Get company', { Company: idIn(said, 'twin-2') }]],
		found: [/2 companies are called 'Twin'/, /"externalId":"twin-2".*"health":"4 of 10"/],
	},
	{
		asks: 'how healthy is Nordlict Labs, misspelled',
		calls: [...healthOf('Nordlict Labs'), ([said = '']) => ['Get company', { Company: idIn(said) }]],
		found: [/Similar: Nordlicht Labs/, /"name":"Nordlicht Labs".*"health":"4 of 10"/],
	},
	...[`O'Neill "& sons"`, '株式会社アクメ', '🚀 rocket'].map((name): Request => ({
		asks: `how healthy is ${name}`,
		calls: healthOf(name),
		found: [/"health":"4 of 10"/],
	})),
	{
		asks: 'which company has a name that looks like an ID',
		calls: [
			...healthOf('61006bc89a3e0b702ed8ea49'),
			() => ['Search companies', { Search_Text: '61006bc89a3e0b702ed8ea49' }],
		],
		found: [/There is no company with ID.*Look for it by name/, /"name":"61006bc89a3e0b702ed8ea49"/],
	},
	{
		asks: 'which customers are in Japan',
		calls: [() => ['List companies', { Conditions: conditions(['country', 'equals', 'Japan']), Fields: 'name' }]],
		found: [/^\[\{"notice":"No company matches\."\}\]$/],
	},
	{
		asks: 'when was Acme last contacted, in words of its own',
		calls: [
			() => ['List companies', { Conditions: conditions(['name', 'equals', 'Acme']), Fields: 'name, last contact' }],
			() => ['List companies', { Conditions: conditions(['name', 'equals', 'Acme']), Fields: 'name, lastTouch' }],
		],
		found: [/'last contact' is no field of companies; there are .*'lastTouch'/, /"lastTouch":"\d{4}/],
	},
	{
		asks: 'leave Acme as it is',
		calls: [() => ['Update company', { Company: 'Acme', Name_to_Confirm: 'Acme' }]],
		found: [/There is nothing to send for the company/],
	},
	{
		asks: 'undo that, where the phase was told before',
		calls: [
			() => ['Update company', { Company: 'Acme', Name_to_Confirm: 'Acme', Phase: 'Lost' }],
			() => ['Update company', { Company: 'Acme', Name_to_Confirm: 'Acme', Phase: 'Live' }],
		],
		writes: () => ['Lost', 'Live'].map((phase) => ['PUT', `/companies/${ids.Acme}`, { phase }]),
		found: [/"phase":"Live"/],
	},
	{
		asks: 'set the phase of a company that was added a second ago',
		calls: [
			() => ['Add company', { Fields: '{"name":"Zeta"}' }],
			() => ['Update company', { Company: 'Zeta', Name_to_Confirm: 'Zeta', Phase: 'Live' }],
		],
		writes: () => [
			['POST', '/companies', { name: 'Zeta' }],
			['PUT', expect.stringMatching(/^\/companies\/[0-9a-f]{24}$/), { phase: 'Live' }],
		],
		found: [/"name":"Zeta","phase":"Live"/],
	},
	{
		asks: 'delete Gamma, which another has given another name meanwhile',
		calls: [
			() => ['Search companies', { Search_Text: 'Gamma' }],
			() => ['Delete company', { Company: 'Gamma', Name_to_Confirm: 'Gamma' }],
		],
		meanwhile: () => {
			const [gamma] = planhat.server.records('companies').filter(({ name }) => name === 'Gamma');
			planhat.server.insert('companies', [{ ...gamma, name: 'Delta' }] as never);
		},
		found: [/that was called 'Gamma' is called 'Delta' by now, so nothing was done/],
	},
];

describe('an agent that is asked', () => {
	it.each(requests.map((request): [string, Request] => [request.asks, request]))(
		'%s takes few calls and tokens, and writes no more than that',
		async (_asks, { calls, writes = () => [], found, notFound = [], meanwhile }) => {
			const said: string[] = [];
			for (const make of calls) {
				said.push(await call(...make(said)));
				meanwhile?.();
			}
			const text = said.join('\n');
			const wrote = planhat.server.requests.filter(({ method }) => method !== 'GET');
			expect(wrote.map(({ method, path, body }) => [method, path, body])).toEqual(writes());
			for (const part of found) expect(text).toMatch(part);
			for (const part of notFound) expect(text).not.toMatch(part);
			expect(calls.length).toBeLessThanOrEqual(most.calls);
			expect(tokensIn(text)).toBeLessThanOrEqual(most.tokens);
			const rows = wrote.flatMap(({ body }) => body).length;
			if (rows > 0) expect(tokensIn(said.at(-1) ?? '')).toBeLessThanOrEqual(most.write * rows);
		},
	);
});
