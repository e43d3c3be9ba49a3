import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { outputOf } from '../../scripts/lib/n8nClient.mjs';
import { waitFor } from '../../scripts/lib/waiting.mjs';
import { storePollingTrigger, pollingTriggerName } from '../workflows.mjs';
import { startPlanhatServer, storeCredential, until, world } from '../world.mjs';

/** n8n's scheduler of polls, which tells a trigger how long it may take: 15 of these 20 seconds. */
const scheduler = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TIMEOUT: '20',
};

/** Polls as n8n makes them, with what its database keeps between them. */
export function polling() {
	describe('Planhat Polling Trigger', () => {
		test('hands 1,000 changes over once: a failed poll, a restart of n8n, a poll that runs out of time', async (context) => {
			const double = await startPlanhatServer();
			try {
				await handOverOnce(double, context);
			} finally {
				await double.close();
				await world.n8n.restart();
			}
		});
	});
}

async function handOverOnce(double, context) {
	const { n8n } = world;
	double.insert('companies', companies(300, 5_000, 900_000));
	const parameters = { resource: 'company', event: 'createdOrUpdated' };
	const workflow = await storePollingTrigger(parameters, await storeCredential({}, { double }));
	await n8n.activate(workflow);
	await until(() => double.requests.length > 0, 'The first poll', 200);
	await n8n.deactivate(workflow);

	double.insert('companies', companies(400, 0, 60_000));
	const fault = double.order({
		method: 'GET',
		path: '/companies',
		times: 'always',
		answer: { status: 403, body: 'No' },
	});
	const asked = double.requests.length;
	// n8n polls when a workflow is published, and then once a minute.
	await n8n.activate(workflow);
	await until(() => double.requests.length > asked, 'A poll that fails', 200);
	await n8n.restart({
		changes: scheduler,
		whileStopped() {
			double.insert('companies', companies(300, 400, 60_000));
			fault.cancel();
		},
	});
	assert.equal((await handedOver(workflow, 700)).length, 700);

	double.setBehaviour({ pageCap: { companies: 50 } });
	const slow = double.order({ method: 'GET', path: '/companies', times: 'always', latency: 2_000 });
	double.insert('companies', companies(300, 700, 50_000));
	const some = await handedOver(workflow, 701);
	slow.cancel();
	context.diagnostic(`The poll that ran out of time handed over ${some.length - 700} of 300`);
	assert.ok(some.length < 1_000);
	const ids = await handedOver(workflow, 1_000);
	await n8n.deactivate(workflow);
	assert.deepEqual(ids.sort(), idsOf(companies(1_000, 0, 0)).sort());
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
