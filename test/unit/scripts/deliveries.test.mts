import { describe, expect, it } from '@jest/globals';
import { runByDeliveries } from '../../../scripts/lib/deliveries.mjs';

type Listed = Array<{ id: string }>;

/** An n8n that starts an execution for each call, and lists them as the test says, one answer after the other. */
function n8nThatLists(lists: Listed[], status = 200) {
	const calls: unknown[] = [];
	let activated = false;
	return {
		calls,
		isActivated: () => activated,
		activate: () => Promise.resolve((activated = true)),
		deactivate: () => Promise.resolve((activated = false)),
		callTrigger: (_workflow: unknown, body: unknown) => {
			calls.push(body);
			return Promise.resolve(status);
		},
		executions: () => Promise.resolve(lists.shift() ?? []),
		waitForExecution: (id: string) => Promise.resolve({ id, status: 'success' }),
	};
}

const first = { id: '1' };
const second = { id: '2' };
const bodies = [{ event: 'created' }, { event: 'updated' }];

async function idsOf(lists: Listed[]): Promise<string[]> {
	const n8n = n8nThatLists(lists);
	const executions = await runByDeliveries(n8n, { id: 'w' }, bodies, 2_000);
	expect(n8n.calls).toEqual(bodies);
	expect(n8n.isActivated()).toBe(false);
	return executions.map(({ id }) => id);
}

describe('an execution that a delivery has started', () => {
	it('is taken when it is seen, whatever n8n lists the next time', async () => {
		expect(await idsOf([[first], [second, first]])).toEqual(['1', '2']);
	});

	it('is not mistaken for one before it that n8n lists twice', async () => {
		expect(await idsOf([[first], [first, first], [second, first]])).toEqual(['1', '2']);
	});

	it('is waited for while n8n lists nothing, or only what was there before', async () => {
		expect(await idsOf([[], [first], [], [first], [second]])).toEqual(['1', '2']);
	});

	it('is not waited for where n8n refuses the call', async () => {
		const run = runByDeliveries(n8nThatLists([], 401), { id: 'w' }, bodies, 60_000);
		await expect(run).rejects.toThrow('n8n answered a call of Planhat Trigger with 401 instead of 200.');
	});
});
