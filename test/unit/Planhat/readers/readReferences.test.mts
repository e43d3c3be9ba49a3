import { describe, expect, it } from '@jest/globals';

import { readEmail, readKey, readRecord, readReference } from '../../../../nodes/Planhat/readers/readReferences.ts';
import { kim, placeOf } from './fakePlace.mts';

describe('A key', () => {
	it('is a text without the blanks around it, or a number that keeps its digits', () => {
		expect(readKey(' acme ')).toEqual({ value: 'acme' });
		expect(readKey(7)).toEqual({ value: 7 });
		const bare = Object.create(null) as object;
		expect([true, { _id: kim }, bare].map((value) => readKey(value))).toEqual(Array(3).fill({ refused: undefined }));
	});

	it.each<[unknown, string]>([
		['[object Object]', 'leave it out'],
		['ac\u200bme', 'zero-width'],
		['none', 'Words and signs for nothing are no ID'],
		['\u{1f389}', 'Words and signs for nothing are no ID'],
		['6.1E+23', 'A spreadsheet has shortened the number'],
		['1,23e+11', 'A spreadsheet has shortened the number'],
		[2 ** 53, 'a number loses digits: give it as text'],
		[6.1e23, 'a number loses digits: give it as text'],
		['acme\ud83d', 'half of a character'],
	])('is refused in words where it is %j', (value, words) => {
		expect(readKey(value)).toEqual({ refused: expect.stringContaining(words) });
	});

	it.each(['1E5', '1e5', '6.1E23', 'E+23', '1E+234X', 'a\u{1f389}'])('is taken where it is %j', (value) => {
		expect(readKey(value)).toEqual({ value });
	});
});

describe('An email', () => {
	it('is taken without the blanks around it', () => {
		expect(readEmail(' Kim@Example.com ')).toEqual({ value: 'Kim@Example.com' });
		expect(readEmail('kim')).toEqual({ refused: undefined });
		expect(readEmail('kim\u200b@example.com')).toEqual({ refused: expect.stringContaining('zero-width') });
	});

	it.each([
		'Kim <kim+1@example.com>',
		'mailto:kim+1@example.com',
		'kim+1@example.com.',
		'kim+1@example.com,',
		'[kim+1@example.com](mailto:kim+1@example.com)',
		'kim+1@example.com?subject=Hi',
	])('is said with the expression that finds it in %j', (text) => {
		expect(readEmail(text, placeOf('email'))).toEqual({
			refused: 'Send it as kim+1@example.com. This reads it: {{ $json.start.extractEmail() }}',
		});
	});

	it('is not looked for in a text that is no name of anybody', () => {
		const began = performance.now();
		expect(readEmail('x'.repeat(1_000_000), placeOf('email'))).toEqual({ refused: undefined });
		expect(performance.now() - began).toBeLessThan(1_000);
	});

	it('is not chosen among two', () => {
		expect(readEmail('kim@example.com; lee@example.com')).toEqual({ refused: undefined });
	});
});

describe('A reference', () => {
	const company = placeOf('id', { name: 'companyId', refersTo: 'company' });

	it.each([
		[kim.toUpperCase(), kim],
		[{ _id: kim, name: 'Acme' }, kim],
		['extid- acme ', 'extid-acme'],
		['srcid-7', 'srcid-7'],
	])('is the ID or the key in %p', (given, value) => {
		expect(readReference(given, company)).toEqual({ value });
	});

	it('has a key behind its prefix, or names no record', () => {
		expect(readReference('extid-', company)).toEqual({ refused: "There is no ID behind 'extid-'" });
		expect(readReference('srcid-N/A', company)).toEqual({ refused: "There is no ID behind 'srcid-'" });
		expect(readReference('extid-6.1E+23', company)).toEqual({ refused: expect.stringContaining('shortened') });
	});

	it('to the record itself takes no prefix', () => {
		expect(readReference('extid-acme', placeOf('id', { name: '_id' }))).toEqual({ refused: undefined });
	});

	it('to an end user may be an email, which is looked up', () => {
		const enduser = placeOf('id', { name: 'enduserId', refersTo: 'enduser' });
		expect(readReference('kim@example.com', enduser)).toEqual({
			refused: "'kim@example.com' is the email of no end user in Planhat",
		});
		expect(readReference('kim@example.com', company)).toEqual({ refused: undefined });
	});

	it('stands in an object where the field takes records', () => {
		expect(readRecord(kim, company)).toEqual({ value: { _id: kim } });
		expect(readRecord(7, company)).toEqual({ refused: undefined });
	});
});
