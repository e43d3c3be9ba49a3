import { describe, expect, it } from '@jest/globals';

import { bench, itemsOf, record } from './planhat.mts';

const planhat = bench();

const unknown = '5fffffffffffffffffffffff';

const operations = {
	create: { resource: 'company', operation: 'create', json: { name: 'A' } },
	get: { resource: 'company', operation: 'get', recordId: record('id', unknown) },
	update: { resource: 'company', operation: 'update', recordId: record('id', unknown), json: { phase: 'Live' } },
	delete: { resource: 'company', operation: 'delete', recordId: record('id', unknown) },
	list: { resource: 'company', operation: 'getAll' },
} as const;

type Name = keyof typeof operations;

function store() {
	planhat.server.insert('companies', [{ _id: unknown, name: 'Acme' }]);
}

/** Waits are as long as the server says, so that tests take no time. */
const atOnce = { 'Retry-After': '0' };

describe('429', () => {
	it.each(Object.keys(operations) as Name[])('is waited for and repeated: %s', async (name) => {
		store();
		planhat.server.order({ answer: { status: 429, headers: atOnce, body: 'Too many requests' }, times: 3 });
		const { error, output } = await planhat.run(operations[name]);
		expect(error).toBeUndefined();
		expect(output).toHaveLength(1);
		expect(planhat.server.requests).toHaveLength(4);
	});

	it('waits as long as the server says', async () => {
		store();
		planhat.server.order({ answer: { status: 429, headers: { 'Retry-After': '1' } } });
		await planhat.run(operations.get);
		const [first, second] = planhat.server.requests;
		expect(Number(second?.arrivedAt) - Number(first?.answeredAt)).toBeGreaterThanOrEqual(995);
	});

	it('ends with a clear error when the waiting would be too long, and so do those who come while it lasts', async () => {
		const credentials = { ...planhat.credentials, apiToken: 'token-that-has-to-wait' };
		planhat.server.order({ answer: { status: 429, headers: { 'Retry-After': '30' }, body: 'Too many requests' } });
		const { error } = await planhat.run({ ...operations.list, options: { maxWait: 5 } }, { credentials });
		expect(error?.message).toBe('Planhat did not list the companies: Too many requests');
		expect(error?.description).toContain('Calls per Minute');
		const next = await planhat.run({ ...operations.list, options: { maxWait: 5 } }, { credentials });
		expect(next.error?.message).toMatch(
			/^Planhat did not list the companies: too many requests with this API token; Planhat asked to wait (29|30) more seconds$/,
		);
		expect(next.error?.description).toContain('Calls per Minute');
		expect(planhat.server.requests).toHaveLength(1);
	});
});

describe('the retry table', () => {
	const unsure = [502, 503, 504];
	const repeated: Array<[Name, number[]]> = [
		['get', [500, ...unsure]],
		['list', [500, ...unsure]],
		['delete', [500, ...unsure]],
		['update', unsure],
	];

	it.each(repeated.flatMap(([name, statuses]) => statuses.map((status) => [name, status] as const)))(
		'%s is sent again after %s',
		async (name, status) => {
			store();
			planhat.server.order({ answer: { status, headers: atOnce } });
			const { error } = await planhat.run(operations[name]);
			expect(error).toBeUndefined();
			expect(planhat.server.requests).toHaveLength(2);
		},
	);

	it.each([
		['create', 500],
		['create', 502],
		['create', 504],
		['update', 500],
		['get', 400],
		['get', 401],
		['get', 403],
		['delete', 404],
	] as const)('%s is sent once when the answer is %s', async (name, status) => {
		planhat.server.order({ answer: { status, headers: atOnce, body: 'No.' }, times: 'always' });
		const { error } = await planhat.run(operations[name]);
		expect(error?.message).toContain('No.');
		expect(planhat.server.requests).toHaveLength(1);
	});

	it.each(['beforeApplying', 'afterApplying'] as const)(
		'a create is never sent again after a cut (%s)',
		async (cut) => {
			planhat.server.order({ method: 'POST', cut });
			const { error } = await planhat.run(operations.create);
			expect(error?.description).toContain('may have been applied');
			expect(error?.context?.details).toMatchObject({ outcome: 'unknown' });
			expect(planhat.server.requests).toHaveLength(1);
			expect(planhat.server.records('companies')).toHaveLength(cut === 'afterApplying' ? 1 : 0);
		},
	);

	it('a delete whose second try finds nothing has deleted', async () => {
		store();
		planhat.server.order({ method: 'DELETE', cut: 'afterApplying' });
		const { output } = await planhat.run(operations.delete);
		expect(output[0]?.json).toEqual({ deleted: true, _id: unknown });
		expect(planhat.server.requests).toHaveLength(2);
	}, 10_000);

	it('a server that is not there is tried a few times, then named', async () => {
		const credentials = { ...planhat.credentials, baseUrl: 'http://127.0.0.1:9' };
		const { error } = await planhat.run({ ...operations.create, options: { maxWait: 0 } }, { credentials });
		expect(error?.message).toBe(
			'Planhat could not be reached at 127.0.0.1:9 to create the company: the connection was refused, ECONNREFUSED',
		);
		expect(error?.description).toContain("'Base URL'");
	});
});

describe('the node, whatever the server answers,', () => {
	it.each([
		[
			'HTML',
			{ status: 502, body: '<html><head><style>p {}</style></head><body><h1>Bad Gateway</h1></body></html>' },
			'Bad Gateway',
		],
		[
			'an object with a message',
			{ status: 400, body: { error: 'Bad Request', message: 'name is taken' } },
			'name is taken',
		],
		['a nested object', { status: 400, body: { error: { message: 'name is taken' } } }, 'name is taken'],
		['a list', { status: 400, body: ['one', { message: 'two' }] }, 'one; two'],
		['nothing', { status: 400, body: '' }, 'Planhat answered 400 with no message'],
		['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:9/' } }, '302'],
	])('the error has its words: %s', async (_name, answer, words) => {
		planhat.server.order({ method: 'POST', answer });
		const { error } = await planhat.run(operations.create);
		expect(error?.message).toBe(
			`Planhat did not create the company: ${words.replace(/^302$/, 'Planhat answered 302 with no message')}`,
		);
		expect(planhat.server.requests).toHaveLength(1);
	});

	it('cuts words that never end', async () => {
		planhat.server.order({ method: 'POST', answer: { status: 400, body: 'x'.repeat(2_000_000) } });
		const { error } = await planhat.run(operations.create);
		expect(error?.message.length).toBeLessThan(600);
	});

	it('times out on an answer that never ends', async () => {
		planhat.server.order({ method: 'POST', neverEnds: 'withinBody' });
		const { error } = await planhat.run({ ...operations.create, requestOptions: { timeout: 300 } });
		expect(error?.description).toContain('may have been applied');
	});
});

describe('what the credential says', () => {
	it.each([
		[401, 'Unauthorized', 'may have expired'],
		[403, 'No permission', 'Settings > App Center'],
	])('%s is explained', async (status, body, advice) => {
		planhat.server.order({ answer: { status, body } });
		const { error } = await planhat.run(operations.get);
		expect(error?.message).toBe(`Planhat did not get the company with ID '${unknown}': ${body}`);
		expect(error?.description).toContain(advice);
		expect(error?.httpCode).toBe(String(status));
	});

	it.each(['', '/', '//'])('slashes at the end of the address do no harm (%j)', async (slashes) => {
		store();
		const { apiToken, baseUrl } = planhat.server;
		const credentials = { apiToken: ` ${apiToken} `, baseUrl: ` ${baseUrl}${slashes} ` };
		const { error } = await planhat.run(operations.get, { credentials });
		expect(error).toBeUndefined();
		expect(planhat.sent()).toEqual([`GET /companies/${unknown}`]);
	});

	it.each(['create', 'update', 'delete'] as const)(
		'a read-only credential refuses to %s before any request',
		async (name) => {
			const credentials = { ...planhat.credentials, readOnly: true };
			const { error } = await planhat.run(operations[name], { credentials });
			expect(error?.message).toContain('read only');
			expect(planhat.server.requests).toHaveLength(0);
		},
	);

	it('a read-only credential reads', async () => {
		store();
		const { output } = await planhat.run(operations.list, { credentials: { ...planhat.credentials, readOnly: true } });
		expect(output).toHaveLength(1);
	});

	it('an address that is none is named', async () => {
		const credentials = { ...planhat.credentials, baseUrl: 'https://not an address' };
		expect((await planhat.run(operations.list, { credentials })).error?.message).toContain("'Base URL'");
	});
});

describe('the quota', () => {
	it('is shared by executions with the same token, and not by others', async () => {
		planhat.server.order({ answer: { status: 200, body: { _id: unknown } }, times: 'always' });
		const one = { ...planhat.credentials, apiToken: 'token-with-a-small-quota', callsPerMinute: 2 };
		await planhat.run(operations.get, { credentials: one });
		await planhat.run(operations.get, { credentials: { ...one } });
		let finished = false;
		let cancel: (() => void) | undefined;
		const third = planhat.run(operations.get, { credentials: one, onStart: (stop) => (cancel = stop) });
		void third.then(() => (finished = true));
		await planhat.run(operations.get, { credentials: { ...one, apiToken: 'another' } });
		expect(finished).toBe(false);
		const since = performance.now();
		cancel?.();
		await third;
		expect(performance.now() - since).toBeLessThan(100);
		expect(planhat.server.requests).toHaveLength(3);
	});

	it('a cancelled execution sends nothing more', async () => {
		planhat.server.order({ latency: 30, times: 'always' });
		let cancelledAt = Infinity;
		await planhat.run(operations.create, {
			items: itemsOf(Array.from({ length: 50 }, (_, index) => ({ index }))),
			onError: 'continueRegularOutput',
			onStart: (cancel) =>
				setTimeout(() => {
					cancelledAt = performance.now();
					cancel();
				}, 100),
		});
		await new Promise((resolve) => setTimeout(resolve, 250));
		const { requests } = planhat.server;
		expect(requests.length).toBeLessThan(20);
		// One may have been on its way.
		expect(requests.filter(({ arrivedAt }) => arrivedAt > cancelledAt).length).toBeLessThanOrEqual(1);
		expect(requests.filter(({ arrivedAt }) => arrivedAt > cancelledAt + 100)).toEqual([]);
	});
});

describe('the longest wait', () => {
	const blank = { '={{ null }}': undefined, '={{ $json.none }}': undefined, '': undefined, ' ': undefined };

	it.each(
		Object.keys(blank).flatMap((maxWait) =>
			(['customOperations', 'routing'] as const).map((way) => [maxWait, way] as const),
		),
	)('is as usual where it has no value: %j (%s)', async (maxWait, way) => {
		planhat.server.order({ answer: { status: 429, headers: atOnce }, times: 3 });
		const { error } = await planhat.run({ ...operations.list, options: { maxWait } }, { way });
		expect(error).toBeUndefined();
		expect(planhat.server.requests).toHaveLength(4);
	});

	const writes = { create: operations.create, upsert: { ...operations.create, operation: 'upsert' } };

	it.each(
		[-5, 'soon', '={{ NaN }}', '={{ [1] }}'].flatMap((maxWait) =>
			Object.keys(writes).flatMap((name) =>
				(['customOperations', 'routing'] as const).map((way) => [maxWait, name as keyof typeof writes, way] as const),
			),
		),
	)(
		'is refused in words before the first request where it is no number from 0: %j, %s (%s)',
		async (maxWait, name, way) => {
			const { error } = await planhat.run({ ...writes[name], options: { maxWait } }, { way });
			expect(error?.message).toMatch(/^'Longest Wait' takes a number of seconds of 0 or more, not '.*'$/);
			expect(planhat.sent()).toEqual([]);
		},
	);
});
