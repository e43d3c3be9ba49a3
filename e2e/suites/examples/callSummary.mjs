import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outputOf } from '../../../scripts/lib/n8nClient.mjs';
import { until, world } from '../../world.mjs';
import { imported, run } from './shop.mjs';

export async function onCall() {
	const { n8n, planhat } = world;
	const [ada] = planhat.insert('users', [{ email: 'ada@team.example.com', nickName: 'Ada' }]);
	const [company] = planhat.insert('companies', [{ name: 'Birch', domains: ['c00002.example.com'] }]);
	const people = planhat.insert(
		'endusers',
		['ben1', 'cora2'].map((name) => ({ email: `${name}@c00002.example.com`, companyId: company._id })),
	);
	const workflow = await imported('call-summary-to-conversation');
	const { body } = JSON.parse(workflow.nodes.find(({ name }) => name === 'An example call').parameters.jsonOutput);

	const participants = [{ email: 'ADA@Team.example.com' }, { phone: '+1 555 0100' }, ...body.participants.slice(1)];
	await n8n.activate(workflow);
	for (const summary of [body.summary, 'A better summary']) {
		assert.equal((await n8n.runByWebhook(workflow, { ...body, participants, summary })).status, 200);
		await until(() => planhat.records('conversations').some(({ description }) => description === summary), summary);
	}
	await n8n.deactivate(workflow);
	const [stored, ...others] = planhat.records('conversations');
	assert.deepEqual(
		[stored.externalId, stored.companyId, stored.type, stored.subject, stored.date, others.length],
		['call-8841', company._id, 'call', body.title, '2026-01-15T10:45:00.000Z', 0],
	);
	assert.deepEqual(idsOf(stored.endusers), idsOf(people));
	assert.deepEqual(idsOf(stored.users), [ada._id]);
}

export function callSummary() {
	test('the summary of a call becomes one conversation, with its company by domain and its people by email', onCall);

	test('a call whose company Planhat does not have leaves by the error output, and nothing is stored', async () => {
		const execution = await run(await imported('call-summary-to-conversation'), 'When clicking ‘Execute workflow’');
		const [failed, ...others] = outputOf(execution, 'Save the conversation', 1);
		assert.deepEqual([failed.externalId, others.length], ['call-8841', 0]);
		assert.match(failed.error, /companyId/);
		assert.deepEqual(world.planhat.records('conversations'), []);
	});
}

function idsOf(records) {
	return records.map(({ id, _id }) => id ?? _id);
}
