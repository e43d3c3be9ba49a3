import dns from 'node:dns';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';

import { mapperColumnsOf } from './editor.mts';
import { optionsInEditor, runPlanhat, searchInEditor, type Way } from './harness.mts';
import { listen, sendByHttpRequestNode, sendByNewHelper, testInN8n, type Listener } from './otherDoors.mts';
import { record } from './planhat.mts';
import { withScaledClock } from './scaledClock.mts';

// The node tries again after a while; here it need not be a long one.
withScaledClock(100);

type Credentials = ICredentialDataDecryptedObject;

let planhat: Listener;
let elsewhere: Listener;

beforeEach(async () => {
	planhat = await listen();
	elsewhere = await listen();
});

afterEach(async () => {
	await planhat.close();
	await elsewhere.close();
});

const apiToken = 'the-token';

const tenantToken = '01234567-89ab-cdef-0123-456789abcdef';

const credentialsOf = (changes: Credentials = {}): Credentials => ({
	apiToken,
	tenantToken,
	baseUrl: planhat.url,
	analyticsUrl: planhat.url,
	callsPerMinute: 0,
	...changes,
});

async function saidBy(act: () => Promise<unknown>): Promise<string> {
	try {
		return JSON.stringify(await act()) ?? '';
	} catch (error) {
		const { message, description } = error as { message: string; description?: string };
		return `${message} ${description ?? ''}`;
	}
}

const run = async (credentials: Credentials, parameters: INodeParameters, way: Way) =>
	await saidBy(async () => {
		const { error, output } = await runPlanhat({ credentials, parameters, way });
		if (error) throw error;
		return output;
	});

const list = { resource: 'company', operation: 'getAll' };

/** What somebody reads there, when companies, or what is next to them, are asked for. */
const doors: Record<string, (credentials: Credentials) => Promise<string>> = {
	'the node': async (credentials) => await run(credentials, list, 'customOperations'),
	'the tool': async (credentials) => await run(credentials, list, 'routing'),
	'the HTTP Request node': async (credentials) =>
		await saidBy(async () => await sendByHttpRequestNode(credentials, { uri: `${planhat.url}/companies` })),
	"n8n's newer helper": async (credentials) =>
		await saidBy(async () => await sendByNewHelper(credentials, { url: '/companies' })),
	'the credential test': async (credentials) => await saidBy(async () => await testInN8n(credentials)),
	'From List': async (credentials) =>
		await saidBy(async () => await searchInEditor({ parameters: { ...list, operation: 'get' }, credentials })),
	'a filter': async (credentials) =>
		await saidBy(async () => await optionsInEditor({ parameters: list, credentials }, 'companyId')),
	'the mapper': async (credentials) =>
		await saidBy(async () => await mapperColumnsOf({ ...list, operation: 'create' }, credentials)),
};

const every = Object.keys(doors);

const at = async (door: string, changes: Credentials = {}) => (await doors[door]?.(credentialsOf(changes))) ?? '';

const crossed = (names: string[]) => every.flatMap((door) => names.map((name) => [door, name] as const));

/** The mapper asks for custom fields, users, and the values that a field holds. */
const requestsOf = (door: string) => (door === 'the mapper' ? 3 : 1);

describe('a redirect', () => {
	const statuses = [301, 302, 303, 307, 308];

	const leadTo = (status: number, location: string) => {
		planhat.answer = (_request, response) => response.writeHead(status, { Location: location }).end();
	};

	it.each(every.flatMap((door) => statuses.map((status) => [door, status] as const)))(
		'is not followed with the API token: %s, %d',
		async (door, status) => {
			leadTo(status, `${elsewhere.url}/companies`);
			const said = await at(door);
			expect(said).toContain(String(status));
			expect(planhat.requests.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${apiToken}`]);
			expect(elsewhere.requests).toEqual([]);
		},
	);

	it.each(statuses)('is not followed on the same host either, where a base URL has a path (%d)', async (status) => {
		leadTo(status, `${planhat.url}/other`);
		const credentials = credentialsOf({ baseUrl: `${planhat.url}/planhat` });
		await saidBy(async () => await sendByHttpRequestNode(credentials, { uri: `${planhat.url}/planhat/companies` }));
		expect(planhat.requests.map(({ url }) => url)).toEqual(['/planhat/companies']);
	});

	it.each(statuses)('is not followed with a body, nor with the tenant token (%d)', async (status) => {
		leadTo(status, `${elsewhere.url}/companies`);
		for (const path of ['companies', 'dimensiondata/{tenantToken}', 'dock/segment']) {
			const request = { method: 'POST', uri: `${planhat.url}/${path}`, body: { name: 'Acme' }, json: true };
			expect(await saidBy(async () => await sendByHttpRequestNode(credentialsOf(), request))).toContain(String(status));
		}
		for (const operation of ['insert', 'track'] as const) {
			const resource = operation === 'insert' ? 'metric' : 'userActivity';
			const json = { dimensionId: 'logins', value: 1, externalId: 'acme', email: 'ada@example.com', action: 'Login' };
			await run(credentialsOf(), { resource, operation, specifyFields: 'json', json }, 'customOperations');
		}
		expect(planhat.requests).toHaveLength(5);
		expect(elsewhere.requests).toEqual([]);
	});

	it('of a request to another host, which gets no token, is followed as ever', async () => {
		elsewhere.answer = (request, response) => {
			if (request.url === '/end') response.end('there');
			else response.writeHead(302, { Location: '/end' }).end();
		};
		const { body } = await sendByHttpRequestNode(credentialsOf(), { uri: `${elsewhere.url}/start` });
		expect(body).toBe('there');
		expect(elsewhere.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
	});
});

describe('Read Only', () => {
	const readOnly = true;
	const paths = ['companies', 'dimensiondata/{tenantToken}', 'dock/segment'];
	const methods = ['POST', 'PUT', 'PATCH', 'DELETE', 'delete', 'OPTIONS'];

	it.each(methods)('refuses %s by the HTTP Request node, on both hosts', async (method) => {
		for (const path of paths) {
			const request = { method, uri: `${planhat.url}/${path}`, body: {}, json: true };
			const said = await saidBy(async () => await sendByHttpRequestNode(credentialsOf({ readOnly }), request));
			expect(said).toMatch(/^The Planhat credential is read only, and \w+ may change data .*'Read Only'/);
		}
		expect(planhat.requests).toEqual([]);
	});

	it.each(['GET', 'HEAD', 'get', undefined])('lets %s through by the HTTP Request node', async (method) => {
		await sendByHttpRequestNode(credentialsOf({ readOnly }), { method, uri: `${planhat.url}/companies` });
		expect(planhat.requests.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${apiToken}`]);
	});

	const recordId = record('id', '5f0000000000000000000001');
	const json = { name: 'Acme', externalId: 'acme', dimensionId: 'logins', value: 1, email: 'a@b.example', action: 'x' };
	const writes: INodeParameters[] = [
		{ resource: 'company', operation: 'create' },
		{ resource: 'company', operation: 'update', recordId },
		{ resource: 'company', operation: 'delete', recordId },
		{ resource: 'company', operation: 'upsert' },
		{ resource: 'metric', operation: 'insert' },
		{ resource: 'userActivity', operation: 'track' },
		{ resource: 'userActivity', operation: 'segment', segmentType: 'track', userId: 'u', event: 'x' },
	];

	it.each(
		(['customOperations', 'routing'] as const).flatMap((way) =>
			writes.map((parameters) => [way, `${parameters.resource} ${parameters.operation}`, parameters] as const),
		),
	)('lets no write out of the node (%s): %s', async (way, _name, parameters) => {
		const given = { ...parameters, specifyFields: 'json', json };
		expect(await run(credentialsOf({ readOnly }), given, way)).toContain('read only');
		expect(planhat.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
	});

	it.each(every)('lets lists be read: %s', async (door) => {
		expect(await at(door, { readOnly })).not.toContain('read only');
		expect(planhat.requests).toHaveLength(requestsOf(door));
	});

	it.each(['true', 1])('is on where an expression gives %j', async (value) => {
		const request = { method: 'DELETE', uri: `${planhat.url}/companies/1` };
		const credentials = credentialsOf({ readOnly: value });
		expect(await saidBy(async () => await sendByHttpRequestNode(credentials, request))).toContain('read only');
	});
});

describe('an address that cannot or may not be used', () => {
	const wrong: Record<string, string> = {
		'ftp://api.planhat.com': 'does not begin with https://',
		'javascript:alert(1)': 'does not begin with https://',
		'https://user:word@127.0.0.1': 'holds a user name or a password',
		'https://127.0.0.1?x=1': 'holds more than an address',
		'https://127.0.0.1/#x': 'holds more than an address',
		'http://0.0.0.0': 'begins with http://',
		'not an address': 'is not an address',
	};

	it.each(crossed(Object.keys(wrong)))('is refused at once, in words: %s, %s', async (door, address) => {
		const since = performance.now();
		for (const [field, label] of [
			['baseUrl', 'Base URL'],
			['analyticsUrl', 'Analytics URL'],
		] as const) {
			const said = await at(door, { [field]: address });
			expect(said).toContain(`'${label}' in the Planhat credential ${wrong[address]}`);
			expect(said).not.toContain('word@');
		}
		expect(performance.now() - since).toBeLessThan(2_000);
		expect(planhat.requests).toEqual([]);
	});

	it.each(every)('may be http elsewhere where the credential allows it: %s', async (door) => {
		const baseUrl = `http://0.0.0.0:${planhat.port}`;
		expect(await at(door, { baseUrl })).toContain("'Allow HTTP'");
		expect(planhat.requests).toEqual([]);
		const said = await at(door, { baseUrl, allowHttp: true });
		expect(said).not.toContain('Allow HTTP');
		// The request of the HTTP Request node names the other address, and so gets no token.
		const token = door === 'the HTTP Request node' ? undefined : `Bearer ${apiToken}`;
		expect(planhat.requests.map(({ headers }) => headers.authorization)).toEqual(Array(requestsOf(door)).fill(token));
	});
});

describe('a base URL with a path', () => {
	it.each(every.filter((door) => door !== 'the HTTP Request node'))('keeps it: %s', async (door) => {
		await at(door, { baseUrl: `${planhat.url}/planhat/` });
		const [request] = planhat.requests;
		expect(request?.url).toMatch(/^\/planhat\/(companies|leancompanies|customfields)\b/);
		expect(request?.headers.authorization).toBe(`Bearer ${apiToken}`);
	});

	it.each([
		['planhat/companies', true],
		['planhat/a/../companies', true],
		['companies', false],
		['planhatother/companies', false],
		['planhat/../other', false],
		['planhat/%2e%2e/other', false],
		['planhat/..%2fother', false],
		['planhat/..%252fother', false],
		['planhat/..%5cother', false],
		['planhat\\..\\other', false],
	])('gives its token to that path only, by the HTTP Request node: %s, %j', async (path, gets) => {
		const credentials = credentialsOf({ baseUrl: `${planhat.url}/planhat` });
		await sendByHttpRequestNode(credentials, { uri: `${planhat.url}/${path}` });
		await sendByHttpRequestNode(credentials, { url: path, baseURL: planhat.url });
		const tokens = planhat.requests.map(({ headers }) => headers.authorization);
		expect(tokens).toEqual(Array(2).fill(gets ? `Bearer ${apiToken}` : undefined));
	});
});

describe('a token', () => {
	it.each(crossed([`Bearer ${apiToken}`, ` bearer  ${apiToken}\n`, `Basic ${apiToken}`]))(
		'is one word, however it was pasted: %s, %j',
		async (door, pasted) => {
			await at(door, { apiToken: pasted });
			const tokens = planhat.requests.map(({ headers }) => headers.authorization);
			expect(tokens).toEqual(Array(requestsOf(door)).fill(`Bearer ${apiToken}`));
		},
	);

	it.each(crossed(['the token', 'the-\ntoken', 'the-token\u200b']))(
		'with a blank inside is refused before any request: %s, %j',
		async (door, pasted) => {
			expect(await at(door, { apiToken: pasted })).toContain("'API Token' in the Planhat credential holds a");
			expect(planhat.requests).toEqual([]);
		},
	);
});

describe('Calls per Minute', () => {
	const paced = every.filter((door) => !['the HTTP Request node', "n8n's newer helper"].includes(door));

	it.each(paced.flatMap((door) => [0.5, -1, 'many', Number.NaN].map((given) => [door, given] as const)))(
		'that is no whole number from 0 is refused before any request: %s, %p',
		async (door, callsPerMinute) => {
			expect(await at(door, { callsPerMinute })).toContain(
				"'Calls per Minute' in the Planhat credential is not a whole number from 0",
			);
			expect(planhat.requests).toEqual([]);
		},
	);

	it.each(paced)('that is blank is the usual one: %s', async (door) => {
		for (const callsPerMinute of ['', null, undefined]) {
			expect(await at(door, { callsPerMinute } as Credentials)).not.toContain('Calls per Minute');
		}
		expect(planhat.requests).toHaveLength(3 * requestsOf(door));
	});
});

describe('the region of a credential', () => {
	/** The names that were looked up. None of them is found, so that nothing leaves this machine. */
	let hosts: string[] = [];

	beforeEach(() => {
		hosts = [];
		jest.spyOn(dns, 'lookup').mockImplementation(((host: string, ...others: unknown[]) => {
			hosts.push(host);
			const answer = others.at(-1) as (error: Error) => void;
			setImmediate(() => answer(Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' })));
		}) as never);
	});

	afterEach(() => {
		jest.restoreAllMocks();
	});

	it.each(every)('says where the requests go, whatever address the credential holds besides: %s', async (door) => {
		const said = await at(door, { region: 'us2' });
		const asked = planhat.requests.map(({ headers }) => headers.authorization);
		if (door === 'the HTTP Request node') expect([asked, hosts]).toEqual([[undefined], []]);
		else {
			// n8n's newer helper names no host, and the node does not ask one again that did not answer just now.
			expect([said, ...hosts].join(' ')).toContain('api-us2.planhat.com');
			expect(asked).toEqual([]);
			expect(hosts.filter((host) => host !== 'api-us2.planhat.com')).toEqual([]);
		}
	});

	it.each(every)(
		'leaves the address to the credential where it is custom, or of before there were regions: %s',
		async (door) => {
			const baseUrl = `${planhat.url}/planhat`;
			const paths = async (changes: Credentials) => {
				planhat.requests.length = 0;
				await at(door, { baseUrl, ...changes });
				return planhat.requests.map(({ url, headers }) => [url?.split('?')[0], headers.authorization]);
			};
			const isElsewhere = door === 'the HTTP Request node';
			const isPicker = door === 'From List' || door === 'a filter';
			const usual = [isPicker ? 'leancompanies' : 'companies'];
			const files = door === 'the mapper' ? ['customfields', 'users', 'companies'] : usual;
			const wanted = isElsewhere
				? [['/companies', undefined]]
				: files.map((file) => [`/planhat/${file}`, `Bearer ${apiToken}`]);
			for (const changes of [{}, { region: 'default' }, { region: 'custom' }] as Credentials[])
				expect(await paths(changes)).toEqual(wanted);
			expect(hosts).toEqual([]);
		},
	);

	it.each(every)('that nobody knows is refused at once: %s', async (door) => {
		expect(await at(door, { region: 'mars' })).toContain("'Region' in the Planhat credential is not a known region");
		expect([planhat.requests, hosts]).toEqual([[], []]);
	});
});

describe('a web page in place of an answer', () => {
	it.each(every.filter((door) => !['the HTTP Request node', "n8n's newer helper"].includes(door)))(
		'leads to the base URL: %s',
		async (door) => {
			for (const status of [200, 404]) {
				planhat.answer = (_request, response) =>
					response.writeHead(status, { 'Content-Type': 'text/html' }).end('<html><body>Welcome</body></html>');
				const said = await at(door);
				expect(said).toContain('returned a web page');
				expect(said).toContain('Base URL');
				expect(said).not.toContain('out of order');
				expect(said).not.toContain('Check the ID');
			}
		},
		60_000,
	);
});

it.each(['the node', 'the tool', 'the credential test', 'From List', 'a filter', 'the mapper'])(
	'an address where nobody is leads to the base URL: %s',
	async (door) => {
		await planhat.close();
		const said = await at(door);
		expect(said).toContain(`127.0.0.1:${planhat.port}`);
		expect(said).toMatch(/Check '?Region'? or '?Base URL/);
		planhat = await listen();
	},
	60_000,
);
