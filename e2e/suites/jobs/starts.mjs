import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { webhookSecret } from '../../../scripts/lib/planhatInN8n.mjs';
import { outputOf } from '../../../scripts/lib/n8nClient.mjs';
import { recordLocator, storeWebhookCredential } from '../../workflows.mjs';
import { until, world } from '../../world.mjs';
import { onCall } from '../examples/callSummary.mjs';
import { onDrop } from '../examples/healthDrop.mjs';
import { onLowScore } from '../examples/lowNps.mjs';
import { onMonday } from '../examples/renewals.mjs';
import { sendsTable } from '../examples/wideUsage.mjs';
import { insertCompanies } from './tables.mjs';
import { planhat } from './workflows.mjs';

/** What starts by itself: the examples that are such jobs, and a workflow that skips what it did itself. */
export const startedJobs = [
	{
		name: 'A usage table with a column for each metric becomes metric values, companies by domain',
		example: 'wide-usage-table.json',
		sample: ['Usage table'],
		before: [
			...['HTTP Request: all companies', 'Code: a value for each cell, domains to keys, names cleaned'],
			...['HTTP Request: send them', 'Code: which values failed'],
		],
		run: sendsTable,
	},
	{
		name: 'The summary of a call becomes a conversation, participants by email',
		example: 'call-summary-to-conversation.json',
		sample: ['An example call'],
		before: [
			...['HTTP Request: company by domain', 'HTTP Request: end users by email', 'HTTP Request: all users'],
			...['Code: the conversation with their IDs', 'HTTP Request: send it'],
		],
		run: onCall,
	},
	{
		name: 'A low NPS score makes a task for the owner',
		example: 'low-nps-makes-task.json',
		before: [
			...['HTTP Request: newest responses', 'Code: those since the last run', 'Filter: below 7'],
			...['HTTP Request: the company', 'HTTP Request: its owner', 'Edit Fields: the task', 'HTTP Request: send it'],
		],
		run: onLowScore,
	},
	{
		name: 'A drop of health makes a task, no second one the same day',
		example: 'company-health-drops.json',
		before: [
			...['Filter: only if it went down', 'HTTP Request: the company', 'HTTP Request: its owner'],
			...['Edit Fields: the task', 'HTTP Request: tasks of the company', 'Filter: none of today'],
			...['HTTP Request: create it', 'Edit Fields: the message'],
		],
		run: onDrop,
	},
	{
		name: 'Renewals of the next month become one message, by owner',
		example: 'weekly-renewals-by-owner.json',
		before: [
			...['HTTP Request: all companies', 'Filter', 'Sort', 'HTTP Request: all users', 'Merge: names of owners'],
			...['Edit Fields: a line for each', 'Summarize: by owner', 'Edit Fields: a block for each'],
			...['Summarize: one text', 'Edit Fields: the message'],
		],
		run: onMonday,
	},
	{
		name: 'A change in Planhat goes to another system, but not one that the workflow made itself',
		nodes: [
			planhat('Get the company', 'company', 'get', { recordId: recordLocator('id', '={{ $json._id }}'), options: {} }),
		],
		before: ['Filter: not by this app', 'HTTP Request: the company'],
		run: skipsItself,
	},
];

async function skipsItself() {
	const { n8n, credential } = world;
	const webhook = await storeWebhookCredential(webhookSecret);
	const linked = ({ id, name }) => ({ id, name });
	const [get] = this.nodes;
	const workflow = await n8n.createWorkflow({
		name: this.name,
		nodes: [
			{
				...{ id: 'trigger', name: 'Planhat Trigger', type: 'n8n-nodes-planhat.planhatTrigger', typeVersion: 1 },
				...{ position: [0, 0], webhookId: randomUUID(), parameters: { options: { skipActors: 'app-1' } } },
				credentials: { planhatWebhookApi: linked(webhook) },
			},
			{ ...get, id: 'get', position: [200, 0], credentials: { planhatApi: linked(credential) } },
		],
		connections: { 'Planhat Trigger': { main: [[{ node: get.name, type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	});
	const [company] = insertCompanies(1);
	await n8n.activate(workflow);
	const call = async (actor) =>
		await n8n.callTrigger(
			workflow,
			{ event: 'updated', model: 'company', id: company._id, actor: { id: actor } },
			{ 'X-Planhat-Secret': webhookSecret },
		);
	assert.deepEqual([await call('app-1'), await call('person-1')], [200, 200]);
	await until(async () => (await n8n.executions(workflow.id)).length > 0, 'The start by a person', 100);
	const executions = await n8n.executions(workflow.id);
	await n8n.deactivate(workflow);
	assert.equal(executions.length, 1);
	const [read] = outputOf(await n8n.waitForExecution(executions[0].id), get.name);
	assert.equal(read.externalId, 'c-1');
}
