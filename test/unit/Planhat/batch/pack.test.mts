import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { packChunk, type ChunkLimits } from '../../../../nodes/Planhat/batch/pack.ts';

const noBreath = () => undefined;

function positions(count: number): number[] {
	return Array.from({ length: count }, (_row, position) => position);
}

async function pack(texts: string[], limits: ChunkLimits, from = 0) {
	return await packChunk(positions(texts.length), from, limits, (row) => texts[row] ?? '', noBreath);
}

/** All bodies of a run. */
async function packAll(texts: string[], limits: ChunkLimits) {
	const bodies: Array<{ rows: number[]; body: Buffer }> = [];
	const tooLarge: number[] = [];
	for (let next = 0; next < texts.length;) {
		const packed = await pack(texts, limits, next);
		expect(packed.next).toBeGreaterThan(next);
		({ next } = packed);
		tooLarge.push(...packed.refused.map(({ row }) => row));
		if (packed.chunk.rows.length > 0) bodies.push(packed.chunk);
	}
	return { bodies, tooLarge };
}

function bytesOf(texts: string[]): number {
	return Buffer.byteLength(`[${texts.join(',')}]`);
}

describe('packChunk', () => {
	it('takes as many rows as a request may have, and no more', async () => {
		const texts = Array.from({ length: 12 }, (_row, index) => String(index));
		const { bodies } = await packAll(texts, { rows: 5, bytes: 1_000 });
		expect(bodies.map(({ body }) => body.toString())).toEqual(['[0,1,2,3,4]', '[5,6,7,8,9]', '[10,11]']);
		expect(bodies.map(({ rows }) => rows.length)).toEqual([5, 5, 2]);
	});

	it.each([
		['plain', ['{"a":1}', '{"b":2}', '{"c":3}']],
		['of several bytes a character', ['{"a":"é€😀"}', '{"b":"漢字"}', '{"c":"ß"}']],
	])('fills a body up to the last byte: texts %s', async (_name, texts) => {
		const exact = bytesOf(texts);
		const fits = await pack(texts, { rows: 10, bytes: exact });
		expect(fits.chunk.body.length).toBe(exact);
		expect(fits.chunk.rows).toEqual([0, 1, 2]);
		const short = await pack(texts, { rows: 10, bytes: exact - 1 });
		expect(short.chunk.rows).toEqual([0, 1]);
		expect(short.next).toBe(2);
	});

	it('takes a row that alone fills a request to the last byte, and names one that does not fit', async () => {
		const texts = [`"${'€'.repeat(10)}"`];
		const exact = bytesOf(texts);
		expect((await pack(texts, { rows: 10, bytes: exact - 1 })).refused.map(({ row }) => row)).toEqual([0]);
		const fits = await pack(texts, { rows: 10, bytes: exact });
		expect(fits.refused).toEqual([]);
		expect(fits.chunk.body.length).toBe(exact);
	});

	it('goes on past rows that are too large', async () => {
		const large = `"${'x'.repeat(100)}"`;
		const packed = await pack([large, '1', large, '2', large], { rows: 10, bytes: 50 });
		expect(packed.chunk.body.toString()).toBe('[1,2]');
		expect(packed.chunk.rows).toEqual([1, 3]);
		expect(packed.refused.map(({ row }) => row)).toEqual([0, 2, 4]);
		expect(packed.next).toBe(5);
	});

	it('packs the rows it is given, from where it is told', async () => {
		const { chunk, next } = await packChunk([9, 4, 7, 1], 1, { rows: 2, bytes: 100 }, String, noBreath);
		expect(chunk.rows).toEqual([4, 7]);
		expect(chunk.body.toString()).toBe('[4,7]');
		expect(next).toBe(3);
	});

	it('gives the event loop back while it packs, and waits for that', async () => {
		let breaths = 0;
		let isBreathing = false;
		const text = (row: number) => {
			expect(isBreathing).toBe(false);
			return String(row);
		};
		await packChunk(positions(100), 0, { rows: 100, bytes: 10_000 }, text, async () => {
			breaths += 1;
			isBreathing = true;
			await Promise.resolve();
			isBreathing = false;
		});
		expect(breaths).toBeGreaterThanOrEqual(99);
	});

	it('packs every row once, in order, into valid JSON within the limits', async () => {
		const text = fc.oneof(fc.string({ maxLength: 12 }), fc.string({ unit: 'grapheme', maxLength: 40 }));
		const limit = fc.record({ rows: fc.integer({ min: 1, max: 8 }), bytes: fc.integer({ min: 4, max: 120 }) });
		await fc.assert(
			fc.asyncProperty(fc.array(text, { maxLength: 60 }), limit, async (values, limits) => {
				const { bodies, tooLarge } = await packAll(
					values.map((value) => JSON.stringify(value)),
					limits,
				);
				const isTooLarge = new Set(tooLarge);
				const packed = bodies.flatMap(({ rows }) => rows);
				expect(packed).toEqual(positions(values.length).filter((row) => !isTooLarge.has(row)));
				expect(isTooLarge.size).toBe(tooLarge.length);
				for (const { rows, body } of bodies) {
					expect(body.length).toBeLessThanOrEqual(limits.bytes);
					expect(rows.length).toBeLessThanOrEqual(limits.rows);
					expect(JSON.parse(body.toString())).toEqual(rows.map((row) => values[row]));
				}
				for (const row of tooLarge) expect(bytesOf([JSON.stringify(values[row])])).toBeGreaterThan(limits.bytes - 1);
			}),
			{ numRuns: 500, seed: 11 },
		);
	});
});
