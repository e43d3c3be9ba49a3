import type { PlanhatServer } from './index.mts';

/** An answer with its body as text and, where it is JSON, parsed. */
export type Reply = { status: number; headers: Headers; text: string; body: unknown };

/** Sends one request to the API, or to the analytics host, as a client with the right token would. */
export async function call(
	server: PlanhatServer,
	method: string,
	path: string,
	body?: unknown,
	options: { host?: 'api' | 'analytics'; token?: string; signal?: AbortSignal } = {},
): Promise<Reply> {
	const isAnalytics = options.host === 'analytics';
	const response = await fetch(`${isAnalytics ? server.analyticsUrl : server.baseUrl}${path}`, {
		method,
		headers: {
			...(isAnalytics ? {} : { authorization: `Bearer ${options.token ?? server.apiToken}` }),
			...(body === undefined ? {} : { 'content-type': 'application/json' }),
		},
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
		...(options.signal === undefined ? {} : { signal: options.signal }),
	});
	const text = await response.text();
	const isJson = (response.headers.get('content-type') ?? '').includes('json');
	return {
		status: response.status,
		headers: response.headers,
		text,
		body: isJson ? (JSON.parse(text) as unknown) : text,
	};
}
