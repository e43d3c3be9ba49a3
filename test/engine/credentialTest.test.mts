import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { listen, testInN8n, type Listener } from './otherDoors.mts';
import { bench } from './planhat.mts';

const planhat = bench();

let server: Listener;

beforeEach(async () => {
	server = await listen();
});

afterEach(async () => {
	jest.restoreAllMocks();
	await server.close();
});

describe('the test of the credential, by what n8n gives it', () => {
	it('is green with the right token', async () => {
		expect(await testInN8n(planhat.credentials)).toEqual({ status: 'OK', message: 'Connection successful!' });
		expect(planhat.sent()).toEqual(['GET /companies']);
		expect(planhat.lastRequest().query).toEqual({ limit: '1' });
	});

	it.each(['/', '//', ' '])('does not mind %j at the end of the base URL', async (end) => {
		const baseUrl = `${planhat.server.baseUrl}${end}`;
		expect(await testInN8n({ ...planhat.credentials, baseUrl })).toMatchObject({ status: 'OK' });
	});

	it('is red with a wrong token, and says why', async () => {
		const { status, message } = await testInN8n({ ...planhat.credentials, apiToken: 'wrong' });
		expect([status, message]).toEqual(['Error', expect.stringMatching(/expired.*region/)]);
		expect(planhat.sent()).toEqual(['GET /companies']);
	});

	it('is green with a token that may not read companies, and says so', async () => {
		planhat.server.setRights({ companies: { read: false } });
		const { status, message } = await testInN8n(planhat.credentials);
		expect([status, message]).toEqual(['OK', expect.stringContaining('no permission to read companies')]);
	});

	it('is green for metrics and user activities alone, and asks nobody', async () => {
		const credentials = { ...planhat.credentials, apiToken: '', tenantToken: '01234567-89ab-cdef-0123-456789abcdef' };
		expect(await testInN8n(credentials)).toMatchObject({ status: 'OK' });
		expect(planhat.sent()).toEqual([]);
	});

	it.each([
		['a web page', 200, 'text/html', '<html></html>', 'it returned a web page'],
		['nothing', 204, '', undefined, 'it sent an empty answer'],
		['an error', 200, 'application/json', '{"error":"No such tenant"}', 'No such tenant'],
		['another list', 200, 'application/json', '[{"id":1}]', 'something other than a list of companies'],
	])('is red for a server that sends %s', async (_what, status, type, body, words) => {
		server.answer = (_request, response) => response.writeHead(status, { 'Content-Type': type }).end(body);
		const verdict = await testInN8n({ ...planhat.credentials, baseUrl: server.url });
		expect(verdict).toEqual({ status: 'Error', message: expect.stringContaining(words) });
	});

	it('says when a server does not speak https', async () => {
		const baseUrl = server.url.replace('http:', 'https:');
		const { message } = await testInN8n({ ...planhat.credentials, baseUrl });
		expect(message).toBe(`127.0.0.1:${server.port} does not speak https. Check Region or Base URL.`);
	});

	it('says where no server is', async () => {
		const { message } = await testInN8n({ ...planhat.credentials, baseUrl: 'http://127.0.0.1:9' });
		expect(message).toMatch(/^No server found at 127\.0\.0\.1:9\. Check Region or Base URL/);
	});

	it.each<[string, Listener['answer']]>([
		['says nothing', () => {}],
		[
			'sends a little of its answer for ever',
			(_request, response) => {
				const timer = setInterval(() => response.write(' '), 10);
				response.on('close', () => clearInterval(timer));
			},
		],
	])('does not wait for ever for a server that %s', async (_what, answer) => {
		server.answer = answer;
		const { timeout } = AbortSignal;
		jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => timeout.call(AbortSignal, 100));
		const { status, message } = await testInN8n({ ...planhat.credentials, baseUrl: server.url });
		expect([status, message]).toEqual(['Error', expect.stringContaining('did not answer within 20 seconds')]);
	});
});
