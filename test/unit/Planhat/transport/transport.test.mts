import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import type { PlanhatRefusal } from '../../../../nodes/Planhat/transport/answer.ts';
import { clock } from '../../../../nodes/Planhat/quota/clock.ts';
import { healthOf } from '../../../../nodes/Planhat/quota/hosts.ts';
import type { TransportContext } from '../../../../nodes/Planhat/transport/dispatch.ts';
import { openTransport, type TransportOptions } from '../../../../nodes/Planhat/transport/openTransport.ts';
import type { PlanhatRequest } from '../../../../nodes/Planhat/transport/request.ts';
import type { Transport } from '../../../../nodes/Planhat/transport/transport.ts';
import { thrownBy } from '../../../thrownBy.mts';
import { node } from '../../fakeItem.mts';

/** What n8n's helper does in place of a request: hands over an answer, or throws. */
type Step = { statusCode: number; headers?: IDataObject; body?: unknown; takes?: number; never?: boolean } | Error;

const target = {
	verb: 'get',
	record: "company with ID 'a'",
	permission: 'Company',
	_id: 'a',
	keys: { externalId: 'x' },
};
const get: PlanhatRequest = { method: 'GET', url: '/companies/a', qs: { limit: 1 }, target };
const create: PlanhatRequest = {
	method: 'POST',
	url: '/companies',
	body: { name: 'Ä' },
	target: { verb: 'create', record: 'company', permission: 'Company' },
};
const update: PlanhatRequest = { method: 'PUT', url: '/companies/a', body: {}, target: { ...target, verb: 'update' } };
const remove: PlanhatRequest = { method: 'DELETE', url: '/companies/a', target: { ...target, verb: 'delete' } };
const rows = (idempotent: boolean): PlanhatRequest => ({ ...update, url: '/companies', body: [{}], idempotent });

let now = 0;
const { now: realNow, sleep: realSleep } = clock;
/** Every wait, in milliseconds. */
const sleeps: number[] = [];

beforeEach(() => {
	sleeps.length = 0;
	clock.now = () => now;
	clock.sleep = async (milliseconds) => {
		sleeps.push(milliseconds);
		now += milliseconds;
	};
	jest.spyOn(Math, 'random').mockReturnValue(0.5);
	// Hosts are known for as long as the process lives.
	for (const host of ['api', 'analytics', 'api-us2']) healthOf(`https://${host}.planhat.com`).answered();
});

afterEach(() => {
	Object.assign(clock, { now: realNow, sleep: realSleep });
	jest.restoreAllMocks();
});

let tokens = 0;

interface Opening extends Partial<TransportOptions> {
	credentials?: ICredentialDataDecryptedObject;
	/** Without a way to ask whether the execution was cancelled, as in the editor. */
	inEditor?: boolean;
}

function network(steps: Step[], { credentials = {}, signal, inEditor }: Opening = {}) {
	const sent: IHttpRequestOptions[] = [];
	tokens += 1;
	const given = { apiToken: `token-${tokens}`, tenantToken: `tenant-${tokens}`, ...credentials };
	const context = {
		getNode: () => node,
		getCredentials: async () => {
			throw new Error('The credential is read once, before the transport is opened');
		},
		...(!inEditor && { getExecutionCancelSignal: () => signal }),
		helpers: {
			async httpRequestWithAuthentication(this: TransportContext, type: string, options: IHttpRequestOptions) {
				expect(Object.getPrototypeOf(this)).toBe(context);
				expect(await this.getCredentials(type)).toEqual(given);
				expect(type).toBe('planhatApi');
				const step = steps[sent.length] ?? steps.at(-1);
				sent.push(options);
				if (step === undefined) throw new Error('Nothing is prepared');
				if (step instanceof Error) throw step;
				if (step.never) await new Promise(() => {});
				const { takes = 0, ...answer } = step;
				now += takes;
				return { headers: {}, body: '', ...answer };
			},
		},
	};
	return { context: context as unknown as TransportContext, sent, given };
}

async function open(
	steps: Step[],
	opening: Opening = {},
): Promise<{ transport: Transport; sent: IHttpRequestOptions[] }> {
	const { context, sent, given } = network(steps, opening);
	const { maxWait = 600, requestOptions, signal } = opening;
	return { transport: openTransport(context, given, { maxWait, requestOptions, signal }), sent };
}

async function refusalOf(request: PlanhatRequest, steps: Step[], opening: Opening = {}) {
	const { transport, sent } = await open(steps, opening);
	const answer = await transport.trySend(request);
	expect(answer).toHaveProperty('error');
	return { refusal: answer as PlanhatRefusal, sent, effort: transport.effort };
}

function lost(code: string): Error {
	return new Error('n8n has words of its own', { cause: Object.assign(new Error('socket'), { code }) });
}

const ok: Step = { statusCode: 200, body: { _id: 'a' } };
const throttled = (seconds: unknown): Step => ({
	statusCode: 429,
	headers: { 'retry-after': seconds } as IDataObject,
	body: 'Too many requests',
});

describe('a request', () => {
	it('goes out as n8n needs it so that nothing is hidden, followed or sent twice', async () => {
		const { transport, sent } = await open([ok], { requestOptions: { timeout: 700 } });
		expect(await transport.send(get)).toEqual({ status: 200, body: { _id: 'a' }, resent: false });
		expect(sent.map((options) => ({ ...options, abortSignal: undefined }))).toEqual([
			{
				method: 'GET',
				baseURL: 'https://api.planhat.com',
				url: '/companies/a',
				qs: { limit: 1 },
				headers: { Accept: 'application/json' },
				disableFollowRedirect: true,
				ignoreHttpStatusErrors: true,
				returnFullResponse: true,
				encoding: 'stream',
				timeout: 700,
			},
		]);
		expect(transport.effort).toEqual({ requests: 1, retries: 0, waited: 0 });
	});

	it('is given up, and its connection closed, where the answer does not begin, whatever n8n does', async () => {
		const silent = { statusCode: 200, never: true };
		const { refusal, sent } = await refusalOf(create, [silent], { requestOptions: { timeout: 10 } });
		expect(refusal.failure).toMatchObject({ code: 'ECONNABORTED', mayBeApplied: true });
		expect((sent[0]?.abortSignal as AbortSignal).aborted).toBe(true);
	});

	it('carries its body as bytes of JSON, made once', async () => {
		const made = Buffer.from('[{}]');
		const { transport, sent } = await open([ok]);
		await transport.send(create);
		await transport.send({ ...rows(true), body: made });
		expect(sent[0]?.body).toEqual(Buffer.from('{"name":"Ä"}'));
		expect(sent[0]?.headers).toEqual({ Accept: 'application/json', 'Content-Type': 'application/json' });
		expect(sent[1]?.body).toBe(made);
	});

	it('goes to the host that it is for', async () => {
		const { transport, sent } = await open([ok], { credentials: { analyticsUrl: 'https://analytics.example/' } });
		await transport.send({ ...create, host: 'analytics', url: '/analytics/{tenantToken}' });
		expect(sent[0]).toMatchObject({ baseURL: 'https://analytics.example', url: '/analytics/{tenantToken}' });
	});

	it.each([
		['api', { apiToken: ' ' }, 'The Planhat credential has no API token'],
		['analytics', { tenantToken: '' }, 'The Planhat credential has no tenant token'],
	])('to the %s host is refused before it is sent where the token is missing', async (host, credentials, message) => {
		const { transport, sent } = await open([ok], { credentials });
		const request = host === 'analytics' ? { ...create, host: 'analytics' as const } : create;
		const error = await thrownBy(async () => await transport.trySend(request));
		expect(error.message).toBe(message);
		expect(error.context?.details).toMatchObject({ outcome: 'failed' });
		expect(sent).toEqual([]);
	});

	it('that writes is refused before it is sent where the credential is read only; one that reads is not', async () => {
		const { transport, sent } = await open([ok], { credentials: { readOnly: true } });
		for (const request of [create, update, remove, rows(true)]) {
			const error = await thrownBy(async () => await transport.trySend(request));
			expect(error.message).toBe(
				`The Planhat credential is read only, so this node may not ${request.target.verb} the ${request.target.record}`,
			);
			expect(error.description).toContain("'Read Only'");
		}
		expect(sent).toEqual([]);
		await transport.send(get);
		expect(sent).toHaveLength(1);
	});

	it.each([
		['baseUrl', "'Base URL' in the Planhat credential is not an address"],
		['analyticsUrl', "'Analytics URL' in the Planhat credential is not an address"],
	])('is not possible where %s is no address', async (field, message) => {
		const error = await thrownBy(async () => await open([ok], { credentials: { [field]: 'not an address' } }));
		expect(error.message).toBe(message);
		expect(error.description).toContain('https://api.planhat.com');
	});

	it('is made in the editor too, where no execution can be cancelled', async () => {
		const { transport } = await open([throttled('1'), ok], { inEditor: true });
		expect((await transport.send(get)).body).toEqual({ _id: 'a' });
	});
});

describe('after 429', () => {
	it.each([get, create, update, remove, rows(true), rows(false)])(
		'the wait is kept and $method is sent again',
		async (request) => {
			const { transport, sent } = await open([throttled('2'), throttled('3'), ok]);
			expect(await transport.send(request)).toMatchObject({ status: 200, resent: false });
			expect(sent).toHaveLength(3);
			expect(transport.effort).toEqual({ requests: 3, retries: 2, waited: 5_000 });
			expect(sleeps.reduce((sum, one) => sum + one, 0)).toBe(5_000);
			expect(Math.max(...sleeps)).toBeLessThanOrEqual(50);
		},
	);

	it('others with the token wait too, and pay for it in their own effort', async () => {
		const credentials = { apiToken: 'shared-token' };
		const one = await open([throttled('4')], { credentials, maxWait: 3 });
		await one.transport.trySend(get);
		const other = await open([ok], { credentials });
		await other.transport.send(get);
		expect(other.transport.effort).toEqual({ requests: 1, retries: 0, waited: 4_000 });
	});

	it('others that may not wait for so long are refused without a request', async () => {
		const credentials = { apiToken: 'another-shared-token' };
		const maxWait = 3;
		await refusalOf(get, [throttled('4')], { credentials, maxWait });
		now += 500;
		const { refusal, sent } = await refusalOf(get, [ok], { credentials, maxWait });
		expect(sent).toEqual([]);
		expect(refusal).toMatchObject({ status: 429, failure: { kind: 'throttled' } });
		expect(refusal.error.message).toContain('asked to wait 4 more seconds');
		now += 500;
		const { transport } = await open([ok], { credentials, maxWait });
		expect(await transport.send(get)).toMatchObject({ status: 200 });
	});

	it('the waiting ends at the longest wait, and says how long it was', async () => {
		const { refusal, sent, effort } = await refusalOf(get, [throttled('4')], { maxWait: 10 });
		expect(sent).toHaveLength(3);
		expect(effort).toEqual({ requests: 3, retries: 2, waited: 8_000 });
		expect(refusal.error.message).toBe(
			"Planhat did not get the company with ID 'a': Too many requests (tried again for 8 seconds)",
		);
		expect(refusal.failure.words).toBe('Too many requests');
	});

	it('a wait as long as the longest is made', async () => {
		const { transport, sent } = await open([throttled('10'), ok], { maxWait: 10 });
		await transport.send(get);
		expect(sent).toHaveLength(2);
	});

	it('no wait at all may be wanted', async () => {
		const { sent } = await refusalOf(get, [throttled('1')], { maxWait: 0 });
		expect(sent).toHaveLength(1);
	});

	it('the wait is for a slot where the answer names none', async () => {
		const { transport } = await open([{ statusCode: 429 }, { statusCode: 429 }, ok]);
		await transport.send(get);
		expect(transport.effort.waited).toBe(3_000 + 3_000);
	});
});

describe('a server that refuses for ever and says to come again at once', () => {
	const refusals = [429, 503].flatMap((status) => ['0', '0.001'].map((seconds) => [status, seconds] as const));

	it.each(refusals)(
		'is asked a few times in ten minutes, and not as fast as it answers: %d, %s s',
		async (status, seconds) => {
			for (const request of [get, rows(true)]) {
				const step = { statusCode: status, headers: { 'retry-after': seconds }, body: 'No', takes: 5 };
				const { sent, effort } = await refusalOf(request, [step], { maxWait: 600 });
				expect(sent.length).toBeGreaterThan(10);
				expect(sent.length).toBeLessThan(150);
				expect(effort.waited).toBeGreaterThan(400_000);
				healthOf('https://api.planhat.com').answered();
			}
		},
	);
});

describe('after an answer that was lost', () => {
	const steps: Array<[string, Step]> = [
		['a reset', lost('ECONNRESET')],
		['a timeout', lost('ECONNABORTED')],
		['502', { statusCode: 502 }],
		['an answer that cannot be read', { statusCode: 200, body: '{"_id' }],
	];

	it.each(steps)('%s: what does no harm is sent again, and says so', async (_name, step) => {
		for (const request of [get, update, remove, rows(true)]) {
			const { transport, sent } = await open([step, ok]);
			expect(await transport.send(request)).toEqual({ status: 200, body: { _id: 'a' }, resent: true });
			expect(sent).toHaveLength(2);
		}
	});

	it.each(steps)('%s: what could be there twice is not', async (_name, step) => {
		for (const request of [create, rows(false)]) {
			const { refusal, sent } = await refusalOf(request, [step, ok]);
			expect(sent).toHaveLength(1);
			expect(refusal.failure.mayBeApplied).toBe(true);
			expect(refusal.error.context.details).toMatchObject({ outcome: 'unknown' });
			expect(refusal.error.description).toContain('may have been applied');
			expect(refusal.resent).toBe(false);
		}
	});

	it('a read that fails has failed, nothing else', async () => {
		const { refusal, sent } = await refusalOf(get, [lost('ECONNRESET')], { maxWait: 1 });
		expect(sent).toHaveLength(2);
		expect(refusal.error.context.details).toEqual({ outcome: 'failed', _id: 'a', keys: { externalId: 'x' } });
		expect(refusal).toMatchObject({ status: 0, body: undefined, resent: true });
	});

	it('a refusal of the second try leaves open what the first has done', async () => {
		const { refusal } = await refusalOf(update, [lost('ECONNRESET'), { statusCode: 400, body: 'No' }]);
		expect(refusal.failure).toMatchObject({ code: '400', mayBeApplied: true });
		expect(refusal.error.context.details).toMatchObject({ outcome: 'unknown' });
		expect(refusal.status).toBe(400);
	});

	it('the time that later tries take counts as waiting, that of the first does not', async () => {
		const slow: Step = { statusCode: 503, headers: { 'retry-after': '0' }, takes: 4_000 };
		const { sent } = await refusalOf(get, [slow], { maxWait: 7 });
		expect(sent).toHaveLength(3);
	});
});

describe('a host that does not answer', () => {
	/** Answers nobody until the time has come; then each request by its path. */
	const silentFor = (until: number, takes: number) => {
		const network: Step[] = [];
		return Object.assign(network, {
			at: () => {
				now += takes;
				return now < until ? lost('ECONNRESET') : ok;
			},
		}).at;
	};

	/** Opens a transport to a network that decides anew for each request. */
	function openTo(step: (options: IHttpRequestOptions) => Step, opening: Opening = {}) {
		const { context, given } = network([ok], opening);
		const sent: string[] = [];
		context.helpers.httpRequestWithAuthentication = async (_type, options) => {
			sent.push(`${options.method} ${options.url}`);
			const come = step(options);
			if (come instanceof Error) throw come;
			return { headers: {}, body: '', ...come };
		};
		return { sent, transport: openTransport(context, given, { maxWait: opening.maxWait ?? 600 }) };
	}

	it('is waited for as long as the run may, also by a run that stops on errors', async () => {
		const { transport, sent } = openTo(silentFor(now + 400_000, 10));
		expect(await transport.send(get)).toMatchObject({ status: 200 });
		// The first tries are the request itself; then it is asked for nothing, so that no write is tried in vain.
		expect(sent.slice(0, 5)).toEqual([...Array<string>(4).fill('GET /companies/a'), 'GET /']);
		expect(sent.slice(-2)).toEqual(['GET /', 'GET /companies/a']);
	});

	it('that stays silent costs a run the longest wait once, and what is left is not sent', async () => {
		const since = now;
		const { transport, sent } = openTo(silentFor(Infinity, 1_000), { maxWait: 100 });
		await transport.trySend(get);
		const tried = sent.length;
		for (let count = 0; count < 100; count += 1) {
			const refusal = await transport.trySend(count % 2 === 0 ? get : create);
			expect(refusal).toMatchObject({ failure: { isNotSent: true, mayBeApplied: false } });
			expect((refusal as PlanhatRefusal).error.context.details).toMatchObject({ outcome: 'notSent' });
		}
		expect(sent).toHaveLength(tried);
		expect((now - since) / 1_000).toBeLessThan(161);
	});

	it('is not asked to create anything until it has answered something else', async () => {
		const { transport, sent } = openTo(silentFor(now + 60_000, 10));
		await transport.trySend(create);
		for (let count = 0; count < 10; count += 1) await transport.trySend(create);
		const created = sent.filter((request) => request.startsWith('POST'));
		const lostOnes = sent.slice(0, sent.lastIndexOf('GET /')).filter((request) => request.startsWith('POST'));
		expect(created).toHaveLength(11);
		expect(lostOnes).toHaveLength(2);
	});

	it('is not held to blame for one path that is out of order: the request gives up after five tries', async () => {
		const { transport, sent } = openTo(({ url }) => (url === '/companies/a' ? lost('ECONNRESET') : ok));
		expect(await transport.trySend(get)).toHaveProperty('error');
		expect(sent.filter((request) => request === 'GET /companies/a')).toHaveLength(5);
		expect(await transport.trySend(update)).toHaveProperty('error');
		expect(await transport.send(create)).toMatchObject({ status: 200 });
	});
});

describe('a DELETE that is answered with 404', () => {
	const gone: Step = { statusCode: 404, body: 'Not found' };

	it.each([
		['a lost answer', lost('ECONNRESET')],
		['a fault', { statusCode: 500 }],
		['a gateway that gave up', { statusCode: 504 }],
	] as Array<[string, Step]>)('after %s has deleted', async (_name, first) => {
		const { transport } = await open([first, gone]);
		expect(await transport.send(remove)).toEqual({ status: 200, body: '', resent: true });
	});

	it.each([
		['at once', [gone]],
		['after a refusal by the quota', [throttled('0'), gone]],
		['after a try that never arrived', [lost('ECONNREFUSED'), gone]],
	] as Array<[string, Step[]]>)('%s has not', async (_name, steps) => {
		const { refusal } = await refusalOf(remove, steps);
		expect(refusal.failure).toMatchObject({ code: '404', mayBeApplied: false });
	});

	it('is no success for another method', async () => {
		const { refusal } = await refusalOf(update, [lost('ECONNRESET'), gone]);
		expect(refusal.failure.code).toBe('404');
	});
});

describe('a refusal', () => {
	it('is thrown by send, and handed over by exchange', async () => {
		const { transport } = await open([{ statusCode: 400, body: { message: 'name is taken' } }]);
		const error = await thrownBy(async () => await transport.send(create));
		expect(error.message).toBe('Planhat did not create the company: name is taken');
		const answer = await transport.trySend(create);
		expect(answer).toMatchObject({ status: 400, body: { message: 'name is taken' }, resent: false });
	});

	it('names the host that could not be reached', async () => {
		const { refusal } = await refusalOf(get, [lost('ENOTFOUND')], {
			credentials: { baseUrl: 'https://api-us2.planhat.com' },
		});
		expect(refusal.error.message).toContain('Planhat could not be reached at api-us2.planhat.com');
	});

	it('holds no token in its words', async () => {
		const credentials = { apiToken: 'secret-token', webhookSecret: 'hook' };
		const body = { message: 'secret-token and hook', errors: [{ message: 'secret-token', externalId: 'x' }] };
		const { refusal } = await refusalOf(create, [{ statusCode: 400, body }], { credentials });
		expect(refusal.error.message).toBe('Planhat did not create the company: [hidden] and [hidden]');
		expect(refusal.failure.words).toBe('[hidden] and [hidden]');
	});

	it('is matched by its body as it came, however much of it looks like a secret', async () => {
		const body = { message: 'secret-token', errors: [{ externalId: 'a-secret-token' }] };
		const { refusal } = await refusalOf(create, [{ statusCode: 400, body }], {
			credentials: { apiToken: 'secret-token' },
		});
		expect(refusal.body).toBe(body);
		expect(refusal.failure.words).toBe('[hidden]');
	});
});

it('an answer is handed over as it came, and holds no token as it is said', async () => {
	const body = { created: 1, createdErrors: [{ message: 'secret-token', externalId: 'x' }] };
	const { transport } = await open([{ statusCode: 206, body }], { credentials: { apiToken: 'secret-token' } });
	const answer = await transport.send(rows(true));
	expect(answer.body).toBe(body);
	expect(transport.said(answer.body)).toEqual({
		created: 1,
		createdErrors: [{ message: '[hidden]', externalId: 'x' }],
	});
});

describe('a cancelled execution', () => {
	it('sends nothing', async () => {
		const { transport, sent } = await open([ok], { signal: AbortSignal.abort(new Error('cancelled')) });
		expect((await thrownBy(async () => await transport.send(get))).message).toBe('cancelled');
		expect(sent).toEqual([]);
	});

	it('ends a wait within one slice of it, and sends nothing more', async () => {
		const controller = new AbortController();
		const { transport, sent } = await open([throttled('60'), ok], { signal: controller.signal });
		const sleep = clock.sleep;
		clock.sleep = async (milliseconds) => {
			await sleep(milliseconds);
			if (sleeps.length === 3) controller.abort(new Error('cancelled'));
		};
		expect((await thrownBy(async () => await transport.send(get))).message).toBe('cancelled');
		expect(sleeps).toHaveLength(3);
		expect(sent).toHaveLength(1);
	});

	it('is told as such when it ends a request under way', async () => {
		const controller = new AbortController();
		const { context, sent, given } = network([ok], { signal: controller.signal });
		context.helpers.httpRequestWithAuthentication = async () => {
			controller.abort(new Error('cancelled'));
			throw lost('ERR_CANCELED');
		};
		const transport = openTransport(context, given, { maxWait: 600, signal: controller.signal });
		expect((await thrownBy(async () => await transport.send(get))).message).toBe('cancelled');
		expect(sent).toEqual([]);
	});
});

it('a slot of the quota is given back after every kind of end', async () => {
	const credentials = { callsPerMinute: 1, apiToken: 'one-call-a-minute' };
	const { transport } = await open([lost('ECONNRESET'), { statusCode: 503 }, ok], { credentials });
	await transport.send(get);
	expect(transport.effort).toMatchObject({ requests: 3, retries: 2 });
	expect(transport.effort.waited).toBe(2 * 60_000);
});
