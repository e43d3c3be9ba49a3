import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { inTurns } from '../lib/measure.mjs';

const inParallel = 20;
const header = 'X-Planhat-Secret';
const secret = randomUUID();
const body = JSON.stringify({
	event: 'company.updated',
	model: 'Company',
	externalId: 'acme',
	id: '5f0000000000000000000001',
});

const trigger = {
	name: 'Planhat Trigger',
	path: (webhookId) => `${webhookId}/webhook`,
	node: { type: 'n8n-nodes-planhat.planhatTrigger', typeVersion: 1, parameters: {} },
	credential: { type: 'planhatWebhookApi', data: { webhookSecret: secret } },
};

const webhook = {
	name: 'Webhook',
	path: (webhookId) => webhookId,
	node: { type: 'n8n-nodes-base.webhook', typeVersion: 2.1 },
	parameters: (webhookId) => ({ httpMethod: 'POST', path: webhookId, authentication: 'headerAuth' }),
	credential: { type: 'httpHeaderAuth', data: { name: header, value: secret } },
};

/**
 * Verified deliveries a second of Planhat Trigger, beside n8n's own Webhook node with header authentication. A round ends
 * when all its executions are saved.
 *
 * @param {Awaited<ReturnType<typeof import('../../scripts/lib/n8nServer.mjs').startN8n>>} n8n
 * @param {{ rounds: number, count: number }} options
 * @returns {Promise<import('../lib/measure.mjs').Comparison>}
 */
export async function deliveries(n8n, { rounds, count }) {
	const [ours, theirs] = [await publish(n8n, trigger), await publish(n8n, webhook)];
	// The first round compiles code and fills caches.
	for (const published of [ours, theirs]) await round(published, inParallel);
	return {
		id: 'n8n/deliveries',
		work: `${count} deliveries, ${inParallel} in parallel`,
		unit: 'a second',
		beside: 'Webhook node with header authentication',
		...(await inTurns(
			rounds,
			async () => await round(ours, count),
			async () => await round(theirs, count),
		)),
	};
}

/** A published workflow of this one node; gives what sends a delivery, and what counts the executions. */
async function publish(n8n, { name, node, parameters, path, credential }) {
	const webhookId = randomUUID();
	const { id } = await n8n.createCredential({ name, ...credential });
	const workflow = await n8n.createWorkflow({
		name,
		nodes: [
			{
				id: randomUUID(),
				name,
				position: [0, 0],
				parameters: parameters?.(webhookId) ?? {},
				...node,
				webhookId,
				credentials: { [credential.type]: { id, name } },
			},
		],
		settings: { executionOrder: 'v1' },
	});
	await n8n.activate(workflow);
	const deliver = async () => {
		const response = await fetch(`${n8n.address}/webhook/${path(webhookId)}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', [header]: secret },
			body,
		});
		await response.arrayBuffer();
		return response.status;
	};
	const finished = async () => {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: workflow.id, status: ['success'] }));
		return (await n8n.request('GET', `/rest/executions?filter=${filter}&limit=1`)).count;
	};
	while ((await deliver()) !== 200) await wait(200);
	return { deliver, finished };
}

async function round({ deliver, finished }, count) {
	const before = await finished();
	const since = performance.now();
	let left = count;
	const sender = async () => {
		while (left > 0) {
			left -= 1;
			let status = await deliver();
			// So n8n answers while its database is slow, on a busy machine; Planhat would send it again.
			for (; status === 503; status = await deliver()) await wait(100);
			if (status !== 200) throw new Error(`A delivery was answered with ${status}`);
		}
	};
	await Promise.all(Array.from({ length: inParallel }, sender));
	while ((await finished()) < before + count) await wait(50);
	return (count * 1_000) / (performance.now() - since);
}
