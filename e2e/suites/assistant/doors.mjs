import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkoutFolder } from '../../../scripts/lib/checkout.mjs';
import { startModel } from '../../model.mjs';
import { until, world } from '../../world.mjs';
import { timezone } from './tenant.mjs';

/**
 * A way in which a model comes to the tools. `play` makes the calls of a request and tells what the model got for each;
 * `offered` is what the model was told of the tools, and `read` takes away what n8n puts around the items of a result.
 *
 * @typedef {{ name: string, parameters: { properties?: Record<string, unknown> } }} Tool
 * @typedef {{ offered: () => Tool[], play: (calls: Array<(results: string[]) => [string, object]>) => Promise<string[]>, read?: (result: string) => string, close: () => Promise<void> }} Door
 */

const triggerName = 'When a message is sent';

/** The example, with other nodes in place of some, and the credentials that people choose. */
export async function example(credential, change = (workflow) => workflow) {
	const text = await readFile(join(checkoutFolder, 'examples', 'customer-success-assistant.json'), 'utf8');
	const workflow = change(JSON.parse(text));
	for (const { credentials } of workflow.nodes)
		if (credentials?.planhatApi) credentials.planhatApi = { id: credential.id, name: credential.name };
	return { ...workflow, settings: { ...workflow.settings, timezone } };
}

/** A call as a model makes it, which has to fill in every argument: what it has nothing for is a blank text. */
export function callOf(tools, [nodeName, given]) {
	const tool = tools.find(({ name }) => name === nodeName.replaceAll(' ', '_'));
	if (tool === undefined) throw new Error(`No tool ${nodeName}`);
	const names = Object.keys(tool.parameters.properties ?? {});
	const unknown = Object.keys(given).filter((name) => !names.includes(name));
	if (unknown.length > 0) throw new Error(`${nodeName} takes no ${unknown.join(', ')}, but ${names.join(', ')}`);
	return { tool: tool.name, given: Object.fromEntries(names.map((name) => [name, given[name] ?? ''])) };
}

/**
 * The agent of the example, with a scripted model in place of its own.
 *
 * @param {{ id: string, name: string }} credential
 * @param {(workflow: { nodes: any[] }) => void} [change]
 * @returns {Promise<Door>}
 */
export async function openAgent(credential, change) {
	const model = await startModel();
	const data = { apiKey: 'none', url: model.baseUrl };
	const { id, name } = await world.n8n.createCredential({ name: 'OpenAI account', type: 'openAiApi', data });
	const asked = (workflow) => {
		workflow.nodes.find(({ credentials }) => credentials?.openAiApi).credentials.openAiApi = { id, name };
		change?.(workflow);
		const message = { sessionId: randomUUID(), action: 'sendMessage', chatInput: 'Do as planned' };
		return { ...workflow, pinData: { [triggerName]: [{ json: message }] } };
	};
	return {
		offered: () => model.offered,
		play: async (calls) => {
			model.plan(calls.map((call) => (results, tools) => callOf(tools, call(results))));
			const workflow = await world.n8n.createWorkflow(await example(credential, asked));
			const { status, data: run } = await world.n8n.runManually(workflow, 60_000, triggerName);
			if (status !== 'success') throw new Error(run?.resultData?.error?.message ?? status);
			return model.results;
		},
		close: async () => await model.close(),
	};
}

/**
 * The same with an agent that calls its tools itself, as n8n's AI Agent did before version 3. It hands the model nothing where a
 * tool fails, unless the tool goes on with an error item.
 *
 * @returns {Promise<Door>}
 */
export async function openOlderAgent(credential) {
	return await openAgent(credential, ({ nodes }) => {
		nodes.find(({ type }) => type.endsWith('.agent')).typeVersion = 2.2;
		for (const node of nodes) if (node.type === 'n8n-nodes-planhat.planhatTool') node.onError = 'continueRegularOutput';
	});
}

function withMcpTrigger(path) {
	return (workflow) => {
		const nodes = workflow.nodes.filter(({ type }) => type === 'n8n-nodes-planhat.planhatTool');
		const name = 'MCP Server Trigger';
		const trigger = { id: randomUUID(), name, type: '@n8n/n8n-nodes-langchain.mcpTrigger', typeVersion: 2 };
		const into = { ai_tool: [[{ node: name, type: 'ai_tool', index: 0 }]] };
		return {
			...workflow,
			nodes: [...nodes, { ...trigger, position: [0, 0], webhookId: path, parameters: { path } }],
			connections: Object.fromEntries(nodes.map((node) => [node.name, into])),
		};
	};
}

/** Speaks to an MCP server over HTTP: one request, and the result of its answer. */
function mcpClient(url) {
	let session;
	let last = 0;
	return async (method, params, isNotification = false) => {
		last += 1;
		const response = await fetch(url, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				accept: 'application/json, text/event-stream',
				...(session && { 'mcp-session-id': session }),
			},
			body: JSON.stringify({ jsonrpc: '2.0', method, params, ...(!isNotification && { id: last }) }),
		});
		session = response.headers.get('mcp-session-id') ?? session;
		const text = await response.text();
		if (!response.ok) throw new Error(`The MCP server answered ${response.status}: ${text}`);
		if (isNotification) return undefined;
		const data = /^data: (.*)$/m.exec(text)?.[1] ?? text;
		const { result, error } = JSON.parse(data);
		if (error) throw new Error(error.message);
		return result;
	};
}

/**
 * The tools of the example at an MCP Server Trigger, and a client of it.
 *
 * @returns {Promise<Door>}
 */
export async function openMcp(credential) {
	const path = randomUUID();
	const workflow = await world.n8n.createWorkflow(await example(credential, withMcpTrigger(path)));
	await world.n8n.activate(workflow);
	const send = mcpClient(`${world.n8n.address}/mcp/${path}`);
	const clientInfo = { name: 'scripted', version: '1' };
	const hello = { protocolVersion: '2025-03-26', capabilities: {}, clientInfo };
	const isThere = async () => await send('initialize', hello).then(Boolean, () => false);
	await until(isThere, 'The MCP Server Trigger', 100);
	await send('notifications/initialized', {}, true);
	const { tools: listed } = await send('tools/list', {});
	const tools = listed.map(({ inputSchema, ...tool }) => ({ ...tool, parameters: inputSchema }));
	return {
		offered: () => tools,
		play: async (calls) => {
			const results = [];
			for (const call of calls) {
				const { tool, given } = callOf(tools, call(results));
				const { content } = await send('tools/call', { name: tool, arguments: given });
				results.push(content.map(({ text }) => text).join('\n'));
			}
			return results;
		},
		close: async () => await world.n8n.deactivate(workflow),
	};
}
