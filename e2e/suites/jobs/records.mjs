import assert from 'node:assert/strict';
import { outputOf } from '../../../scripts/lib/n8nClient.mjs';
import { recordLocator } from '../../workflows.mjs';
import { world } from '../../world.mjs';
import { insertCompanies, insertUsers, stored } from './tables.mjs';
import { nodeOfN8n, planhat, runTable, startName } from './workflows.mjs';

/** Records of Planhat that go out, are compared, or leave. */
export const recordJobs = [
	{
		name: 'Open deals go to the finance system, with its own keys of the customers and the names of owners',
		nodes: [
			planhat('Get many opportunities', 'opportunity', 'getAll', {
				...{ returnAll: true, filters: {}, options: { addCompanyKeys: true, addNames: true } },
			}),
		],
		before: [
			...['HTTP Request: opportunities', 'HTTP Request: keys of all companies', 'HTTP Request: all users'],
			'Code: keys and names beside the IDs',
		],
		async run() {
			const [mia] = insertUsers(['mia']);
			const [one] = insertCompanies(1);
			world.planhat.insert('opportunities', [{ title: 'Renewal', companyId: one._id, ownerId: mia._id, mrr: 100 }]);
			const [deal] = outputOf(await runTable(this), this.nodes[0].name);
			assert.deepEqual(
				[deal.companyExternalId, deal.companySourceId, deal.ownerName, deal.ownerEmail],
				['c-1', 'crm-1', 'mia Berg', 'mia@example.com'],
			);
		},
	},
	{
		name: 'Two systems are compared, and only what differs is written',
		nodes: [
			{
				...planhat('All companies', 'company', 'getAll', {
					...{ returnAll: true, filters: {}, options: { select: ['externalId', 'name', 'phase'] } },
				}),
				executeOnce: true,
				alwaysOutputData: true,
			},
			nodeOfN8n('Compare', 'compareDatasets', 2.3, {
				mergeByFields: { values: [{ field1: 'externalId', field2: 'externalId' }] },
				resolve: 'preferInput1',
				options: { skipFields: '_id' },
			}),
			planhat('Create or update companies', 'company', 'upsert'),
		],
		links: {
			[startName]: [
				[
					['All companies', 0],
					['Compare', 0],
				],
			],
			'All companies': [[['Compare', 1]]],
			Compare: [[['Create or update companies', 0]], [], [['Create or update companies', 0]], []],
		},
		before: [
			...['HTTP Request: all companies', 'Compare Datasets', 'Code: requests of 5,000 rows'],
			...['HTTP Request: send them', 'Code: what became of each row'],
		],
		async run() {
			insertCompanies(3, { phase: 'Lead' });
			const row = (at, phase) => ({ externalId: `c-${at}`, name: `Company ${at}`, phase });
			const rows = [row(1, 'Lead'), row(2, 'Live'), row(4, 'Lead')];
			await runTable(this, rows);
			assert.deepEqual(stored('companies', 'externalId', 'phase'), [
				['c-1', 'Lead'],
				['c-2', 'Live'],
				['c-3', 'Lead'],
				['c-4', 'Lead'],
			]);
			const sent = () => world.planhat.requests.filter(({ method }) => method === 'PUT').flatMap(({ body }) => body);
			assert.deepEqual(
				sent()
					.map(({ externalId }) => externalId)
					.sort(),
				['c-2', 'c-4'],
			);
			await runTable(this, rows);
			assert.equal(sent().length, 2);
		},
	},
	{
		name: 'Companies of a list are deleted; those that are gone already stop nothing',
		nodes: [
			planhat('Delete companies', 'company', 'delete', {
				recordId: recordLocator('externalId', '={{ $json.account }}'),
				options: { missing: 'ignore' },
			}),
		],
		before: ['HTTP Request: keys of all companies', 'Code: keys to IDs, each once', 'HTTP Request: delete each'],
		async run() {
			insertCompanies(4);
			const execution = await runTable(
				this,
				['c-1', 'c-2', 'c-9', 'c-1'].map((account) => ({ account })),
			);
			assert.deepEqual(stored('companies', 'externalId'), [['c-3'], ['c-4']]);
			assert.deepEqual(
				outputOf(execution, this.nodes[0].name).map(({ deleted }) => deleted),
				[true, true, false, true],
			);
		},
	},
	{
		name: 'People who left their company are archived, by email',
		nodes: [
			planhat('Archive end users', 'enduser', 'archive', {
				recordId: recordLocator('email', '={{ $json.mail }}'),
				options: { missing: 'ignore' },
			}),
		],
		before: [
			...['HTTP Request: all end users', 'Code: emails to IDs, requests of 5,000 rows', 'HTTP Request: send them'],
			'Code: what became of each row',
		],
		async run() {
			world.planhat.insert(
				'endusers',
				['ann', 'bob', 'cem'].map((name) => ({ email: `${name}@c1.example.com`, archived: false })),
			);
			const mails = ['Ann', 'cem', 'gone'].map((name) => ({ mail: `${name}@c1.example.com` }));
			await runTable(this, mails);
			assert.deepEqual(stored('endusers', 'email', 'archived'), [
				['ann@c1.example.com', true],
				['bob@c1.example.com', false],
				['cem@c1.example.com', true],
			]);
		},
	},
	{
		name: 'Custom fields are set up from a sheet, none twice, and a list gets its new values',
		nodes: [planhat('Create or update custom fields', 'customField', 'upsert', { options: { listMode: 'add' } })],
		before: [
			...['HTTP Request: custom fields', 'Code: which are new, values of lists together', 'Switch: new or not'],
			...['HTTP Request: create each', 'HTTP Request: update each'],
		],
		async run() {
			world.planhat.insert('customfields', [{ parent: 'company', name: 'Plan', type: 'list', listValues: ['Team'] }]);
			const field = { parent: 'company', isHidden: false };
			const rows = [
				{ ...field, name: 'Plan', type: 'list', listValues: 'Business, Team' },
				{ ...field, name: 'Seats', type: 'number' },
			];
			for (let time = 0; time < 2; time += 1) await runTable(this, rows);
			assert.deepEqual(stored('customfields', 'name', 'type', 'listValues'), [
				['Plan', 'list', ['Team', 'Business']],
				['Seats', 'number', undefined],
			]);
		},
	},
];
