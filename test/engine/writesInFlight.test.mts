import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { clock } from '../../dist/nodes/Planhat/quota/clock.js';
import { bench, itemsOf, record } from './planhat.mts';
import { withScaledClock } from './scaledClock.mts';
import { useOf } from './useOf.mts';

const planhat = bench({ forEachTest: true });

const create = { resource: 'company', operation: 'create', json: '={{ $json }}' };

const companies = (count: number) =>
	itemsOf(Array.from({ length: count }, (_, index) => ({ name: `Company ${index}`, externalId: `e${index}` })));

const slow = (latency: number) => planhat.server.order({ latency, times: 'always' });

describe('the quota, with a minute of 6 seconds and answers that take half a second of it', () => {
	const minute = withScaledClock(10);
	const latency = 50;

	it('is used to at least 97 % by 300 creates that go on after errors; no 429, and order and links are those of the items', async () => {
		let best = 0;
		// Three tries, since a machine that stands still for a moment is not the node's fault; each must keep the quota.
		for (let tried = 0; tried < 3 && best < 0.97; tried += 1) {
			planhat.server.reset();
			planhat.server.setQuota({ callsPerMinute: 200, windowMilliseconds: minute });
			slow(latency);
			const items = companies(300);
			const { output, error } = await planhat.run(create, {
				items,
				credentials: { ...planhat.credentials, callsPerMinute: 200 },
				onError: 'continueRegularOutput',
			});
			expect(error).toBeUndefined();
			expect(output.map(({ json, pairedItem }) => [json.externalId, pairedItem])).toEqual(
				items.map(({ json }, item) => [json.externalId, { item }]),
			);
			const { requests } = planhat.server;
			expect(requests.map(({ status }) => status)).toEqual(Array.from({ length: 300 }, () => 200));
			expect(planhat.server.mostInFlight).toBeGreaterThan(1);
			best = Math.max(best, useOf(200, minute, requests));
		}
		expect(best).toBeGreaterThanOrEqual(0.97);
	}, 120_000);

	it('is shared by two runs, one that writes and one that reads', async () => {
		planhat.server.setQuota({ callsPerMinute: 60, windowMilliseconds: minute });
		planhat.server.insert('companies', [{ name: 'Read', externalId: 'read' }]);
		slow(latency);
		const credentials = { ...planhat.credentials, callsPerMinute: 60 };
		let cancel: Array<() => void> = [];
		const onStart = (ends: () => void) => {
			cancel = [...cancel, ends];
		};
		const get = { resource: 'company', operation: 'get', recordId: record('externalId', 'read') };
		const runs = [
			planhat.run(create, { items: companies(300), credentials, onStart, onError: 'continueErrorOutput' }),
			planhat.run(get, { items: companies(300), credentials, onStart }),
		];
		await new Promise((resolve) => setTimeout(resolve, 3.5 * minute));
		for (const end of cancel) end();
		await Promise.all(runs);
		const writes = planhat.server.requests.filter(({ method }) => method === 'POST').length;
		expect(writes / planhat.server.requests.length).toBeGreaterThan(0.35);
		expect(writes / planhat.server.requests.length).toBeLessThan(0.65);
	}, 60_000);
});

describe('writes of a run that stops on an error', () => {
	it('go out one after the other, and none after the item that fails', async () => {
		slow(20);
		const items = companies(30);
		const { error } = await planhat.run(create, {
			items: [...items.slice(0, 12), { json: { externalId: 'nameless' } }, ...items.slice(12)],
		});
		expect(error?.context?.itemIndex).toBe(12);
		expect([planhat.server.mostInFlight, planhat.server.requests.length]).toEqual([1, 12]);
	});
});

describe('writes of a run that goes on after errors', () => {
	const onError = 'continueRegularOutput' as const;

	it('have several under way where their records are surely not one', async () => {
		slow(60);
		await planhat.run(create, { items: companies(40), onError });
		expect(planhat.server.mostInFlight).toBeGreaterThan(2);
	});

	it('have one under way where a look-up by email, or another kind of key, may lead to the record of an item before', async () => {
		planhat.server.insert('companies', [{ name: 'Acme', externalId: 'acme', sourceId: 'acme' }]);
		slow(30);
		const recordId = record('externalId', 'acme');
		const update = { resource: 'company', operation: 'update', recordId, json: '={{ { name: $json.name } }}' };
		await planhat.run(update, { items: companies(20), onError });
		expect(planhat.server.mostInFlight).toBe(1);
		expect(planhat.server.records('companies')[0]?.name).toBe('Company 19');
	});

	it('say of each item whether it may have been applied, by what of that item had left', async () => {
		slow(60);
		planhat.server.order({ cut: 'afterApplying', body: (body) => (body as IDataObject).externalId === 'e20' });
		const items = companies(40).map(({ json }, index) => ({
			json: index === 21 ? { externalId: 'e21' } : json,
		}));
		const { output } = await planhat.run(create, { items, onError });
		const outcomes = output.map(({ json }) => (json.details as IDataObject | undefined)?.outcome);
		expect(outcomes).toEqual(items.map((_item, at) => (at === 20 ? 'unknown' : at === 21 ? 'failed' : undefined)));
	});

	it('end when the execution is cancelled, and nothing more is sent', async () => {
		let soonest = Infinity;
		// Three tries, since a machine that stands still for a moment is not the node's fault.
		for (let tried = 0; tried < 3 && soonest >= 100; tried += 1) {
			planhat.server.reset();
			slow(60);
			let cancelledAt = NaN;
			await planhat.run(create, {
				items: companies(100),
				onError,
				onStart: (cancel) =>
					setTimeout(() => {
						cancelledAt = performance.now();
						cancel();
					}, 400),
			});
			soonest = Math.min(soonest, performance.now() - cancelledAt);
		}
		expect(soonest).toBeLessThan(100);
		// What was on its way when the execution was cancelled still arrives.
		await new Promise((resolve) => setTimeout(resolve, 200));
		const sent = planhat.server.requests.length;
		await new Promise((resolve) => setTimeout(resolve, 200));
		expect(planhat.server.requests).toHaveLength(sent);
		expect(sent).toBeLessThan(100);
	});
});

interface Row {
	mode: string;
	value: string;
	fields: IDataObject;
}

const ids = ['a', 'b', 'c'].map((letter) => letter.repeat(24));

const key = fc.constantFrom('k1', 'k2', 'k3', 'k4', 'k5');

const fields = fc.record(
	{ externalId: key, sourceId: key, name: fc.constantFrom('N1', 'N2', 'N3') },
	{ requiredKeys: ['name'] },
);

const rowsNamedBy = (modes: readonly string[]): fc.Arbitrary<Row[]> =>
	fc.array(
		fc
			.constantFrom(...modes)
			.chain((mode) =>
				fc.record({ mode: fc.constant(mode), value: mode === 'id' ? fc.constantFrom(...ids) : key, fields }),
			),
		{ minLength: 5, maxLength: 10 },
	);

const operations: Record<string, INodeParameters> = {
	create: { resource: 'company', operation: 'create', json: '={{ $json.fields }}' },
	update: { resource: 'company', operation: 'update', json: '={{ $json.fields }}' },
	delete: { resource: 'company', operation: 'delete' },
};

/** The record's mode is no expression in n8n, so that the prefixes of Planhat's IDs say what a text is. */
const recordId = record('id', '={{ { id: "", externalId: "extid-", sourceId: "srcid-" }[$json.mode] + $json.value }}');

/** Without what no two runs have in common: IDs that Planhat gives out, and times. */
function lasting(entry: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(entry).filter(
			([name, value]) => !/(At|ated|Date)$/.test(name) && (name !== '_id' || ids.includes(String(value))),
		),
	);
}

/** What fast-check has found: two items that look up one record at once, of which the first deletes it. */
const namedTwice: [[string, Row[]], number[]] = [
	[
		'delete',
		[
			{ mode: 'id', value: 'c'.repeat(24), fields: { sourceId: 'k3', name: 'N3' } },
			{ mode: 'externalId', value: 'k2', fields: { externalId: 'k3', sourceId: 'k2', name: 'N1' } },
			{ mode: 'externalId', value: 'k2', fields: { externalId: 'k3', sourceId: 'k5', name: 'N3' } },
			{ mode: 'sourceId', value: 'k3', fields: { externalId: 'k1', sourceId: 'k5', name: 'N3' } },
			{ mode: 'id', value: 'b'.repeat(24), fields: { externalId: 'k4', sourceId: 'k5', name: 'N3' } },
			{ mode: 'sourceId', value: 'k3', fields: { externalId: 'k2', sourceId: 'k5', name: 'N1' } },
		],
	],
	[3, 1, 4, 4, 4],
];

describe('items whose keys collide', () => {
	const { now } = clock;
	const reference = { apiToken: randomUUID(), tenantToken: randomUUID() };

	afterEach(() => {
		clock.now = now;
	});

	/** What a run leaves behind and says. Where no time passes, no answer takes long, and one item is under way. */
	async function outcomeOf(operation: string, rows: readonly Row[], latencies?: readonly number[]) {
		const { server, credentials } = planhat;
		server.reset();
		const tenant = latencies === undefined ? server.addTenant(reference) : server;
		tenant.insert(
			'companies',
			ids.map((_id, at) => ({ _id, name: 'Old', externalId: `k${at + 1}`, sourceId: `k${at + 2}` })),
		);
		let asked = 0;
		for (const [place, latency] of (latencies ?? []).entries()) {
			const body = () => asked++ % (latencies?.length ?? 1) === place;
			server.order({ latency, times: 'always', body });
		}
		clock.now = () => (latencies === undefined ? 0 : performance.now() * 100);
		const { output } = await planhat.run(
			{ ...operations[operation], recordId },
			{
				items: itemsOf(rows.map((row) => ({ ...row }))),
				credentials: { ...credentials, apiToken: tenant.apiToken },
				onError: 'continueRegularOutput',
			},
		);
		// A busy machine may let a read be tried again, which the error then says.
		const words = (error: unknown) => String(error).replace(/ \(tried again for [^)]*\)/, '');
		const said = output.map(({ json }) =>
			'error' in json ? [(json.details as IDataObject).outcome, words(json.error)] : lasting(json),
		);
		const left = tenant.records('companies').map((entry) => JSON.stringify(lasting(entry as IDataObject)));
		return { said, left: left.sort(), atOnce: server.mostInFlight };
	}

	it('leave the same records and say the same as one after the other', async () => {
		const modes = [['externalId'], ['id'], ['id', 'externalId', 'sourceId']];
		const cases = fc.oneof(
			...modes.flatMap((named) =>
				Object.keys(operations).map((operation) => fc.tuple(fc.constant(operation), rowsNamedBy(named))),
			),
		);
		const latencies = fc.array(fc.nat(4), { minLength: 3, maxLength: 7 });
		let together = 0;
		await fc.assert(
			fc.asyncProperty(cases, latencies, async ([operation, rows], times) => {
				const expected = await outcomeOf(operation, rows);
				const { atOnce, ...given } = await outcomeOf(operation, rows, times);
				expect(expected.atOnce).toBe(1);
				expect(given).toEqual({ said: expected.said, left: expected.left });
				if (atOnce > 1) together += 1;
			}),
			{ numRuns: 60, endOnFailure: true, examples: [namedTwice] },
		);
		expect(together).toBeGreaterThan(5);
	}, 120_000);
});
