import {
	DirectoryLoader,
	ExecuteSingleContext,
	ExecutionLifecycleHooks,
	LoadOptionsContext,
	RoutingNode,
	WorkflowExecute,
} from 'n8n-core';
import {
	createRunExecutionData,
	NodeConnectionTypes,
	NodeHelpers,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialsExpressionResolveValues,
	type ICredentialsHelper,
	type IDataObject,
	type IExecuteData,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeListSearchResult,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyOptions,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IWorkflowExecuteAdditionalData,
	type NodeExecutionHint,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { PlanhatApi } from '../../dist/credentials/PlanhatApi.credentials.js';
import { PlanhatOAuth2Api } from '../../dist/credentials/PlanhatOAuth2Api.credentials.js';
import { Planhat } from '../../dist/nodes/Planhat/Planhat.node.js';

/** How the built node is run: over all items as n8n does it, or by n8n's routing, as AI agents and Engine 2.0 do it. */
export type Way = 'customOperations' | 'routing';

/** How a run goes whose test does not say it: jest.config.js runs some suites a second time, as Engine 2.0 does it. */
const { usualWay = 'customOperations' } = globalThis as { usualWay?: Way };

export interface RunOptions {
	parameters: INodeParameters;
	/** As n8n stores it: a field that begins with an equals sign is an expression, resolved for each item. */
	credentials: ICredentialDataDecryptedObject;
	/** Told each time that n8n decrypts the credential; what it throws, n8n throws. `raw`: expressions are not resolved. */
	onDecrypt?: (raw: boolean) => void;
	/** Input items; one empty item when left out. */
	items?: INodeExecutionData[];
	way?: Way;
	onError?: INode['onError'];
	retryOnFail?: boolean;
	/** Of the node; the newest when left out. */
	typeVersion?: number;
	/** Whether it is the tool of an agent, which n8n tells by the name of its type. */
	isTool?: boolean;
	/** Called with the engine's way to cancel the execution. */
	onStart?: (cancel: () => void) => void;
}

export interface RunResult {
	/** Items of the first output. */
	output: INodeExecutionData[];
	/** Items of the error output, where there is one. */
	errors: INodeExecutionData[];
	/** What the node threw. */
	error?: Error & { description?: string; context?: IDataObject; httpCode?: string };
	hints: NodeExecutionHint[];
	status: string;
	/** What n8n saves of an execution: it takes hold of the data at the end or the cancel, and writes a moment later. */
	saved: { error?: string; nodeError?: string; highlighted?: Record<string, string> };
}

const start: INodeType = {
	description: {
		displayName: 'Start',
		name: 'start',
		group: ['input'],
		version: 1,
		description: '',
		defaults: { name: 'Start' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},
	async execute(this: IExecuteFunctions) {
		return [this.getInputData()];
	},
};

let change: (type: INodeType) => void = () => {};

/** Lets a measurement put itself around parts of the node, for the runs that follow. */
export function changePlanhat(changes: (type: INodeType) => void): void {
	change = changes;
}

const contexts = new WeakMap<IExecuteData, IExecuteFunctions>();

/** n8n shows no hints of a routed node. The node tells them all the same, and here they are kept for the tests. */
Object.assign(ExecuteSingleContext.prototype, {
	addExecutionHints(this: ExecuteSingleContext, ...hints: NodeExecutionHint[]) {
		contexts.get(this.getExecuteData())?.addExecutionHints(...hints);
	},
});

/** n8n's routing puts this code on each error that is not an answer's. */
function withoutRoutingsCode(error: RunResult['error']): RunResult['error'] {
	if (error?.httpCode === 'none') delete error.httpCode;
	return error;
}

/** The built node, as n8n has it after loading: with the options that it adds to declarative nodes. */
export function loadPlanhat(way: Way = usualWay): INodeType {
	const type: INodeType = new Planhat();
	DirectoryLoader.applyDeclarativeNodeOptionParameters(type);
	type.execute = async function (this: IExecuteFunctions) {
		contexts.set(this.getExecuteData(), this);
		return (await new RoutingNode(this as never, type).runNode()) ?? null;
	};
	if (way === 'routing') type.customOperations = undefined;
	change(type);
	return type;
}

/** What a test gives for a connection of OAuth2 has a client, as the stored credential has. */
export function isOAuth2(credentials: ICredentialDataDecryptedObject): boolean {
	return 'clientId' in credentials;
}

/** The type of a credential, and what a node that uses it has in Authentication. */
export function typeOf(credentials: ICredentialDataDecryptedObject): { type: string; authentication: string } {
	return isOAuth2(credentials)
		? { type: 'planhatOAuth2Api', authentication: 'oAuth2' }
		: { type: 'planhatApi', authentication: 'apiToken' };
}

/** Adds defaults and leaves out what the form does not show, as n8n does wherever it reads a credential. */
export function asRead(credentials: ICredentialDataDecryptedObject): INodeParameters {
	const { properties } = isOAuth2(credentials) ? new PlanhatOAuth2Api() : new PlanhatApi();
	const read = NodeHelpers.getNodeParameters(properties, credentials as INodeParameters, true, false, null, null) ?? {};
	const { oauthTokenData } = credentials as INodeParameters;
	return oauthTokenData === undefined ? read : { ...read, oauthTokenData };
}

/** Resolves what does not hang on an item, with nothing but the credential itself at hand. */
function resolvedAlone(known: INodeParameters, mode: WorkflowExecuteMode): ICredentialDataDecryptedObject {
	const node = { name: 'mock', typeVersion: 1, type: 'mock', position: [0, 0], parameters: {} } as unknown as INode;
	const nodeTypes = { getByName: () => start, getByNameAndVersion: () => start, getKnownTypes: () => ({}) };
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: nodeTypes as unknown as INodeTypes,
	});
	const { expression } = workflow;
	return expression.getComplexParameterValue(
		node,
		known,
		mode,
		{},
		undefined,
		undefined,
		known,
	) as ICredentialDataDecryptedObject;
}

/** Resolves expressions as n8n's own helper does (its `credentials-helper`, `applyDefaultsAndOverwrites`). */
function resolved(
	credentials: ICredentialDataDecryptedObject,
	mode: WorkflowExecuteMode,
	executeData?: IExecuteData,
	values?: ICredentialsExpressionResolveValues,
): ICredentialDataDecryptedObject {
	const known = asRead(credentials);
	if (values === undefined) {
		return isOAuth2(credentials) ? resolvedAlone(known, mode) : (known as ICredentialDataDecryptedObject);
	}
	const { workflow, runExecutionData, runIndex, itemIndex, node, connectionInputData } = values;
	return workflow.expression.getParameterValue(
		known,
		runExecutionData,
		runIndex,
		itemIndex,
		node.name,
		connectionInputData,
		mode,
		{},
		executeData,
		false,
		known,
	) as ICredentialDataDecryptedObject;
}

function credentialsHelper(credentials: ICredentialDataDecryptedObject, onDecrypt: RunOptions['onDecrypt'] = () => {}) {
	const { authenticate } = new PlanhatApi();
	const getDecrypted: ICredentialsHelper['getDecrypted'] = async (_data, _reference, _type, mode, run, raw, values) => {
		onDecrypt(raw === true);
		return raw === true ? { ...credentials } : resolved(credentials, mode, run, values);
	};
	return {
		isCredentialUsableByNode: () => true,
		getParentTypes: (type: string) => (type === 'planhatOAuth2Api' ? ['oAuth2Api'] : []),
		preAuthentication: async () => undefined,
		runPreAuthentication: async () => undefined,
		getCredentialsProperties: () => new PlanhatApi().properties,
		getDecrypted,
		getCredentials: async () => ({}),
		updateCredentials: async () => {},
		// What is renewed is stored in what the test has given, as in n8n's database.
		updateCredentialsOauthTokenData: async (
			_reference: unknown,
			_type: string,
			{ oauthTokenData }: ICredentialDataDecryptedObject,
		) => {
			if (oauthTokenData !== undefined) credentials.oauthTokenData = oauthTokenData;
		},
		authenticate: async (data: ICredentialDataDecryptedObject, _type: string, options: IHttpRequestOptions) =>
			typeof authenticate === 'function' ? await authenticate(data, options) : options,
	};
}

/** n8n's side of a run, with one credential. */
export function additionalData(
	credentials: ICredentialDataDecryptedObject,
	onDecrypt?: RunOptions['onDecrypt'],
): IWorkflowExecuteAdditionalData {
	const url = 'http://127.0.0.1/';
	return {
		credentialsHelper: credentialsHelper(credentials, onDecrypt),
		hooks: new ExecutionLifecycleHooks('trigger', '1', { id: '1', name: 'Test', nodes: [], connections: {} } as never),
		currentNodeExecutionIndex: 0,
		executionId: '1',
		variables: {},
		restApiUrl: url,
		instanceBaseUrl: url,
		webhookWaitingBaseUrl: url,
		formWaitingBaseUrl: url,
	} as unknown as IWorkflowExecuteAdditionalData;
}

/** The node as a workflow holds it. */
export function planhatNode({
	parameters,
	credentials = {},
	onError,
	retryOnFail,
	typeVersion = 1.1,
	isTool = false,
}: Pick<RunOptions, 'parameters' | 'onError' | 'retryOnFail' | 'typeVersion' | 'isTool'> &
	Partial<Pick<RunOptions, 'credentials'>>): INode {
	const { type, authentication } = typeOf(credentials);
	return {
		id: '2',
		name: 'Planhat',
		type: isTool ? 'n8n-nodes-planhat.planhatTool' : 'n8n-nodes-planhat.planhat',
		typeVersion,
		position: [200, 0],
		parameters: { ...parameters, ...(isOAuth2(credentials) && { authentication }) },
		credentials: { [type]: { id: '1', name: 'Planhat account' } },
		...(onError && { onError }),
		...(retryOnFail && { retryOnFail, maxTries: 2, waitBetweenTries: 1 }),
	};
}

/** The parameters as n8n's editor has them: an opened workflow holds the default of what was not there when it was saved. */
export function asOpened({ parameters }: Pick<INode, 'parameters'>): INodeParameters {
	return { authentication: 'apiToken', ...parameters };
}

/** Runs the built node in n8n's own engine, behind a node that hands it the items. */
export async function runPlanhat(options: RunOptions): Promise<RunResult> {
	const type = loadPlanhat(options.way);
	if (options.isTool) type.description.name = 'planhatTool';
	const types: Record<string, INodeType> = {
		'test.start': start,
		[planhatNode(options).type]: type,
	};
	const find = (name: string): INodeType => types[name] ?? start;
	const nodeTypes = { getByName: find, getByNameAndVersion: find, getKnownTypes: () => ({}) } as unknown as INodeTypes;
	const startNode: INode = {
		id: '1',
		name: 'Start',
		type: 'test.start',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const workflow = new Workflow({
		id: '1',
		nodes: [startNode, planhatNode(options)],
		connections: { Start: { main: [[{ node: 'Planhat', type: NodeConnectionTypes.Main, index: 0 }]] } },
		nodeTypes,
		active: false,
		settings: { executionOrder: 'v1' },
	});
	const items = options.items ?? [{ json: {} }];
	const execution = new WorkflowExecute(
		additionalData(options.credentials, options.onDecrypt),
		'trigger',
		createRunExecutionData({
			executionData: { nodeExecutionStack: [{ node: startNode, data: { main: [items] }, source: null }] },
		}),
	);
	const saved = whenSaved(execution);
	const running = execution.processRunExecutionData(workflow);
	options.onStart?.(() => running.cancel());
	const { data, status } = await running;
	const run = data.resultData.runData.Planhat?.at(-1);
	const [output, errors] = run?.data?.main ?? [];
	return {
		output: output ?? [],
		errors: errors ?? [],
		error: withoutRoutingsCode((run?.error ?? data.resultData.error) as RunResult['error']),
		hints: run?.hints ?? [],
		status,
		saved: await saved,
	};
}

/** As n8n's hooks do it: they ask the database whether the execution is there before they make its text. */
async function whenSaved(execution: WorkflowExecute): Promise<RunResult['saved']> {
	return await new Promise((resolve) => {
		execution['additionalData'].hooks?.addHandler('workflowExecuteAfter', async ({ data }: IRun) => {
			await new Promise((turn) => setImmediate(turn));
			const { error, runData, metadata } = data.resultData;
			resolve({
				error: error?.message,
				nodeError: runData.Planhat?.at(-1)?.error?.message,
				highlighted: metadata && { ...metadata },
			});
		});
	});
}

/** Defaults of all parameters, as the editor fills them in. */
export function withDefaults(parameters: INodeParameters): INodeParameters | null {
	const { description } = loadPlanhat();
	return NodeHelpers.getNodeParameters(description.properties, parameters, true, false, null, description);
}

export interface EditorOptions {
	parameters: INodeParameters;
	/** Undefined for a node without a credential. */
	credentials?: ICredentialDataDecryptedObject;
}

/** What a method of the built node sees when n8n's editor calls it (as n8n's service for dynamic parameters makes it). */
function editorContext({ parameters, credentials }: EditorOptions, path: string): ILoadOptionsFunctions {
	const type = loadPlanhat();
	const nodeTypes = { getByName: () => type, getByNameAndVersion: () => type, getKnownTypes: () => ({}) };
	const { credentials: reference, ...node } = planhatNode({ parameters, credentials: credentials ?? {} });
	const workflow = new Workflow({
		nodes: [{ ...node, name: 'Temp-Node', ...(credentials && { credentials: reference }) }],
		connections: {},
		active: false,
		nodeTypes: nodeTypes as unknown as INodeTypes,
	});
	const additional = { ...additionalData(credentials ?? {}), currentNodeParameters: asOpened(node) };
	const [temporary] = Object.values(workflow.nodes);
	if (temporary === undefined) throw new Error('The workflow has no node');
	return new LoadOptionsContext(workflow, temporary, additional, path);
}

/** Fills "From List" of the parameter Record, as the editor does for each search and for each part of the list. */
export async function searchInEditor(
	options: EditorOptions,
	filter?: string,
	paginationToken?: string,
	method = 'searchRecords',
): Promise<INodeListSearchResult> {
	const search = loadPlanhat().methods?.listSearch?.[method];
	if (search === undefined) throw new Error(`The node has no method ${method}`);
	return await search.call(editorContext(options, 'parameters.recordId'), filter, paginationToken);
}

/** Fills the list of a filter, by the method that the description names for it. */
export async function optionsInEditor(options: EditorOptions, name: string): Promise<INodePropertyOptions[]> {
	const { description, methods } = loadPlanhat();
	const { resource, operation } = options.parameters;
	const filters = description.properties.filter(
		(property) =>
			property.name === 'filters' && property.displayOptions?.show?.operation?.includes(String(operation ?? 'getAll')),
	);
	const offered = filters.flatMap((property) => (property.options ?? []) as INodeProperties[]);
	const option = offered.find(({ name: own, displayOptions }) => {
		const { show, hide } = displayOptions ?? {};
		const isShown = show?.['/resource']?.includes(String(resource)) ?? true;
		return own === name && isShown && !hide?.['/resource']?.includes(String(resource));
	});
	const method = methods?.loadOptions?.[String(option?.typeOptions?.loadOptionsMethod)];
	if (method === undefined) throw new Error(`No method fills the filter ${name}`);
	return await method.call(editorContext(options, `parameters.filters.${name}`));
}
