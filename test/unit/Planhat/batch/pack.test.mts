import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { Chunk, Settled } from '../../../../nodes/Planhat/batch/outcomes.ts';
import { packChunks, type Limits } from '../../../../nodes/Planhat/batch/pack.ts';
import {
	bodyOf,
	bytesOf,
	positionsOf,
	rowText,
	splitBySize,
	splitInto,
	takeOut,
	wholeOf,
} from '../../../../nodes/Planhat/batch/parts.ts';
import type { Written } from '../../../../nodes/Planhat/rows/row.ts';

const noBreath = { yieldToEventLoop: () => undefined };
const ample: Limits = { rows: 5_000, bytes: 1_000_000, rowBytes: 1_000_000 };

function* written(rows: ReadonlyArray<IDataObject | Settled>, layers: number[] = []): Generator<Written | Settled> {
	for (const [at, row] of rows.entries())
		yield 'at' in row ? (row as Settled) : { at, layer: layers[at] ?? 0, fields: row, missing: [] };
}

async function pack(rows: ReadonlyArray<IDataObject | Settled>, limits: Partial<Limits> = {}, layers: number[] = []) {
	const chunks: Chunk[] = [];
	const settled: Settled[] = [];
	for await (const packed of packChunks(noBreath, written(rows, layers), { ...ample, ...limits })) {
		if ('body' in packed) chunks.push(packed);
		else settled.push(packed);
	}
	return { chunks, settled, bodies: chunks.map(({ body }) => JSON.parse(body.toString()) as unknown) };
}

const numbered = (count: number): IDataObject[] => Array.from({ length: count }, (_row, n) => ({ n }));

describe('packChunks', () => {
	it('takes as many rows as a request may have, and no more', async () => {
		const { chunks, bodies } = await pack(numbered(12), { rows: 5 });
		expect(chunks.map(({ rows }) => rows)).toEqual([
			[0, 1, 2, 3, 4],
			[5, 6, 7, 8, 9],
			[10, 11],
		]);
		expect(bodies.flat()).toEqual(numbered(12));
	});

	it('fills a body up to the last byte, of several bytes a character too', async () => {
		const rows = [{ a: 'é€😀' }, { b: '漢字' }, { c: 'ß' }];
		const exact = Buffer.byteLength(JSON.stringify(rows));
		const fits = await pack(rows, { bytes: exact });
		expect(fits.chunks.map(({ body }) => body.toString())).toEqual([JSON.stringify(rows)]);
		expect((await pack(rows, { bytes: exact - 1 })).chunks.map((chunk) => chunk.rows)).toEqual([[0, 1], [2]]);
	});

	it('begins a chunk with each layer', async () => {
		const { chunks } = await pack(numbered(5), {}, [0, 0, 1, 1, 2]);
		expect(chunks.map(({ rows }) => rows)).toEqual([[0, 1], [2, 3], [4]]);
	});

	it('refuses a row that is too large for any request and one that has no JSON, and goes on', async () => {
		const loop: IDataObject = {};
		loop.self = loop;
		const { bodies, settled } = await pack([{ a: 'x'.repeat(100) }, { a: 1 }, loop, { a: 2 }], { rowBytes: 50 });
		expect(bodies).toEqual([[{ a: 1 }, { a: 2 }]]);
		expect(settled.map((one) => [one.at, 'why' in one && one.why.code])).toEqual([
			[0, 'tooLarge'],
			[2, 'noJson'],
		]);
	});

	it('lets a row alone that is larger than a request of several should be, and hands on what is settled', async () => {
		const refused: Settled = { at: 1, why: { code: 'noKey' } };
		const { chunks, settled } = await pack([{ a: 1 }, refused, { a: 'x'.repeat(100) }, { a: 2 }], { bytes: 50 });
		expect([chunks.map(({ rows }) => rows), settled]).toEqual([[[0], [2], [3]], [refused]]);
	});

	it('takes a limit that is learnt meanwhile', async () => {
		const limits = { ...ample };
		const sizes: number[] = [];
		limits.rows = 10;
		for await (const packed of packChunks(noBreath, written(numbered(40)), limits)) {
			if ('rows' in packed) sizes.push(packed.rows.length);
			limits.rows = 5;
		}
		expect(sizes.slice(0, 3)).toEqual([10, 5, 5]);
	});

	it('makes the text of each of 1,000 rows once', async () => {
		let made = 0;
		const rows = Array.from({ length: 1_000 }, (_row, n) => ({ toJSON: () => ({ n, made: (made += 1) }) }));
		const { chunks } = await pack(rows as unknown as IDataObject[], { rows: 300 });
		for (const chunk of chunks) for (const part of splitInto(wholeOf(chunk), 7)) bodyOf(part);
		expect([chunks.length, made]).toEqual([4, 1_000]);
	});

	it('gives the event loop back while it packs', async () => {
		let breaths = 0;
		const run = { yieldToEventLoop: async () => void (breaths += 1) };
		for await (const packed of packChunks(run, written(numbered(10_000)), ample)) void packed;
		expect(breaths).toBeGreaterThan(100);
	});
});

describe('Parts of a chunk', () => {
	const text = fc.oneof(fc.string({ maxLength: 12 }), fc.string({ unit: 'grapheme', maxLength: 40 }));
	const limits = fc.record({ rows: fc.integer({ min: 1, max: 8 }), bytes: fc.integer({ min: 20, max: 160 }) });

	it('are the rows they say, whatever is cut out of them, in valid JSON and of the length they say', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(text, { maxLength: 40 }),
				limits,
				fc.infiniteStream(fc.boolean()),
				async (texts, given, taken) => {
					const rows = texts.map((value) => ({ value }));
					const { chunks } = await pack(rows, given);
					expect(chunks.flatMap((chunk) => [...chunk.rows])).toEqual(rows.map((_row, at) => at));
					for (const chunk of chunks) {
						const whole = wholeOf(chunk);
						const some = new Set(whole.places.filter(() => taken.next().value));
						const [first = whole] = takeOut(whole, some);
						for (const parts of [
							splitInto(whole, 2),
							splitInto(whole, 8),
							splitBySize(whole, 60),
							takeOut(whole, some),
						]) {
							expect(parts.flatMap(({ places }) => [...places]).sort((one, other) => one - other)).toEqual(
								whole.places,
							);
						}
						for (const part of [whole, first, ...splitInto(first, 3), ...splitBySize(first, 60)]) {
							const body = bodyOf(part);
							expect(JSON.parse(body.toString())).toEqual(positionsOf(part).map((at) => rows[at]));
							expect(body.length).toBe(bytesOf(part));
							if (part.places.length > 1 && chunks.length > 1) expect(body.length).toBeLessThanOrEqual(given.bytes);
						}
						for (const part of splitBySize(whole, 60))
							if (part.places.length > 1) expect(bytesOf(part)).toBeLessThanOrEqual(60);
						for (const place of whole.places)
							expect(JSON.parse(rowText(chunk, place).toString())).toEqual(rows[chunk.rows[place] ?? 0]);
					}
				},
			),
			{ numRuns: 500, seed: 11 },
		);
	});
});
