import { randomUUID } from 'node:crypto';
import { startModel } from '../../model.mjs';
import { world } from '../../world.mjs';
import { callOf, example } from './doors.mjs';

/** The tools of the example, as the project's agents take them. */
async function toolsOf(credential) {
	const { nodes } = await example(credential);
	return nodes
		.filter(({ type }) => type === 'n8n-nodes-planhat.planhatTool')
		.map(({ name, typeVersion, parameters, credentials }) => ({
			...{ type: 'node', name },
			...(parameters.toolDescription && { description: parameters.toolDescription }),
			node: {
				nodeType: 'n8n-nodes-planhat.planhatTool',
				nodeTypeVersion: typeVersion,
				nodeParameters: parameters,
				credentials,
			},
		}));
}

/** The items of a node, without what n8n puts around them: the model gets both. */
export function itemsIn(result) {
	const { data } = JSON.parse(result);
	return data === undefined ? result : JSON.stringify(data.map(({ json }) => json));
}

/** Reads a stream of events to its end. */
async function eventsOf(response) {
	const lines = (await response.text()).split('\n').filter((line) => line.startsWith('data: '));
	return lines.map((line) => JSON.parse(line.slice(6)));
}

/**
 * The tools of the example in an agent of a project, as n8n's page Agents has them: without a workflow, in n8n's own time zone.
 *
 * @returns {Promise<import('./doors.mjs').Door>}
 */
export async function openProjectAgent(credential) {
	const { n8n } = world;
	const model = await startModel();
	const data = { apiKey: 'none', url: model.baseUrl };
	const { id } = await n8n.createCredential({ name: 'OpenAI account', type: 'openAiApi', data });
	const { id: project } = await n8n.request('GET', '/rest/projects/personal');
	const agents = `/rest/projects/${project}/agents/v2`;
	const agent = await n8n.request('POST', agents, { name: 'Customer success assistant' });
	const { configHash } = await n8n.request('GET', `${agents}/${agent.id}/config`);
	await n8n.request('PUT', `${agents}/${agent.id}/config`, {
		config: {
			...{ name: agent.name, model: 'openai/gpt-4.1-mini', credential: id, instructions: 'Help with Planhat.' },
			tools: await toolsOf(credential),
		},
		baseConfigHash: configHash,
	});
	return {
		offered: () => model.offered.filter(({ name }) => /^[A-Z]/.test(name)),
		play: async (calls) => {
			model.plan(calls.map((call) => (results, tools) => callOf(tools, call(results.map(itemsIn)))));
			const body = { message: 'Do as planned', sessionId: randomUUID() };
			const events = await eventsOf(await n8n.stream('POST', `${agents}/${agent.id}/chat`, body));
			const failed = events.find(({ type }) => type === 'error');
			if (failed) throw new Error(failed.message);
			return model.results;
		},
		read: itemsIn,
		close: async () => await model.close(),
	};
}
