import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { inspect } from 'node:util';
import { LoggerProxy, type INodeParameters } from 'n8n-workflow';

import type { Fault } from '../planhat-server/index.mts';
import { mapperColumnsOf } from './editor.mts';
import { optionsInEditor, searchInEditor } from './harness.mts';
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
	Buffer.from(secret).toString('base64').replace(/=+$/, ''),
	Buffer.from(`${secret}:`).toString('base64').replace(/=+$/, ''),
	Buffer.from(`user:${secret}`).toString('base64').slice(8, 24),
]);

const encoded = ['apiToken', 'tenantToken'] as const;

const echo = [
	'No:',
	...forms.filter((_form, index) => index % 5 < 4),
	Buffer.from(`${secrets.tenantToken}:`).toString('base64'),
	...encoded.map((name) => Buffer.from(`user:${secrets[name]}, and more`).toString('base64')),
].join(' ');

const nested = { a: [{ b: { [secrets.tenantToken]: { c: [echo] } } }] };

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
	['errors that repeat the secrets', { answer: { status: 200, body: { processed: 0, errors: [echo, nested] } } }],
	['an object that repeats them deep within', { answer: { status: 400, body: nested } }],
	['an answer of 200 that is no record and repeats them', { answer: { status: 200, body: nested } }],
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
			// A 429 of the operation before may have paused these tokens for longer than this run may wait.
			const least = fault.answer?.status === 429 ? 0 : 1;
			expect(planhat.server.requests.length).toBeGreaterThanOrEqual(least);
		},
		20_000,
	);

	it.each([...Array(40).keys()])('where words are cut at any of its characters (%d)', async (offset) => {
		const apiToken = 'abcdefghijklmnopqrstuvwxyz0123456';
		const lengths = [200, 500, 10_000].map((length) => length - 'the answer cannot be read: '.length - offset);
		for (const [index, status] of [200, 400, 400].entries()) {
			const body = `${status === 200 ? '<' : ''}${'.'.repeat(lengths[index] ?? 0)}${apiToken} ${'.'.repeat(20_000)}`;
			planhat.server.order({ answer: { status, body } });
			const { error } = await planhat.run(operations.create ?? {}, {
				credentials: { ...planhat.credentials, apiToken },
			});
			const said = `${error?.message} ${error?.description}`;
			expect(said).toContain('....');
			expect(said).not.toContain('abc');
		}
	});

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

describe('the lists of the editor and the field mapper', () => {
	const parameters: INodeParameters = { resource: 'company', operation: 'getAll' };

	const bodies: Array<[string, number, unknown]> = [
		['a refusal', 400, echo],
		['an object', 403, nested],
		['a page', 200, `<p>${echo}</p>`],
	];

	it.each(bodies)('show no secret that Planhat repeats: %s', async (_what, status, body) => {
		planhat.server.order({ answer: { status, body: body as never }, times: 'always' });
		const credentials = { ...planhat.credentials, ...secrets };
		const thrown: unknown[] = [];
		const note = (error: unknown) => void thrown.push(error, ...causesOf(error));
		await searchInEditor({ parameters: { ...parameters, operation: 'get' }, credentials }).catch(note);
		await optionsInEditor({ parameters, credentials }, 'companyId').catch(note);
		await mapperColumnsOf({ ...parameters, operation: 'create' }, credentials).catch(note);
		expect(thrown.length).toBeGreaterThan(2);
		requireNoSecret([...thrown, logged]);
	});
});

describe('a secret that is short enough to stand in an ID by chance', () => {
	const webhookSecret = '000';

	const rows = ['1000', '2000', '3000'].map((externalId) => ({ externalId, name: `Company ${externalId}` }));

	const upsert = async () =>
		await planhat.run(
			{ resource: 'company', operation: 'upsert', fields: { mappingMode: 'autoMapInputData', value: null } },
			{
				items: itemsOf(rows),
				credentials: { ...planhat.credentials, webhookSecret },
				onError: 'continueErrorOutput',
			},
		);

	it('changes no ID and no key, so that no row is sent twice', async () => {
		planhat.server.insert('companies', [{ _id: '5f0000000000000000000001', externalId: '1000', name: 'Old' }]);
		planhat.server.order({
			method: 'PUT',
			answer: {
				status: 206,
				body: {
					created: 1,
					createdErrors: [{ message: 'No good: 000', externalId: '3000' }],
					insertsKeys: [{ _id: '5f0000000000000000000002', externalId: '2000' }],
					updated: 1,
					updatesKeys: [{ _id: '5f0000000000000000000001', externalId: '1000' }],
				},
			},
		});
		const { output, errors } = await upsert();
		expect(planhat.sent()).toEqual(['PUT /companies']);
		expect(output.map(({ json }) => json)).toEqual([
			{ outcome: 'updated', _id: '5f0000000000000000000001', externalId: '1000', name: 'Company 1000' },
			{ outcome: 'created', _id: '5f0000000000000000000002', externalId: '2000', name: 'Company 2000' },
		]);
		expect(errors[0]?.json.details).toEqual({ outcome: 'failed', keys: { externalId: '3000' } });
		expect(errors[0]?.json.error).toBe('The company was not applied: No good: [hidden]');
	});

	it('leaves records and IDs in words as they are', async () => {
		planhat.server.insert('companies', [{ _id: '5f0000000000000000000001', name: 'The 000 company' }]);
		const credentials = { ...planhat.credentials, webhookSecret };
		const recordId = record('id', '5f0000000000000000000001');
		for (const way of ['customOperations', 'routing'] as const) {
			const { output } = await planhat.run(
				{ resource: 'company', operation: 'update', recordId, json: { phase: 'Live' } },
				{ credentials, way },
			);
			expect(output[0]?.json).toMatchObject({ _id: '5f0000000000000000000001', name: 'The 000 company' });
		}
		planhat.server.order({ answer: { status: 400, body: 'Company 5f0000000000000000000001 is locked' } });
		const { error } = await planhat.run({ resource: 'company', operation: 'get', recordId }, { credentials });
		expect(error?.message).toContain('Company 5f0000000000000000000001 is locked');
	});
});

it('the form of an answer survives, and what is a secret in it does not: errors of Insert', async () => {
	const { tenantToken } = planhat.server;
	const errors = [
		`Tenant ${tenantToken} has no such company`,
		{ message: tenantToken, row: { externalId: 'acme' } },
		17,
	];
	for (const way of ['customOperations', 'routing'] as const) {
		planhat.server.order({ answer: { status: 200, body: { processed: 0, errors } } });
		const { output } = await planhat.run(operations.insert ?? {}, { way, onError: 'continueErrorOutput' });
		expect(output[0]?.json.errors).toEqual([
			'Tenant [hidden] has no such company',
			{ message: '[hidden]', row: { externalId: 'acme' } },
			17,
		]);
	}
});
