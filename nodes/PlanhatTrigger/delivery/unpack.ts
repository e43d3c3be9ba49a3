/** n8n's own limit for a body, unless it is set otherwise (N8N_PAYLOAD_SIZE_MAX), which no node is told. Bytes. */
const mostBytes = 16 * 1024 * 1024;

/** Names in HTTP (RFC 9110, 8.4.1) and those that Node has for them; senders write deflate with and without a header. */
const formatsByEncoding = new Map<string, readonly string[]>([
	['gzip', ['gzip']],
	['x-gzip', ['gzip']],
	['deflate', ['deflate', 'deflate-raw']],
	['br', ['brotli']],
]);

async function unpackAs(format: string, bytes: Buffer): Promise<Buffer | undefined> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	try {
		// The types are those of Node 20. From 22.20 and 24.7 on Node knows brotli too; before, it throws here.
		const unpacker = new DecompressionStream(format as 'gzip');
		for await (const chunk of new Blob([bytes]).stream().pipeThrough(unpacker)) {
			length += chunk.length;
			if (length > mostBytes) return undefined;
			chunks.push(chunk);
		}
	} catch {
		return undefined;
	}
	return Buffer.concat(chunks);
}

/**
 * Unpacks a body, whatever it was packed with.
 * @param encodings of the header `Content-Encoding`, in its order
 * @returns undefined for what this version of Node does not know, for what is broken, and for more than 16 MB
 */
export async function unpack(bytes: Buffer, encodings: readonly string[]): Promise<Buffer | undefined> {
	let rest: Buffer | undefined = bytes;
	for (const encoding of encodings.toReversed()) {
		const packed: Buffer = rest;
		rest = undefined;
		for (const format of formatsByEncoding.get(encoding) ?? []) rest ??= await unpackAs(format, packed);
		if (rest === undefined) return undefined;
	}
	return rest;
}
