import { describe, expect, it } from '@jest/globals';

import { bench, itemsOf } from './planhat.mts';

const planhat = bench();

/** Not among what is run a second time as Engine 2.0 does it: n8n prepares each item there, for some milliseconds. */
describe('Many items', () => {
	it('go out by Create or Update in three requests for 12,001 rows, one after the other, and a refused one hides no other', async () => {
		planhat.server.order({ method: 'PUT', after: 1, answer: { status: 400, body: 'These rows are no good' } });
		const rows = Array.from({ length: 12_001 }, (_, index) => ({ externalId: `c${index}`, name: `Company ${index}` }));
		const { output, errors } = await planhat.run(
			{ resource: 'company', operation: 'upsert', fields: { mappingMode: 'autoMapInputData', value: null } },
			{ items: itemsOf(rows), onError: 'continueErrorOutput' },
		);
		expect(planhat.server.requests.map(({ body }) => (body as unknown[]).length)).toEqual([5_000, 5_000, 2_001]);
		expect(planhat.server.mostInFlight).toBe(1);
		expect(output.map(({ json }) => json.outcome)).toEqual(Array.from({ length: 7_001 }, () => 'created'));
		expect(errors.map(({ json }) => json.externalId)).toEqual(
			rows.slice(5_000, 10_000).map(({ externalId }) => externalId),
		);
		expect(errors[0]).toEqual({
			json: {
				externalId: 'c5000',
				name: 'Company 5000',
				error: 'The company was not applied: These rows are no good',
				details: { outcome: 'failed', keys: { externalId: 'c5000' } },
			},
			pairedItem: { item: 5_000 },
		});
	}, 30_000);

	it('leave the event loop free while they fail without a request', async () => {
		const items = itemsOf(Array.from({ length: 2_000 }, () => ({ key: 'x' })));
		let longest = 0;
		const start = performance.now();
		let last = start;
		const watch = setInterval(() => {
			longest = Math.max(longest, performance.now() - last);
			last = performance.now();
		}, 5);
		const parameters = { resource: 'company', operation: 'create', json: '{"phase": "x"}' };
		const { output } = await planhat.run(parameters, { items, onError: 'continueRegularOutput' });
		clearInterval(watch);
		expect(output).toHaveLength(2_000);
		// Without a pause the whole run is one block.
		expect(longest).toBeLessThan((performance.now() - start) / 3);
	});
});
