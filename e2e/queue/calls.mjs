// Calls of Planhat's to the trigger, by the webhook process.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { storeTrigger, storeWebhookCredential } from '../workflows.mjs';
import { until, world } from '../world.mjs';

/** A published workflow of the trigger, and what calls it. */
async function listen({ webhook }, secret) {
	const credential = await storeWebhookCredential(secret);
	const { workflow, webhookId } = await storeTrigger({}, credential);
	await world.n8n.activate(workflow);
	const deliver = async (index, given = secret) => {
		const response = await fetch(`${webhook.address}/webhook/${webhookId}/webhook`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'x-planhat-secret': given },
			body: JSON.stringify({ event: 'company.updated', model: 'Company', externalId: `d${index}` }),
		});
		await response.arrayBuffer();
		return response.status;
	};
	await until(async () => (await deliver('first')) === 200, 'The registration of the trigger', 200);
	return { workflow, credential, deliver };
}

export async function manyDeliveries(stack, { count }) {
	const { workflow, deliver } = await listen(stack, randomUUID());
	const since = Date.now();
	let next = 0;
	let refused = 0;
	const sender = async () => {
		while (next < count) {
			next += 1;
			let status = await deliver(next);
			// So n8n answers while its database is slow, and starts nothing.
			for (; status === 503; status = await deliver(next)) {
				refused += 1;
				await wait(200);
			}
			assert.equal(status, 200);
		}
	};
	await Promise.all(Array.from({ length: 20 }, sender));
	const finished = async () => {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: workflow.id, status: ['success'] }));
		return (await world.n8n.request('GET', `/rest/executions?filter=${filter}&limit=1`)).count;
	};
	while ((await finished()) < count + 1) {
		assert.ok(Date.now() - since < 300_000, 'not within five minutes');
		await wait(500);
	}
	assert.equal(await finished(), count + 1);
	const again = refused > 0 ? `, ${refused} of them sent again after n8n's 503` : '';
	return `${count} of ${count}${again}, ${Math.round((count * 1_000) / (Date.now() - since))} a second`;
}

/** Changes the secret as the guide says: the new one beside the old one, then alone. Calls come in all the time. */
export async function changedSecret(stack) {
	const [old, fresh] = [randomUUID(), randomUUID()];
	const { credential, deliver } = await listen(stack, old);
	const change = async (webhookSecret) =>
		await world.n8n.request('PATCH', `/rest/credentials/${credential.id}`, {
			name: credential.name,
			type: credential.type,
			data: { webhookSecret },
		});
	const secondsUntil = async (isSo) => {
		const since = Date.now();
		await until(isSo, 'The changed secret', 50);
		return (Date.now() - since) / 1_000;
	};
	await change(`${old}, ${fresh}`);
	const taken = await secondsUntil(async () => {
		assert.equal(await deliver('old', old), 200, 'the old secret holds while both are there');
		return (await deliver('new', fresh)) === 200;
	});
	await change(fresh);
	const refused = await secondsUntil(async () => {
		assert.equal(await deliver('new', fresh), 200, 'the new secret holds all the time');
		return (await deliver('old', old)) === 401;
	});
	return `the new one is taken after ${taken.toFixed(1)} s, the old one refused after ${refused.toFixed(1)} s, no call was lost`;
}
