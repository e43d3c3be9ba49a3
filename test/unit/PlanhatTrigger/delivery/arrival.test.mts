import { describe, expect, it } from '@jest/globals';
import { gzipSync } from 'node:zlib';

import { readArrival, type WebhookRequest } from '../../../../nodes/PlanhatTrigger/delivery/arrival.ts';

const bytes = Buffer.from('{"_id":"1"}');
const gzip = { 'content-encoding': 'gzip' };

/** A request whose body n8n has left to the node. */
function unread(body: Buffer, headers: WebhookRequest['headers']) {
	const seen: unknown[] = [];
	const request: WebhookRequest = {
		headers,
		async readRawBody() {
			seen.push(request.headers['content-encoding']);
			request.rawBody = body;
		},
	};
	return { request, seen };
}

describe('a body that n8n left to the node', () => {
	it('is read as it comes and unpacked here, and the headers stay as they were', async () => {
		const { request, seen } = unread(gzipSync(bytes), { ...gzip, 'content-type': 'a/b; c=d' });
		expect(await readArrival(request)).toEqual({ contentType: 'a/b; c=d', bytes, isPacked: false });
		expect(seen).toEqual([undefined]);
		expect(request.headers['content-encoding']).toBe('gzip');
	});

	it('is handed over packed where it cannot be unpacked', async () => {
		const { request } = unread(bytes, gzip);
		expect(await readArrival(request)).toEqual({ contentType: '', bytes, isPacked: true });
	});

	it('is not packed where the header says nothing', async () => {
		for (const encoding of [undefined, '', 'identity', ' Identity , ']) {
			const { request } = unread(bytes, { 'content-encoding': encoding });
			expect(await readArrival(request)).toMatchObject({ bytes, isPacked: false });
		}
	});

	it('takes several headers, in any case of letters, for one list', async () => {
		const { request } = unread(gzipSync(gzipSync(bytes)), { 'content-encoding': ['GZIP', ' x-gzip '] });
		expect(await readArrival(request)).toMatchObject({ bytes, isPacked: false });
	});

	it('that breaks off fails with what n8n says, and the headers stay as they were', async () => {
		const failure = new Error('request aborted');
		const request: WebhookRequest = { headers: { ...gzip }, readRawBody: async () => await Promise.reject(failure) };
		await expect(readArrival(request)).rejects.toBe(failure);
		expect(request.headers).toEqual(gzip);
	});
});

describe('a body that n8n has read', () => {
	it('is not unpacked again, and comes with what n8n has made of it', async () => {
		const request: WebhookRequest = { headers: { ...gzip }, rawBody: bytes, body: { _id: '1' } };
		expect(await readArrival(request)).toEqual({ contentType: '', bytes, isPacked: false, parsed: { _id: '1' } });
	});

	it('is unpacked where n8n does not know how it was packed', async () => {
		const headers = { 'content-encoding': 'x-gzip' };
		expect(await readArrival({ headers, rawBody: gzipSync(bytes), body: {} })).toMatchObject({
			bytes,
			isPacked: false,
		});
	});

	it('as a form with files has no bytes', async () => {
		const body = { data: {}, files: {} };
		expect(await readArrival({ headers: {}, body })).toMatchObject({ bytes: Buffer.alloc(0), parsed: body });
	});
});
