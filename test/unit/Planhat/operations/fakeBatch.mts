import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { BatchRun } from '../../../../nodes/Planhat/run/context.ts';
import type { PlanhatAnswer, PlanhatRefusal } from '../../../../nodes/Planhat/transport/answer.ts';
import { apiError } from '../../../../nodes/Planhat/transport/errors.ts';
import { explain } from '../../../../nodes/Planhat/transport/explanation.ts';
import { failureOfAnswer, type Failure } from '../../../../nodes/Planhat/transport/failure.ts';
import type { PlanhatRequest } from '../../../../nodes/Planhat/transport/request.ts';
import type { Transport } from '../../../../nodes/Planhat/transport/transport.ts';
import type { PlanhatServer } from '../../../planhat-server/index.mts';
import { fakeTenant, model, node, openDoor } from '../../fakeItem.mts';

/** What becomes of the rows of a request. */
export type Answering = (
	rows: IDataObject[],
	request: PlanhatRequest,
) => PlanhatAnswer | PlanhatRefusal | Promise<PlanhatAnswer | PlanhatRefusal>;

export function good(body: unknown, status = 200): PlanhatAnswer {
	return { status, body, resent: false };
}

function refusalOf(request: PlanhatRequest, failure: Failure, body: unknown): PlanhatRefusal {
	const status = Number(failure.code) || 0;
	const error = apiError(node, failure.code, explain(failure, request, 'api.planhat.com'), { outcome: 'failed' });
	return { status, body, resent: false, failure, error };
}

/** An answer of status 300 or above. */
function refused(request: PlanhatRequest, status: number, body: unknown): PlanhatRefusal {
	return refusalOf(request, failureOfAnswer(status, body), body);
}

/** Asks the test double, once for each request. */
export function asking({ baseUrl, apiToken }: Pick<PlanhatServer, 'baseUrl' | 'apiToken'>): Answering {
	return async (_rows, request) => {
		const { status, body } = await ask(`${baseUrl}${request.url}`, {
			method: request.method,
			headers: { Authorization: `Bearer ${apiToken}`, 'Content-Type': 'application/json' },
			body: Buffer.isBuffer(request.body) ? new Uint8Array(request.body) : JSON.stringify(request.body),
		});
		return status < 300 ? good(body, status) : refused(request, status, body);
	};
}

async function ask(url: string, options: RequestInit): Promise<{ status: number; body: unknown }> {
	const response = await fetch(url, options);
	return { status: response.status, body: await response.json() };
}

/** The rows in a body that is JSON already. */
export function rowsIn(request: PlanhatRequest): IDataObject[] {
	const body: unknown = Buffer.isBuffer(request.body) ? JSON.parse(request.body.toString()) : request.body;
	if (Array.isArray(body)) return body as IDataObject[];
	return [body as IDataObject];
}

export interface FakeTransport extends Transport {
	readonly requests: Array<{ request: PlanhatRequest; rows: IDataObject[]; bytes: number }>;
	mostInFlight(): number;
}

/** A transport that hands each request to a function in place of the network. */
export function fakeTransport(answer: Answering): FakeTransport {
	const requests: FakeTransport['requests'] = [];
	const effort = { requests: 0, retries: 0, waited: 0 };
	let inFlight = 0;
	let mostInFlight = 0;
	async function trySend(request: PlanhatRequest): Promise<PlanhatAnswer | PlanhatRefusal> {
		inFlight += 1;
		mostInFlight = Math.max(mostInFlight, inFlight);
		effort.requests += 1;
		const rows = rowsIn(request);
		requests.push({ request, rows, bytes: Buffer.isBuffer(request.body) ? request.body.length : 0 });
		const result = await answer(rows, request);
		inFlight -= 1;
		return result;
	}
	return {
		...openDoor,
		get writes() {
			return requests.length;
		},
		requests,
		effort,
		trySend,
		mostInFlight: () => mostInFlight,
		async send(request) {
			const result = await trySend(request);
			if ('error' in result) throw result.error;
			return result;
		},
	};
}

export interface FakeBatch extends BatchRun {
	readonly hints: string[];
}

export interface FakeBatchOptions {
	resource?: string;
	parameters?: IDataObject;
	stops?: boolean;
	signal?: AbortSignal;
	/** Reads a parameter in place of `parameters`. */
	parameter?: BatchRun['parameter'];
	yieldToEventLoop?: BatchRun['yieldToEventLoop'];
}

/** A run over rows that are the input items themselves, unless the parameters say otherwise. */
export function fakeBatch(
	rows: readonly IDataObject[],
	transport: Transport,
	options: FakeBatchOptions = {},
): FakeBatch {
	const { resource = 'company', stops = false, signal, yieldToEventLoop = () => undefined } = options;
	const parameters: IDataObject = { 'fields.mappingMode': 'autoMapInputData', ...options.parameters };
	const hints: string[] = [];
	const items: INodeExecutionData[] = rows.map((json) => ({ json }));
	const entry = model(resource);
	return {
		model: entry,
		tenant: fakeTenant(entry),
		node: { ...node, onError: stops ? 'stopWorkflow' : 'continueErrorOutput' },
		items,
		indexes: [...items.keys()],
		transport,
		runTransport: transport,
		timezone: 'UTC',
		stops,
		signal,
		parameter: options.parameter ?? ((name, _index, fallback) => (name in parameters ? parameters[name] : fallback)),
		hint: (message) => hints.push(message),
		inLoop: () => false,
		tell: () => {},
		yieldToEventLoop,
		hints,
	};
}

/** The outcome that an output item carries, on either output. */
export function outcomeOf({ json }: INodeExecutionData): string {
	const details = json.details as IDataObject | undefined;
	return String(details?.outcome ?? json.outcome);
}

/** Index of the input item that an output item is linked to. */
export function pairOf({ pairedItem }: INodeExecutionData): number {
	if (typeof pairedItem !== 'object' || Array.isArray(pairedItem)) throw new Error('Not linked to one item');
	return pairedItem.item;
}

/** The output items by the index of their input item; throws where two have the same. */
export function byInput(items: readonly INodeExecutionData[]): Map<number, INodeExecutionData> {
	const found = new Map<number, INodeExecutionData>();
	for (const item of items) {
		if (found.has(pairOf(item))) throw new Error(`Two items for input ${pairOf(item)}`);
		found.set(pairOf(item), item);
	}
	return found;
}

/** How many output items there are of each outcome. */
export function countsOf(items: readonly INodeExecutionData[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const item of items) counts[outcomeOf(item)] = (counts[outcomeOf(item)] ?? 0) + 1;
	return counts;
}
