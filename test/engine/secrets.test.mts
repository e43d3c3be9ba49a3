import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { inspect } from 'node:util';
import { LoggerProxy, type INodeParameters } from 'n8n-workflow';

import type { Fault } from '../planhat-server/index.mts';
import { bench, itemsOf, record } from './planhat.mts';
import { withScaledClock } from './scaledClock.mts';

const planhat = bench({ forEachTest: true });

withScaledClock(100);

const secrets = {
	apiToken: 'api+token/1234567890abcdef==',
	tenantToken: 'tenant+token/1234567890',
	webhookSecret: 'hook-secret-one, hook-secret-two',
};

/** The secrets as they are, and in every form in which they travel. */
const forms = [secrets.apiToken, secrets.tenantToken, 'hook-secret-one', 'hook-secret-two'].flatMap((secret) => [
	secret,
	encodeURIComponent(secret),
	Buffer.from(`${secret}:`).toString('base64').replace(/=+$/, ''),
]);

const echo = `No: ${forms.join(' ')} ${Buffer.from(`${secrets.tenantToken}:`).toString('base64')}`;

const operations: Record<string, INodeParameters> = {
	create: { resource: 'company', operation: 'create', json: { name: 'Acme' } },
	get: { resource: 'company', operation: 'get', recordId: record('externalId', 'acme') },
	getAll: { resource: 'company', operation: 'getAll' },
	upsert: { resource: 'company', operation: 'upsert', json: { name: 'Acme', externalId: 'acme' } },
	insert: { resource: 'metric', operation: 'insert', json: { dimensionId: 'logins', value: 1, externalId: 'acme' } },
	track: { resource: 'userActivity', operation: 'track', json: { email: 'ada@example.com', action: 'Login' } },
	segment: { resource: 'userActivity', operation: 'segment', segmentType: 'track', userId: 'ada', event: 'Login' },
};

const bulkErrors = {
	created: 0,
	createdErrors: [{ message: echo, externalId: 'acme' }],
	updatedErrors: [],
	nonupdates: 0,
};

const faults: Array<[string, Fault]> = [
	...[400, 401, 403, 404, 413, 429, 500, 502, 503].map((status): [string, Fault] => [
		`${status} that repeats the secrets`,
		{ answer: { status, body: echo } },
	]),
	['an object that repeats the secrets', { answer: { status: 400, body: { message: echo, detail: [echo] } } }],
	['HTML that repeats the secrets', { answer: { status: 500, body: `<p>${echo}</p>` } }],
	['an answer of 200 that cannot be read and repeats the secrets', { answer: { status: 200, body: `<p>${echo}</p>` } }],
	['a bulk answer that repeats the secrets', { answer: { status: 206, body: bulkErrors } }],
	['a bulk refusal that repeats the secrets', { answer: { status: 400, body: bulkErrors } }],
	['a redirect', { answer: { status: 302, headers: { Location: 'http://127.0.0.1:9/' } } }],
	['a header of 64 KB', { answer: { status: 200, headers: { 'X-Long': 'x'.repeat(65_536) } } }],
	['a cut connection', { cut: 'beforeApplying' }],
	['a lost answer', { cut: 'afterApplying' }],
	['silence', { neverEnds: 'beforeHeaders' }],
	['an answer that breaks off', { neverEnds: 'withinBody' }],
];

const logged: unknown[] = [];

beforeAll(() => {
	const note = (...values: unknown[]) => void logged.push(values);
	for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const)
		jest.spyOn(console, name).mockImplementation(note);
	LoggerProxy.init({ error: note, warn: note, info: note, debug: note, scoped: () => ({}) as never } as never);
});

afterAll(() => {
	jest.restoreAllMocks();
});

function requireNoSecret(values: unknown[]): void {
	for (const value of values) {
		const texts = [inspect(value, { depth: 30, showHidden: true, getters: true }), JSON.stringify(value) ?? ''];
		for (const text of texts) for (const secret of forms) expect(text).not.toContain(secret);
	}
}

function causesOf(error: unknown): unknown[] {
	const causes: unknown[] = [];
	for (let cause = error; cause instanceof Error; cause = cause.cause) causes.push(cause, cause.stack, cause.message);
	return causes;
}

describe('no token, tenant token or webhook secret is in errors, causes, output, hints or logs', () => {
	it.each(faults.flatMap(([what, fault]) => Object.keys(operations).map((name) => [what, name, fault] as const)))(
		'after %s: %s',
		async (_what, name, fault) => {
			planhat.server.order({ ...fault, times: 'always' });
			const credentials = { ...planhat.credentials, ...secrets };
			const parameters = { ...operations[name], requestOptions: { timeout: 200 }, options: { maxWait: 20 } };
			for (const onError of [undefined, 'continueRegularOutput', 'continueErrorOutput'] as const) {
				const result = await planhat.run(parameters, { credentials, onError, items: itemsOf([{ row: 1 }]) });
				expect(result.error ?? result.output[0] ?? result.errors[0]).toBeDefined();
				requireNoSecret([result, ...causesOf(result.error), logged]);
			}
			expect(planhat.server.requests.length).toBeGreaterThan(0);
		},
		20_000,
	);

	it.each(['getAll', 'insert'])('when nobody answers at the address: %s', async (name) => {
		const nobody = 'http://127.0.0.1:9';
		const credentials = { ...planhat.credentials, ...secrets, baseUrl: nobody, analyticsUrl: nobody };
		const result = await planhat.run({ ...operations[name], options: { maxWait: 1 } }, { credentials });
		expect(result.error?.message).toContain('ECONNREFUSED');
		requireNoSecret([result, ...causesOf(result.error), logged]);
	});

	it.each(['baseUrl', 'analyticsUrl'])('when %s in the credential is none', async (field) => {
		const credentials = { ...planhat.credentials, ...secrets, [field]: 'not an address' };
		const result = await planhat.run(operations.getAll ?? {}, { credentials });
		expect(result.error?.message).toContain('is not an address');
		requireNoSecret([result, ...causesOf(result.error), logged]);
	});

	it('while all of them went out where they belong', async () => {
		const credentials = { ...planhat.credentials, ...secrets };
		for (const name of ['getAll', 'insert', 'segment']) await planhat.run(operations[name] ?? {}, { credentials });
		const [listing, insert, segment] = planhat.server.requests;
		expect(listing?.headers.authorization).toBe(`Bearer ${secrets.apiToken}`);
		expect(insert?.decodedPath).toContain(secrets.tenantToken);
		expect(segment?.headers.authorization).toContain(Buffer.from(`${secrets.tenantToken}:`).toString('base64'));
	});
});
