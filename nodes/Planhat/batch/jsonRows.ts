import type { Position } from '../rows/row';
import type { Chunk } from './outcomes';

const code = { quote: 0x22, comma: 0x2c, backslash: 0x5c, open: 0x5b, close: 0x5d, brace: 0x7b, endBrace: 0x7d };

/** Whether the quote at a place is part of a text: behind an odd number of backslashes. */
function isEscaped(json: Uint8Array, at: number): boolean {
	let before = at - 1;
	while (json[before] === code.backslash) before -= 1;
	return (at - before) % 2 === 0;
}

function endOfText(json: Buffer, from: number): number {
	let end = json.indexOf(code.quote, from + 1);
	while (end >= 0 && isEscaped(json, end)) end = json.indexOf(code.quote, end + 1);
	return end < 0 ? json.length : end;
}

/**
 * Finds the entries of a JSON array without reading them.
 * @param json an array that `JSON.stringify` has written, UTF-8
 * @param count how many entries it has, one at least
 * @returns where each of them begins, and after the last one where it ends. Bytes
 */
export function entryOffsets(json: Buffer, count: number): Uint32Array {
	const offsets = new Uint32Array(count + 1);
	offsets[0] = 1;
	let place = 1;
	let depth = 0;
	for (let at = 1; at < json.length; at += 1) {
		const byte = json[at];
		if (byte === code.quote) at = endOfText(json, at);
		else if (byte === code.open || byte === code.brace) depth += 1;
		else if (byte === code.close || byte === code.endBrace) depth -= 1;
		else if (byte === code.comma && depth === 0) offsets[place++] = at + 1;
	}
	offsets[count] = json.length - 1;
	return offsets;
}

/**
 * The rows of one request.
 * @param body a JSON array of them, as `JSON.stringify` writes it; it is looked through only when a part of it is asked for
 */
export function chunkOf(rows: readonly Position[], body: Buffer): Chunk {
	let offsets: Uint32Array | undefined;
	return {
		rows,
		body,
		get offsets() {
			return (offsets ??= entryOffsets(body, rows.length));
		},
	};
}
