import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import {
	isBlankForList,
	readChoice,
	readEach,
	readObject,
	readObjects,
	readTexts,
	readUnknown,
} from '../../../../nodes/Planhat/readers/readLists.ts';
import { refusal } from '../../../../nodes/Planhat/readers/reading.ts';
import { placeOf } from './fakePlace.mts';

const place = placeOf('texts');

describe('A value of a list', () => {
	const field = { values: ['Basic', 'Pro Plus', 'pro plus'] };

	it('goes out in the spelling of the list', () => {
		expect(readChoice('BASIC', { field })).toEqual({ value: 'Basic' });
		expect(readChoice('pro plus', { field })).toEqual({ value: 'pro plus' });
	});

	it('that the list does not have goes out with a note, where there is a list', () => {
		expect(readChoice(' Gold ', { field })).toEqual({ value: 'Gold', note: { kind: 'unlisted', given: 'Gold' } });
		expect(readChoice('Gold', { field: {} })).toEqual({ value: 'Gold' });
		expect(readChoice({}, { field })).toEqual(refusal);
	});
});

describe('The entries of a list', () => {
	it.each<[unknown, unknown[]]>([
		[
			['a', '', null, 'b'],
			['a', 'b'],
		],
		['a, b;c\nd', ['a', 'b', 'c', 'd']],
		['["a,b", 7]', ['a,b', 7]],
		[7, [7]],
		[[], []],
	])('are read in %p', (given, value) => {
		expect(readTexts(given, place)).toMatchObject({ value });
	});

	it('are the values of the field whole, whatever separators they hold', () => {
		const own = placeOf('texts', { values: ['Oil, gas', 'Coal'] });
		expect(readTexts('oil, gas, coal', own)).toMatchObject({ value: ['Oil, gas', 'Coal'] });
	});

	it('are refused with the first that is none, and keep the first note', () => {
		const read = (entry: unknown) => (entry === 'x' ? { refused: 'It is x' } : { value: entry });
		expect(readEach(['a', 'x'], place, read)).toEqual({ refused: 'It is x' });
		const own = placeOf('texts', { values: ['A'] });
		expect(readTexts(['A', 'b', 'c'], own)).toMatchObject({ note: { kind: 'unlisted', given: 'b' } });
	});

	it('say nothing where all of them are blank, unless there are none', () => {
		const blanks = [' , ;', '[" "]', ['', null], null, '\u200b,\u00a0', '"",""', "['', None]", '{NULL}'];
		expect(blanks.map(isBlankForList)).toEqual(blanks.map(() => true));
		expect([[], '[]', 'a,', 0].map(isBlankForList)).toEqual([false, false, false, false]);
	});

	it('come out as they went in, joined by any separator', () => {
		const words = fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1 });
		fc.assert(
			fc.property(words, fc.constantFrom(',', ';', '\n', ', '), (list, between) => {
				expect(readTexts(list.join(between), place)).toMatchObject({ value: list });
			}),
		);
	});
});

describe('An object', () => {
	it('is given as it is, or as its JSON', () => {
		expect(readObject({ a: 1 })).toEqual({ value: { a: 1 } });
		expect(readObject('{"a":1}')).toEqual({ value: { a: 1 } });
		expect(readObjects('[{"a":1},{"b":2}]', place)).toMatchObject({ value: [{ a: 1 }, { b: 2 }] });
	});

	it('is neither a list, nor a date, nor a text', () => {
		expect([['a'], new Date(0), 'a', 7].map(readObject)).toEqual(Array(4).fill(refusal));
		expect(readObjects({ a: 1 }, place)).toEqual(refusal);
	});

	it('is refused where JSON would lose a part of it', () => {
		expect(readObject({ a: Number.NaN })).toEqual({
			refused: expect.stringMatching(/^It holds .+, which JSON cannot$/),
		});
		expect(readObject('[object Object]')).toEqual({ refused: expect.stringMatching(/leave it out$/) });
	});
});

describe('A value of no documented form', () => {
	it('goes out as it is, unless JSON would lose it', () => {
		expect(readUnknown({ a: [1, 'b', null] })).toEqual({ value: { a: [1, 'b', null] } });
		expect(readUnknown(Number.NaN)).toEqual({ refused: expect.stringMatching(/^JSON cannot hold/) });
		expect(readUnknown('[object Object]')).toEqual({ refused: expect.stringMatching(/leave it out$/) });
	});
});
