import { createServer } from 'node:net';
import { StartError } from './errors.mjs';

/** Systems give ports above these to whoever calls out: one of those may be gone before its server has started. */
const lowest = 15_000;
const highest = 30_000;
const mostTries = 100;

/**
 * TCP ports of the loopback interface that nobody uses at this moment, each another one.
 *
 * @param {number} count
 * @returns {Promise<number[]>}
 */
export async function findFreePorts(count) {
	const held = [];
	for (let tried = 0; held.length < count && tried < mostTries; tried += 1) {
		const server = await listen(lowest + Math.floor(Math.random() * (highest - lowest)));
		if (server !== undefined) held.push(server);
	}
	const ports = held.map((server) => server.address().port);
	await Promise.all(held.map(async (server) => await close(server)));
	if (ports.length === count) return ports;
	throw new StartError(
		`No free port was found between ${lowest} and ${highest}.`,
		'End programs that keep ports open, or restart the machine, and start again.',
	);
}

/**
 * The given port, when it is free and no other start holds it; the hold ends with this process.
 *
 * n8n opens its port only after seconds. So what two starts contend for is the port before it, which is held here at once.
 *
 * @param {number} port
 * @returns {Promise<number | undefined>}
 */
export async function claimPort(port) {
	const hold = await listen(port - 1);
	if (hold === undefined) return undefined;
	hold.unref();
	const free = await listen(port);
	if (free === undefined) {
		await close(hold);
		return undefined;
	}
	await close(free);
	return port;
}

async function listen(port) {
	const server = createServer((socket) => socket.destroy());
	return await new Promise((resolve) => {
		server.once('error', () => resolve(undefined));
		server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(server));
	});
}

async function close(server) {
	await new Promise((resolve) => server.close(resolve));
}
