import { createRequire } from 'node:module';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { bench, itemsOf } from './planhat.mts';

/** Those that n8n's engine has: there may be others in other versions. */
const engine = createRequire(require.resolve('n8n-core'));
const { SsrfProtectionConfig } = engine('@n8n/config') as typeof import('@n8n/config');
const { Container } = engine('@n8n/di') as typeof import('@n8n/di');

const planhat = bench({ forEachTest: true });

const rows = (count: number) =>
	itemsOf(Array.from({ length: count }, (_, index) => ({ name: `Company ${index}`, externalId: `e${index}` })));

const json = '={{ $json }}';

const gaps = () => {
	const times = planhat.server.requests.map(({ arrivedAt }) => arrivedAt);
	return times.slice(1).map((time, index) => time - (times[index] ?? 0));
};

const batching = (batchSize: number, batchInterval: number) => ({
	requestOptions: { batching: { batch: { batchSize, batchInterval } } },
});

describe('Batching of Request Options', () => {
	it('pauses after so many items', async () => {
		await planhat.run({ resource: 'company', operation: 'create', json, ...batching(3, 1_500) }, { items: rows(7) });
		expect(gaps().map((gap) => gap > 1_200)).toEqual([false, false, true, false, false, true]);
	});

	it('puts so many rows into a request, and pauses before the next', async () => {
		const upsert = { resource: 'company', operation: 'upsert', json, ...batching(3, 1_500) };
		const { output } = await planhat.run(upsert, { items: rows(7) });
		expect(planhat.server.requests.map(({ body }) => (body as unknown[]).length)).toEqual([3, 3, 1]);
		expect(gaps().every((gap) => gap > 1_200)).toBe(true);
		expect(output.map(({ json: { outcome } }) => outcome)).toEqual(Array.from({ length: 7 }, () => 'created'));
	});

	it('does nothing where it is disabled', async () => {
		const upsert = { resource: 'company', operation: 'upsert', json, ...batching(-1, 60_000) };
		await planhat.run(upsert, { items: rows(7) });
		expect(planhat.server.requests).toHaveLength(1);
	});
});

describe('an address that n8n blocks', () => {
	beforeEach(() => {
		Container.get(SsrfProtectionConfig).enabled = true;
	});
	afterEach(() => {
		Container.get(SsrfProtectionConfig).enabled = false;
	});

	it.each([
		['create', 1],
		['upsert', 3],
	])('is told as not sent, at once: %s', async (operation, count) => {
		const { output } = await planhat.run(
			{ resource: 'company', operation, json },
			{ items: rows(count), onError: 'continueRegularOutput' },
		);
		expect(output.map(({ json: { details } }) => (details as IDataObject).outcome)).toEqual(
			Array.from({ length: count }, () => 'notSent'),
		);
		expect(output[0]?.json.error).toContain('blocked because it resolves to a restricted IP address');
		expect(output[0]?.json.error).not.toContain('may have been applied');
		expect(planhat.server.requests).toEqual([]);
	});
});
