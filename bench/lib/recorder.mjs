// A Planhat on loopback that does as little as it can, so that a comparison shows the client: it keeps which keys it has
// seen, names each row in its answer, counts metrics, and hands over companies that it made before. Prints its address.

import { createServer } from 'node:http';

const companies = Number(process.argv[2] ?? 0);
/** Milliseconds. */
const delayOfPages = Number(process.argv[3] ?? 0);

const idOf = (number) => number.toString(16).padStart(24, '0');
const records = Array.from({ length: companies }, (_, index) => ({
	_id: idOf(index),
	externalId: `c${index}`,
	name: `Company ${index}`,
	phase: 'Live',
	mrr: index,
	createDate: '2026-01-01T00:00:00.000Z',
}));
const pages = new Map();
let seen = new Map();

function pageOf(url) {
	const from = Number(url.searchParams.get('offset') ?? 0);
	const page = `${from} ${url.searchParams.get('limit')}`;
	if (!pages.has(page)) {
		const to = from + Number(url.searchParams.get('limit') ?? 100);
		pages.set(page, Buffer.from(JSON.stringify(records.slice(from, to))));
	}
	return pages.get(page);
}

function upsert(rows) {
	const created = [];
	const updated = [];
	for (const { externalId } of rows) {
		const known = seen.get(externalId);
		const _id = known ?? idOf(seen.size);
		seen.set(externalId, _id);
		(known === undefined ? created : updated).push({ _id, externalId });
	}
	const counts = { created: created.length, updated: updated.length, nonupdates: 0 };
	return { ...counts, insertsKeys: created, updatesKeys: updated, createdErrors: [], updatedErrors: [] };
}

/** Rows whose metrics have no objects within. */
function countRows(body) {
	let count = 0;
	for (let at = body.indexOf('{'); at >= 0; at = body.indexOf('{', at + 1)) count += 1;
	return count;
}

function answerTo({ method, url }, body) {
	const address = new URL(url, 'http://localhost');
	if (method === 'DELETE') {
		seen = new Map();
		return {};
	}
	if (method === 'GET') return address.pathname === '/companies' ? pageOf(address) : [];
	if (method === 'POST') return { processed: countRows(body), errors: [] };
	return upsert(JSON.parse(body.toString()));
}

const server = createServer((request, response) => {
	const pieces = [];
	request.on('data', (piece) => pieces.push(piece));
	request.on('end', () => {
		const answer = answerTo(request, Buffer.concat(pieces));
		const send = () => {
			response.writeHead(200, { 'Content-Type': 'application/json' });
			response.end(Buffer.isBuffer(answer) ? answer : JSON.stringify(answer));
		};
		if (delayOfPages > 0 && request.method === 'GET') setTimeout(send, delayOfPages);
		else send();
	});
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
