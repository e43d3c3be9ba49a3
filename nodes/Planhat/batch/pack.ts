import type { Position, Reason, Written } from '../rows/row';
import type { Chunk, Settled } from './outcomes';

/** How rows are put into requests. The sender makes the bytes fewer when it learns that requests are too large. */
export interface Limits {
	/** Rows in a request. */
	rows: number;
	/** Bytes of a body, UTF-8. */
	bytes: number;
	/** Bytes of a body with one row, which may be more. */
	rowBytes: number;
}

/** The brackets around the rows. */
const bracketBytes = 2;

/** So many texts are written into a body before the time is looked at. */
const textsAtOnce = 100;

/** Rows whose text is made, and that are in no request yet. */
interface Open {
	layer: number;
	rows: Position[];
	texts: string[];
	sizes: number[];
	bytes: number;
}

/** A value that refers to itself, for instance, has no JSON text. */
function textOf({ fields }: Written): string | Reason {
	try {
		return JSON.stringify(fields);
	} catch (error) {
		return { code: 'noJson', said: error instanceof Error ? error.message : String(error) };
	}
}

function isFull({ rows, bytes }: Open, size: number, limits: Limits): boolean {
	return rows.length > 0 && (rows.length >= limits.rows || bytes + 1 + size > limits.bytes);
}

async function chunkOf(
	{ rows, texts, sizes, bytes }: Open,
	yieldToEventLoop: () => Promise<void> | undefined,
): Promise<Chunk> {
	const body = Buffer.allocUnsafe(bytes);
	const offsets = new Uint32Array(rows.length + 1);
	let end = body.write('[');
	for (const [place, size] of sizes.entries()) {
		offsets[place] = end;
		end += size + (place + 1 < sizes.length ? 1 : 0);
	}
	offsets[sizes.length] = end;
	for (let place = 0; place < texts.length; place += textsAtOnce) {
		const after = place + textsAtOnce;
		body.write(texts.slice(place, after).join(',') + (after < texts.length ? ',' : ']'), offsets[place] ?? 0);
		const pause = yieldToEventLoop();
		if (pause) await pause;
	}
	return { rows, body, offsets };
}

/**
 * Packs rows into requests. The text of a row is made once, here; it is called for one chunk after the other, so that few
 * bodies exist at a time. A layer begins a chunk.
 * @param run gives the event loop back
 * @param rows in the order of their layers; what is settled already is handed on
 * @param limits of a request, read anew for each row
 */
export async function* packChunks(
	{ yieldToEventLoop }: { yieldToEventLoop(): Promise<void> | undefined },
	rows: AsyncIterable<Written | Settled>,
	limits: Readonly<Limits>,
): AsyncGenerator<Chunk | Settled> {
	let open: Open = { layer: 0, rows: [], texts: [], sizes: [], bytes: bracketBytes };
	for await (const row of rows) {
		if (!('fields' in row)) {
			yield row;
			continue;
		}
		const text = textOf(row);
		const size = typeof text === 'string' ? Buffer.byteLength(text) : 0;
		if (typeof text !== 'string' || bracketBytes + size > limits.rowBytes) {
			yield { at: row.at, why: typeof text === 'string' ? { code: 'tooLarge' } : text };
			continue;
		}
		if (open.rows.length > 0 && (row.layer !== open.layer || isFull(open, size, limits))) {
			yield await chunkOf(open, yieldToEventLoop);
			open = { layer: row.layer, rows: [], texts: [], sizes: [], bytes: bracketBytes };
		}
		open.layer = row.layer;
		open.bytes += size + (open.rows.length > 0 ? 1 : 0);
		open.rows.push(row.at);
		open.texts.push(text);
		open.sizes.push(size);
		const pause = yieldToEventLoop();
		if (pause) await pause;
	}
	if (open.rows.length > 0) yield await chunkOf(open, yieldToEventLoop);
}
