import { randomUUID } from 'node:crypto';
import { world } from './world.mjs';

/** The name of the node under test in the workflows made here. */
export const nodeName = 'Planhat';

/**
 * Stores a workflow of a manual trigger, whose pinned data are the input items, and one Planhat node.
 *
 * @param {Record<string, unknown>} parameters Of the Planhat node.
 * @param {{ items?: Array<Record<string, unknown>>, onError?: string, credential?: { id: string, name: string }, other?: object, settings?: object }} [options]
 *   `other` is put over the node: another type with its own parameters, for comparisons.
 */
export async function storeWorkflow(
	parameters,
	{ items = [{}], onError, credential = world.credential, other, settings } = {},
) {
	const trigger = 'Start';
	return await world.n8n.createWorkflow({
		name: `${parameters.resource} ${parameters.operation}`,
		nodes: [
			{
				id: 'trigger',
				name: trigger,
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'planhat',
				name: nodeName,
				type: 'n8n-nodes-planhat.planhat',
				typeVersion: 1.1,
				position: [220, 0],
				parameters: { specifyFields: 'json', ...parameters },
				credentials: { planhatApi: { id: credential.id, name: credential.name } },
				...(onError && { onError }),
				...other,
			},
		],
		connections: { [trigger]: { main: [[{ node: nodeName, type: 'main', index: 0 }]] } },
		pinData: { [trigger]: items.map((json) => ({ json })) },
		settings: { executionOrder: 'v1', ...settings },
	});
}

/** The name of the trigger in the workflows made here. */
export const triggerName = 'Planhat Trigger';

/** Stores a credential of the webhook. */
export async function storeWebhookCredential(webhookSecret) {
	const type = 'planhatWebhookApi';
	const { id, name } = await world.n8n.createCredential({ name: 'Planhat webhook', type, data: { webhookSecret } });
	return { type, id, name };
}

/**
 * Stores a workflow of one Planhat Trigger.
 *
 * @param {Record<string, unknown>} parameters Of the trigger.
 * @param {{ type: string, id: string, name: string }} [credential]
 */
export async function storeTrigger(parameters, credential) {
	const webhookId = randomUUID();
	const workflow = await world.n8n.createWorkflow({
		name: 'Trigger',
		nodes: [
			{
				id: 'trigger',
				name: triggerName,
				type: 'n8n-nodes-planhat.planhatTrigger',
				typeVersion: 1,
				position: [0, 0],
				webhookId,
				parameters,
				...(credential && { credentials: { [credential.type]: { id: credential.id, name: credential.name } } }),
			},
		],
		settings: { executionOrder: 'v1' },
	});
	return { workflow, webhookId };
}

/**
 * Stores a workflow of a manual trigger and an AI Agent, which has a chat model and the Planhat node as its tool.
 *
 * @param {Record<string, unknown>} parameters Of the Planhat node.
 * @param {{ version?: number, typeVersion?: number, item?: Record<string, unknown>, credential?: { id: string, name: string }, modelCredential?: { id: string, name: string }, other?: object }} [options]
 *   The version is that of the agent, the item what it is given; `other` goes into the Planhat node.
 */
export async function storeAgentWorkflow(
	parameters,
	{ version = 3.1, typeVersion = 1.1, item = {}, credential = world.credential, modelCredential, other } = {},
) {
	const trigger = 'Start';
	const agent = 'AI Agent';
	const node = (id, name, type, typeVersion, values, credentials) => ({
		...{ id, name, type, typeVersion, credentials },
		position: [0, 0],
		parameters: values,
	});
	const into = (type) => ({ [type]: [[{ node: agent, type, index: 0 }]] });
	return await world.n8n.createWorkflow({
		name: `Agent: ${parameters.resource} ${parameters.operation}`,
		nodes: [
			node('trigger', trigger, 'n8n-nodes-base.manualTrigger', 1, {}),
			node('agent', agent, '@n8n/n8n-nodes-langchain.agent', version, { promptType: 'define', text: 'Do as planned' }),
			node(
				'model',
				'Model',
				'@n8n/n8n-nodes-langchain.lmChatOpenAi',
				1.3,
				{ model: recordLocator('id', 'scripted'), responsesApiEnabled: false, options: { maxRetries: 0 } },
				modelCredential && { openAiApi: { id: modelCredential.id, name: modelCredential.name } },
			),
			{
				...node('planhat', nodeName, 'n8n-nodes-planhat.planhatTool', typeVersion, parameters, {
					planhatApi: { id: credential.id, name: credential.name },
				}),
				...other,
			},
		],
		connections: { [trigger]: into('main'), Model: into('ai_languageModel'), [nodeName]: into('ai_tool') },
		pinData: { [trigger]: [{ json: item }] },
		settings: { executionOrder: 'v1' },
	});
}

/**
 * Runs one Planhat node over items and tells what came of it.
 *
 * @param {Parameters<typeof storeWorkflow>[0]} parameters
 * @param {Parameters<typeof storeWorkflow>[1]} [options]
 */
export async function runNode(parameters, options) {
	return resultOf(await world.n8n.runManually(await storeWorkflow(parameters, options)));
}

/**
 * Lets an AI agent's tool, the Planhat node, work for one call, as "Execute step" does.
 *
 * @param {Record<string, unknown>} parameters Of the Planhat node.
 * @param {Record<string, unknown>} [given] What the agent gives for `$fromAI`.
 * @param {number} [typeVersion] Of the Planhat node.
 * @returns {Promise<Array<Record<string, unknown>>>} What the agent gets to see.
 */
export async function runTool(parameters, given = {}, typeVersion = 1.1) {
	const { id, name } = world.credential;
	const common = { typeVersion: 1, position: [0, 0], parameters: {} };
	const workflow = await world.n8n.createWorkflow({
		name: `Tool ${parameters.resource} ${parameters.operation}`,
		nodes: [
			{ ...common, id: 'trigger', name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
			{ ...common, id: 'agent', name: 'Agent', type: '@n8n/n8n-nodes-langchain.agent', typeVersion: 2.2 },
			{
				...common,
				id: 'planhat',
				name: nodeName,
				type: 'n8n-nodes-planhat.planhatTool',
				typeVersion,
				parameters: { specifyFields: 'json', ...parameters },
				credentials: { planhatApi: { id, name } },
			},
		],
		connections: {
			Start: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
			[nodeName]: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
		},
		settings: { executionOrder: 'v1' },
	});
	const agentRequest = { query: { [nodeName]: given }, tool: { name: nodeName } };
	const executionId = await world.n8n.startManually(workflow, undefined, { toNode: nodeName, agentRequest });
	const { status, data } = await world.n8n.waitForExecution(executionId);
	const { runData = {}, error } = data?.resultData ?? {};
	if (status !== 'success') throw new Error(error?.message ?? status);
	return runData[nodeName]?.at(-1)?.data?.ai_tool?.[0]?.[0]?.json?.response;
}

/**
 * What came of an execution: its status, the output items of each branch, the error that ended it, and how long the node
 * took (milliseconds).
 *
 * @param {{ status: string, data?: any }} execution
 */
export function resultOf({ status, data }) {
	const { runData = {}, error } = data?.resultData ?? {};
	const run = runData[nodeName]?.at(-1);
	const [output = [], errorOutput = []] = run?.data?.main ?? [];
	return { status, error, output: output ?? [], errorOutput: errorOutput ?? [], milliseconds: run?.executionTime };
}

/**
 * Names a record, as the parameter `recordId` holds it.
 *
 * @param {string} mode
 * @param {string} value An expression begins with an equals sign.
 */
export function recordLocator(mode, value) {
	return { __rl: true, mode, value };
}

/**
 * The input items that output items are linked to.
 *
 * @param {Array<{ pairedItem?: unknown }>} items
 */
export function linksOf(items) {
	return items.map(({ pairedItem }) => {
		const [link] = [pairedItem].flat();
		return typeof link === 'object' ? link?.item : link;
	});
}

export const pollingTriggerName = 'Planhat Polling Trigger';

/**
 * Stores a workflow of the trigger that asks, every minute.
 *
 * @param {Record<string, unknown>} parameters Of the trigger.
 * @param {{ id: string, name: string }} credential
 */
export async function storePollingTrigger(parameters, credential) {
	return await world.n8n.createWorkflow({
		name: 'Polling',
		nodes: [
			{
				id: 'polling',
				name: pollingTriggerName,
				type: 'n8n-nodes-planhat.planhatPollingTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: { pollTimes: { item: [{ mode: 'everyMinute' }] }, ...parameters },
				credentials: { planhatApi: { id: credential.id, name: credential.name } },
			},
		],
		settings: { executionOrder: 'v1' },
	});
}
