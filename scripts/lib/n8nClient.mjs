import { StartError } from './errors.mjs';
import { restoreReferences } from './restoreReferences.mjs';
import { waitFor } from './waiting.mjs';

/**
 * To be named when executions are listed. Without a status n8n asks its database for those that run and for those that have
 * ended at the same time, and joins the two: one that ends just then is in both or in none.
 */
export const everyStatus = ['new', 'running', 'waiting', 'success', 'error', 'canceled', 'crashed', 'unknown'];

const unfinished = ['new', 'running', 'waiting', 'unknown'];

const registrationTimeout = 60_000;

/** n8n closes a connection that was idle for five seconds, perhaps at the moment in which the next request goes out on it. */
const freshConnection = { connection: 'close' };

/**
 * Speaks to n8n as its editor does, over the REST API that the editor uses.
 *
 * @param {string} address
 * @param {string} [version] n8n 1.x wants the whole workflow to run it, and has another way to activate it.
 */
export function createN8nClient(address, version = '2') {
	let cookie = '';
	const isOld = version.startsWith('1.');

	/** One request; status and parsed body of the answer, whatever they are. */
	const exchange = async (method, path, body) => {
		const response = await fetchOrExplain(`${address}${path}`, {
			method,
			headers: {
				...freshConnection,
				...(cookie && { cookie }),
				...(body !== undefined && { 'content-type': 'application/json' }),
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const setCookies = response.headers.getSetCookie().map((text) => text.split(';')[0]);
		if (setCookies.some((text) => text.startsWith('n8n-auth='))) cookie = setCookies.join('; ');
		return { ok: response.ok, status: response.status, answer: parsed(await response.text()) };
	};

	/** One request; the part `data` of the answer, or an error that quotes n8n. Bodies never appear in errors. */
	const request = async (method, path, body) => {
		const { ok, status, answer } = await exchange(method, path, body);
		if (ok) return answer?.data ?? answer;
		throw new StartError(
			`n8n refused ${method} ${path} with ${status}: ${answer?.message ?? 'no reason given'}`,
			'This is a fault of the start script or of n8n; please report it.',
		);
	};

	/** One request whose answer is a stream of events. */
	const stream = async (method, path, body) =>
		await fetchOrExplain(`${address}${path}`, {
			method,
			headers: { ...freshConnection, cookie, 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});

	const setUpOwner = async (owner) => await request('POST', '/rest/owner/setup', owner);

	const createCredential = async ({ name, type, data }) =>
		await request('POST', '/rest/credentials', { name, type, data });

	const createWorkflow = async (workflow) =>
		await request('POST', '/rest/workflows', {
			settings: {},
			connections: {},
			...workflow,
			active: false,
		});

	/** Puts a workflow to work: its webhooks answer and its schedules run from now on. */
	const activate = async ({ id, versionId }) =>
		isOld
			? await request('PATCH', `/rest/workflows/${id}`, { active: true, versionId })
			: await request('POST', `/rest/workflows/${id}/activate`, { versionId });

	const deactivate = async ({ id }) => await request('POST', `/rest/workflows/${id}/deactivate`, {});

	/** One execution with its data; `data` is undefined as long as n8n has saved none. */
	const execution = async (id) => {
		const found = await request('GET', `/rest/executions/${id}`);
		return {
			...found,
			data: typeof found.data === 'string' ? restoreReferences(found.data) : found.data,
		};
	};

	const waitForExecution = async (id, timeoutMilliseconds = 120_000) =>
		await waitFor(
			async () => {
				const found = await execution(id);
				return unfinished.includes(found.status) ? undefined : found;
			},
			{ timeoutMilliseconds, intervalMilliseconds: 200, what: `The end of execution ${id}` },
		);

	/** The newest executions of a workflow, whatever their status, without their data. */
	const executions = async (workflowId) => {
		const filter = encodeURIComponent(JSON.stringify({ workflowId, status: everyStatus }));
		return (await request('GET', `/rest/executions?filter=${filter}`)).results;
	};

	/**
	 * Starts a workflow, as "Execute workflow" does, by a trigger or else its manual one, and does not wait for its end.
	 *
	 * @param {{ toNode?: string, agentRequest?: object }} [only] A node to end at, as "Execute step" has it.
	 */
	const startManually = async (workflow, triggerName, { toNode, agentRequest } = {}) => {
		const manual = workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger');
		const { executionId } = await request('POST', `/rest/workflows/${workflow.id}/run`, {
			...(isOld && { workflowData: workflow }),
			triggerToStartFrom: { name: triggerName ?? manual.name },
			...(toNode && { destinationNode: { nodeName: toNode, mode: 'inclusive' } }),
			...(agentRequest && { agentRequest }),
		});
		return executionId;
	};

	/** Runs a workflow as `startManually` does and gives the finished execution with its data. */
	const runManually = async (workflow, timeoutMilliseconds, triggerName) =>
		await waitForExecution(await startManually(workflow, triggerName), timeoutMilliseconds);

	/** Calls the production webhook of an activated workflow; gives status and parsed body, whatever they are. */
	const runByWebhook = async (workflow, body = {}) => {
		const webhook = workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.webhook');
		const method = webhook.parameters.httpMethod ?? 'GET';
		const url = `${address}/webhook/${webhook.parameters.path}`;
		// n8n registers a webhook a moment after it said that the workflow is active.
		return await waitFor(
			async () => {
				const response = await fetchOrExplain(url, {
					method,
					headers: { ...freshConnection, 'content-type': 'application/json' },
					body: method === 'GET' ? undefined : JSON.stringify(body),
				});
				const text = await response.text();
				if (response.status === 404 && /not registered/.test(text)) return undefined;
				return { status: response.status, body: parsed(text) };
			},
			{ timeoutMilliseconds: registrationTimeout, what: 'The registration of the webhook' },
		);
	};

	/** Calls the production webhook of a trigger that has no path of its own, in an activated workflow; gives the status. */
	const callTrigger = async (workflow, body, headers) => {
		const { webhookId } = workflow.nodes.find((node) => node.webhookId);
		return await waitFor(
			async () => {
				const response = await fetchOrExplain(`${address}/webhook/${webhookId}/webhook`, {
					method: 'POST',
					headers: { ...freshConnection, 'content-type': 'application/json', ...headers },
					body: JSON.stringify(body),
				});
				await response.arrayBuffer();
				return response.status === 404 ? undefined : response.status;
			},
			{ timeoutMilliseconds: registrationTimeout, what: 'The registration of the webhook' },
		);
	};

	/** Names of all node types that n8n has loaded. */
	const nodeTypeNames = async () => {
		const types = await request('GET', '/types/nodes.json');
		return types.map(({ name }) => name);
	};

	return {
		exchange,
		request,
		stream,
		setUpOwner,
		createCredential,
		createWorkflow,
		activate,
		deactivate,
		execution,
		executions,
		waitForExecution,
		startManually,
		runManually,
		runByWebhook,
		callTrigger,
		nodeTypeNames,
	};
}

/**
 * What the last run of a node put out on one of its outputs.
 *
 * @param {{ data?: any }} execution
 * @param {string} nodeName
 * @param {number} [output] 1 is the error output of a node that has one output else.
 * @returns {Array<Record<string, unknown>>}
 */
export function outputOf(execution, nodeName, output = 0) {
	const runs = execution.data?.resultData?.runData?.[nodeName] ?? [];
	return (runs.at(-1)?.data?.main?.[output] ?? []).map(({ json }) => json);
}

async function fetchOrExplain(url, options) {
	try {
		return await fetch(url, options);
	} catch (error) {
		throw new StartError(
			`n8n did not answer ${options.method} ${new URL(url).pathname}: ${error.cause?.message ?? error.message}.`,
			'Start again; if it happens again, please report it.',
			{ cause: error },
		);
	}
}

function parsed(text) {
	try {
		return text === '' ? undefined : JSON.parse(text);
	} catch {
		return text;
	}
}
