import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { useRunningN8n } from '../../../scripts/lib/runningN8n.mjs';

/** As much of n8n as is asked here. */
let answers: Record<string, object>;
let asked: string[];
let server: Server;
let address: string;

const ready = { userManagement: { showSetupOnFirstLoad: false }, versionCli: '2.41.1' };

beforeEach(async () => {
	asked = [];
	answers = { 'GET /rest/settings': { data: ready }, 'POST /rest/login': { data: {} } };
	server = createServer(({ method, url }, response) => {
		const request = `${method} ${url}`;
		asked.push(request);
		const answer = answers[request];
		response.writeHead(answer ? 200 : 401).end(JSON.stringify(answer ?? { message: 'Wrong username or password' }));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => void server.close());

const use = async () => await useRunningN8n({ address, email: 'ada@example.com', password: 'a-password' });

describe('A running n8n', () => {
	it.each([
		['is none', { 'GET /rest/settings': { name: 'something else' } }, 'is not n8n'],
		[
			'has no owner',
			{ 'GET /rest/settings': { data: { userManagement: { showSetupOnFirstLoad: true } } } },
			'no owner',
		],
		['refuses the account', { 'POST /rest/login': undefined }, 'n8n did not let you in: Wrong username or password'],
	])('is told in words when it %s', async (_what, changes, words) => {
		answers = { ...answers, ...changes } as typeof answers;
		await expect(use()).rejects.toThrow(words);
	});

	it('keeps nothing of what was made in it, and all else', async () => {
		for (const path of ['workflows', 'credentials']) {
			answers[`POST /rest/${path}`] = { data: { id: `1-${path}` } };
			answers[`DELETE /rest/${path}/1-${path}`] = { data: true };
		}
		answers['POST /rest/workflows/1-workflows/archive'] = { data: true };
		const n8n = await use();
		expect(n8n.version).toBe('2.41.1');
		await n8n.createWorkflow({ name: 'Example', nodes: [] });
		await n8n.createCredential({ name: 'Planhat account', type: 'planhatApi', data: {} });
		asked = [];
		await n8n.stop();
		expect(asked).toEqual([
			'POST /rest/workflows/1-workflows/archive',
			'DELETE /rest/workflows/1-workflows',
			'DELETE /rest/credentials/1-credentials',
		]);
	});

	it('says what is left in it', async () => {
		answers['POST /rest/credentials'] = { data: { id: '1' } };
		const n8n = await use();
		await n8n.createCredential({ name: 'Planhat account', type: 'planhatApi', data: {} });
		await expect(n8n.stop()).rejects.toThrow('n8n did not remove credential 1.');
	});
});
