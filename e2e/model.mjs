import fastify from 'fastify';

/**
 * Starts a server on loopback that speaks like OpenAI's chat completions as far as n8n's agents need it. It has no mind
 * of its own: it calls the tools that a test tells it to call, one after the other, and then answers with what they
 * returned, word for word.
 *
 * @returns {Promise<{
 *   baseUrl: string,
 *   offered: Array<{ name: string, description: string, parameters: Record<string, any> }>,
 *   plan: (calls: Array<Record<string, unknown>>) => void,
 *   close: () => Promise<void>,
 * }>} `offered` are the tools of the last request; `plan` takes the arguments of each call of the one tool.
 */
export async function startModel() {
	const server = fastify();
	let planned = [];
	const model = {
		offered: [],
		plan: (calls) => {
			planned = calls;
			model.offered = [];
		},
		close: async () => await server.close(),
	};
	server.post('/v1/chat/completions', async ({ body: { messages, tools = [] } }) => {
		model.offered = tools.map((tool) => tool.function);
		const results = messages.filter(({ role }) => role === 'tool').map(({ content }) => content);
		const next = planned[results.length];
		return completion(next ? callOf(model.offered[0], next, results.length) : { content: results.join('\n') });
	});
	const address = await server.listen({ host: '127.0.0.1', port: 0 });
	model.baseUrl = `${address}/v1`;
	return model;
}

function callOf({ name }, parameters, place) {
	const call = { name, arguments: JSON.stringify(parameters) };
	return { content: null, tool_calls: [{ id: `call_${place}`, type: 'function', function: call }] };
}

function completion(message) {
	return {
		id: 'chatcmpl-1',
		object: 'chat.completion',
		created: 0,
		model: 'scripted',
		choices: [
			{
				index: 0,
				message: { role: 'assistant', ...message },
				finish_reason: message.tool_calls ? 'tool_calls' : 'stop',
			},
		],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}
