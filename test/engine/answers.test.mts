import { describe, expect, it } from '@jest/globals';
import { deflateSync, gzipSync } from 'node:zlib';
import type { INodeParameters } from 'n8n-workflow';

import type { Fault } from '../planhat-server/index.mts';
import { bench, record } from './planhat.mts';
import { withScaledClock } from './scaledClock.mts';

// The node remembers of an address that it answers nobody.
const planhat = bench({ forEachTest: true });

// The node tries again after a while; here it need not be a long one.
withScaledClock(100);

const _id = '5f0000000000000000000001';

const operations: Record<string, INodeParameters> = {
	create: { resource: 'company', operation: 'create', json: { name: 'Acme' } },
	get: { resource: 'company', operation: 'get', recordId: record('id', _id) },
	getAll: { resource: 'company', operation: 'getAll', returnAll: true },
	update: { resource: 'company', operation: 'update', recordId: record('id', _id), json: { phase: 'Live' } },
	delete: { resource: 'company', operation: 'delete', recordId: record('id', _id) },
	upsert: { resource: 'company', operation: 'upsert', json: { name: 'Acme', externalId: 'acme' } },
	insert: { resource: 'metric', operation: 'insert', json: { dimensionId: 'logins', value: 1, externalId: 'acme' } },
	track: { resource: 'userActivity', operation: 'track', json: { email: 'ada@example.com', action: 'Login' } },
};

const names = Object.keys(operations);

const writesOnce = ['create', 'insert', 'track'];

const company = { _id, name: 'Acme' };

const bulkAnswer = { created: 1, insertsKeys: [{ _id, externalId: 'acme' }] };

/** What Planhat answers when all is well. */
function goodAnswer(name: string): unknown {
	if (name === 'getAll') return [company];
	if (name === 'upsert') return bulkAnswer;
	return name === 'delete' ? { n: 1, ok: 1, deletedCount: 1 } : company;
}

const json = { 'Content-Type': 'application/json' };

function answering(answer: NonNullable<Fault['answer']>, times: Fault['times'] = 'always'): void {
	planhat.server.order({ times, answer });
}

/** Milliseconds that a request may take: more than a busy machine does, unless the test is about silence. */
const [patience, soon] = [4_000, 400];

async function run(name: string, onError?: 'continueErrorOutput', timeout = patience) {
	const parameters = { ...operations[name], requestOptions: { timeout }, options: { maxWait: 60 } };
	return await planhat.run(parameters, { onError });
}

/** An item of a row that Planhat surely has, or a record. */
function requireSuccess(name: string, { error, output }: Awaited<ReturnType<typeof run>>): void {
	expect(error).toBeUndefined();
	expect(output).toHaveLength(1);
	const expected: Record<string, object> = {
		delete: { deleted: true, _id },
		upsert: { outcome: 'created', _id },
		insert: expect.anything(),
		track: expect.anything(),
	};
	expect(output[0]?.json).toMatchObject(expected[name] ?? company);
}

describe('an answer that can be read', () => {
	const forms: Array<[string, (body: string) => NonNullable<Fault['answer']>]> = [
		['201', (body) => ({ status: 201, headers: json, body })],
		['200 without a content type', (body) => ({ status: 200, body: Buffer.from(body) })],
		[
			'200 as text/plain',
			(body) => ({ status: 200, headers: { 'Content-Type': 'text/plain' }, body: Buffer.from(body) }),
		],
		[
			'200 as text/html',
			(body) => ({ status: 200, headers: { 'Content-Type': 'text/html' }, body: Buffer.from(body) }),
		],
		['gzip', (body) => ({ status: 200, headers: { ...json, 'Content-Encoding': 'gzip' }, body: gzipSync(body) })],
		[
			'deflate',
			(body) => ({ status: 200, headers: { ...json, 'Content-Encoding': 'deflate' }, body: deflateSync(body) }),
		],
		['blanks around it', (body) => ({ status: 200, headers: json, body: Buffer.from(`\n  ${body} \n`) })],
	];

	it.each(forms.flatMap(([form, answer]) => names.map((name) => [form, name, answer] as const)))(
		'is read: %s, %s',
		async (_form, name, answer) => {
			answering(answer(JSON.stringify(goodAnswer(name))));
			requireSuccess(name, await run(name));
			expect(planhat.server.requests).toHaveLength(1);
		},
	);
});

describe('an answer of 2xx without a body', () => {
	it.each([200, 201, 204])('says that a write was done (%d)', async (status) => {
		for (const name of ['create', 'update', 'delete']) {
			planhat.server.reset();
			answering({ status });
			const { error, output } = await run(name);
			expect(error).toBeUndefined();
			const receipt = { create: { success: true }, update: { success: true, _id }, delete: { deleted: true, _id } }[
				name
			];
			expect(output.map((item) => item.json)).toEqual([receipt]);
		}
	});

	it.each([200, 204])('is no record, no list and no outcome of a row (%d)', async (status) => {
		const said: string[] = [];
		for (const name of ['get', 'getAll', 'upsert']) {
			planhat.server.reset();
			answering({ status });
			said.push(String((await run(name)).error?.message));
		}
		expect(said).toEqual([
			`Planhat has no company with ID '${_id}'`,
			'Planhat answered with something other than a list of companies',
			'The company may have been applied: Planhat accepted the request without saying what became of this row',
		]);
	});
});

describe('an answer of 200 that cannot be read', () => {
	const forms: Array<[string, string | Buffer]> = [
		['HTML', '<!DOCTYPE html><html><head><title>Sign in</title></head><body>Sign in to the network</body></html>'],
		['JSON that breaks off', '{"_id":"5f0000000000000000000001","name":"Ac'],
		['a list that breaks off', '[{"_id":"5f0000000000000000000001"},{"_id":'],
	];

	const onApiHost = names.filter((name) => !['insert', 'track'].includes(name));

	it.each(forms.flatMap(([form, body]) => onApiHost.map((name) => [form, name, body] as const)))(
		'is no success: %s, %s',
		async (_form, name, body) => {
			answering({ status: 200, headers: json, body: Buffer.from(body) });
			const { error, output } = await run(name);
			expect(output).toEqual([]);
			const said = `${error?.message} ${error?.description}`;
			const isPage = body.includes('<html>');
			expect(said).toContain(isPage ? 'returned a web page' : 'the answer cannot be read: ');
			expect(said.includes('The page says: Sign in')).toBe(isPage && name !== 'upsert');
			const writes = !name.startsWith('get');
			expect(`${error?.message} ${error?.description}`.includes('may have been applied')).toBe(writes);
			expect(planhat.server.requests).toHaveLength(writesOnce.includes(name) ? 1 : isPage ? 2 : 5);
		},
	);

	it.each(['insert', 'track'])('is none where it is a web page, and leads to the address: %s', async (name) => {
		answering({ status: 200, headers: json, body: Buffer.from('<html>Sign in</html>') });
		const { error, output } = await run(name);
		expect(output).toEqual([]);
		expect(error?.message).toContain(
			"the server returned a web page: Sign in. Check 'Analytics URL' in the Planhat credential",
		);
		expect(error?.message).toContain('may have been applied');
	});

	it.each(['insert', 'track'])('is one all the same where no answer is documented: %s', async (name) => {
		answering({ status: 200, headers: json, body: Buffer.from('{"OK') });
		requireSuccess(name, await run(name));
	});

	it('is asked for again where that does no harm', async () => {
		for (const name of ['get', 'getAll', 'update', 'delete', 'upsert']) {
			planhat.server.reset();
			answering({ status: 200, headers: json, body: Buffer.from('{"broken') }, 1);
			answering({ status: 200, headers: json, body: JSON.stringify(goodAnswer(name)) });
			requireSuccess(name, await run(name));
			expect(planhat.server.requests).toHaveLength(2);
		}
	});

	it.each([
		['a number', '5', '5'],
		['a text', '"all is well"', 'all is well'],
		['a list', `[{"message":"one"}]`, 'one'],
	])('is no record where it is %s', async (_form, body, words) => {
		answering({ status: 200, headers: json, body: Buffer.from(body) });
		const { error } = await run('get');
		expect(error?.message).toBe(`Planhat answered with something other than the company with ID '${_id}': ${words}`);
	});

	it('is kept where it is a text and the request was a write', async () => {
		answering({ status: 200, headers: { 'Content-Type': 'text/plain' }, body: Buffer.from('Done') });
		expect((await run('update')).output[0]?.json).toEqual({ success: true, _id, answer: 'Done' });
	});
});

describe('an answer that is broken on the way', () => {
	const broken: Array<[string, Fault]> = [
		['a header of 64 KB', { answer: { status: 200, headers: { ...json, 'X-Long': 'x'.repeat(65_536) }, body: '{}' } }],
		[
			'gzip that is none',
			{ answer: { status: 200, headers: { ...json, 'Content-Encoding': 'gzip' }, body: Buffer.from('{"_id":"1"}') } },
		],
		['a body that never ends', { neverEnds: 'withinBody' }],
		['no answer at all', { neverEnds: 'beforeHeaders' }],
		['a cut connection', { cut: 'beforeApplying' }],
	];

	// Some good answers have no body that could end or not.
	const withBody = names.filter((name) => !['delete', 'track'].includes(name));

	it.each(
		broken.flatMap(([form, fault]) =>
			(fault.neverEnds === 'withinBody' ? withBody : names).map((name) => [form, name, fault] as const),
		),
	)(
		'ends with a clear error: %s, %s',
		async (_form, name, fault) => {
			planhat.server.insert('companies', [company]);
			planhat.server.order({ ...fault, times: 'always' });
			const { error, output } = await run(name, undefined, fault.neverEnds ? soon : patience);
			expect(output).toEqual([]);
			expect(error?.message).toMatch(/^(Planhat did not|The [a-z ]+ may have been applied: )/);
			const writes = !name.startsWith('get');
			expect(`${error?.message} ${error?.description}`.includes('may have been applied')).toBe(writes);
			if (writesOnce.includes(name)) expect(planhat.server.requests).toHaveLength(1);
		},
		10_000,
	);
});

describe('an error with 10 MB of text', () => {
	const texts: Array<[string, string | object]> = [
		['text', 'x'.repeat(10_000_000)],
		['HTML', `<p>${'x'.repeat(10_000_000)}</p>`],
		['JSON', { message: 'x'.repeat(10_000_000) }],
		['a long list', Array.from({ length: 500_000 }, () => ({ message: 'No such field' }))],
	];

	it.each(texts)(
		'is cut to what a person can read: %s',
		async (_form, body) => {
			answering({ status: 400, headers: json, body: JSON.stringify(body) });
			for (const name of ['create', 'getAll', 'upsert', 'insert']) {
				const { error } = await planhat.run(operations[name] ?? {});
				expect(error?.message.length).toBeGreaterThan(40);
				expect(error?.message.length).toBeLessThan(800);
				expect(JSON.stringify(error).length).toBeLessThan(10_000);
			}
		},
		30_000,
	);
});

describe('a redirect', () => {
	it.each([301, 302, 303, 307, 308])('is not followed with a token (%d)', async (status) => {
		const { analyticsUrl } = planhat.server;
		for (const name of names) {
			planhat.server.reset();
			answering({ status, headers: { Location: `${analyticsUrl}/elsewhere` } });
			const { error, output } = await run(name);
			expect(output).toEqual([]);
			expect(`${error?.message} ${error?.description}`).toContain(`Planhat answered ${status} with no message`);
			expect(planhat.server.requests).toHaveLength(1);
		}
	});
});

it('Rows of a failed batch go on to the error output with what happened', async () => {
	answering({ status: 200, headers: json, body: Buffer.from('<html>Sign in</html>') });
	const { errors, error } = await run('upsert', 'continueErrorOutput');
	expect(error).toBeUndefined();
	expect(errors).toHaveLength(1);
	expect(String(errors[0]?.json.error)).toContain('the server returned a web page: Sign in');
	expect(errors[0]?.json.details).toMatchObject({ outcome: 'unknown' });
});
