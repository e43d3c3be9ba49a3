import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { INodeParameters } from 'n8n-workflow';

import { runPlanhat } from './harness.mts';
import { itemsOf, record } from './planhat.mts';
import { listenRaw, rawAnswer, type RawServer } from './rawServer.mts';
import { withScaledClock } from './scaledClock.mts';

// The node tries again after a while; here it need not be a long one.
withScaledClock(100);

const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);
beforeAll(() => void process.on('unhandledRejection', note));
afterAll(() => {
	process.off('unhandledRejection', note);
	expect(unhandled).toEqual([]);
});

let server: RawServer;
afterEach(async () => {
	try {
		await noneOpen();
	} finally {
		await server.close();
	}
});

/** Whatever a server does, no connection to it is left. */
async function noneOpen(): Promise<void> {
	for (let turn = 0; turn < 100 && server.open > 0; turn += 1) await sleep(20);
	expect(server.open).toBe(0);
}

const _id = '5f0000000000000000000001';
const apiToken = 'token-that-nobody-may-see';
const tenantToken = '01234567-89ab-cdef-0123-456789abcdef';

const operations: Record<string, INodeParameters> = {
	get: { resource: 'company', operation: 'get', recordId: record('id', _id) },
	create: { resource: 'company', operation: 'create', json: { name: 'Acme' } },
	upsert: { resource: 'company', operation: 'upsert', json: '={{ $json }}' },
	insert: { resource: 'metric', operation: 'insert', json: '={{ $json }}' },
};

/** Two rows through one operation: what became of each, in the order of the rows. */
async function outcomesOf(name: string, answer: (socket: Socket, count: number) => void): Promise<string[]> {
	server = await listenRaw(answer);
	const result = await runPlanhat({
		parameters: {
			specifyFields: 'json',
			simplify: false,
			...operations[name],
			requestOptions: { timeout: 200 },
			options: { maxWait: 30 },
		},
		credentials: { apiToken, tenantToken, baseUrl: server.url, analyticsUrl: server.url, callsPerMinute: 0 },
		items: itemsOf(['a', 'b'].map((externalId) => ({ externalId, name: externalId, dimensionId: 'd', value: 1 }))),
		onError: 'continueErrorOutput',
	});
	expect(result.error).toBeUndefined();
	expect(JSON.stringify(result)).not.toContain(apiToken);
	// Of metric values that went there is one summary for all.
	return result.errors.map(({ json }) => `${(json.details as { outcome: string }).outcome}: ${json.error}`);
}

const names = Object.keys(operations);

const lostOf = (name: string) => (name === 'get' ? 'failed' : 'unknown');

const found = `{"_id":"${_id}","name":"Acme"}`;

describe('an answer that is none', () => {
	const closed = 'the connection was closed before the answer was complete, ECONNRESET';
	const late = 'it took too long to answer, ECONNABORTED';
	const answers: Array<[string, string, (socket: Socket) => void]> = [
		[
			'a switch to another protocol, after which there is silence',
			late,
			(socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n'),
		],
		[
			'early hints without end',
			late,
			(socket) => {
				const timer = setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'), 20);
				socket.on('close', () => clearInterval(timer));
			},
		],
		[
			'a header without end',
			late,
			(socket) => {
				socket.write('HTTP/1.1 200 OK\r\nX-Long: ');
				const timer = setInterval(() => socket.write('x'), 20);
				socket.on('close', () => clearInterval(timer));
			},
		],
		['headers and then silence', late, (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n')],
		[
			'a reset within the headers',
			closed,
			(socket) => {
				socket.write('HTTP/1.1 200 OK\r\nCont');
				socket.resetAndDestroy();
			},
		],
		[
			'less than its Content-Length',
			closed,
			(socket) => socket.end(`HTTP/1.1 200 OK\r\nContent-Length: 300\r\n\r\n${found}`),
		],
		[
			'chunks without the last one',
			closed,
			(socket) => socket.end(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n`),
		],
		['another protocol', 'the answer is not valid HTTP, HPE_', (socket) => socket.write('SSH-2.0-OpenSSH_9.9\r\n')],
		[
			'two lengths',
			'the answer is not valid HTTP, HPE_',
			(socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}'),
		],
		[
			'gzip that is none',
			'the answer cannot be read (Z_DATA_ERROR)',
			(socket) => socket.write(rawAnswer(found, ['Content-Encoding: gzip'])),
		],
		[
			'gzip with a wrong sum',
			'the answer cannot be read (Z_DATA_ERROR)',
			(socket) => {
				const packed = gzipSync(found);
				packed.writeUInt32LE(1, packed.length - 8);
				socket.write(rawAnswer(packed, ['Content-Encoding: gzip']));
			},
		],
		[
			'br that is none',
			'the answer cannot be read (ERR__',
			(socket) => socket.write(rawAnswer(found, ['Content-Encoding: br'])),
		],
		[
			'objects in each other without end',
			'the answer is nested more than 500 levels deep',
			(socket) => socket.write(rawAnswer('{"a":'.repeat(50_000) + '1' + '}'.repeat(50_000))),
		],
	];

	it.each(answers.flatMap(([form, words, answer]) => names.map((name) => [form, name, words, answer] as const)))(
		'ends each row once, in words: %s, %s',
		async (_form, name, words, answer) => {
			const outcomes = await outcomesOf(name, answer);
			expect(outcomes).toHaveLength(2);
			for (const outcome of outcomes) {
				// Later items may not be sent at all, where nobody answers.
				expect(outcome).toMatch(new RegExp(`^(?:${lostOf(name)}|notSent): `));
				expect(outcome).toContain(words);
			}
			if (['create', 'insert'].includes(name))
				expect(server.requests.filter((line) => line.startsWith('POST')).length).toBeLessThanOrEqual(2);
		},
	);
});

describe('a run that is cancelled', () => {
	const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n[\r\n';

	it.each([
		['before an answer begins', ''],
		['within its headers', 'HTTP/1.1 200 OK\r\nX-Long: '],
		['within its body', head],
	])('ends at once and leaves no connection: %s', async (_when, first) => {
		let cancel = () => {};
		server = await listenRaw((socket) => {
			socket.write(first);
			const timer = setInterval(() => socket.write(first === head ? '1\r\n \r\n' : first && 'x'), 10);
			socket.on('close', () => clearInterval(timer));
			setTimeout(() => cancel(), 50);
		});
		const since = performance.now();
		const { output } = await runPlanhat({
			parameters: { resource: 'company', operation: 'getAll', returnAll: true },
			credentials: { apiToken, baseUrl: server.url, callsPerMinute: 0 },
			onStart: (stop) => (cancel = stop),
		});
		expect(output).toEqual([]);
		expect(performance.now() - since).toBeLessThan(5_000);
		expect(server.requests).toHaveLength(1);
	});
});

describe('an answer that is odd, and right', () => {
	const chunked = `${found.length.toString(16)}\r\n${found}\r\n0\r\nX-Trailer: 1\r\n\r\n`;

	it.each<[string, string | Buffer]>([
		['after 100 and 103', `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n${rawAnswer(found)}`],
		[
			'in chunks with a trailer',
			`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Trailer\r\n\r\n${chunked}`,
		],
		['with another status of success', `HTTP/1.1 299 Odd\r\nContent-Length: ${found.length}\r\n\r\n${found}`],
		['packed with br', rawAnswer(brotliCompressSync(found), ['Content-Encoding: br'])],
		['with names that every object has', rawAnswer(found.replace('}', ',"toString":1,"__proto__":{"admin":true}}'))],
	])('is read: %s', async (_form, answer) => {
		expect(await outcomesOf('get', (socket) => socket.write(answer))).toEqual([]);
		expect(server.requests).toHaveLength(2);
		expect(Object.getPrototypeOf({})).not.toHaveProperty('admin');
	});
});
