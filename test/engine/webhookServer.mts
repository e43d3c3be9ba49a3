import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parse } from 'node:querystring';
import { createGunzip, createInflate } from 'node:zlib';
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

/** What n8n's reader of bodies adds to a request of express. */
type N8nRequest = Request & { contentType?: string; readRawBody?: () => Promise<void> };

/** Of n8n, unless it is set otherwise. Bytes. */
const payloadLimit = 16 * 1024 * 1024;

export interface TriggerOptions {
	parameters?: INodeParameters;
	/** Whether somebody in the editor listens for a test call. */
	isListening?: boolean;
	/** Of the Planhat Webhook API credential; `undefined` when the node has none. */
	credentials?: ICredentialDataDecryptedObject;
	/** Of a Planhat API credential, in which workflows from before keep the secret. */
	apiCredentials?: ICredentialDataDecryptedObject;
	/** Called whenever a credential is read. */
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

function triggerNode({ parameters = {}, credentials, apiCredentials }: TriggerOptions): INode {
	made += 1;
	return {
		id: `node-${made}`,
		name: 'Planhat Trigger',
		type: 'n8n-nodes-planhat.planhatTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters,
		webhookId: `webhook-${made}`,
		credentials: {
			...(credentials && { planhatWebhookApi: { id: '1', name: 'Planhat webhook' } }),
			...(apiCredentials && { planhatApi: { id: '2', name: 'Planhat account' } }),
		},
	};
}

function additionalDataOf(options: TriggerOptions): IWorkflowExecuteAdditionalData {
	return {
		credentialsHelper: {
			isCredentialUsableByNode: () => true,
			getDecrypted: async (_data: unknown, _credential: unknown, type: string) => {
				options.onCredentialsRead?.();
				return { ...(type === 'planhatApi' ? options.apiCredentials : options.credentials) };
			},
		},
		variables: {},
		webhookBaseUrl: 'http://127.0.0.1/webhook',
		webhookWaitingBaseUrl: 'http://127.0.0.1/',
		formWaitingBaseUrl: 'http://127.0.0.1/',
	} as unknown as IWorkflowExecuteAdditionalData;
}

async function readBytes(request: Request): Promise<Buffer> {
	const packing = request.headers['content-encoding'];
	const unpacker = packing === 'gzip' ? createGunzip() : packing === 'deflate' ? createInflate() : undefined;
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of unpacker === undefined ? request : request.pipe(unpacker)) {
		chunks.push(chunk as Buffer);
		length += (chunk as Buffer).length;
		if (length > payloadLimit) {
			request.resume();
			throw Object.assign(new Error('request entity too large'), { type: 'entity.too.large', statusCode: 413 });
		}
	}
	return Buffer.concat(chunks);
}

/** Every request of n8n gets this (n8n 2.41, middlewares/body-parser). */
function addReader(request: N8nRequest): void {
	request.contentType = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
	request.body = undefined;
	request.readRawBody = async () => {
		request.rawBody ??= await readBytes(request);
	};
}

/** Where the option `binaryData` is not true, n8n parses the body before the node runs. */
async function parseBody(request: N8nRequest): Promise<void> {
	await request.readRawBody?.();
	if (request.rawBody.length === 0) return;
	const charset = /;\s*charset=([^;]+)/i.exec(request.headers['content-type'] ?? '')?.[1] ?? 'utf-8';
	const text = request.rawBody.toString(charset as BufferEncoding);
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
	const methods = type.description.webhooks?.flatMap(({ httpMethod }) => httpMethod.split(',')) ?? [];
	const leavesBody =
		workflow.expression.getSimpleParameterValue(started, '={{$parameter["options"]["binaryData"]}}', 'internal', {}) ===
		true;

	const handle = async (request: N8nRequest, response: Response) => {
		if (!methods.includes(request.method)) {
			response.status(404).json({ message: 'This webhook is not registered for such requests.' });
			return;
		}
		addReader(request);
		try {
			if (!leavesBody) await parseBody(request);
		} catch {
			response.status(422).json({ message: 'Failed to parse request body' });
			return;
		}
		const data = { ...additionalDataOf(options), httpRequest: request, httpResponse: response };
		try {
			const mode = options.isListening ? 'manual' : 'webhook';
			const context = new WebhookContext(workflow, started, data, mode, webhookData, [], null);
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
	application.set('query parser', 'extended');
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
