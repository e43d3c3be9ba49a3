import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { entryOffsets } from '../../../../nodes/Planhat/batch/jsonRows.ts';

describe('entryOffsets', () => {
	it('finds the entries of any array that JSON.stringify writes', () => {
		const awkward = fc.constantFrom('\\', '"', '\\"', ',', '},{', ']', 'é,😀', '\ud800');
		const value = fc.oneof(fc.jsonValue(), awkward, fc.dictionary(awkward, awkward));
		fc.assert(
			fc.property(fc.array(value, { minLength: 1, maxLength: 20 }), (entries) => {
				const json = Buffer.from(JSON.stringify(entries));
				const offsets = entryOffsets(json, entries.length);
				const texts = entries.map((_entry, place) => {
					const isLast = place + 1 === entries.length;
					return json.toString('utf8', offsets[place], (offsets[place + 1] ?? 0) - (isLast ? 0 : 1));
				});
				expect(texts).toEqual(entries.map((entry) => JSON.stringify(entry)));
			}),
			{ numRuns: 2_000 },
		);
	});
});
