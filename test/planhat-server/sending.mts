import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import type { Answer } from './types.mts';

type Headers = Record<string, string>;

/** Sends the whole answer. */
export function sendAnswer(reply: FastifyReply, answer: Answer, headers: Headers): void {
	const { type, bytes } = encode(answer);
	void reply
		.code(answer.status)
		.headers({ ...(type === null ? {} : { 'content-type': type }), ...headers, ...answer.headers })
		.send(bytes);
}

/** Sends headers and half of the body, and never the rest. */
export function sendHalf(reply: FastifyReply, answer: Answer, headers: Headers): void {
	const bytes = start(reply, answer, headers);
	reply.raw.write(bytes.subarray(0, Math.floor(bytes.length / 2)));
}

/** Sends the answer a few bytes at a time, until the client goes away. */
export async function sendTrickle(
	reply: FastifyReply,
	answer: Answer,
	headers: Headers,
	pace: { bytes: number; milliseconds: number },
): Promise<void> {
	const bytes = start(reply, answer, headers);
	for (let sent = 0; sent < bytes.length && !reply.raw.destroyed; sent += pace.bytes) {
		reply.raw.write(bytes.subarray(sent, sent + pace.bytes));
		await sleep(pace.milliseconds, undefined, { ref: false });
	}
	reply.raw.end();
}

function start(reply: FastifyReply, answer: Answer, headers: Headers): Buffer {
	const { type, bytes } = encode(answer);
	reply.hijack();
	reply.raw.writeHead(answer.status, {
		...(type === null ? {} : { 'content-type': type }),
		...headers,
		...answer.headers,
		'content-length': bytes.length,
	});
	reply.raw.flushHeaders();
	return bytes;
}

/** Text goes out as text/html, as in the recorded error (samples/errors.json, serverError500). */
function encode(answer: Answer): { type: string | null; bytes: Buffer } {
	const { body } = answer;
	if (body === undefined) return { type: null, bytes: Buffer.alloc(0) };
	if (Buffer.isBuffer(body)) return { type: 'application/octet-stream', bytes: body };
	if (typeof body === 'string') return { type: 'text/html; charset=utf-8', bytes: Buffer.from(body) };
	return { type: 'application/json; charset=utf-8', bytes: Buffer.from(JSON.stringify(body)) };
}
