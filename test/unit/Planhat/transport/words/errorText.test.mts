import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { planhatWords } from '../../../../../nodes/Planhat/transport/words/errorText.ts';
import { isObject } from '../../../../../nodes/Planhat/values/checks.ts';

const megabyte = 1_048_576;

/** Words, and how many milliseconds they took. */
function timed(body: unknown): { words: string; took: number } {
	const since = performance.now();
	const words = planhatWords(body);
	return { words, took: performance.now() - since };
}

describe("Planhat's own words", () => {
	it.each<[string, unknown, string]>([
		['text', 'Invalid token', 'Invalid token'],
		['text over several lines', ' Invalid\n\n  token\t', 'Invalid token'],
		['an object with a message', { message: 'Not found' }, 'Not found'],
		['an object with an error', { error: 'Not found' }, 'Not found'],
		['a nested object', { error: { message: 'Name is required', code: 7 } }, 'Name is required'],
		['a message before an error', { error: 'ValidationError', message: 'Name is required' }, 'Name is required'],
		['a message that is blank', { message: ' ', error: 'Name is required' }, 'Name is required'],
		['a detail', { detail: 'Too old' }, 'Too old'],
		['a reason', { reason: 'Too old' }, 'Too old'],
		['a list of errors', { errors: [{ message: 'One' }, 'Two', { reason: 'Three' }] }, 'One; Two; Three'],
		['a list', ['One', '', null, 'Two'], 'One; Two'],
		['lists of a bulk answer', { createdErrors: [{ message: 'One' }], updatedErrors: ['Two'] }, 'One; Two'],
		['every list of a bulk answer', { permissionErrors: ['One'], validationErrors: ['Two'] }, 'One; Two'],
		['an object with other keys', { code: 7, hint: 'x' }, 'code: 7, hint: x'],
		['a number', 42, '42'],
		['nothing', undefined, ''],
		['null', null, ''],
		['blank text', '', ''],
		['a list with nothing in it', [], ''],
	])('are found in %s', (_case, body, words) => {
		expect(planhatWords(body)).toBe(words);
	});

	it('are found in a page of HTML, without its styles and scripts', () => {
		const page =
			'<!DOCTYPE html><html><head><style>p { color: red }</style><script>alert("x")</script></head>' +
			'<body><h1>502 Bad Gateway</h1><hr>nginx</body></html>';
		expect(planhatWords(page)).toBe('502 Bad Gateway nginx');
	});

	it('are found in HTML inside an object', () => {
		expect(planhatWords({ error: '<b>Too</b> <i>old</i>' })).toBe('Too old');
	});

	it('keep the signs < and >', () => {
		expect(planhatWords('score must be <= 10 and >= 0')).toBe('score must be <= 10 and >= 0');
	});

	it('are blank where an object holds nothing', () => {
		expect(planhatWords({})).toBe('');
	});
});

describe('a long answer', () => {
	it('is cut to 500 characters, with a sign that it was', () => {
		expect(planhatWords('x'.repeat(500))).toBe('x'.repeat(500));
		expect(planhatWords('x'.repeat(501))).toBe(`${'x'.repeat(499)}…`);
	});

	it.each<[string, unknown]>([
		['text', 'word '.repeat(2 * megabyte)],
		['text of opening angles', '<'.repeat(10 * megabyte)],
		['opening tags that nobody closes', '<style'.repeat(megabyte)],
		['text in an object', { message: 'word '.repeat(2 * megabyte) }],
		['opening angles in an object', { message: '<'.repeat(50_000) }],
		['opening tags in an object', { message: '<style>'.repeat(20_000) }],
		['a list of 5,000 errors', { errors: Array.from({ length: 5_000 }, () => ({ message: 'No such company' })) }],
	])('is cut and quick: %s', (_case, body) => {
		const { words, took } = timed(body);
		expect(words.length).toBeLessThanOrEqual(500);
		expect(took).toBeLessThan(500);
	});

	it('that is nested 20,000 deep does not break anything', () => {
		const nested: unknown = JSON.parse(`${'['.repeat(20_000)}"deep"${']'.repeat(20_000)}`);
		expect(typeof planhatWords(nested)).toBe('string');
	});
});

describe('whatever Planhat answers', () => {
	it('its words are one line of at most 500 characters', () => {
		fc.assert(
			fc.property(fc.oneof(fc.jsonValue(), fc.string({ maxLength: 2_000 })), (body) => {
				const words = planhatWords(body);
				expect(words.length).toBeLessThanOrEqual(500);
				expect(words).not.toMatch(/[\n\r\t]|^\s|\s$/);
			}),
		);
	});
});

describe('a record', () => {
	it.each<[unknown, boolean]>([
		[{}, true],
		[{ a: 1 }, true],
		[[], false],
		[null, false],
		[undefined, false],
		['text', false],
		[7, false],
	])('is an object with keys: %j is %s', (value, expected) => {
		expect(isObject(value)).toBe(expected);
	});
});
