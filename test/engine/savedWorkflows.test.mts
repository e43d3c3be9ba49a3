import { expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { runPlanhat, withDefaults } from './harness.mts';
import { bench, itemsOf, record } from './planhat.mts';

const planhat = bench();

const [_id, entry, dimensionId] = ['5f0000000000000000000001', '5f0000000000000000000002', 'logins'];

/** A node as the first builds of 0.1.0 saved it: n8n keeps what differs from the defaults, and nothing of what came later. */
interface Saved {
	parameters: INodeParameters;
	items?: IDataObject[];
	/** Method, path, query and body. */
	sends: Array<[string, string, unknown]>;
	/** Fields of the first item. */
	shows?: IDataObject;
}

const byHand = (value: IDataObject): INodeParameters => ({
	mappingMode: 'defineBelow',
	value: value as INodeParameters,
	matchingColumns: [],
	schema: Object.keys(value).map((id) => ({ id, displayName: id, type: 'string', display: true, required: false })),
	attemptToConvertTypes: false,
	convertFieldsToString: false,
});

const byColumns: INodeParameters = { mappingMode: 'autoMapInputData', value: null };

const rows = [
	{ externalId: 'a', name: 'A', phase: 'Live' },
	{ externalId: 'b', name: 'B', phase: 'Live' },
];

const saved: Record<string, Saved> = {
	'Create by JSON': {
		parameters: { operation: 'create', specifyFields: 'json', json: '{ "name": "Acme" }' },
		sends: [['POST', '/companies', { name: 'Acme' }]],
		shows: { name: 'Acme' },
	},
	'Create by hand': {
		parameters: {
			resource: 'enduser',
			operation: 'create',
			fields: byHand({ companyId: _id, email: 'ada@example.com' }),
		},
		sends: [['POST', '/endusers', { companyId: _id, email: 'ada@example.com' }]],
	},
	'Create by columns': {
		parameters: { operation: 'create', fields: byColumns },
		items: rows.slice(0, 1),
		sends: [['POST', '/companies', rows[0]]],
	},
	'Get by ID': {
		parameters: { operation: 'get', recordId: record('id', _id) },
		sends: [['GET', `/companies/${_id}`, undefined]],
		shows: { _id, name: 'Acme' },
	},
	'Get by external ID': {
		parameters: { operation: 'get', recordId: record('externalId', 'acme') },
		sends: [['GET', '/companies/extid-acme', undefined]],
		shows: { _id },
	},
	'Get by source ID': {
		parameters: { operation: 'get', recordId: record('sourceId', '17') },
		sends: [['GET', '/companies/srcid-17', undefined]],
		shows: { _id },
	},
	'Get Many with all of its options': {
		parameters: {
			operation: 'getAll',
			limit: 20,
			filters: { status: 'customer' },
			sort: { values: { field: 'name', direction: 'desc' } },
			options: { select: 'name,phase' },
		},
		sends: [['GET', '/companies?status=customer&sort=-name&select=name,phase,status&limit=20&offset=0', undefined]],
		shows: { _id, name: 'Acme' },
	},
	'Get Lean List': {
		parameters: { operation: 'getLeanList', filters: { externalId: 'acme' } },
		sends: [['GET', '/leancompanies?externalId=acme', undefined]],
		shows: { _id },
	},
	Update: {
		parameters: {
			operation: 'update',
			recordId: record('id', _id),
			specifyFields: 'json',
			json: '={{ { "phase": "Live" } }}',
			options: { unknownFields: 'refuse' },
		},
		sends: [['PUT', `/companies/${_id}`, { phase: 'Live' }]],
	},
	Delete: {
		parameters: { operation: 'delete', recordId: record('id', _id) },
		sends: [['DELETE', `/companies/${_id}`, undefined]],
		shows: { deleted: true, _id },
	},
	'Create or Update': {
		parameters: { operation: 'upsert', options: { batchSize: 1, duplicateKeys: 'sendLast', unknownFields: 'custom' } },
		items: rows,
		sends: rows.map((row) => ['PUT', '/companies', [row]]),
		shows: { outcome: 'created', externalId: 'a' },
	},
	'Create or Update with a summary': {
		parameters: { operation: 'upsert', options: { report: 'summary', maxWait: 20 } },
		items: rows,
		sends: [['PUT', '/companies', rows]],
		shows: { rows: 2, requests: 1 },
	},
	'Create or Update with Dry Run': {
		parameters: { operation: 'upsert', options: { dryRun: true, duplicateKeys: 'fail' } },
		items: rows,
		sends: [],
		shows: { rows: 2 },
	},
	'Insert of metrics': {
		parameters: { resource: 'metric', operation: 'insert', fields: byColumns },
		items: [{ dimensionId, value: 3, externalId: 'acme', date: '2026-01-02T00:00:00.000Z' }],
		sends: [
			[
				'POST',
				'/dimensiondata/{tenant}',
				[{ dimensionId, value: 3, externalId: 'acme', date: '2026-01-02T00:00:00.000Z' }],
			],
		],
	},
	'Get Many of metrics': {
		parameters: { resource: 'metric', filters: { companyId: _id, dimensionId }, limit: 10 },
		sends: [['GET', `/dimensiondata?cId=${_id}&dimid=${dimensionId}&limit=10&offset=0`, undefined]],
	},
	'Track by the bulk endpoint': {
		parameters: { resource: 'userActivity', operation: 'track', fields: byColumns, options: { endpoint: 'bulk' } },
		items: [{ email: 'kim@example.com', action: 'Login' }],
		sends: [['POST', '/analytics/bulk/{tenant}', [{ email: 'kim@example.com', action: 'Login' }]]],
	},
	'Send Segment Event': {
		parameters: {
			resource: 'userActivity',
			operation: 'segment',
			userId: 'u1',
			event: 'Login',
			details: '{ "email": "kim@example.com" }',
		},
		sends: [['POST', '/dock/segment', expect.objectContaining({ type: 'track', userId: 'u1', event: 'Login' })]],
	},
	'Duplicate of time entries': {
		parameters: { resource: 'timeEntry', operation: 'duplicate', recordId: record('id', '={{ $json._id }}') },
		items: [{ _id: entry }],
		sends: [['POST', '/timeentries/duplicate', { ids: [entry] }]],
	},
	Ticket: {
		parameters: {
			resource: 'ticket',
			operation: 'create',
			specifyFields: 'json',
			json: `{ "companyId": "${_id}", "sourceId": "1", "email": "kim@example.com" }`,
		},
		sends: [['PUT', '/tickets', [{ companyId: _id, sourceId: '1', email: 'kim@example.com' }]]],
	},
};

function queryText(query: object): string {
	const text = new URLSearchParams(Object.entries(query)).toString();
	return text === '' ? '' : `?${decodeURIComponent(text)}`;
}

it.each(Object.entries(saved))(
	'%s, as 0.1.0 saved it, sends what it sent',
	async (_name, { parameters, items, ...then }) => {
		planhat.server.insert('companies', [
			{ _id, name: 'Acme', externalId: 'acme', sourceId: '17', status: 'customer', phase: 'Live' },
		]);
		planhat.server.insert('endusers', [{ email: 'kim@example.com', companyId: _id }]);
		planhat.server.insert('timeentries', [{ _id: entry }]);
		const { output, error } = await runPlanhat({
			parameters,
			credentials: planhat.credentials,
			typeVersion: 1,
			...(items && { items: itemsOf(items) }),
		});
		expect(error).toBeUndefined();
		const tenant = planhat.credentials.tenantToken as string;
		const sent = planhat.server.requests.map(({ method, decodedPath, query, body }) => [
			method,
			`${decodedPath.replace(tenant, '{tenant}')}${queryText(query)}`,
			body,
		]);
		expect(sent).toEqual(then.sends);
		if (then.shows) expect(output[0]?.json).toMatchObject(then.shows);
	},
);

it.each(Object.entries(saved))(
	'%s, as 0.1.0 saved it, keeps its parameters when it is opened',
	(_name, { parameters }) => {
		expect(withDefaults(parameters)).toMatchObject(parameters);
	},
);
