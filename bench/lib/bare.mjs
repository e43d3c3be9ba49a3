// What programs do that know nothing but HTTP.

import { spawn } from 'node:child_process';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';

/**
 * Sends a request and parses its answer.
 *
 * @param {string} method
 * @param {string} url
 * @param {Buffer} [body]
 * @param {Agent | false} [agent] Without it a connection is opened for each request, as n8n's helper does.
 */
export function sendBare(method, url, body, agent = false) {
	return new Promise((resolve, reject) => {
		const headers = body === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': body.length };
		const sent = request(url, { method, headers, agent }, (response) => {
			const pieces = [];
			response.on('data', (piece) => pieces.push(piece));
			response.on('end', () => resolve(JSON.parse(Buffer.concat(pieces).toString())));
		});
		sent.on('error', reject);
		sent.end(body);
	});
}

/**
 * Gives a program one connection that stays open.
 *
 * @param {(agent: Agent) => Promise<void>} work
 */
export async function withKeepAlive(work) {
	const agent = new Agent({ keepAlive: true, maxSockets: 1 });
	try {
		await work(agent);
	} finally {
		agent.destroy();
	}
}

/** Parts rows into the bodies of requests, as bytes. */
export function bodiesOf(rows, inOne) {
	const bodies = [];
	for (let from = 0; from < rows.length; from += inOne)
		bodies.push(Buffer.from(JSON.stringify(rows.slice(from, from + inOne))));
	return bodies;
}

const clientInPython = fileURLToPath(new URL('client.py', import.meta.url));

/**
 * Milliseconds that a Python program takes to send the same rows; undefined where there is no Python.
 *
 * @param {string} url
 * @param {string} method
 * @param {Buffer} rows As JSON.
 * @param {number} inOne Rows in a request.
 * @returns {Promise<number | undefined>}
 */
export async function sendWithPython(url, method, rows, inOne) {
	return await new Promise((resolve, reject) => {
		const child = spawn('python3', [clientInPython, url, method, String(inOne)], {
			stdio: ['pipe', 'pipe', 'inherit'],
		});
		let text = '';
		child.stdout.on('data', (piece) => {
			text += piece;
		});
		child.once('error', () => resolve(undefined));
		child.once('close', (code) => {
			if (code === 0) resolve(Number(text));
			else reject(new Error(`The Python program ended with ${code}`));
		});
		child.stdin.on('error', () => {});
		child.stdin.end(rows);
	});
}
