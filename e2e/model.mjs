import fastify from 'fastify';

/**
 * Starts a server on loopback that speaks like OpenAI's chat completions as far as n8n's agents need it. It has no mind
 * of its own: it calls the tools that a test tells it to call, one after the other, and then answers with what they
 * returned, word for word.
 *
 * @returns {Promise<{
 *   baseUrl: string,
 *   offered: Array<{ name: string, description: string, parameters: Record<string, any> }>,
 *   results: string[],
 *   plan: (calls: Array<Record<string, unknown> | ((results: string[], tools: any[]) => { tool: string, given: object })>) => void,
 *   close: () => Promise<void>,
 * }>} `offered` are the tools of the last request, `results` what the calls gave; `plan` takes the arguments of each call of the
 *   one tool, or what chooses a tool and its arguments by what the calls before gave.
 */
export async function startModel() {
	const server = fastify();
	let planned = [];
	const model = {
		offered: [],
		results: [],
		plan: (calls) => {
			planned = calls;
			model.offered = [];
			model.results = [];
		},
		close: async () => await server.close(),
	};
	server.post('/v1/chat/completions', async ({ body: { messages, tools = [], stream } }, reply) => {
		model.offered = tools.map((tool) => tool.function);
		const results = messages.filter(({ role }) => role === 'tool').map(({ content }) => content);
		const next = planned[results.length];
		model.results = results;
		const say = (message) => (stream ? streamed(reply, message) : completion(message));
		if (!next) return say({ content: results.join('\n') });
		const { tool, given } =
			typeof next === 'function' ? next(results, model.offered) : { tool: model.offered[0].name, given: next };
		return say(callOf(tool, given, results.length));
	});
	const address = await server.listen({ host: '127.0.0.1', port: 0 });
	model.baseUrl = `${address}/v1`;
	return model;
}

function callOf(name, parameters, place) {
	const call = { name, arguments: JSON.stringify(parameters) };
	return { content: null, tool_calls: [{ id: `call_${place}`, type: 'function', function: call }] };
}

/** The same as a stream of one part, as those who ask for one read it. */
function streamed(reply, message) {
	const { choices, ...rest } = completion(message);
	const [{ finish_reason }] = choices;
	const delta = { ...message, tool_calls: message.tool_calls?.map((call, index) => ({ index, ...call })) };
	const part = { ...rest, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason }] };
	return reply.type('text/event-stream').send(`data: ${JSON.stringify(part)}\n\ndata: [DONE]\n\n`);
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
