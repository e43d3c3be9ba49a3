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

/** The brackets around the rows. */
const bracketBytes = 2;

/**
 * Packs rows into a body until it is full. It is called when the request is sent, so that one body exists at a time.
 * @param rows positions of the rows that are to be sent, in their order
 * @param from index in `rows` to begin at
 * @param limits of a request
 * @param text JSON text of a row
 * @param breathe gives the event loop back now and then
 * @returns the chunk, and the index in `rows` after the last one packed; a row that alone is above the limit of bytes
 * is left out of the body but counted as packed, and named in `tooLarge`
 */
export async function packChunk(
	rows: readonly number[],
	from: number,
	limits: ChunkLimits,
	text: (row: number) => string,
	breathe: () => Promise<void> | undefined,
): Promise<{ chunk: Chunk; next: number; tooLarge: number[] }> {
	const packed: number[] = [];
	const tooLarge: number[] = [];
	const texts: string[] = [];
	let bytes = bracketBytes;
	let next = from;
	for (; next < rows.length && packed.length < limits.rows; next += 1) {
		const row = rows[next] ?? 0;
		const json = text(row);
		// One byte for the comma.
		const size = Buffer.byteLength(json) + 1;
		if (size + bracketBytes > limits.bytes) {
			tooLarge.push(row);
			continue;
		}
		if (bytes + size > limits.bytes) break;
		bytes += size;
		packed.push(row);
		texts.push(json);
		await breathe();
	}
	return { chunk: { rows: packed, body: Buffer.from(`[${texts.join(',')}]`) }, next, tooLarge };
}
