import type { Position, Reason, Written } from '../rows/row';
import { Body } from './body';
import { chunkOf, entryOffsets } from './jsonRows';
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

/** So many rows are made text together, and fewer of long ones: about so many bytes. */
const most = { rowsAtOnce: 512, bytesAtOnce: 128_000 };

/** So many rows are made text together before it is known how long they are. */
const rowsAtFirst = 4;

/** So many rows are written before the time is looked at. */
const rowsBetweenLooks = 16;

/** Neighbours in a request, as one text without the brackets. */
interface Piece {
	rows: Position[];
	text: string;
	/** UTF-8. */
	bytes: number;
}

/** A request that is not full yet. */
interface Open {
	layer: number;
	rows: Position[];
	body: Body;
}

function pieceOf(rows: Position[], fields: ReadonlyArray<Written['fields']>): Piece {
	const text = JSON.stringify(fields).slice(1, -1);
	return { rows, text, bytes: Buffer.byteLength(text) };
}

/** A value that refers to itself, for instance, has no JSON text. */
function pieceAlone(at: Position, fields: Written['fields']): Piece | Reason {
	try {
		return pieceOf([at], [fields]);
	} catch (error) {
		return { code: 'noJson', said: error instanceof Error ? error.message : String(error) };
	}
}

/** Parts a text into those of its rows, which are not made anew. */
function rowsOf({ rows, text }: Piece): Piece[] {
	const json = Buffer.from(`[${text}]`);
	const offsets = entryOffsets(json, rows.length);
	return rows.map((at, place) => {
		const start = offsets[place] ?? 0;
		const end = (offsets[place + 1] ?? 0) - (place + 1 < rows.length ? 1 : 0);
		return { rows: [at], text: json.toString('utf8', start, end), bytes: end - start };
	});
}

const nothing: ReadonlyArray<Open | Settled> = [];

/** Fills requests with rows, many at a time. */
class Packer {
	private open: Open;

	/** Rows of one layer that have no text yet. */
	private waiting: Position[] = [];

	private fields: Array<Written['fields']> = [];

	private layer = 0;

	private rowsAtOnce = rowsAtFirst;

	/** @param left how many rows are still to come, as far as that is known */
	constructor(
		private readonly limits: Readonly<Limits>,
		private left: number,
	) {
		this.open = this.newOpen(0);
	}

	private newOpen(layer: number): Open {
		const { limits, left } = this;
		return { layer, rows: [], body: new Body({ rows: Math.min(limits.rows, left), bytes: limits.bytes }) };
	}

	/** Takes a row. @returns what is done by now: requests that are full, and rows that no request can take */
	take({ at, layer, fields }: Written): ReadonlyArray<Open | Settled> {
		const done = layer === this.layer ? nothing : this.write();
		this.layer = layer;
		this.waiting.push(at);
		this.fields.push(fields);
		const room = this.limits.rows - this.open.rows.length;
		const isFull = this.waiting.length >= Math.min(this.rowsAtOnce, Math.max(1, room));
		return isFull ? [...done, ...this.write()] : done;
	}

	finish(): Array<Open | Settled> {
		const done = this.write();
		return this.open.rows.length > 0 ? [...done, this.open] : done;
	}

	/** Makes the text of the rows that wait. */
	private write(): Array<Open | Settled> {
		const { waiting, fields, layer } = this;
		if (waiting.length === 0) return [];
		this.waiting = [];
		this.fields = [];
		const done: Array<Open | Settled> = [];
		for (const piece of this.piecesOf(waiting, fields)) {
			if ('text' in piece) done.push(...this.add(piece, layer));
			else done.push(piece);
		}
		return done;
	}

	private piecesOf(rows: Position[], fields: ReadonlyArray<Written['fields']>): Array<Piece | Settled> {
		try {
			const piece = pieceOf(rows, fields);
			this.rowsAtOnce = Math.max(
				1,
				Math.min(most.rowsAtOnce, 2 * rows.length, Math.floor((most.bytesAtOnce * rows.length) / piece.bytes)),
			);
			return [piece];
		} catch {
			return rows.map((at, place) => {
				const piece = pieceAlone(at, fields[place] ?? {});
				return 'text' in piece ? piece : { at, why: piece };
			});
		}
	}

	private add(piece: Piece, layer: number): Array<Open | Settled> {
		const { limits, open } = this;
		const [at = 0, ...others] = piece.rows;
		const isAlone = others.length === 0;
		const isAboveRow = bracketBytes + piece.bytes > limits.rowBytes;
		if (isAboveRow && isAlone) return [{ at, why: { code: 'tooLarge' } }];
		const isFirst = open.rows.length === 0;
		const fits =
			!isAboveRow &&
			(isFirst || open.layer === layer) &&
			open.rows.length + piece.rows.length <= limits.rows &&
			open.body.length + piece.bytes + 1 <= limits.bytes;
		if (fits || (isFirst && isAlone)) {
			open.layer = layer;
			open.body.add(piece.text, piece.bytes, open.rows.length);
			for (const row of piece.rows) open.rows.push(row);
			return [];
		}
		if (!isAlone) return rowsOf(piece).flatMap((row) => this.add(row, layer));
		this.left -= open.rows.length;
		this.open = this.newOpen(layer);
		return [open, ...this.add(piece, layer)];
	}
}

/**
 * Packs rows into requests. The text of a row is made once, here, together with that of its neighbours; it is called for one
 * chunk after the other, so that few bodies exist at a time. A layer begins a chunk.
 * @param rows in the order of their layers; what is settled already is handed on
 * @param count how many they are, where that is known before
 */
export async function* packChunks(
	{ yieldToEventLoop }: { yieldToEventLoop(): Promise<void> | undefined },
	rows: Iterable<Written | Settled>,
	limits: Readonly<Limits>,
	count = 0,
): AsyncGenerator<Chunk | Settled> {
	const packer = new Packer(limits, count);
	let taken = 0;
	for (const row of rows) {
		if (!('fields' in row)) yield row;
		else for (const done of packer.take(row)) yield 'body' in done ? chunkOf(done.rows, done.body.close()) : done;
		taken += 1;
		if (taken % rowsBetweenLooks !== 0) continue;
		const pause = yieldToEventLoop();
		if (pause) await pause;
	}
	for (const done of packer.finish()) yield 'body' in done ? chunkOf(done.rows, done.body.close()) : done;
}
