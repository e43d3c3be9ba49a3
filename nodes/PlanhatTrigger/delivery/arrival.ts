import { unpack } from './unpack';

/** n8n's request, as far as it is needed. */
export interface WebhookRequest {
	headers: Record<string, string | string[] | undefined>;
	query?: object;
	/** What n8n has parsed, where it did not leave the body to the node. */
	body?: unknown;
	/** What n8n has read, as it came or unpacked. Undefined for a form with files that n8n has parsed. */
	rawBody?: Buffer;
	/** Reads the body into `rawBody`, up to the limit of this n8n. */
	readRawBody?(): Promise<void>;
}

/** A body that has come in whole. */
export interface Arrival {
	/** As the sender wrote it, with its parameters. */
	contentType: string;
	/** Unpacked, unless that was not possible. */
	bytes: Buffer;
	isPacked: boolean;
	/** What n8n has made of XML and of forms with files, where it did not leave the body to the node. */
	parsed?: unknown;
}

function encodingsOf(header: string | string[] | undefined): string[] {
	const names = [header ?? []].flat().flatMap((value) => value.toLowerCase().split(','));
	return names.map((name) => name.trim()).filter((name) => name !== '' && name !== 'identity');
}

/** While it reads, n8n unpacks by this header, and loses what cannot be unpacked: a broken body, or a header that is wrong. */
async function readAsItComes(request: WebhookRequest): Promise<void> {
	const { headers } = request;
	const encoding = headers['content-encoding'];
	delete headers['content-encoding'];
	try {
		await request.readRawBody?.();
	} finally {
		if (encoding !== undefined) headers['content-encoding'] = encoding;
	}
}

/**
 * Reads the body of a request. n8n leaves it to the node where the option `binaryData` is true; elsewhere n8n has read it
 * already, and has unpacked gzip and deflate.
 * @throws what n8n throws when the body is too large (`type` is `entity.too.large`) or breaks off
 */
export async function readArrival(request: WebhookRequest): Promise<Arrival> {
	const isRead = request.rawBody !== undefined || request.body !== undefined;
	if (!isRead) await readAsItComes(request);
	const encodings = encodingsOf(request.headers['content-encoding']);
	const isUnpacked = isRead && ['gzip', 'deflate'].includes(encodings.join());
	const bytes = request.rawBody ?? Buffer.alloc(0);
	const unpacked = isUnpacked ? bytes : await unpack(bytes, encodings);
	return {
		contentType: [request.headers['content-type'] ?? ''].flat().join(),
		bytes: unpacked ?? bytes,
		isPacked: unpacked === undefined,
		...(isRead && { parsed: request.body }),
	};
}
