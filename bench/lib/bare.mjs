// What a program does that knows nothing but HTTP: a connection for each request, as n8n's helper opens one.

import { request } from 'node:http';

/** Sends a request and parses its answer. */
export function sendBare(method, url, body) {
	return new Promise((resolve, reject) => {
		const headers = body === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': body.length };
		const sent = request(url, { method, headers, agent: false }, (response) => {
			const pieces = [];
			response.on('data', (piece) => pieces.push(piece));
			response.on('end', () => resolve(JSON.parse(Buffer.concat(pieces).toString())));
		});
		sent.on('error', reject);
		sent.end(body);
	});
}

/** Parts rows into the bodies of requests, as bytes. */
export function bodiesOf(rows, inOne) {
	const bodies = [];
	for (let from = 0; from < rows.length; from += inOne)
		bodies.push(Buffer.from(JSON.stringify(rows.slice(from, from + inOne))));
	return bodies;
}
