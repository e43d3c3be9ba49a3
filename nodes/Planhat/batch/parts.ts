import type { Position } from '../rows/row';
import type { PlanhatAnswer, PlanhatRefusal } from '../transport/answer';
import type { Chunk } from './outcomes';
import type { Limits } from './pack';

/** Some rows of a chunk, whose text is there already. */
export interface Part {
	chunk: Chunk;
	/** Places of the rows in the chunk, in their order. */
	places: readonly number[];
}

/** All rows of a chunk. */
export function wholeOf(chunk: Chunk): Part {
	return { chunk, places: chunk.rows.map((_row, place) => place) };
}

/** The positions of the rows of a part, in its order. */
export function positionsOf({ chunk, places }: Part): readonly Position[] {
	if (places.length === chunk.rows.length) return chunk.rows;
	return places.map((place) => chunk.rows[place] ?? 0);
}

function startOf({ offsets }: Chunk, place: number): number {
	return offsets[place] ?? 0;
}

/** Between two rows there is a comma, after the last one none. */
function endOf({ rows, offsets }: Chunk, place: number): number {
	return place + 1 < rows.length ? (offsets[place + 1] ?? 0) - 1 : (offsets[rows.length] ?? 0);
}

function sizeOf(chunk: Chunk, place: number): number {
	return endOf(chunk, place) - startOf(chunk, place);
}

/** How long the body of a part is. Bytes. */
export function bytesOf({ chunk, places }: Part): number {
	if (places.length === chunk.rows.length) return chunk.body.length;
	return places.reduce((bytes, place) => bytes + sizeOf(chunk, place) + 1, 1) + (places.length === 0 ? 1 : 0);
}

/** The text of a row. UTF-8. */
export function rowText(chunk: Chunk, place: number): Buffer {
	return chunk.body.subarray(startOf(chunk, place), endOf(chunk, place));
}

/** The body of a part: a JSON array of the texts that the chunk holds, UTF-8. */
export function bodyOf({ chunk, places }: Part): Buffer {
	if (places.length === chunk.rows.length) return chunk.body;
	const pieces: Buffer[] = [];
	for (let from = 0; from < places.length;) {
		let to = from;
		while ((places[to] ?? 0) + 1 === places[to + 1]) to += 1;
		// Rows that stand side by side keep the commas between them.
		pieces.push(chunk.body.subarray(startOf(chunk, places[from] ?? 0), endOf(chunk, places[to] ?? 0)));
		from = to + 1;
	}
	const separated = pieces.flatMap((piece, index) => (index === 0 ? [piece] : [Buffer.from(','), piece]));
	return Buffer.concat([Buffer.from('['), ...separated, Buffer.from(']')]);
}

/** Splits a part into as many parts of about as many rows. */
export function splitInto(part: Part, count: number): Part[] {
	const size = Math.ceil(part.places.length / count);
	const parts: Part[] = [];
	for (let from = 0; from < part.places.length; from += size)
		parts.push({ chunk: part.chunk, places: part.places.slice(from, from + size) });
	return parts;
}

/**
 * Splits a part into parts whose bodies are no longer than a limit, where one row is not longer by itself.
 * @param most bytes of a body
 */
export function splitBySize(part: Part, most: number): Part[] {
	const parts: number[][] = [];
	let bytes = Infinity;
	for (const place of part.places) {
		const size = sizeOf(part.chunk, place) + 1;
		if (bytes + size > most) {
			parts.push([]);
			bytes = 1;
		}
		parts.at(-1)?.push(place);
		bytes += size;
	}
	return parts.map((places) => ({ chunk: part.chunk, places }));
}

/** Takes rows out of a part, each to go alone; the others stay together. In the order of their first rows. */
export function takeOut({ chunk, places }: Part, taken: ReadonlySet<number>): Part[] {
	const rest = places.filter((place) => !taken.has(place));
	const alone = places.filter((place) => taken.has(place)).map((place) => [place]);
	const parts = rest.length > 0 ? [...alone, rest] : alone;
	return parts.sort(([one = 0], [other = 0]) => one - other).map((own) => ({ chunk, places: own }));
}

/** A row that is refused for its size tells of larger ones alone; after so many, of those half as large too. */
const mostRowsTried = 10;

/** Learns from what comes back how large a request may be, for the rest of the run. */
export class Sizes {
	private rowsTried = 0;

	/** @param limits are made smaller */
	constructor(private readonly limits: Limits) {}

	/** Whether a row alone is as large as one that was refused for it. */
	isTooLarge(part: Part): boolean {
		return part.places.length === 1 && bytesOf(part) > this.limits.rowBytes;
	}

	/** Whether a part should be sent in smaller ones. */
	isAbove(part: Part): boolean {
		return part.places.length > 1 && bytesOf(part) > this.limits.bytes;
	}

	/**
	 * Learns that a part was too large: it was refused for that (413), or its answer was lost, perhaps for that.
	 * @returns whether its rows can go in smaller parts
	 */
	learn(part: Part): boolean {
		const bytes = bytesOf(part);
		if (part.places.length > 1) {
			// Two halves have two pairs of brackets, and no comma between them.
			this.limits.bytes = Math.min(this.limits.bytes, Math.ceil((bytes + 3) / 2));
			return true;
		}
		this.rowsTried += 1;
		const least = this.rowsTried < mostRowsTried ? bytes - 1 : Math.floor(bytes / 2);
		this.limits.rowBytes = Math.min(this.limits.rowBytes, least);
		return false;
	}
}

/** Whether Planhat, or a proxy before it, refused a request for its size; it was surely not applied then. */
export function isRefusedForSize(answer: PlanhatAnswer | PlanhatRefusal): boolean {
	return 'failure' in answer && answer.failure.code === '413';
}
