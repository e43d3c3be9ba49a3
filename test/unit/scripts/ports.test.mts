import { describe, expect, it } from '@jest/globals';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { claimPort, findFreePorts } from '../../../scripts/lib/ports.mjs';

async function listenOn(port: number): Promise<Server> {
	const server = createServer();
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	return server;
}

async function close(server: Server): Promise<void> {
	await new Promise((resolve) => server.close(resolve));
}

/** Two ports in a row that are free. */
async function freePair(): Promise<number> {
	const [port = 0] = await findFreePorts(1);
	return port;
}

describe('ports for n8n', () => {
	it('are free, differ, and are none that the system gives to whoever calls out', async () => {
		const ports = await findFreePorts(20);
		expect(new Set(ports).size).toBe(20);
		for (const port of ports) {
			expect(port).toBeLessThan(32_768);
			await close(await listenOn(port));
		}
	});

	it('are the usual one where it is free, each time', async () => {
		const port = await freePair();
		expect(await claimPort(port)).toBe(port);
		const server = await listenOn(port);
		expect((server.address() as AddressInfo).port).toBe(port);
		await close(server);
	});

	it('are not the usual one while somebody listens there', async () => {
		const port = await freePair();
		const server = await listenOn(port);
		expect(await claimPort(port)).toBeUndefined();
		await close(server);
		expect(await claimPort(port)).toBe(port);
	});

	it('are not the usual one while another start holds it, whose n8n does not listen yet', async () => {
		const port = await freePair();
		expect(await claimPort(port)).toBe(port);
		expect(await claimPort(port)).toBeUndefined();
	});
});
