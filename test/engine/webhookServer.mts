import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parse } from 'node:querystring';
import { gunzipSync, inflateSync } from 'node:zlib';
import express, { type Request, type Response } from 'express';
import { HookContext, WebhookContext } from 'n8n-core';
import {
	Workflow,
	type ICredentialDataDecryptedObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IWebhookData,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { PlanhatTrigger } from '../../dist/nodes/PlanhatTrigger/PlanhatTrigger.node.js';

/** What n8n's body parser adds to a request of express. */
type N8nRequest = Request & { contentType?: string };

export interface TriggerOptions {
	parameters?: INodeParameters;
	/** Of the credential; `undefined` when the node has none. */
	credentials?: ICredentialDataDecryptedObject;
	/** Called whenever the credential is read. */
	onCredentialsRead?: () => void;
}

export interface TriggerServer {
	url: string;
	/** Items of each execution that a delivery has started. */
	executions: INodeExecutionData[][];
	/** What the node threw: n8n makes a failed execution of each. */
	failures: unknown[];
	/** Publishes the workflow, as far as the node is concerned. */
	publish(): Promise<void>;
	close(): Promise<void>;
}

let made = 0;

function triggerNode({ parameters = {}, credentials }: TriggerOptions): INode {
	made += 1;
	return {
		id: `node-${made}`,
		name: 'Planhat Trigger',
		type: 'n8n-nodes-planhat.planhatTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters,
		webhookId: `webhook-${made}`,
		...(credentials && { credentials: { planhatApi: { id: '1', name: 'Planhat account' } } }),
	};
}

function additionalDataOf({ credentials, onCredentialsRead }: TriggerOptions): IWorkflowExecuteAdditionalData {
	return {
		credentialsHelper: {
			isCredentialUsableByNode: () => true,
			getDecrypted: async () => {
				onCredentialsRead?.();
				return { ...credentials };
			},
		},
		variables: {},
		webhookBaseUrl: 'http://127.0.0.1/webhook',
		webhookWaitingBaseUrl: 'http://127.0.0.1/',
		formWaitingBaseUrl: 'http://127.0.0.1/',
	} as unknown as IWorkflowExecuteAdditionalData;
}

async function bytesOf(request: Request): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const bytes = Buffer.concat(chunks);
	const packing = request.headers['content-encoding'];
	return packing === 'gzip' ? gunzipSync(bytes) : packing === 'deflate' ? inflateSync(bytes) : bytes;
}

/** What n8n's body parser does (n8n 2.41, middlewares/body-parser): types that it does not know stay unread. */
async function parseBody(request: N8nRequest): Promise<void> {
	request.contentType = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
	request.rawBody = await bytesOf(request);
	request.body = undefined;
	if (request.rawBody.length === 0) return;
	const text = request.rawBody.toString('utf8');
	if (request.contentType === 'application/json') request.body = JSON.parse(text.replace(/^\uFEFF/, ''));
	if (request.contentType === 'application/x-www-form-urlencoded') {
		request.body = parse(text, undefined, undefined, { maxKeys: 1_000 });
	}
	if (request.contentType === 'text/plain') request.body = text;
}

/** The built trigger behind express and n8n's own context of a webhook; what n8n does with its answer is done here. */
export async function startTrigger(options: TriggerOptions): Promise<TriggerServer> {
	const type: INodeType = new PlanhatTrigger();
	const find = () => type;
	const node = triggerNode(options);
	const workflow = new Workflow({
		id: `workflow-${made}`,
		nodes: [node],
		connections: {},
		nodeTypes: { getByName: find, getByNameAndVersion: find, getKnownTypes: () => ({}) } as unknown as INodeTypes,
		active: true,
		settings: { executionOrder: 'v1' },
	});
	const [started] = Object.values(workflow.nodes);
	if (started === undefined) throw new Error('There is no node');
	const executions: INodeExecutionData[][] = [];
	const failures: unknown[] = [];
	const webhookData = { webhookDescription: type.description.webhooks?.[0] } as IWebhookData;

	const handle = async (request: N8nRequest, response: Response) => {
		try {
			await parseBody(request);
		} catch {
			response.status(422).json({ message: 'Failed to parse request body' });
			return;
		}
		const data = { ...additionalDataOf(options), httpRequest: request, httpResponse: response };
		try {
			const context = new WebhookContext(workflow, started, data, 'webhook', webhookData, [], null);
			const result = await type.webhook?.call(context);
			const items = result?.workflowData?.[0];
			if (items) executions.push(items);
			if (result?.noWebhookResponse !== true) {
				response.status(200).json(result?.webhookResponse ?? { message: 'Workflow was started' });
			}
		} catch (error) {
			failures.push(error);
			response.status(500).json({ message: 'Workflow Webhook Error: Workflow could not be started!' });
		}
	};
	const application = express();
	application.use((request, response) => void handle(request, response));
	const server: Server = createServer(application);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`,
		executions,
		failures,
		async publish() {
			const hook = new HookContext(workflow, started, additionalDataOf(options), 'trigger', 'activate', webhookData);
			const methods = type.webhookMethods?.default;
			if ((await methods?.checkExists.call(hook)) === false) await methods?.create.call(hook);
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
