import { lateError, errorWithCode, TimeLimit } from './timeLimit';

/**
 * The largest answer that is read, unpacked. A page of 5,000 records of 10 kB fits in, as does a lean list of 500,000
 * companies. n8n's helper has no limit of its own, and a few hundred kB can unpack to any size.
 */
export const mostMegabytes = 64;

const mostBytes = mostMegabytes * 1_000_000;

/** An object takes twenty times the memory of the two characters that can stand for it. */
export const mostObjects = 2_000_000;

/** Below this, objects do no harm however many they are, so that they are not counted. Bytes. */
const smallBytes = 4_000_000;

/** A whole answer may take as long as n8n gives any request, however little comes at a time. Milliseconds. */
const longestAnswer = 300_000;

const [openingBrace, openingBracket] = [0x7b, 0x5b];

/** An answer that is larger, or nested more deeply, than anything that Planhat is known to send. */
export class LargeAnswer extends Error {}

/** The part of Node's streams that is needed here. */
export interface ByteStream {
	on(event: 'data', listener: (chunk: Buffer) => void): unknown;
	on(event: 'close' | 'end', listener: () => void): unknown;
	on(event: 'error', listener: (error: Error) => void): unknown;
	destroy(): unknown;
}

/** How long an answer may take, what else ends it, and how its text is written. */
export interface ReadingLimits {
	/** The longest in which nothing comes. Milliseconds. */
	silence: number;
	/** The longest for the whole. Milliseconds. */
	whole?: number;
	signal?: AbortSignal;
	/** What the answer says that its text is written in. */
	charset?: string;
}

function decodedAs(bytes: Buffer, charset: string): string | undefined {
	try {
		return new TextDecoder(charset, { fatal: true }).decode(bytes);
	} catch {
		return undefined;
	}
}

/** JSON is in UTF-8 whatever an answer says, unless its bytes show that it is not. */
function decoded(bytes: Buffer, charset?: string): string {
	const named = charset === undefined ? undefined : (decodedAs(bytes, 'utf-8') ?? decodedAs(bytes, charset));
	return named ?? bytes.toString().replace(/^\uFEFF/, '');
}

function objectsIn(chunk: Buffer): number {
	let count = 0;
	// By index: an iterator takes six times as long, and an answer may have 64 million bytes.
	for (let at = 0; at < chunk.length; at += 1) {
		const byte = chunk[at];
		if (byte === openingBrace || byte === openingBracket) count += 1;
	}
	return count;
}

/** What has come of an answer so far. */
class Collected {
	private chunks: Buffer[] = [];

	private bytes = 0;

	private objects = 0;

	/** @throws LargeAnswer where it is too much */
	add(chunk: Buffer): void {
		this.bytes += chunk.length;
		if (this.bytes > mostBytes) throw new LargeAnswer(`the answer is larger than ${mostMegabytes} MB`);
		if (this.bytes > smallBytes) this.objects += objectsIn(chunk);
		if (this.objects > mostObjects)
			throw new LargeAnswer(`the answer holds more than ${mostObjects / 1_000_000} million objects`);
		this.chunks.push(chunk);
	}

	text(charset?: string): string {
		const [first] = this.chunks;
		const bytes = this.chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.chunks);
		this.chunks = [];
		return decoded(bytes, charset);
	}
}

/**
 * Reads a body to its end. n8n's time limit ends with the headers of an answer whose body is a stream, and so does its
 * look at the signal.
 * @throws LargeAnswer, the signal's reason, or an error with the code of a network's
 */
export async function readBody(stream: ByteStream, limits: ReadingLimits): Promise<string> {
	const { silence, whole = Math.max(silence, longestAnswer), signal, charset } = limits;
	return await new Promise<string>((resolve, reject) => {
		const collected = new Collected();
		const fail = (error: unknown) => {
			end();
			reject(error as Error);
			stream.destroy();
		};
		const abort = () => fail(signal?.reason);
		const limit = new TimeLimit(silence, whole, () => fail(lateError()));
		const end = () => {
			limit.end();
			signal?.removeEventListener('abort', abort);
		};
		stream.on('data', (chunk) => {
			limit.heard();
			try {
				collected.add(chunk);
			} catch (error) {
				fail(error);
			}
		});
		stream.on('end', () => {
			end();
			resolve(collected.text(charset));
		});
		stream.on('error', fail);
		stream.on('close', () => fail(errorWithCode('ECONNRESET', 'The connection was closed within the answer')));
		signal?.addEventListener('abort', abort, { once: true });
		if (signal?.aborted) abort();
	});
}
