import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A server that says byte by byte what a test wants, be it HTTP or not. */
export interface RawServer {
	url: string;
	/** First lines of the requests that came. */
	requests: string[];
	/** How many connections are open. */
	readonly open: number;
	close(): Promise<void>;
}

/** @param answer is called for each request that has come in whole */
export async function listenRaw(answer: (socket: Socket, count: number) => void): Promise<RawServer> {
	const requests: string[] = [];
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		let received = '';
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
		socket.on('error', () => {});
		socket.on('data', (bytes) => {
			received += bytes.toString('latin1');
			const end = received.indexOf('\r\n\r\n') + 4;
			const length = Number(/^content-length: *(\d+)/im.exec(received)?.[1] ?? 0);
			if (end < 4 || received.length < end + length) return;
			requests.push(received.slice(0, received.indexOf('\r\n')));
			received = '';
			answer(socket, requests.length);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		requests,
		get open() {
			return sockets.size;
		},
		async close() {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** An answer of 200 as it goes over the line. */
export function rawAnswer(body: string | Buffer, headers: readonly string[] = []): Buffer {
	const bytes = Buffer.from(body as string);
	const head = ['HTTP/1.1 200 OK', 'Content-Type: application/json', ...headers, `Content-Length: ${bytes.length}`];
	return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), bytes]);
}
