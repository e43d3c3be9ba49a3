// How many verified deliveries a second Planhat Trigger takes, against n8n's own Webhook node with header authentication, in
// one real n8n, in rounds that take turns. A round ends when all its executions are saved. Run it with `npm run bench:webhook`.

import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { packBuilt } from '../scripts/lib/checkout.mjs';
import { startN8n } from '../scripts/lib/n8nServer.mjs';
import { createProgress } from '../scripts/lib/progress.mjs';
import { stopEverything } from '../scripts/lib/processes.mjs';

const rounds = Number(process.argv[2] ?? 10);
const deliveries = Number(process.argv[3] ?? 200);
const inParallel = 20;
const least = 0.9;

const header = 'X-Planhat-Secret';
const secret = randomUUID();
const body = JSON.stringify({
	event: 'company.updated',
	model: 'Company',
	externalId: 'acme',
	id: '5f0000000000000000000001',
});

const kinds = {
	'Planhat Trigger': {
		path: (webhookId) => `${webhookId}/webhook`,
		node: { type: 'n8n-nodes-planhat.planhatTrigger', typeVersion: 1, parameters: {} },
		credential: { type: 'planhatWebhookApi', data: { webhookSecret: secret } },
	},
	Webhook: {
		path: (webhookId) => webhookId,
		node: { type: 'n8n-nodes-base.webhook', typeVersion: 2.1 },
		parameters: (webhookId) => ({ httpMethod: 'POST', path: webhookId, authentication: 'headerAuth' }),
		credential: { type: 'httpHeaderAuth', data: { name: header, value: secret } },
	},
};

/** A published workflow of this one node; gives what sends a delivery, and what counts the executions. */
async function publish(n8n, name, { node, parameters, path, credential }) {
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

/** @returns {Promise<number>} deliveries a second */
async function round({ deliver, finished }) {
	const before = await finished();
	const since = performance.now();
	let left = deliveries;
	const sender = async () => {
		while (left > 0) {
			left -= 1;
			const status = await deliver();
			if (status !== 200) throw new Error(`A delivery was answered with ${status}`);
		}
	};
	await Promise.all(Array.from({ length: inParallel }, sender));
	while ((await finished()) < before + deliveries) await wait(20);
	return (deliveries * 1_000) / (performance.now() - since);
}

function median(numbers) {
	const sorted = numbers.toSorted((one, other) => one - other);
	return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
}

const progress = createProgress();
const packed = await packBuilt(progress);
const n8n = await startN8n({ tarball: packed.tarball, progress });
try {
	await packed.remove();
	const names = Object.keys(kinds);
	const published = {};
	for (const name of names) published[name] = await publish(n8n, name, kinds[name]);
	// The first round compiles code and fills caches.
	for (const name of names) await round(published[name]);

	const rates = { 'Planhat Trigger': [], Webhook: [] };
	for (let number = 0; number < rounds; number += 1) {
		for (const name of number % 2 === 0 ? names : names.toReversed()) rates[name].push(await round(published[name]));
		const [ours, theirs] = names.map((name) => rates[name][number]);
		console.log(
			`round ${number + 1}: Planhat Trigger ${ours.toFixed(0)}, Webhook ${theirs.toFixed(0)} deliveries a second, ratio ${(ours / theirs).toFixed(2)}`,
		);
	}
	const ratio = median(rates['Planhat Trigger'].map((rate, number) => rate / rates.Webhook[number]));
	console.log(
		`${deliveries} deliveries a round, ${inParallel} in parallel. Median: Planhat Trigger ${median(rates['Planhat Trigger']).toFixed(0)}, ` +
			`Webhook ${median(rates.Webhook).toFixed(0)} a second. Median ratio ${ratio.toFixed(2)}, at least ${least} is wanted.`,
	);
	if (ratio < least) process.exitCode = 1;
} finally {
	await n8n.stop();
	await stopEverything(1_000);
}
