import { describe, expect, it } from '@jest/globals';
import { NodeHelpers, Workflow } from 'n8n-workflow';

import { models } from '../../dist/nodes/Planhat/resources/index.js';
import type { JsonObject } from '../planhat-server/index.mts';
import { mapperColumnsOf, type OfferedColumn } from './editor.mts';
import { loadPlanhat, planhatNode } from './harness.mts';
import { bench } from './planhat.mts';

const planhat = bench({ forEachTest: true });
const operations = ['create', 'update', 'upsert', 'insert', 'track'] as const;
const each = models.flatMap((model) =>
	operations
		.filter((operation) => model.operations.includes(operation))
		.map((operation) => ({ model, resource: model.resource, operation })),
);

const usual = { isHidden: false, isLocked: false, isMandatory: false, isFormula: false };

function define(...fields: JsonObject[]): void {
	planhat.server.insert(
		'customfields',
		fields.map((field) => ({ parent: 'company', ...usual, ...field })),
	);
}

async function columns(resource = 'company', operation = 'create', others = {}): Promise<OfferedColumn[]> {
	return (await mapperColumnsOf({ resource, operation, ...others }, planhat.credentials)).fields;
}

/** The mode of the field mapper that a node shows. */
function modeOf(resource: string, operation: string): string | undefined {
	const { description } = loadPlanhat();
	const values = { resource, operation, specifyFields: 'map' };
	const mappers = description.properties.filter(
		(property) =>
			property.type === 'resourceMapper' &&
			NodeHelpers.displayParameter(values, property, { typeVersion: 1 }, description),
	);
	const modes = new Set(mappers.map(({ typeOptions }) => typeOptions?.resourceMapper?.mode));
	if (modes.size !== 1) throw new Error(`${resource} ${operation} has mappers of the modes ${[...modes].join(', ')}`);
	return [...modes][0];
}

const custom = (fields: OfferedColumn[]) => fields.filter(({ id }) => id.startsWith('custom.'));
const idsOf = (fields: OfferedColumn[]) => fields.map(({ id }) => id);

describe.each(each)('the columns of $resource for $operation', ({ model, resource, operation }) => {
	it('are the fields of the registry that can be written', async () => {
		const fields = await columns(resource, operation);
		const writable = model.fields.filter(({ name, readOnly }) => !readOnly && !model.calculated.includes(name));
		const wanted = [...(operation === 'upsert' ? ['_id'] : []), ...writable.map(({ name }) => name)];
		expect(idsOf(fields).sort()).toEqual(wanted.sort());
		for (const { name, readOnly } of model.fields) if (readOnly) expect(idsOf(fields)).not.toContain(name);
	});

	it('have choices, keys and marks as the registry says', async () => {
		for (const column of await columns(resource, operation)) {
			const field = model.fields.find(({ name }) => name === column.id);
			// n8n's form shows at first what is marked as required, and demands it in its mode `add` alone.
			const isShown = column.removed === false;
			const isMarked = modeOf(resource, operation) === 'add' ? field?.required === true : isShown;
			expect([column.id, column.required]).toEqual([column.id, isMarked]);
			expect([column.id, isShown]).toEqual([column.id, column.required]);
			const values = field?.type === 'boolean' ? [true, false] : (field?.values ?? field?.usualValues);
			expect([column.id, column.options?.map(({ value }) => value)]).toEqual([column.id, values]);
			// n8n stores false for its own switches as soon as they are shown, and a default value for what has one.
			expect([column.id, column.type === 'boolean', column.defaultValue]).toEqual([column.id, false, undefined]);
			const isKey = operation === 'upsert' && (model.keys as readonly string[]).includes(column.id);
			if (isKey) expect([column.id, column.removed]).toEqual([column.id, false]);
			// Planhat matches by its own keys, so that there is nothing to choose.
			expect([column.id, column.canBeUsedToMatch, column.defaultMatch]).toEqual([column.id, false, false]);
			expect(column.displayName).toMatch(/^[A-Z]/);
			expect(column.displayName.length).toBeLessThanOrEqual(40);
			expect(column.display).toBe(true);
			if (column.required) expect(column.removed).toBe(false);
		}
	});

	it('have the needed ones first, and behind custom fields those that few people need', async () => {
		define({ name: 'Zone', type: 'text', parent: resource });
		const fields = await columns(resource, operation);
		const removed = fields.map((column) => Number(column.removed));
		expect(removed).toEqual([...removed].sort());
		const isCustom = ({ id }: OfferedColumn) => id === 'custom.Zone';
		const ranks = fields
			.filter((column) => column.removed)
			.map((one) => (model.rare.includes(one.id) ? 2 : Number(isCustom(one))));
		expect(ranks).toEqual([...ranks].sort());
		expect(fields.filter(isCustom)).toHaveLength(model.fields.some(({ name }) => name === 'custom') ? 1 : 0);
	});

	it('are called by their names, with no more than what is to be typed', async () => {
		for (const { id, displayName } of await columns(resource, operation))
			if (id !== 'custom')
				expect(displayName).toMatch(/^[A-Z][A-Za-z ]+( \((ID, extid- or srcid-|IDs or Emails|IDs)\))?$/);
	});
});

describe('the field mapper', () => {
	it('has no box of keys, which Planhat does not take', () => {
		const mappers = loadPlanhat().description.properties.filter(({ type }) => type === 'resourceMapper');
		const modes = mappers.map(({ typeOptions }) => typeOptions?.resourceMapper);
		expect(modes.length).toBeGreaterThan(3);
		for (const mode of modes)
			expect([mode?.mode, mode?.matchingFieldsLabels]).toEqual([expect.stringMatching(/^(add|map)$/), undefined]);
	});
});

describe('the node on the canvas', () => {
	it.each([
		['company', 'upsert', 'Create or Update: Company'],
		['enduser', 'getAll', 'Get Many: End User'],
		['timeEntry', 'duplicate', 'Duplicate: Time Entry'],
	])('says in words what it does: %s %s', (resource, operation, words) => {
		const type = loadPlanhat();
		const node = planhatNode({ parameters: { resource, operation } });
		const nodeTypes = { getByName: () => type, getByNameAndVersion: () => type, getKnownTypes: () => ({}) };
		const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes: nodeTypes as never });
		expect(workflow.expression.getSimpleParameterValue(node, type.description.subtitle, 'internal', {})).toBe(words);
	});
});

describe('custom fields', () => {
	it.each([
		['number', 'number', 'number'],
		['rating', 'number', 'number'],
		['text', 'string', 'text'],
		['rich text', 'string', 'text'],
		['phone', 'string', 'text'],
		['email', 'string', 'email'],
		['url', 'string', 'text'],
		['checkbox', 'options', 'boolean'],
		['day', 'dateTime', 'isoDay'],
		['date', 'dateTime', 'date'],
		['multipicklist', 'string', 'texts'],
		['team member', 'string', 'user'],
		['team members', 'string', 'users'],
		['enduser', 'string', 'id'],
		['endusers', 'string', 'ids'],
		['something new', 'string', 'unknown'],
	])('of the type %s are a column of the type %s', async (type, columnType, fieldType) => {
		define({ name: 'One', type });
		expect(custom(await columns())).toMatchObject([{ id: 'custom.One', type: columnType, fieldType }]);
	});

	it('with a list have its values as choices, and are text without any', async () => {
		define({ name: 'Plan', type: 'list', listValues: ['Basic', 'Pro'] }, { name: 'Sort', type: 'list' });
		const [plan, sort] = custom(await columns());
		expect(plan).toMatchObject({ displayName: 'Plan', type: 'options', removed: true });
		expect(plan?.options).toEqual(['Basic', 'Pro'].map((value) => ({ name: value, value })));
		expect(sort).toMatchObject({ type: 'string' });
	});

	it('that are mandatory are needed on create, and only there', async () => {
		define({ name: 'Plan', type: 'text', isMandatory: true });
		const marks = async (operation: string) =>
			custom(await columns('company', operation)).map(({ required, removed }) => [required, removed]);
		expect(await marks('create')).toEqual([[true, false]]);
		expect(await marks('update')).toEqual([[false, true]]);
		expect(await marks('upsert')).toEqual([[false, true]]);
	});

	it('that are hidden, locked or calculated are not offered', async () => {
		define(
			{ name: 'Hidden', type: 'text', isHidden: true },
			{ name: 'Locked', type: 'text', isLocked: true },
			{ name: 'Formula', type: 'number', isFormula: true },
			{ name: 'Open', type: 'text' },
		);
		expect(idsOf(custom(await columns()))).toEqual(['custom.Open']);
	});

	it('are those of the model, however its name is written', async () => {
		define(
			{ name: 'A', type: 'text', parent: 'company' },
			{ name: 'B', type: 'text', parent: 'Company' },
			{ name: 'C', type: 'text', parent: 'EndUser' },
			{ name: 'D', type: 'text', parent: 'conversation' },
			{ name: 'E', type: 'text', parent: 'lineitem' },
		);
		const names = async (resource: string) => idsOf(custom(await columns(resource))).map((id) => id.slice(7));
		expect(await names('company')).toEqual(['A', 'B']);
		expect(await names('enduser')).toEqual(['C']);
		for (const resource of ['conversation', 'note', 'ticket']) expect(await names(resource)).toEqual(['D']);
		expect(await names('lineItem')).toEqual(['E']);
		expect(await names('deal')).toEqual([]);
	});

	it('may be thousands, read page by page; definitions that say nothing are passed over', async () => {
		define(
			{ type: 'text' },
			...Array.from({ length: 2_100 }, (_field, index) => ({ name: `F${index}`, type: 'text' })),
		);
		expect(custom(await columns())).toHaveLength(2_100);
		expect(planhat.sent().filter((sent) => sent === 'GET /customfields')).toHaveLength(2);
	});

	it('are not asked for where a model has none', async () => {
		for (const resource of ['customField', 'timesheet']) await columns(resource);
		await columns('metric', 'insert');
		expect(planhat.sent()).not.toContain('GET /customfields');
	});
});

describe('the values that can be chosen', () => {
	const team = () =>
		planhat.server.insert('users', [
			{ nickName: 'Zed', email: 'zed@example.com' },
			{ nickName: 'Ann', email: 'ann@example.com' },
			{ nickName: 'Gone', email: 'gone@example.com', removed: true },
			{ nickName: 'Shy', email: 'shy@example.com', isHidden: true },
		]);
	const column = async (id: string, ...asked: Parameters<typeof columns>) =>
		(await columns(...asked)).find((offered) => offered.id === id);
	const mapped = (value: object) => ({ fields: { mappingMode: 'defineBelow', value } });

	it('of users are their names and emails, for custom fields too, with two more requests in all', async () => {
		define({ name: 'Sponsor', type: 'team member' });
		const [zed, ann] = team();
		const people = [
			{ name: 'Ann (ann@example.com)', value: ann?._id },
			{ name: 'Zed (zed@example.com)', value: zed?._id },
		];
		const fields = await columns();
		for (const id of ['owner', 'coOwner', 'custom.Sponsor'])
			expect(fields.find((offered) => offered.id === id)).toMatchObject({ type: 'options', options: people });
		expect(planhat.sent().sort()).toEqual(['GET /companies', 'GET /customfields', 'GET /users']);
		expect(fields.find(({ id }) => id === 'followers')?.type).toBe('string');
	});

	it('of texts are those of recent records, and what the field usually holds', async () => {
		planhat.server.insert('companies', [
			{ name: 'A', phase: 'Live' },
			{ name: 'B', phase: 'Onboarding' },
			{ name: 'C', phase: 'Live' },
		]);
		expect((await column('phase'))?.options?.map(({ value }) => value)).toEqual(['Live', 'Onboarding']);
		planhat.server.insert('tasks', [
			{ status: 'Waiting', type: 'call' },
			{ status: 'Done', isArchived: true },
		]);
		expect((await column('status', 'task'))?.options?.map(({ value }) => value)).toEqual([
			'To Do',
			'In-progress',
			'Done',
			'Waiting',
		]);
		expect((await column('type', 'task'))?.options?.map(({ value }) => value)).toEqual(['call']);
		const time = new Date().toISOString();
		planhat.server.insert('dimensiondata', [{ dimensionId: 'logins', value: 1, time }]);
		expect((await column('dimensionId', 'metric', 'insert'))?.options).toEqual([{ name: 'logins', value: 'logins' }]);
	});

	it('of companies are their names where a list can hold them, and the label says what is typed otherwise', async () => {
		const [acme] = planhat.server.insert('companies', [
			{ name: 'Acme', externalId: 'acme-1' },
			{ name: 'Zoo', externalId: 'zoo' },
		]);
		const company = await column('companyId', 'license', 'create');
		expect(company).toMatchObject({ displayName: 'Company', type: 'options' });
		expect(company?.options?.[0]).toEqual({ name: 'Acme (acme-1)', value: acme?._id });
		const kept = await column('companyId', 'license', 'create', mapped({ companyId: 'extid-acme-1' }));
		expect(kept?.options?.map(({ value }) => value)).toContain('extid-acme-1');
		planhat.server.insert(
			'companies',
			Array.from({ length: 99 }, (_company, at) => ({ name: `C${at}`, externalId: `c${at}` })),
		);
		const before = planhat.sent().length;
		expect(await column('companyId', 'license', 'create')).toMatchObject({
			displayName: 'Company (ID, extid- or srcid-)',
			type: 'string',
		});
		const read = planhat.server.requests.slice(before).filter(({ path }) => path === '/companies');
		expect(read.map(({ query }) => query.limit)).toEqual(['101']);
	});

	it.each([
		['note', 'users', 'Users (IDs or Emails)'],
		['note', 'endusers', 'End Users (IDs or Emails)'],
		['issue', 'companyIds', 'Company IDs'],
		['issue', 'enduserIds', 'End User (IDs or Emails)'],
		['lineItem', 'dealId', 'Deal ID'],
		['user', 'teams', 'Teams (IDs)'],
		['company', 'followers', 'Followers (IDs or Emails)'],
		['company', 'hProfile', 'Health Profile ID'],
		['company', 'externalId', 'External ID'],
	])('where none are offered, the label of %s %s says what is typed: %s', async (resource, id, label) => {
		expect((await column(id, resource, 'create'))?.displayName).toBe(label);
	});

	it('are typed where there are none, too many, or none that the token may see', async () => {
		expect(await column('phase')).toMatchObject({ type: 'string' });
		expect(await column('owner')).toMatchObject({ type: 'string' });
		team();
		planhat.server.setRights({ users: { read: false }, companies: { read: false } });
		expect(await column('owner')).toMatchObject({ type: 'string' });
		planhat.server.setRights({});
		const many = Array.from({ length: 100 }, (_user, at) => ({ nickName: `U${at}`, email: `u${at}@example.com` }));
		planhat.server.insert('users', many);
		define({ name: 'Sponsor', type: 'team member' });
		for (const [id, displayName] of [
			['owner', 'Owner ID or Email'],
			['custom.Sponsor', 'Sponsor ID or Email'],
		] as const)
			expect(await column(id)).toMatchObject({ type: 'string', displayName });
		const noToken = { ...planhat.credentials, apiToken: '' };
		for (const credentials of [noToken, null]) {
			const { fields } = await mapperColumnsOf({ resource: 'metric', operation: 'insert' }, credentials);
			expect(fields.find(({ id }) => id === 'dimensionId')).toMatchObject({ type: 'string' });
		}
	});

	it('hold what the workflow has already, so that n8n does not refuse it', async () => {
		team();
		planhat.server.insert('companies', [{ name: 'A', phase: 'Live' }]);
		const held = mapped({ owner: 'zed@example.com', phase: 'Lost', coOwner: '={{ $json.owner }}' });
		const values = async (id: string) =>
			(await column(id, 'company', 'update', held))?.options?.map(({ value }) => value);
		expect(await values('owner')).toEqual([...((await values('coOwner')) ?? []), 'zed@example.com']);
		expect(await values('coOwner')).toHaveLength(2);
		expect(await values('phase')).toEqual(['Live', 'Lost']);
	});

	it('are sent as chosen, typed by an expression, or by an email', async () => {
		define({ name: 'Sponsor', type: 'team member' });
		const [zed, ann] = team();
		planhat.server.insert('companies', [{ name: 'A', phase: 'Live' }]);
		const schema = (await columns()) as never;
		const value = {
			name: 'B',
			owner: ann?._id,
			coOwner: '={{ "ZED@example.com" }}',
			phase: '={{ "Brand new" }}',
			'custom.Sponsor': '={{ "ann@example.com" }}',
		} as never;
		const fields = { mappingMode: 'defineBelow', value, schema, matchingColumns: [] };
		const { error } = await planhat.run({ resource: 'company', operation: 'create', fields });
		expect(error).toBeUndefined();
		expect(planhat.lastRequest().body).toEqual({
			name: 'B',
			owner: ann?._id,
			coOwner: zed?._id,
			phase: 'Brand new',
			custom: { Sponsor: ann?._id },
		});
	});

	it('of a company do not include its status, which Planhat works out, unless a workflow holds one', async () => {
		expect(await column('status')).toBeUndefined();
		expect(await column('status', 'company', 'update', mapped({ status: 'lost' }))).toMatchObject({ type: 'options' });
		const fields = { mappingMode: 'defineBelow', value: { name: 'B', status: 'lost' } } as never;
		await planhat.run({ resource: 'company', operation: 'create', fields });
		expect(planhat.lastRequest().body).toEqual({ name: 'B', status: 'lost' });
	});

	it('of Yes and No say what they are about', async () => {
		expect((await column('orgIndependent'))?.options).toEqual([
			{ name: 'Yes', value: true, description: expect.stringContaining('counted') },
			{ name: 'No', value: false },
		]);
	});
});

describe('when custom fields cannot be read', () => {
	it.each([
		['a credential without a token', () => ({ ...planhat.credentials, apiToken: '' }), /API token/],
		['a wrong token', () => ({ ...planhat.credentials, apiToken: 'wrong' }), /custom fields: Unauthorized/],
		['no credential', () => null, /credential/i],
		['an address that is none', () => ({ ...planhat.credentials, baseUrl: 'http://:' }), /Base URL/],
	])('for %s, the editor is told so and can try again', async (_case, credentials, words) => {
		const reading = mapperColumnsOf({ resource: 'company', operation: 'create' }, credentials());
		await expect(reading).rejects.toThrow(words);
	});

	it('for an answer that takes its time, the columns come with it', async () => {
		define({ name: 'Plan', type: 'text' });
		planhat.server.order({ path: '/customfields', latency: 1_500 });
		planhat.server.order({ path: '/customfields', trickle: { bytes: 20, milliseconds: 20 } });
		expect(idsOf(custom(await columns()))).toEqual(['custom.Plan']);
	});

	it('for one answer that was cut off, it is asked for again', async () => {
		define({ name: 'Plan', type: 'text' });
		planhat.server.order({ path: '/customfields', cut: 'beforeApplying' });
		expect(idsOf(custom(await columns()))).toEqual(['custom.Plan']);
		expect(planhat.sent().slice(0, 2)).toEqual(['GET /customfields', 'GET /customfields']);
	});

	it.each([
		['answers that are cut off', { cut: 'afterApplying' }],
		['answers that end in the middle', { answer: { status: 200, body: Buffer.from('[{"name":"Pl') } }],
	] as const)('for %s, no columns come, and the editor offers to try again', async (_case, fault) => {
		define({ name: 'Plan', type: 'text' });
		planhat.server.order({ path: '/customfields', times: 'always', ...fault });
		await expect(columns()).rejects.toThrow(/custom fields/);
	});

	it.each(['beforeHeaders', 'withinBody'] as const)(
		'for an answer that never ends (%s), it is given up',
		async (where) => {
			planhat.server.order({ path: '/customfields', times: 'always', neverEnds: where });
			await expect(columns('company', 'create', { requestOptions: { timeout: 300 } })).rejects.toThrow(/custom fields/);
		},
	);

	it('for want of the right, it says which one', async () => {
		planhat.server.setRights({ customfields: { read: false } });
		await expect(columns()).rejects.toThrow(/custom fields/);
	});
});

it('the mapper maps by hand where an AI agent calls Create or Update, since a model is offered no other fields', () => {
	const { properties } = loadPlanhat().description;
	const mappers = properties.filter(
		({ name, displayOptions }) => name === 'fields' && displayOptions?.show?.operation?.includes('upsert'),
	);
	expect(mappers.map((mapper) => [mapper.displayOptions?.show?.['@tool'], mapper.default])).toEqual([
		[[false], { mappingMode: 'autoMapInputData', value: null }],
		[[true], { mappingMode: 'defineBelow', value: null }],
	]);
});
