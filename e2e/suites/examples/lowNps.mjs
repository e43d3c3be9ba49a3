import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until, world } from '../../world.mjs';
import { imported, run } from './shop.mjs';

export async function onLowScore() {
	const { n8n, planhat } = world;
	const [mia, fallback] = planhat.insert('users', [
		{ email: 'mia@example.com', nickName: 'Mia' },
		{ email: 'success@example.com', nickName: 'Success' },
	]);
	const [owned, ownerless] = planhat.insert('companies', [{ name: 'Acme', owner: mia._id }, { name: 'Birch' }]);
	const workflow = await imported('low-nps-makes-task');
	await n8n.activate(workflow);
	await until(() => planhat.requests.length > 0, 'The first poll');
	await n8n.deactivate(workflow);
	const responses = planhat.insert('nps', [
		{ email: 'ann@acme.example.com', score: 3, comment: 'Too slow', cId: owned._id, dateAnswered: '2026-03-02T09:00:00.000Z' },
		{ email: 'bob@acme.example.com', score: 9, comment: 'Fine', cId: owned._id },
		{ email: 'not.answered@acme.example.com', cId: owned._id },
		{ email: 'cem@birch.example.com', score: 6, comment: 'So so', cId: ownerless._id },
	]);
	await n8n.activate(workflow);
	await until(() => planhat.records('tasks').length === 2, 'The tasks');
	await n8n.deactivate(workflow);
	const [first, second] = planhat.records('tasks').sort((one, other) => one.action.localeCompare(other.action));
	assert.deepEqual(
		[first.action, first.description, first.ownerId, first.companyId, first.startTime],
		['Call back ann@acme.example.com: NPS 3', 'Too slow', mia._id, owned._id, '2026-03-04T09:00:00.000Z'],
	);
	assert.deepEqual([second.externalId, second.ownerId], [`nps-${responses[3]._id}`, fallback._id]);

	await run(workflow);
	await run(workflow);
	assert.equal(planhat.records('tasks').length, 2);
}

export function lowNps() {
	test('a low NPS score makes one task, for the owner of the company', onLowScore);
}
