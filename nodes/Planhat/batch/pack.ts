/** How rows are put into requests. */
export interface ChunkLimits {
	/** Rows in a request. */
	rows: number;
	/** Bytes of a request's body, UTF-8. */
	bytes: number;
}

/** The body of one request, and which rows it holds. */
export interface Chunk {
	/** Positions of the rows, in the order of the body. */
	rows: number[];
	/** A JSON array, UTF-8. */
	body: Buffer;
}

/** A row that can be in no request, and why. */
export interface RefusedRow {
	row: number;
	reason: string;
}

/** The brackets around the rows. */
const bracketBytes = 2;

const tooLarge = 'The row alone is larger than a request may be';

/** A value that refers to itself, for instance, has no JSON text. */
function tryText(text: (row: number) => string, row: number): { json: string } | { reason: string } {
	try {
		return { json: text(row) };
	} catch (error) {
		return { reason: `The row cannot be written as JSON: ${error instanceof Error ? error.message : String(error)}` };
	}
}

/**
 * Packs rows into a body until it is full. It is called when the request is sent, so that one body exists at a time.
 * @param rows positions of the rows that are to be sent, in their order
 * @param from index in `rows` to begin at
 * @param limits of a request
 * @param text JSON text of a row
 * @param yieldToEventLoop gives the event loop back now and then
 * @returns the chunk, the index in `rows` after the last one looked at, and the rows that can be in no request
 */
export async function packChunk(
	rows: readonly number[],
	from: number,
	limits: ChunkLimits,
	text: (row: number) => string,
	yieldToEventLoop: () => Promise<void> | undefined,
): Promise<{ chunk: Chunk; next: number; refused: RefusedRow[] }> {
	const packed: number[] = [];
	const refused: RefusedRow[] = [];
	const texts: string[] = [];
	let bytes = bracketBytes;
	let next = from;
	for (; next < rows.length && packed.length < limits.rows; next += 1) {
		const row = rows[next] ?? 0;
		const made = tryText(text, row);
		const size = 'json' in made ? Buffer.byteLength(made.json) : 0;
		const comma = packed.length > 0 ? 1 : 0;
		if (!('json' in made) || bracketBytes + size > limits.bytes) {
			refused.push({ row, reason: 'json' in made ? tooLarge : made.reason });
			continue;
		}
		if (bytes + comma + size > limits.bytes) break;
		bytes += comma + size;
		packed.push(row);
		texts.push(made.json);
		const pause = yieldToEventLoop();
		if (pause) await pause;
	}
	return { chunk: { rows: packed, body: Buffer.from(`[${texts.join(',')}]`) }, next, refused };
}
