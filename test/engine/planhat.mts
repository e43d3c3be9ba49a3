import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { ICredentialDataDecryptedObject, IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { startPlanhatServer, type PlanhatServer, type RecordedRequest } from '../planhat-server/index.mts';
import { runPlanhat, type RunOptions, type RunResult } from './harness.mts';

/** The test double and the node behind one door, for the tests of one file. */
export interface Bench {
	server: PlanhatServer;
	/** Credential for the test double, without pacing. */
	credentials: ICredentialDataDecryptedObject;
	/** Runs the node against the test double; with whole records, unless `simplify` says otherwise. */
	run(parameters: INodeParameters, options?: Partial<RunOptions>): Promise<RunResult>;
	/** The requests so far, as `METHOD /path`. */
	sent(): string[];
	lastRequest(): RecordedRequest;
}

/**
 * Starts the test double for a file of tests; it is emptied before each of them. With `forEachTest` each has one of its
 * own, and a token that no request has gone out with before: the node keeps the quota of a token in the process.
 */
export function bench({ forEachTest = false } = {}): Bench {
	let server: PlanhatServer | undefined;
	const running = (): PlanhatServer => {
		if (server === undefined) throw new Error('The test double has not started');
		return server;
	};
	const used = new Set<string>();
	/** The node remembers that an address does not answer, and the system gives a port out again now and then. */
	const start = async () => {
		server = await startPlanhatServer({ apiToken: randomUUID(), tenantToken: randomUUID() });
		while (used.has(server.baseUrl)) {
			const before = server;
			server = await startPlanhatServer({ apiToken: randomUUID(), tenantToken: randomUUID() });
			await before.close();
		}
		used.add(server.baseUrl);
	};
	const close = async () => await running().close();
	if (forEachTest) {
		beforeEach(start);
		afterEach(close);
	} else {
		beforeAll(start);
		beforeEach(() => running().reset());
		afterAll(close);
	}
	return {
		get server() {
			return running();
		},
		get credentials() {
			const { apiToken, tenantToken, baseUrl, analyticsUrl } = running();
			return { apiToken, tenantToken, baseUrl, analyticsUrl, callsPerMinute: 0 };
		},
		async run(parameters, options = {}) {
			const specifyFields = 'json' in parameters ? 'json' : 'map';
			return await runPlanhat({
				credentials: this.credentials,
				...options,
				parameters: { specifyFields, simplify: false, ...parameters },
			});
		},
		sent() {
			return running().requests.map(({ method, path }) => `${method} ${path}`);
		},
		lastRequest() {
			const request = running().requests.at(-1);
			if (request === undefined) throw new Error('No request has been made');
			return request;
		},
	};
}

/** Input items from plain objects. */
export function itemsOf(rows: IDataObject[]): INodeExecutionData[] {
	return rows.map((json) => ({ json }));
}

/** A record named in one of the ways of the resource locator. */
export function record(mode: string, value: unknown): INodeParameters {
	return { __rl: true, mode, value } as INodeParameters;
}
