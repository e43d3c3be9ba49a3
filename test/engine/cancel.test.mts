import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import type { RunOptions } from './harness.mts';
import { bench, itemsOf } from './planhat.mts';

const planhat = bench();

const companies = (count: number) =>
	itemsOf(Array.from({ length: count }, (_, index) => ({ externalId: `c${index}`, name: `Company ${index}` })));

const upsert: INodeParameters = {
	resource: 'company',
	operation: 'upsert',
	fields: { mappingMode: 'autoMapInputData', value: null },
};

const create: INodeParameters = { resource: 'company', operation: 'create', json: '={{ $json }}' };

/** Cancels while the second request waits for its answer. */
async function cancelled(parameters: INodeParameters, items: RunOptions['items']) {
	planhat.server.order({ latency: 5_000, times: 'always', after: 1 });
	const { requests } = planhat.server;
	return await planhat.run(parameters, {
		items,
		onStart: (cancel) => {
			const look = setInterval(() => {
				if (requests.length < 2) return;
				clearInterval(look);
				cancel();
			}, 5);
		},
	});
}

describe('A cancelled execution', () => {
	it('of Create or Update is saved with what went through, though n8n saves it at once', async () => {
		const words =
			'The execution was canceled: 5000 of 20000 rows were applied, 5000 may have been applied, 10000 were not sent';
		const { saved, status } = await cancelled(upsert, companies(20_000));
		expect(status).toBe('canceled');
		expect(saved.nodeError).toMatch(new RegExp(`^${words}`));
		expect(saved.error).toMatch(new RegExp(`^${words}`));
		expect(saved.highlighted?.Planhat).toMatch(new RegExp(`^${words}`));
	});

	it('of Create is saved with how many items succeeded', async () => {
		const { saved, status } = await cancelled(create, companies(3));
		expect(status).toBe('canceled');
		expect(saved.error).toBe('The execution was canceled');
		expect(saved.highlighted?.Planhat).toBe(
			'The execution was canceled. The change may have been applied. Look up the record in Planhat before you send it again. 1 item before this one succeeded, 1 after it was not sent.',
		);
	});

	it('of Get Many highlights nothing', async () => {
		planhat.server.insert('companies', [{ name: 'One' }]);
		const { saved } = await cancelled({ resource: 'company', operation: 'getAll', returnAll: true }, companies(2));
		expect(saved.highlighted).toBeUndefined();
	});
});
