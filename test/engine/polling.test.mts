import { describe, expect, it } from '@jest/globals';
import { Workflow, type IDataObject, type INodeParameters } from 'n8n-workflow';

import { PlanhatPollingTrigger } from '../../dist/nodes/PlanhatPollingTrigger/PlanhatPollingTrigger.node.js';
import { models } from '../../dist/nodes/Planhat/resources/index.js';
import type { JsonObject } from '../planhat-server/types.mts';
import { planhatNode } from './harness.mts';
import { bench } from './planhat.mts';
import { PollingWorkflow } from './pollHarness.mts';

const planhat = bench({ forEachTest: true });

function trigger(parameters: INodeParameters = {}): PollingWorkflow {
	return new PollingWorkflow(planhat.credentials, { resource: 'company', event: 'createdOrUpdated', ...parameters });
}

/** A time so many milliseconds before now. */
function ago(milliseconds: number): string {
	return new Date(Date.now() - milliseconds).toISOString();
}

function companies(count: number, from: number, updatedAt: (at: number) => string): JsonObject[] {
	return Array.from({ length: count }, (_, at) => ({
		name: `Company ${from + at}`,
		externalId: `c-${from + at}`,
		createdAt: ago(9_000_000),
		updatedAt: updatedAt(at),
	}));
}

const idsOf = (records: IDataObject[]) => records.map(({ externalId }) => String(externalId));

function listed(): number {
	return planhat.server.requests.filter(({ path }) => path === '/companies').length;
}

describe('the trigger on the canvas', () => {
	it.each([
		['enduser', 'createdOrUpdated', 'End User: Created or Updated'],
		['timeEntry', 'created', 'Time Entry: Created'],
	])('says in words what it waits for: %s %s', (resource, event, words) => {
		const type = new PlanhatPollingTrigger();
		const node = planhatNode({ parameters: { resource, event } });
		const nodeTypes = { getByName: () => type, getByNameAndVersion: () => type, getKnownTypes: () => ({}) };
		const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes: nodeTypes as never });
		expect(workflow.expression.getSimpleParameterValue(node, type.description.subtitle, 'internal', {})).toBe(words);
	});
});

describe('the first poll', () => {
	it('hands nothing over, and what changes later comes with the next one', async () => {
		planhat.server.insert(
			'companies',
			companies(3, 0, () => ago(60_000)),
		);
		const workflow = trigger();
		expect(await workflow.poll()).toEqual([]);
		planhat.server.insert(
			'companies',
			companies(2, 10, (at) => ago(30_000 - at)),
		);
		expect(idsOf(await workflow.poll())).toEqual(['c-10', 'c-11']);
		expect(await workflow.poll()).toEqual([]);
	});

	it('hands over what exists where that is wanted', async () => {
		planhat.server.insert(
			'companies',
			companies(250, 0, (at) => ago(60_000 - at)),
		);
		const workflow = trigger({ options: { includeExisting: true } });
		expect(await workflow.poll()).toHaveLength(250);
		expect(await workflow.poll()).toEqual([]);
	});

	it('of an empty tenant leaves all that comes new', async () => {
		const workflow = trigger();
		expect(await workflow.poll()).toEqual([]);
		planhat.server.insert(
			'companies',
			companies(1, 0, () => ago(9_000)),
		);
		expect(await workflow.poll()).toHaveLength(1);
	});
});

describe('changes between polls', () => {
	it('are each handed over once: bursts of one time, a poll that fails, one that runs out of time, a restart', async () => {
		planhat.server.insert(
			'companies',
			companies(6_000, 10_000, () => ago(8_000_000)),
		);
		const workflow = trigger();
		await workflow.poll();
		const handedOver: string[] = [];
		const burst = (from: number, count: number, time: string) =>
			planhat.server.insert(
				'companies',
				companies(count, from, () => time),
			);
		burst(0, 400, ago(50_000));
		planhat.server.order({ method: 'GET', path: '/companies', times: 1, answer: { status: 403, body: 'No' } });
		await expect(workflow.poll()).rejects.toThrow(/Planhat did not list the companies/);
		burst(400, 300, ago(40_000));
		planhat.server.setBehaviour({ pageCap: { companies: 200 } });
		const slow = planhat.server.order({ method: 'GET', path: '/companies', times: 'always', latency: 500 });
		handedOver.push(...idsOf(await workflow.poll({ budget: 2_000 })));
		slow.cancel();
		planhat.server.setBehaviour({ pageCap: undefined });
		expect(handedOver.length).toBeGreaterThan(0);
		expect(handedOver.length).toBeLessThan(700);
		burst(700, 300, ago(40_000));
		for (let polls = 0; polls < 3; polls += 1) handedOver.push(...idsOf(await workflow.poll()));
		expect(new Set(handedOver).size).toBe(handedOver.length);
		expect(handedOver.sort()).toEqual(idsOf(companies(1_000, 0, () => '')).sort());
	});

	it('come once where a poll takes longer than the time to the next one', async () => {
		const workflow = trigger();
		await workflow.poll();
		planhat.server.insert(
			'companies',
			companies(3, 0, () => ago(20)),
		);
		planhat.server.order({ method: 'GET', path: '/companies', times: 'always', latency: 200 });
		expect((await workflow.pollTwice(50)).map(({ length }) => length)).toEqual([3, 0]);
		planhat.server.insert(
			'companies',
			companies(1, 10, () => ago(1)),
		);
		expect(idsOf(await workflow.poll())).toEqual(['c-10']);
	});

	it('cost one request where there are none', async () => {
		planhat.server.insert(
			'companies',
			companies(6_000, 0, (at) => ago(100_000 - at)),
		);
		const workflow = trigger();
		await workflow.poll();
		const before = listed();
		expect(await workflow.poll()).toEqual([]);
		expect(listed() - before).toBe(1);
	});

	it('that are 12,000 come in pages of the size of the model, and none is skipped', async () => {
		const workflow = trigger({ options: { maxItems: 5_000 } });
		planhat.server.insert(
			'companies',
			companies(1, 90_000, () => ago(900_000)),
		);
		await workflow.poll();
		planhat.server.insert(
			'companies',
			companies(12_000, 0, (at) => ago(500_000 - at)),
		);
		const before = listed();
		const polls = [await workflow.poll(), await workflow.poll(), await workflow.poll(), await workflow.poll()];
		expect(polls.map(({ length }) => length)).toEqual([5_000, 5_000, 2_000, 0]);
		expect(new Set(polls.flatMap(idsOf)).size).toBe(12_000);
		// The last one looks once more for what showed late.
		expect(listed() - before).toBeLessThanOrEqual(7);
	});

	it('of a record whose time lies ahead hide none that come later', async () => {
		const workflow = trigger();
		await workflow.poll();
		planhat.server.insert(
			'companies',
			companies(1, 0, () => '2040-01-01T00:00:00.000Z'),
		);
		expect(idsOf(await workflow.poll())).toEqual(['c-0']);
		planhat.server.insert(
			'companies',
			companies(1, 1, () => ago(5)),
		);
		expect(idsOf(await workflow.poll())).toEqual(['c-1']);
		expect(await workflow.poll()).toEqual([]);
	});

	it('that show late, behind others that were saved after them, are found', async () => {
		const workflow = trigger();
		planhat.server.insert(
			'companies',
			companies(1, 90, () => ago(60_000)),
		);
		await workflow.poll();
		planhat.server.insert('companies', [...companies(1, 0, () => ago(500)), ...companies(1, 1, () => ago(5_000))]);
		expect(idsOf(await workflow.poll())).toEqual(['c-1', 'c-0']);
		planhat.server.insert(
			'companies',
			companies(1, 2, () => ago(3_000)),
		);
		expect(idsOf(await workflow.poll())).toEqual(['c-2']);
		expect(await workflow.poll()).toEqual([]);
	});

	it('are found where Planhat does not sort', async () => {
		planhat.server.setBehaviour({ sortsByTime: false });
		planhat.server.insert(
			'companies',
			companies(150, 0, (at) => ago(100_000 - at)),
		);
		const workflow = trigger();
		await workflow.poll();
		planhat.server.insert(
			'companies',
			companies(2, 500, () => ago(20)),
		);
		expect(idsOf(await workflow.poll()).sort()).toEqual(['c-500', 'c-501']);
		expect(await workflow.poll()).toEqual([]);
	});
});

describe('the parameters', () => {
	it.each([
		['created', ['new']],
		['updated', ['old']],
		['createdOrUpdated', ['old', 'new']],
	])('%s', async (event, expected) => {
		const workflow = trigger({ event });
		planhat.server.insert(
			'companies',
			companies(1, 0, () => ago(8_000_000)),
		);
		await workflow.poll();
		planhat.server.insert('companies', [
			{ name: 'Old', externalId: 'old', createdAt: ago(7_000_000), updatedAt: ago(3_000) },
			{ name: 'New', externalId: 'new', createdAt: ago(2_000), updatedAt: ago(1_990) },
		]);
		const handedOver = idsOf(await workflow.poll());
		// What was created before the workflow began is new to a list by creation only if it was created since.
		expect(handedOver.filter((id) => event !== 'created' || id === 'new')).toEqual(expected);
	});

	it('an event that is none is refused, and not taken for another', async () => {
		await expect(trigger({ event: 'Updated' }).poll()).rejects.toThrow("'Event' has no choice 'Updated'");
		expect(planhat.sent()).toEqual([]);
	});

	it('Only When These Fields Change', async () => {
		const [company] = planhat.server.insert('companies', [
			{ name: 'Acme', externalId: 'a', phase: 'One', createdAt: ago(900_000), updatedAt: ago(800_000) },
		]);
		const workflow = trigger({ options: { watchedFields: ['phase', 'custom.Plan'] } });
		await workflow.poll();
		const save = async (changes: IDataObject) =>
			await planhat.run({
				resource: 'company',
				operation: 'update',
				recordId: { mode: 'id', value: String(company?._id) },
				json: JSON.stringify(changes),
			});
		await save({ city: 'Oslo' });
		expect(await workflow.poll()).toEqual([]);
		await save({ phase: 'Two' });
		expect(await workflow.poll()).toHaveLength(1);
		await save({ custom: { Plan: 'Pro' } });
		expect(await workflow.poll()).toHaveLength(1);
		await save({ custom: { Plan: 'Pro' }, city: 'Rome' });
		expect(await workflow.poll()).toEqual([]);
	});

	it('Only When These Fields Change says of which records it cannot tell what changed', async () => {
		const all = companies(10_001, 0, (at) => ago(500_000 - at)).map((company) => ({
			...company,
			createdAt: ago(900_000),
		}));
		const stored = planhat.server.insert('companies', all);
		const workflow = trigger({ options: { watchedFields: ['name'] } });
		await workflow.poll();
		const save = async (at: number, changes: IDataObject) =>
			await planhat.run({
				resource: 'company',
				operation: 'update',
				recordId: { mode: 'id', value: String(stored[at]?._id) },
				json: JSON.stringify(changes),
			});
		await save(0, { city: 'Oslo' });
		await save(5_000, { city: 'Oslo' });
		await save(6_000, { name: 'Other' });
		planhat.server.insert('companies', [{ name: 'New', externalId: 'new', createdAt: ago(1), updatedAt: ago(1) }]);
		const items = await workflow.poll();
		expect(Object.fromEntries(items.map(({ externalId, notCompared }) => [externalId, notCompared]))).toEqual({
			'c-0': true,
			'c-6000': undefined,
			new: undefined,
		});
	});

	it('Filters works as in Get Many, and so does Fields to Return', async () => {
		const workflow = trigger({
			resource: 'company',
			filters: { status: 'customer' },
			options: { select: ['name'] },
		});
		await workflow.poll();
		planhat.server.insert('companies', [
			{ name: 'In', status: 'customer', updatedAt: ago(2_000) },
			{ name: 'Out', status: 'lost', updatedAt: ago(2_000) },
		]);
		expect(await workflow.poll()).toEqual([{ _id: expect.any(String), name: 'In' }]);
	});

	it('Max Items per Poll takes a whole number', async () => {
		await expect(trigger({ options: { maxItems: 0 } }).poll()).rejects.toThrow(/'Max Items per Poll' takes/);
		expect(planhat.sent()).toEqual([]);
	});

	it.each(models.filter((model) => model.sortable).map(({ resource, path }) => ({ resource, path })))(
		'each model is asked: $resource',
		async ({ resource, path }) => {
			const workflow = trigger({ resource, event: 'created' });
			expect(await workflow.poll()).toEqual([]);
			expect(planhat.sent()).toEqual([`GET ${path}`]);
			expect(String(planhat.lastRequest().query.sort)).toMatch(/^-/);
		},
	);
});

describe('a workflow that is published anew', () => {
	const statuses = (status: string, at: number, from: number) =>
		companies(3, from, () => ago(at)).map((company) => ({ ...company, status }));

	it('with other filters gets what changed since its last poll, and nothing that is older', async () => {
		planhat.server.insert('companies', [...statuses('customer', 9_000_000, 0), ...statuses('lost', 800_000, 10)]);
		const workflow = trigger({ filters: { status: 'customer' } });
		await workflow.poll();
		planhat.server.insert('companies', statuses('lost', 20, 20));
		workflow.change({ filters: { status: 'lost' } });
		expect(idsOf(await workflow.poll()).sort()).toEqual(['c-20', 'c-21', 'c-22']);
		planhat.server.insert('companies', statuses('lost', 1, 30));
		expect(idsOf(await workflow.poll()).sort()).toEqual(['c-30', 'c-31', 'c-32']);
	});

	it('with the token of another tenant gets nothing that is older, and with a new token of its own loses nothing', async () => {
		planhat.server.insert(
			'companies',
			companies(2, 0, () => ago(9_000_000)),
		);
		const other = planhat.server.addTenant({ apiToken: 'another-tenant', tenantToken: 'another' });
		other.insert(
			'companies',
			companies(4, 50, () => ago(700_000)),
		);
		const workflow = trigger();
		await workflow.poll();
		workflow.change({}, { ...planhat.credentials, apiToken: 'another-tenant' });
		expect(await workflow.poll()).toEqual([]);
		other.insert(
			'companies',
			companies(1, 60, () => ago(10)),
		);
		expect(idsOf(await workflow.poll())).toEqual(['c-60']);
		expect(JSON.stringify(workflow.staticData)).not.toContain('another-tenant');
		planhat.server.insert(
			'companies',
			companies(1, 1, () => ago(2)),
		);
		workflow.change({}, planhat.credentials);
		expect(idsOf(await workflow.poll())).toEqual(['c-1']);
	});

	it('with other fields to watch compares with what they held, and says where it cannot', async () => {
		const stored = planhat.server.insert(
			'companies',
			companies(3, 0, () => ago(800_000)).map((company) => ({ ...company, phase: 'One', city: 'Oslo' })),
		);
		const workflow = trigger();
		await workflow.poll();
		const save = async (at: number, changes: IDataObject) =>
			await planhat.run({
				resource: 'company',
				operation: 'update',
				recordId: { mode: 'id', value: String(stored[at]?._id) },
				json: JSON.stringify(changes),
			});
		await save(0, { city: 'Rome' });
		workflow.change({ options: { watchedFields: ['phase'] } });
		expect((await workflow.poll()).map(({ externalId, notCompared }) => [externalId, notCompared])).toEqual([
			['c-0', true],
		]);
		await save(1, { city: 'Rome' });
		expect(await workflow.poll()).toEqual([]);
		workflow.change({ options: { watchedFields: ['city'] } });
		await workflow.poll();
		await save(1, { phase: 'Two' });
		expect(await workflow.poll()).toEqual([]);
		await save(1, { city: 'Bern' });
		expect(idsOf(await workflow.poll())).toEqual(['c-1']);
	});
});

describe('lists of several groups of companies', () => {
	it('are read whole, and what one poll could not hand over comes with the next ones', async () => {
		const companyIds = Array.from({ length: 250 }, (_, at) => (0x610000000000 + at).toString(16).padStart(24, '0'));
		const workflow = trigger({
			resource: 'license',
			event: 'created',
			filters: { companyId: companyIds },
			options: { maxItems: 7, includeExisting: true },
		});
		planhat.server.insert(
			'licenses',
			companyIds.slice(0, 20).map((companyId, at) => ({ companyId, externalId: `l-${at}`, product: 'Seats' })),
		);
		const polls = [await workflow.poll(), await workflow.poll(), await workflow.poll(), await workflow.poll()];
		expect(polls.map(({ length }) => length)).toEqual([7, 7, 6, 0]);
		expect(new Set(polls.flat().map(({ _id }) => _id)).size).toBe(20);
	});
});

describe('filters of a poll', () => {
	it('take the company by its external ID and the owner by email, as in Get Many', async () => {
		const [acme] = planhat.server.insert('companies', [{ name: 'Acme', externalId: 'acme-1' }]);
		const [ada] = planhat.server.insert('users', [{ email: 'ada@example.com', firstName: 'Ada' }]);
		const ids = { companyId: String(acme?._id), ownerId: String(ada?._id) };
		const workflow = trigger({
			resource: 'opportunity',
			filters: { companyId: 'extid-acme-1', ownerId: 'Ada@example.com' },
		});
		await workflow.poll();
		planhat.server.insert('opportunities', [
			{ ...ids, title: 'wanted' },
			{ ...ids, title: "another's", ownerId: '61006bc89a3e0b702ed8ea49' },
			{ ...ids, title: 'elsewhere', companyId: '61006bc89a3e0b702ed8ea49' },
		]);
		expect((await workflow.poll()).map(({ title }) => title)).toEqual(['wanted']);
		expect(planhat.lastRequest().query).toMatchObject({ companyId: ids.companyId });
	});
});

describe('a test in the editor', () => {
	it('shows the newest few and remembers nothing', async () => {
		planhat.server.insert(
			'companies',
			companies(30, 0, (at) => ago(60_000 - at)),
		);
		const workflow = trigger();
		expect(await workflow.poll({ mode: 'manual' })).toHaveLength(10);
		expect(workflow.staticData).toEqual({});
	});
});

describe('a failure', () => {
	it.each([
		[429, 'rate-limited'],
		[401, 'credential-invalid'],
		[403, 'configuration-invalid'],
		[500, 'temporarily-unavailable'],
	])('%i says why, as the back-off of n8n reads it', async (status, cause) => {
		planhat.server.order({
			method: 'GET',
			times: 'always',
			answer: { status, body: 'No', headers: { 'retry-after': '30' } },
		});
		await expect(trigger().poll({ budget: 400 })).rejects.toMatchObject({ failure: { cause } });
	});

	it('of a Planhat that is silent for longer than the poll may take is told, and nothing is remembered', async () => {
		planhat.server.order({ method: 'GET', times: 'always', neverEnds: 'beforeHeaders' });
		const workflow = trigger();
		await expect(workflow.poll({ budget: 600 })).rejects.toThrow(/^Planhat (did not|could not)/);
		expect(workflow.staticData).toEqual({});
	});
});
