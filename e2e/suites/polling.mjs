import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { outputOf } from '../../scripts/lib/n8nClient.mjs';
import { waitFor } from '../../scripts/lib/waiting.mjs';
import { storePollingTrigger, pollingTriggerName } from '../workflows.mjs';
import { startPlanhatServer, storeCredential, until, world } from '../world.mjs';

/** Polls as n8n makes them: one when a workflow is published, then one a minute, with what its database keeps between them. */
export function polling() {
	describe('Planhat Polling Trigger', () => {
		test('hands every change over once: after a failed poll, after a stop, and by the minute', async () => {
			const double = await startPlanhatServer();
			try {
				double.insert('companies', companies(300, 5_000, 900_000));
				const credential = await storeCredential({}, { double });
				const workflow = await storePollingTrigger({ resource: 'company', event: 'createdOrUpdated' }, credential);
				await world.n8n.activate(workflow);
				await until(() => double.requests.length > 0, 'The first poll');
				await world.n8n.deactivate(workflow);

				double.insert('companies', companies(400, 0, 60_000));
				double.order({ method: 'GET', path: '/companies', times: 1, answer: { status: 403, body: 'No' } });
				const asked = double.requests.length;
				await world.n8n.activate(workflow);
				await until(() => double.requests.length > asked, 'A poll that fails');
				await world.n8n.deactivate(workflow);

				double.insert('companies', companies(300, 400, 60_000));
				await world.n8n.activate(workflow);
				assert.equal((await handedOver(workflow, 700)).length, 700);
				double.insert('companies', companies(300, 700, 50_000));
				const ids = await handedOver(workflow, 1_000);
				await world.n8n.deactivate(workflow);
				assert.deepEqual(ids.sort(), idsOf(companies(1_000, 0, 0)).sort());
			} finally {
				await double.close();
			}
		});
	});
}

function companies(count, from, ago) {
	const updatedAt = new Date(Date.now() - ago).toISOString();
	return Array.from({ length: count }, (_, at) => ({
		name: `Company ${from + at}`,
		externalId: `c-${from + at}`,
		updatedAt,
	}));
}

function idsOf(records) {
	return records.map(({ externalId }) => externalId);
}

/** The external IDs of all that executions of the workflow got, once it is as many as that. */
async function handedOver(workflow, count) {
	const { n8n } = world;
	let ids = [];
	await waitFor(
		async () => {
			const executions = await n8n.executions(workflow.id);
			const ended = executions.filter(({ status }) => status === 'success');
			const read = await Promise.all(ended.map(async ({ id }) => await n8n.execution(id)));
			ids = read.flatMap((execution) => idsOf(outputOf(execution, pollingTriggerName)));
			return ids.length >= count ? ids : undefined;
		},
		{
			timeoutMilliseconds: 150_000,
			intervalMilliseconds: 1_000,
			what: `The hand-over of ${count} records`,
			details: () => `${ids.length} were handed over`,
		},
	);
	return ids;
}
