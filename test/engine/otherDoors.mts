import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CredentialTestContext, ExecuteContext } from 'n8n-core';
import {
	createRunExecutionData,
	Workflow,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialTestResult,
	type INodeTypes,
} from 'n8n-workflow';

import { additionalData, asRead, loadPlanhat } from './harness.mts';

/** A server on this machine that notes what comes and answers as it is told. */
export interface Listener {
	/** Address without a slash at the end, such as `http://127.0.0.1:4567`. */
	url: string;
	port: number;
	requests: IncomingMessage[];
	/** What it answers; a list of one company until it is set. */
	answer: (request: IncomingMessage, response: ServerResponse) => void;
	close(): Promise<void>;
}

const acme = JSON.stringify([{ _id: '5f0000000000000000000001', name: 'Acme' }]);

export async function listen(): Promise<Listener> {
	const requests: IncomingMessage[] = [];
	const server = createServer((request, response) => {
		requests.push(request);
		request.resume();
		listener.answer(request, response);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const listener: Listener = {
		url: `http://127.0.0.1:${port}`,
		port,
		requests,
		answer: (_request, response) => response.setHeader('Content-Type', 'application/json').end(acme),
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
	return listener;
}

/** n8n's side of a run of its HTTP Request node, which may use any credential. */
function httpRequestContext(credentials: ICredentialDataDecryptedObject): ExecuteContext {
	const node: INode = {
		id: '1',
		name: 'HTTP Request',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.3,
		position: [0, 0],
		parameters: { authentication: 'predefinedCredentialType', nodeCredentialType: 'planhatApi' },
		credentials: { planhatApi: { id: '1', name: 'Planhat account' } },
	};
	const find = () => loadPlanhat();
	const nodeTypes = { getByName: find, getByNameAndVersion: find, getKnownTypes: () => ({}) } as unknown as INodeTypes;
	const workflow = new Workflow({ nodes: [node], connections: {}, nodeTypes, active: false });
	const items = [{ json: {} }];
	return new ExecuteContext(
		workflow,
		node,
		additionalData(credentials),
		'manual',
		createRunExecutionData(),
		0,
		items,
		{ main: [items] },
		{ node, data: { main: [items] }, source: null },
		[],
	);
}

/**
 * Sends a request as n8n's HTTP Request node does from its version 4.1 on: by the older helper, with the address as `uri`,
 * and following all redirects with the credential.
 */
export async function sendByHttpRequestNode(
	credentials: ICredentialDataDecryptedObject,
	options: IDataObject,
): Promise<{ statusCode: number; body: unknown }> {
	const context = httpRequestContext(credentials);
	const defaults = {
		headers: {},
		method: 'GET',
		gzip: true,
		rejectUnauthorized: true,
		resolveWithFullResponse: true,
		sendCredentialsOnCrossOriginRedirect: true,
		followRedirect: true,
		followAllRedirects: true,
		maxRedirects: undefined,
		timeout: 5_000,
	};
	const request = { ...defaults, ...options } as never;
	const { requestWithAuthentication } = context.helpers;
	return await requestWithAuthentication.call(context, 'planhatApi', request, undefined, 0);
}

/** Sends a request as nodes do that call n8n's newer helper. */
export async function sendByNewHelper(
	credentials: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
): Promise<unknown> {
	const context = httpRequestContext(credentials);
	const { httpRequestWithAuthentication } = context.helpers;
	return await httpRequestWithAuthentication.call(context, 'planhatApi', { timeout: 5_000, ...options });
}

/** Tests a credential as n8n does when it is saved. */
export async function testInN8n(data: ICredentialDataDecryptedObject): Promise<INodeCredentialTestResult> {
	const { description, methods } = loadPlanhat();
	const [named] = (description.credentials ?? []).filter(({ name }) => name === 'planhatApi');
	const test = methods?.credentialTest?.[String(named?.testedBy)];
	if (test === undefined) throw new Error('No test for planhatApi');
	const context = new CredentialTestContext(additionalData(data));
	const read = asRead(data) as ICredentialDataDecryptedObject;
	return await test.call(context as never, { id: '1', name: 'Planhat account', type: 'planhatApi', data: read });
}
