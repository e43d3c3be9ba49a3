import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runByDeliveries } from '../../../scripts/lib/deliveries.mjs';
import { outputOf } from '../../../scripts/lib/n8nClient.mjs';
import { webhookSecret } from '../../../scripts/lib/planhatInN8n.mjs';
import { storeWebhookCredential } from '../../workflows.mjs';
import { world } from '../../world.mjs';
import { imported, shop } from './shop.mjs';

export async function onDrop() {
	const { n8n, planhat } = world;
	shop.credentials.push(await storeWebhookCredential(webhookSecret));
	const [mia, fallback] = planhat.insert('users', [
		{ email: 'mia@example.com', firstName: 'Mia', lastName: 'Berg' },
		{ email: 'success@example.com', nickName: 'Success' },
	]);
	const [owned, ownerless] = planhat.insert('companies', [
		{ name: 'Acme', owner: mia._id, phase: 'Adoption', h: 4 },
		{ name: 'Birch', h: 2 },
	]);
	const drop = ({ _id: id }, before, health) => ({ event: 'updated', model: 'company', id, before, health });
	const workflow = await imported('company-health-drops');
	const executions = await runByDeliveries(
		n8n,
		workflow,
		[drop(owned, '8', '4'), drop(owned, '8', '4'), drop(owned, '4', '3'), drop(owned, '3', '9'), drop(ownerless, '5', '2')],
		60_000,
	);

	assert.ok(executions.every(({ status }) => status === 'success'));
	assert.deepEqual(
		planhat.records('tasks').map(({ companyId, ownerId, action, mainType }) => [companyId, ownerId, action, mainType]),
		[
			[owned._id, mia._id, 'Health of Acme went from 8 to 4', 'task'],
			[ownerless._id, fallback._id, 'Health of Birch went from 5 to 2', 'task'],
		],
	);
	assert.deepEqual(
		executions.flatMap((execution) => outputOf(execution, 'Send it')).map(({ message }) => message),
		[
			'Acme: health went from 8 to 4 (phase Adoption, owner Mia Berg).',
			'Birch: health went from 5 to 2 (phase unknown, owner nobody).',
		],
	);
}

export function healthDrop() {
	test('a drop of health makes a task for the owner, and a second drop on the same day none', onDrop);
}
