import { describe, expect, it } from '@jest/globals';

import { planhatWords } from '../../../../../nodes/Planhat/transport/words/errorText.ts';
import { plainText } from '../../../../../nodes/Planhat/transport/words/plainText.ts';

const read = (text: string) => plainText(text).replace(/\s+/g, ' ').trim();

describe('plainText', () => {
	it.each([
		['no markup', 'a & b', 'a & b'],
		['tags', '<html><body><h1>502 Bad Gateway</h1><hr/></body></html>', '502 Bad Gateway'],
		['style and script', '<style type="a">b { c }</style><SCRIPT>d < e</SCRIPT>f', 'f'],
		['style that does not end', '<style>a', 'a'],
		['a tag that does not end', 'a <b c', 'a <b c'],
		['comparisons', 'a < b and c > d, 1<2', 'a < b and c > d, 1<2'],
		['a tag right before another', 'a <b <i>c</i>', 'a <b c'],
		['comments', '<!-- a -->b', 'b'],
		['other elements that begin alike', '<styled>a</styled>', 'a'],
	])('reads %s', (_name, text, expected) => {
		expect(read(text)).toBe(expected);
	});

	it.each(['<style ', '<', '<a', '</style><style>', '<script>a</style>', '<a <b>'])(
		'takes time in proportion to the text: %j again and again',
		(piece) => {
			const timeOf = (times: number) => {
				const text = piece.repeat(times);
				const start = process.cpuUsage();
				plainText(text);
				return process.cpuUsage(start).user;
			};
			timeOf(20_000);
			const [half, whole] = [timeOf(100_000), timeOf(200_000)];
			// Four times as long would be quadratic; a small number of microseconds tells nothing.
			expect(whole).toBeLessThan(3 * half + 50_000);
		},
	);
});

describe('wordsOf', () => {
	it.each<[string, unknown, string]>([
		['a text', '  Not\n valid ', 'Not valid'],
		['a message', { message: 'No', error: 'Bad Request' }, 'No'],
		['an error in an error', { error: { message: 'No' } }, 'No'],
		['a list', ['No', { reason: 'Never' }], 'No; Never'],
		['lists of a bulk answer', { created: 0, createdErrors: ['No'], updatedErrors: [] }, 'No'],
		['an object without words', { code: 17, field: 'phase' }, 'code: 17, field: phase'],
		['a page', `<html><head><style>${'a{}'.repeat(1_000)}</style></head>502 Bad Gateway</html>`, '502 Bad Gateway'],
		['nothing', undefined, ''],
		['a number', 17, '17'],
	])('reads %s', (_name, body, words) => {
		expect(planhatWords(body)).toBe(words);
	});

	it('is one line of at most 500 characters', () => {
		for (const body of ['x'.repeat(10_000), { message: 'x'.repeat(10_000) }, Array(50).fill('x'.repeat(400))]) {
			expect(planhatWords(body).length).toBeLessThanOrEqual(500);
			expect(planhatWords(body)).toMatch(/…$/);
		}
	});
});
