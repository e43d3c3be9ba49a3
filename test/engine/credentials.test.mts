import { describe, expect, it } from '@jest/globals';
import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';

import { startPlanhatServer, type PlanhatTenant } from '../planhat-server/index.mts';
import type { RunOptions, Way } from './harness.mts';
import { bench, itemsOf, record } from './planhat.mts';

const planhat = bench({ forEachTest: true });

const ways: Way[] = ['customOperations', 'routing'];

const names = ['a', 'b', 'c'] as const;

/**
 * Three tenants on the test double, by their names.
 * @param suffix of the API tokens, where no call of another test may count for them
 */
function threeTenants(suffix = ''): Record<(typeof names)[number], PlanhatTenant> {
	const add = (name: string) =>
		planhat.server.addTenant({ apiToken: `token-of-${name}${suffix}`, tenantToken: `tenant-token-of-${name}` });
	return { a: add('a'), b: add('b'), c: add('c') };
}

/** A credential whose tokens come from the input item. */
function byItem(more: ICredentialDataDecryptedObject = {}): ICredentialDataDecryptedObject {
	const tokens = { apiToken: '=token-of-{{ $json.tenant }}', tenantToken: '=tenant-token-of-{{ $json.tenant }}' };
	return { ...planhat.credentials, ...tokens, ...more };
}

const automatically = { mappingMode: 'autoMapInputData', value: null };

/** Rows hold the name of their tenant, which is no field of Planhat's. */
const upsert = async (rows: IDataObject[], options: INodeParameters = {}, run: Partial<RunOptions> = {}) =>
	await planhat.run(
		{
			resource: 'company',
			operation: 'upsert',
			fields: automatically,
			options: { unknownFields: 'ignore', ...options },
		},
		{ items: itemsOf(rows), credentials: byItem(), ...run },
	);

const writesSent = () => planhat.sent().filter((request) => !request.startsWith('GET'));

const company = (tenant: string, name: string): IDataObject => ({ tenant, externalId: name, name });

const nameIn = (tenant: PlanhatTenant, path = 'companies') => tenant.records(path).map(({ name }) => name);

describe('one execution with three tokens', () => {
	const writes: Record<string, { parameters: INodeParameters; path: string; shown: string; routed?: false }> = {
		Create: {
			parameters: { resource: 'company', operation: 'create', json: '={{ { "name": $json.name } }}' },
			path: 'companies',
			shown: 'name',
		},
		'Create or Update': {
			parameters: {
				resource: 'company',
				operation: 'upsert',
				json: '={{ { "name": $json.name, "externalId": $json.name } }}',
			},
			path: 'companies',
			shown: 'name',
		},
		'Create of a ticket': {
			parameters: {
				resource: 'ticket',
				operation: 'create',
				json: '={{ { "sourceId": $json.name, "email": "kim@example.com", "companyId": "5f0000000000000000000001", "title": $json.name } }}',
			},
			path: 'tickets',
			shown: 'externalId',
		},
		Track: {
			parameters: {
				resource: 'userActivity',
				operation: 'track',
				json: '={{ { "email": "kim@example.com", "action": $json.name } }}',
			},
			path: 'analytics',
			shown: 'action',
		},
		'Send Segment Event': {
			parameters: { resource: 'userActivity', operation: 'segment', userId: 'u', event: '={{ $json.name }}' },
			path: 'segment',
			shown: 'event',
		},
	};

	it.each(Object.keys(writes).flatMap((name) => ways.map((way) => [name, way] as const)))(
		'writes to three tenants, each record in its own: %s (%s)',
		async (name, way) => {
			const tenants = threeTenants();
			const { parameters, path, shown } = writes[name] ?? { parameters: {}, path: '', shown: '' };
			const items = itemsOf(['c', 'a', 'b', 'a', 'c', 'b'].map((tenant, n) => ({ tenant, name: `${tenant}${n}` })));
			const { output, error } = await planhat.run(parameters, { way, items, credentials: byItem() });
			expect(error).toBeUndefined();
			expect(output.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_item, item) => ({ item })));
			const stored = names.map((tenant) =>
				tenants[tenant]
					.records(path)
					.map((found) => String(found[shown]))
					.sort(),
			);
			expect(stored).toEqual([
				['a1', 'a3'],
				['b2', 'b5'],
				['c0', 'c4'],
			]);
			expect(planhat.server.records(path)).toEqual([]);
		},
	);

	it.each(ways)('inserts metric values into three tenants, and tells the sum of them (%s)', async (way) => {
		const tenants = threeTenants();
		for (const name of names) tenants[name].insert('companies', [{ externalId: 'acme' }]);
		const items = itemsOf(['b', 'a', 'b', 'c'].map((tenant, value) => ({ tenant, value })));
		const json = '={{ { "dimensionId": "logins", "value": $json.value, "externalId": "acme" } }}';
		const parameters = { resource: 'metric', operation: 'insert', json };
		const { output } = await planhat.run(parameters, { way, items, credentials: byItem() });
		const values = names.map((name) => tenants[name].records('dimensiondata').map(({ value }) => value));
		expect(values.map((found) => found.sort())).toEqual([[1], [0, 2], [3]]);
		if (way === 'routing') return;
		expect(output).toEqual([
			{ json: { processed: 4, errors: [], rows: 4, requests: 3 }, pairedItem: [0, 1, 2, 3].map((item) => ({ item })) },
		]);
	});

	it.each(ways)('gets, changes, lists, copies and deletes in three tenants (%s)', async (way) => {
		const tenants = threeTenants();
		const ids = names.map((name) => {
			const [found] = tenants[name].insert('companies', [{ name, externalId: 'acme' }]);
			const [entry] = tenants[name].insert('timeentries', [{ hours: 1 }]);
			return { tenant: name, id: found?._id, entry: entry?._id };
		});
		const run = async (parameters: INodeParameters) => {
			const result = await planhat.run(parameters, { way, items: itemsOf(ids), credentials: byItem() });
			expect(result.error).toBeUndefined();
			return result.output.map(({ json }) => json);
		};
		const recordId = record('externalId', 'acme');
		const got = await run({ resource: 'company', operation: 'get', recordId });
		expect(got.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
		const listed = await run({ resource: 'company', operation: 'getAll' });
		expect(listed.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
		await run({ resource: 'company', operation: 'update', recordId, json: '={{ { "phase": $json.tenant } }}' });
		expect(names.map((name) => tenants[name].records('companies')[0]?.phase)).toEqual(['a', 'b', 'c']);
		await run({ resource: 'timeEntry', operation: 'duplicate', recordId: record('id', '={{ $json.entry }}') });
		expect(names.map((name) => tenants[name].records('timeentries').length)).toEqual([2, 2, 2]);
		await run({ resource: 'company', operation: 'delete', recordId });
		expect(names.map((name) => tenants[name].records('companies').length)).toEqual([0, 0, 0]);
	});

	it.each(ways)('goes to the host of each credential (%s)', async (way) => {
		const other = await startPlanhatServer({ apiToken: 'other' });
		try {
			const items = itemsOf([{ us: true }, {}, { us: true }]);
			const credentials = {
				...planhat.credentials,
				baseUrl: `={{ $json.us ? "${other.baseUrl}" : "${planhat.server.baseUrl}" }}`,
				apiToken: `={{ $json.us ? "other" : "${planhat.server.apiToken}" }}`,
			};
			const parameters = { resource: 'company', operation: 'create', json: { name: 'Acme' } };
			const { error } = await planhat.run(parameters, { way, items, credentials });
			expect(error).toBeUndefined();
			expect([other.records('companies').length, planhat.server.records('companies').length]).toEqual([2, 1]);
		} finally {
			await other.close();
		}
	});

	it.each(ways)('takes pace and Read Only of each credential (%s)', async (way) => {
		const tenants = threeTenants(way);
		const apiToken = `=token-of-{{ $json.tenant }}${way}`;
		const credentials = byItem({ apiToken, callsPerMinute: 1, readOnly: '={{ $json.tenant === "b" }}' });
		const parameters = { resource: 'company', operation: 'create', json: { name: 'Acme' } };
		const items = itemsOf(names.map((tenant) => ({ tenant })));
		const result = await planhat.run(parameters, { way, items, credentials, onError: 'continueErrorOutput' });
		expect(names.map((name) => tenants[name].records('companies').length)).toEqual([1, 0, 1]);
		expect(result.errors).toHaveLength(1);
		expect(result.errors[0]?.json.error).toContain('read only');
	});

	it.each(ways)('knows custom fields and users of each tenant (%s)', async (way) => {
		const tenants = threeTenants();
		const ids = names.map((name) => {
			const [user] = tenants[name].insert('users', [{ email: 'kim@example.com', nickName: name }]);
			tenants[name].insert('customfields', [{ name: `Plan of ${name}`, parent: 'company', type: 'text' }]);
			return user?._id;
		});
		for (const operation of ['create', 'upsert']) {
			const items = itemsOf(names.map((tenant) => ({ tenant })));
			const json = `={{ { "externalId": "${operation}", "name": "Acme", "owner": "kim@example.com", ["Plan of " + $json.tenant]: "Pro" } }}`;
			const { error } = await planhat.run(
				{ resource: 'company', operation, json },
				{ way, items, credentials: byItem() },
			);
			expect(error).toBeUndefined();
		}
		names.forEach((name, index) => {
			const custom = { [`Plan of ${name}`]: 'Pro' };
			const stored = { name: 'Acme', owner: ids[index], custom };
			expect(tenants[name].records('companies')).toEqual([
				expect.objectContaining(stored),
				expect.objectContaining(stored),
			]);
		});
	});

	it.each(ways)('hides the secrets of each credential (%s)', async (way) => {
		threeTenants();
		const echo = names.map((name) => `token-of-${name}`).join(' ');
		planhat.server.order({ answer: { status: 400, body: echo }, times: 'always' });
		const items = itemsOf(names.map((tenant) => ({ tenant })));
		const parameters = { resource: 'company', operation: 'create', json: { name: 'Acme' } };
		const { errors } = await planhat.run(parameters, {
			way,
			items,
			credentials: byItem(),
			onError: 'continueErrorOutput',
		});
		names.forEach((name, index) => expect(errors[index]?.json.error).not.toContain(`token-of-${name}`));
	});
});

describe('rows that go out with three tokens', () => {
	const rows = [company('c', '0'), company('a', '1'), company('b', '2'), company('a', '3'), company('c', '4')];

	it('make a request for each token, and an outcome for each row in the order of the input', async () => {
		const tenants = threeTenants();
		tenants.a.insert('companies', [{ externalId: '3', name: 'old' }]);
		const { output } = await upsert(rows);
		expect(writesSent()).toEqual(['PUT /companies', 'PUT /companies', 'PUT /companies']);
		expect(names.map((name) => nameIn(tenants[name]))).toEqual([['3', '1'], ['2'], ['0', '4']]);
		expect(output.map(({ json, pairedItem }) => [json.externalId, json.outcome, pairedItem])).toEqual([
			['0', 'created', { item: 0 }],
			['1', 'created', { item: 1 }],
			['2', 'created', { item: 2 }],
			['3', 'updated', { item: 3 }],
			['4', 'created', { item: 4 }],
		]);
	});

	it('are told apart by their numbers in the input, also as lists', async () => {
		threeTenants();
		const lists = [
			{ tenant: 'a', rows: [{ externalId: 'x', name: '1' }] },
			{ tenant: 'b', rows: [{ externalId: 'x', name: '2' }, { name: '3' }] },
			{ tenant: 'a', rows: [{ externalId: 'x', name: '4' }, { name: '5' }] },
		];
		const parameters = { resource: 'company', operation: 'upsert', json: '={{ $json.rows }}' };
		const options = { keylessRows: 'create', duplicateKeys: 'sendLast' };
		const run = { items: itemsOf(lists), credentials: byItem() };
		const { output } = await planhat.run({ ...parameters, options }, run);
		expect(output.map(({ json }) => json.reason ?? json.outcome)).toEqual([
			'Row 4 has the same key and was sent in its place',
			'created',
			'created',
			'created',
			'created',
		]);
		const dry = await planhat.run({ ...parameters, options: { ...options, dryRun: true } }, run);
		expect(dry.output[0]?.json).toMatchObject({ keylessRows: [3, 5] });
	});

	it('have one summary', async () => {
		const tenants = threeTenants();
		const { output, errors } = await upsert(
			[...rows, { tenant: 'b', externalId: '5' }],
			{ report: 'summary' },
			{ onError: 'continueErrorOutput' },
		);
		expect(output).toHaveLength(1);
		expect(output[0]?.json).toMatchObject({ rows: 6, created: 5, failed: 1, requests: 3 });
		expect(output[0]?.pairedItem).toHaveLength(6);
		const ids = rows.map(({ tenant, externalId }) => {
			const found = tenants[tenant as 'a'].records('companies').find((stored) => stored.externalId === externalId);
			return found?._id;
		});
		// The three servers give the same IDs.
		expect(new Set(output[0]?.json.createdIds as string[])).toEqual(new Set(ids));
		expect(errors.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 5 }]);
	});

	it('have one plan on a dry run', async () => {
		threeTenants();
		const { output } = await upsert([...rows, company('a', '1')], { dryRun: true });
		expect(output.map(({ json }) => json)).toEqual([
			expect.objectContaining({ rows: 6, rowsToSend: 6, requests: 4, rounds: 2, duplicateKeys: ['externalId 1'] }),
		]);
		expect(writesSent()).toEqual([]);
	});

	it('stop after a loss when On Error is Stop, and the error counts all of them', async () => {
		const tenants = threeTenants();
		planhat.server.order({ method: 'PUT', after: 1, answer: { status: 400, body: 'No good' } });
		const { error, output } = await upsert(rows);
		expect(output).toEqual([]);
		expect(writesSent()).toEqual(['PUT /companies', 'PUT /companies']);
		expect(error?.message).toBe('2 of 5 rows were applied, 2 were refused, 1 was not sent: No good (rows 2 and 4)');
		expect(error?.context?.itemIndex).toBe(1);
		expect(names.map((name) => nameIn(tenants[name]))).toEqual([[], [], ['0', '4']]);
	});

	it('are not sent at all when On Error is Stop and one of them is no good', async () => {
		threeTenants();
		const { error } = await upsert([...rows, { tenant: 'b', phase: 'Live' }]);
		expect(writesSent()).toEqual([]);
		expect(error?.message).toContain('No rows were sent. 1 of 6 rows are invalid');
	});

	it('of activities go live where a token has one, and to the bulk endpoint where it has more', async () => {
		threeTenants();
		const items = itemsOf(
			['a', 'b', 'a'].map((tenant, n) => ({ tenant, email: 'kim@example.com', action: `Login ${n}` })),
		);
		const { output } = await planhat.run(
			{
				resource: 'userActivity',
				operation: 'track',
				fields: automatically,
				options: { unknownFields: 'ignore' },
			},
			{ items, credentials: byItem() },
		);
		expect(planhat.sent()).toEqual(['POST /analytics/bulk/tenant-token-of-a', 'POST /analytics/tenant-token-of-b']);
		expect(output.map(({ json, pairedItem }) => [json.action, pairedItem])).toEqual([
			['Login 0', { item: 0 }],
			['Login 1', { item: 1 }],
			['Login 2', { item: 2 }],
		]);
	});
});

describe('a credential that cannot be read for an item', () => {
	/** No token for items without a tenant, which n8n's expression says. */
	const credentials = () =>
		byItem({ apiToken: '={{ $json.tenant ? "token-of-" + $json.tenant : $("Gone").item.json.token }}' });

	const items = itemsOf([company('a', '0'), { externalId: '1', name: '1' }, company('b', '2')]);

	const operations: Record<string, INodeParameters> = {
		'Create or Update': { resource: 'company', operation: 'upsert', fields: automatically },
		Create: { resource: 'company', operation: 'create', json: '={{ { "name": $json.name } }}' },
		Get: { resource: 'company', operation: 'get', recordId: record('externalId', '={{ $json.name }}') },
	};

	it.each(Object.keys(operations).flatMap((name) => ways.map((way) => [name, way] as const)))(
		'fails that item, and no other: %s (%s)',
		async (name, way) => {
			const tenants = threeTenants();
			tenants.a.insert('companies', [{ externalId: '0' }]);
			tenants.b.insert('companies', [{ externalId: '2' }]);
			const parameters = { ...operations[name], options: { unknownFields: 'ignore' } };
			const result = await planhat.run(parameters, {
				way,
				items,
				credentials: credentials(),
				onError: 'continueErrorOutput',
			});
			expect(result.output.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
			expect(result.errors).toHaveLength(1);
			if (way === 'customOperations') {
				expect(result.errors[0]?.pairedItem).toEqual({ item: 1 });
				expect(result.errors[0]?.json.details).toMatchObject({ outcome: 'failed' });
			}
			expect(result.errors[0]?.json.error).toContain('The Planhat credential could not be read');
			expect(result.errors[0]?.json.error).toContain('was not sent');
			expect(result.errors[0]?.json.error).not.toContain('may have been applied');
		},
	);

	it('sends nothing when On Error is Stop and rows go out together', async () => {
		threeTenants();
		const { error } = await planhat.run(
			{ ...operations['Create or Update'], options: { unknownFields: 'ignore' } },
			{ items, credentials: credentials() },
		);
		expect(writesSent()).toEqual([]);
		expect(error?.message).toContain('No rows were sent. 1 of 3 rows are invalid');
		expect(error?.context?.itemIndex).toBe(1);
	});

	it('stops there when On Error is Stop and items go one by one', async () => {
		const tenants = threeTenants();
		const { error } = await planhat.run(operations.Create ?? {}, { items, credentials: credentials() });
		expect(error?.message).toContain('The Planhat credential could not be read');
		expect(error?.description).toContain('1 item before this one succeeded, 1 after it was not sent');
		expect(names.map((name) => nameIn(tenants[name]))).toEqual([['0'], [], []]);
	});

	it.each(Object.keys(operations))('any more in the middle of a run fails the items that follow: %s', async (name) => {
		const tenants = threeTenants();
		tenants.a.insert('companies', [{ externalId: '0' }]);
		let readings = 0;
		const result = await planhat.run(
			{ ...operations[name], options: { unknownFields: 'ignore' } },
			{
				items: itemsOf([company('a', '0'), company('b', '1'), company('c', '2')]),
				credentials: byItem(),
				onError: 'continueErrorOutput',
				onDecrypt: (raw) => {
					readings += raw ? 0 : 1;
					if (readings > 1) throw new Error('The database is gone');
				},
			},
		);
		expect(result.output).toHaveLength(1);
		expect(result.errors).toHaveLength(2);
		for (const { json } of result.errors) {
			expect(json.details).toMatchObject({ outcome: 'failed' });
			expect(json.error).toContain('The database is gone');
		}
	});
});

describe('a credential without expressions', () => {
	const operations: Record<string, INodeParameters> = {
		'Create or Update': { resource: 'company', operation: 'upsert', fields: automatically },
		Create: { resource: 'company', operation: 'create', fields: automatically },
	};

	it.each(Object.keys(operations))('is not read for each item: %s', async (name) => {
		let readings = 0;
		const items = itemsOf(Array.from({ length: 60 }, (_item, n) => ({ externalId: `c${n}`, name: `C${n}` })));
		const { output } = await planhat.run(operations[name] ?? {}, { items, onDecrypt: () => (readings += 1) });
		expect(output).toHaveLength(60);
		expect(readings).toBeLessThan(10);
	});

	it.each(['={{ $secrets.vault.planhat }}', "={{$secrets['vault'].planhat}}", '={{ $vars.token }}'])(
		'but that of a vault, which is the same for all items, neither: %s',
		async (apiToken) => {
			let readings = 0;
			const items = itemsOf(Array.from({ length: 50 }, (_item, n) => ({ n })));
			await planhat.run(
				{ resource: 'company', operation: 'getAll' },
				{
					items,
					credentials: { ...planhat.credentials, apiToken },
					onError: 'continueRegularOutput',
					onDecrypt: () => (readings += 1),
				},
			);
			expect(readings).toBeLessThan(10);
		},
	);

	it('is read for each item where n8n does not say whether it has expressions', async () => {
		const tenants = threeTenants();
		const items = itemsOf(['a', 'b', 'c', 'b'].map((tenant) => ({ tenant, name: tenant })));
		const { error } = await planhat.run(
			{ resource: 'company', operation: 'create', json: '={{ { "name": $json.name } }}' },
			{
				items,
				credentials: byItem(),
				onDecrypt: (raw) => {
					if (raw) throw new Error('No such thing');
				},
			},
		);
		expect(error).toBeUndefined();
		expect(names.map((name) => nameIn(tenants[name]))).toEqual([['a'], ['b', 'b'], ['c']]);
	});
});
