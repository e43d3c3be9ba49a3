import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { withLongNumbersAsText } from '../../../../nodes/Planhat/values/longNumbers.ts';

describe('a text of JSON with numbers of more digits than are kept', () => {
	it.each([
		['[12345678901234567890,12345678901234567891]', '["12345678901234567890","12345678901234567891"]'],
		['{"a": -1e400}', '{"a": "-1e400"}'],
		['12345678901234567890', '"12345678901234567890"'],
		['{"a\\\\":12345678901234567890}', '{"a\\\\":"12345678901234567890"}'],
	])('has them as text: %s', (text, kept) => {
		expect(withLongNumbersAsText(text)).toBe(kept);
	});

	it.each(['[1e20,0.30000000000000004,1e100]', '["a, 12345678901234567890"]', '{"a\\":12345678901234567890":1}'])(
		'has all else as it came: %s',
		(text) => {
			expect(withLongNumbersAsText(text)).toBe(text);
		},
	);

	it('is the same value where nothing is lost', () => {
		fc.assert(
			fc.property(fc.json(), (text) => {
				expect(JSON.parse(withLongNumbersAsText(text))).toEqual(JSON.parse(text));
			}),
		);
	});
});
