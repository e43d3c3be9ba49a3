import assert from 'node:assert/strict';
import { outputOf } from '../../../scripts/lib/n8nClient.mjs';
import { world } from '../../world.mjs';
import { planhat, runTable } from './workflows.mjs';

const send = 'HTTP Request: send them';
const outcomes = 'Code: what became of each row';
const requests = 'Code: requests of 5,000 rows';

/** Tables of other systems that go to Planhat. */
export const tableJobs = [
	{
		name: 'Accounts of a CRM become companies, owners by email, those who left replaced',
		nodes: [
			planhat('Create or update companies', 'company', 'upsert', {
				options: { unknownReferences: 'useFallback', fallbackUser: 'success@example.com' },
			}),
		],
		before: ['HTTP Request: all users', `Code: emails to IDs, ${requests.slice(6)}`, send, outcomes],
		async run() {
			const [mia, success] = insertUsers(['mia', 'success']);
			world.planhat.insert('users', [{ email: 'off@example.com', nickName: 'Off', inactive: true }]);
			const owners = ['mia', 'off', 'gone'].map((name) => `${name}@example.com`);
			await runTable(
				this,
				owners.map((owner, at) => ({ externalId: `c-${at}`, name: `Company ${at}`, owner })),
			);
			assert.deepEqual(stored('companies', 'externalId', 'owner'), [
				['c-0', mia._id],
				['c-1', success._id],
				['c-2', success._id],
			]);
			assert.deepEqual(written(), ['PUT /companies']);
		},
	},
	{
		name: 'A spreadsheet without IDs updates companies by their names',
		nodes: [planhat('Create or update companies', 'company', 'upsert', { options: { matchOn: 'name' } })],
		before: ['HTTP Request: all companies', `Code: names to IDs, ${requests.slice(6)}`, send, outcomes],
		async run() {
			const [acme] = world.planhat.insert('companies', [{ name: 'Acme', phase: 'Lead' }]);
			const rows = [
				{ name: 'Acme', phase: 'Live' },
				{ name: 'Birch', phase: 'Lead' },
			];
			for (let time = 0; time < 2; time += 1) await runTable(this, rows);
			assert.deepEqual(stored('companies', 'name', 'phase'), [
				['Acme', 'Live'],
				['Birch', 'Lead'],
			]);
			assert.equal(world.planhat.records('companies')[0]._id, acme._id);
		},
	},
	{
		name: 'Contacts of a CRM become end users, companies by domain',
		nodes: [planhat('Create or update end users', 'enduser', 'upsert', { options: { companyBy: 'domain' } })],
		before: ['HTTP Request: all companies', `Code: domains to IDs, ${requests.slice(6)}`, send, outcomes],
		async run() {
			const [one, two] = insertCompanies(2);
			const execution = await runTable(this, [
				{ email: 'ann@mail.example.net', name: 'Ann', companyId: 'https://www.c1.example.com/' },
				{ email: 'bob@mail.example.net', name: 'Bob', companyId: 'c2.example.com' },
				{ email: 'cem@mail.example.net', name: 'Cem', companyId: 'gone.example.com' },
			]);
			assert.deepEqual(stored('endusers', 'email', 'companyId'), [
				['ann@mail.example.net', one._id],
				['bob@mail.example.net', two._id],
			]);
			const [failed] = outputOf(execution, 'Create or update end users', 1);
			assert.match(failed.error, /gone\.example\.com/);
		},
	},
	{
		name: 'Subscriptions of a billing system become licenses, a renewal ends the one before, companies by external ID',
		nodes: [
			planhat('Create or update licenses', 'license', 'upsert', {
				options: { companyBy: 'externalId', keyPerPeriod: true, closePrevious: true },
			}),
		],
		before: [
			'HTTP Request: all licenses',
			`Code: keys with the period, those to end, ${requests.slice(6)}`,
			...[send, outcomes],
		],
		async run() {
			const [one, two] = insertCompanies(2);
			const license = { product: 'Team', value: 1200, _currency: 'EUR' };
			const last = { ...license, externalId: 'sub-0', companyId: one._id, renewalStatus: 'ongoing' };
			world.planhat.insert('licenses', [{ ...last, fromDate: '2025-01-01T00:00:00.000Z', toDate: null }]);
			const rows = ['c-1', 'c-2', 'c-9'].map((companyId, at) => ({
				...{ ...license, externalId: `sub-${at}`, companyId },
				...{ fromDate: '2026-01-01', toDate: '2026-12-31' },
			}));
			let execution;
			for (let time = 0; time < 2; time += 1) execution = await runTable(this, rows);
			assert.deepEqual(
				world.planhat
					.records('licenses')
					.map(({ companyId, fromDate, toDate, renewalStatus }) => [
						...[companyId, fromDate.slice(0, 10), toDate.slice(0, 10)],
						renewalStatus === 'renewed',
					]),
				[
					[one._id, '2025-01-01', '2026-01-01', true],
					[one._id, '2026-01-01', '2026-12-31', false],
					[two._id, '2026-01-01', '2026-12-31', false],
				],
			);
			assert.equal(outputOf(execution, 'Create or update licenses', 1)[0].externalId, 'sub-2');
		},
	},
	{
		name: 'Invoices of an accounting system, companies by the ID of the CRM',
		nodes: [planhat('Create or update invoices', 'invoice', 'upsert', { options: { companyBy: 'sourceId' } })],
		before: ['HTTP Request: keys of all companies', `Code: IDs, dates as days, ${requests.slice(6)}`, send, outcomes],
		async run() {
			const [one] = insertCompanies(1);
			const row = { extId: 'i-1', companyId: 'crm-1', currency: 'EUR', amountTotal: 99.5, invoiceDate: '2026-03-31' };
			for (let time = 0; time < 2; time += 1) await runTable(this, [row]);
			assert.deepEqual(stored('invoices', 'extId', 'cId', 'amountTotal', 'invoiceDate'), [
				['i-1', one._id, 99.5, 20543],
			]);
		},
	},
	{
		name: 'Events of a product become user activities',
		nodes: [planhat('Track user activities', 'userActivity', 'track')],
		before: ['Code: requests that are small enough', send],
		async run() {
			const rows = ['Report opened', 'Report shared'].map((action) => ({
				...{ email: 'ann@c1.example.com', companyExternalId: 'c-1', action },
				date: '2026-01-15T08:00:00Z',
			}));
			await runTable(this, rows);
			assert.deepEqual(stored('analytics', 'email', 'action'), [
				['ann@c1.example.com', 'Report opened'],
				['ann@c1.example.com', 'Report shared'],
			]);
			assert.equal(written().length, 1);
		},
	},
	{
		name: 'Answers of a survey tool become NPS responses, each once, impossible scores refused',
		nodes: [planhat('Create or update NPS responses', 'nps', 'upsert', { options: { unknownValues: 'fail' } })],
		before: [`Code: scores looked at, ${requests.slice(6)}`, send, outcomes],
		async run() {
			insertCompanies(1);
			world.planhat.insert('endusers', [{ email: 'ann@c1.example.com' }]);
			const rows = [
				{ sourceId: 'answer-1', email: 'ann@c1.example.com', score: '9', comment: 'Fine' },
				{ sourceId: 'answer-2', email: 'ann@c1.example.com', score: '11' },
			];
			await runTable(this, rows);
			const execution = await runTable(this, rows);
			assert.deepEqual(stored('nps', 'sourceId', 'score', 'comment'), [['answer-1', 9, 'Fine']]);
			assert.equal(outputOf(execution, this.nodes[0].name, 1)[0].sourceId, 'answer-2');
		},
	},
	{
		name: 'Feature requests of a tracker become issues, several companies by domain, people by email',
		nodes: [planhat('Create or update issues', 'issue', 'upsert', { options: { companyBy: 'domain' } })],
		before: [
			...['HTTP Request: all companies', 'HTTP Request: all end users'],
			...[`Code: domains and emails to IDs, ${requests.slice(6)}`, send, outcomes],
		],
		async run() {
			const [one, two] = insertCompanies(2);
			const [ann] = world.planhat.insert('endusers', [{ email: 'ann@c1.example.com', companyId: one._id }]);
			const row = {
				...{ sourceId: 'FEAT-1', title: 'Dark mode', companyIds: 'c1.example.com, c2.example.com' },
				enduserIds: ['ann@c1.example.com'],
			};
			await runTable(this, [row]);
			assert.deepEqual(stored('issues', 'sourceId', 'companyIds', 'enduserIds'), [
				['FEAT-1', [one._id, two._id], [ann._id]],
			]);
		},
	},
	{
		name: 'Accounts of a list get a tag, and keep those that they have',
		nodes: [planhat('Add the tags', 'company', 'upsert', { options: { listMode: 'add', writeMode: 'updateOnly' } })],
		before: ['HTTP Request: tags of all companies', `Code: tags together, ${requests.slice(6)}`, send, outcomes],
		async run() {
			insertCompanies(2, { tags: ['key account'] });
			await runTable(this, [
				{ externalId: 'c-1', tags: 'at risk' },
				{ externalId: 'c-9', tags: 'at risk' },
			]);
			assert.deepEqual(stored('companies', 'externalId', 'tags'), [
				['c-1', ['key account', 'at risk']],
				['c-2', ['key account']],
			]);
		},
	},
];

/** Records of the double: these fields of each. */
export function stored(path, ...fields) {
	return world.planhat.records(path).map((record) => fields.map((field) => record[field]));
}

export function insertCompanies(count, more = {}) {
	return world.planhat.insert(
		'companies',
		Array.from({ length: count }, (_, at) => ({
			...{ name: `Company ${at + 1}`, externalId: `c-${at + 1}`, sourceId: `crm-${at + 1}` },
			domains: [`c${at + 1}.example.com`],
			...more,
		})),
	);
}

export function insertUsers(names) {
	return world.planhat.insert(
		'users',
		names.map((name) => ({ email: `${name}@example.com`, firstName: name, lastName: 'Berg' })),
	);
}

function written() {
	return world.planhat.requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);
}
