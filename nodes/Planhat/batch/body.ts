/** A body begins with so much room, before it is known how long its rows are. Bytes. */
const leastBytes = 16_384;

/** Room for so much more than the first rows let expect: memory that is never written to costs next to nothing. */
const spare = 1.25;

const code = { comma: 0x2c, open: 0x5b, close: 0x5d };

/** What is known of a body before it is made. */
export interface Expected {
	rows: number;
	/** That it will not exceed. */
	bytes: number;
}

/** The body of a request while texts of its rows are added: a JSON array, UTF-8. The texts are not kept. */
export class Body {
	private room = Buffer.allocUnsafe(leastBytes);

	/** Behind each text is a comma, of which the last becomes the bracket. */
	private end = 1;

	constructor(private readonly expected: Readonly<Expected>) {}

	/** With both brackets. Bytes; one where there are no rows. */
	get length(): number {
		return this.end;
	}

	/**
	 * Adds neighbours.
	 * @param text JSON without the brackets
	 * @param bytes of it, as UTF-8
	 * @param before how many rows there are already
	 */
	add(text: string, bytes: number, before: number): void {
		if (this.end + bytes + 1 > this.room.length) this.grow(this.end + bytes + 1, before);
		// Most texts have one byte for each character, and are copied faster as such.
		this.room.write(text, this.end, text.length === bytes ? 'latin1' : 'utf8');
		this.end += bytes + 1;
		this.room[this.end - 1] = code.comma;
	}

	/** Ends the body, to which nothing may be added any more. */
	close(): Buffer {
		const body = this.room.subarray(0, this.end);
		body[0] = code.open;
		body[this.end - 1] = code.close;
		// What is kept until it is sent is not kept with much room around it.
		return 2 * body.length > this.room.length ? body : Buffer.from(body);
	}

	private grow(least: number, rows: number): void {
		const { expected, end, room } = this;
		const all = rows === 0 ? 0 : (end / rows) * expected.rows * spare;
		this.room = Buffer.allocUnsafe(Math.ceil(Math.max(least, 2 * room.length, Math.min(all, expected.bytes))));
		room.copy(this.room, 0, 0, end);
	}
}
