import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { Body } from '../../../../nodes/Planhat/batch/body.ts';

function bodyOf(rows: readonly unknown[], rowsAtOnce = 1, expected = { rows: 0, bytes: 1_000_000 }) {
	const body = new Body(expected);
	for (let from = 0; from < rows.length; from += rowsAtOnce) {
		const text = JSON.stringify(rows.slice(from, from + rowsAtOnce)).slice(1, -1);
		body.add(text, Buffer.byteLength(text), from);
	}
	return body;
}

describe('A body', () => {
	it('is the JSON of its rows, whatever they are, and knows its length before it is closed', () => {
		const rows = fc.array(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), { minLength: 1 });
		fc.assert(
			fc.property(rows, fc.integer({ min: 1, max: 9 }), (given, rowsAtOnce) => {
				const body = bodyOf(given, rowsAtOnce);
				const json = Buffer.from(JSON.stringify(given));
				expect(body.length).toBe(json.length);
				expect(body.close().equals(json)).toBe(true);
			}),
		);
	});

	it.each([0, 10, 1_000_000])('grows where %d rows were expected, and keeps what was there', (expected) => {
		const rows = Array.from({ length: 2_000 }, (_row, at) => ({ at, text: 'é'.repeat(at % 90) }));
		for (const bytes of [100, 10_000_000]) {
			const body = bodyOf(rows, 7, { rows: expected, bytes });
			expect(body.close().toString()).toBe(JSON.stringify(rows));
		}
	});

	it('keeps no room that is mostly empty', () => {
		expect(bodyOf([{ a: 1 }]).close().buffer.byteLength).toBeLessThan(10_000);
	});
});
