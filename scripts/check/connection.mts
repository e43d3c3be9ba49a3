import { authenticatePlanhat } from '../../nodes/Planhat/credential/authenticate.ts';
import type { TransportContext } from '../../nodes/Planhat/transport/dispatch.ts';
import { openTransport } from '../../nodes/Planhat/transport/openTransport.ts';
import type { PlanhatRequest } from '../../nodes/Planhat/transport/request.ts';

/** What an answer says; a status of 0 means that there was none. */
export type PlanhatReply = { status: number; body: unknown };

export type CheckSettings = {
	apiToken: string;
	tenantToken?: string;
	baseUrl?: string;
	analyticsUrl?: string;
	allowHttp?: boolean;
	mostCalls: number;
	maxWait?: number;
	callsPerMinute?: number;
};

/** All that is known of the answers of a run. */
export type Connection = {
	send(
		method: PlanhatRequest['method'],
		path: string,
		more?: { query?: object; body?: unknown; host?: 'analytics' },
	): Promise<PlanhatReply>;
	/** Names of the headers that came, in lower case. */
	readonly headerNames: Set<string>;
	readonly calls: number;
};

/** Ends a run's calls: what has not been asked by then is not known. */
export class NoMoreCalls extends Error {}

/** So many faults in a row, and nothing more is asked. */
const mostFaults = 3;

/** Requests of the package's own transport, sent as n8n would send them. */
export function connect({
	apiToken,
	tenantToken = '',
	baseUrl = '',
	analyticsUrl = '',
	allowHttp = false,
	mostCalls,
	maxWait = 90,
	callsPerMinute = 150,
}: CheckSettings): Connection {
	const credentials = { apiToken, tenantToken, baseUrl, analyticsUrl, allowHttp, callsPerMinute };
	const headerNames = new Set<string>();
	let calls = 0;
	let faults = 0;
	const helpers = {
		httpRequestWithAuthentication: async (_type: string, options: Record<string, unknown>) => {
			calls += 1;
			const answer = await fetchOnce(authenticatePlanhat(credentials, options as never) as never);
			for (const name of Object.keys(answer.headers)) headerNames.add(name);
			return answer;
		},
	};
	const node = {
		id: 'check',
		name: 'check:planhat',
		type: 'planhat',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const context = { helpers, getNode: () => node } as unknown as TransportContext;
	const transport = openTransport(context, credentials, { maxWait });
	return {
		headerNames,
		get calls() {
			return calls;
		},
		send: async (method, url, { query = {}, body, host } = {}) => {
			if (calls >= mostCalls) throw new NoMoreCalls(`more than ${mostCalls} calls would be needed`);
			if (faults >= mostFaults) throw new NoMoreCalls('Planhat did not answer before');
			const target = { verb: 'check', record: 'answer', permission: 'the model' };
			const qs = query as NonNullable<PlanhatRequest['qs']>;
			const more = { ...(body === undefined ? {} : { body }), ...(host === undefined ? {} : { host }) };
			const request = { method, url, qs, target, ...more } as PlanhatRequest;
			const { status, body: answer } = await transport.trySend(request);
			faults = status === 0 || status >= 500 ? faults + 1 : 0;
			return { status, body: answer };
		},
	};
}

type Options = { url: string; method: string; qs?: object; headers: Record<string, string>; body?: Buffer };

async function fetchOnce({ url, method, qs = {}, headers, body }: Options) {
	const address = new URL(url);
	for (const [name, value] of Object.entries(qs)) address.searchParams.set(name, String(value));
	const signal = AbortSignal.timeout(60_000);
	const sent = body === undefined ? {} : { body: new Uint8Array(body) };
	const answer = await fetch(address, { method, headers, redirect: 'manual', signal, ...sent });
	const text = await answer.text();
	return { statusCode: answer.status, headers: Object.fromEntries(answer.headers), body: parsed(text) };
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}
