import { describe, expect, it } from '@jest/globals';

import { readEmail, readKey, readRecord, readReference } from '../../../../nodes/Planhat/readers/readReferences.ts';
import { kim, placeOf } from './fakePlace.mts';

describe('A key', () => {
	it('is a text without the blanks around it, or a number that keeps its digits', () => {
		expect(readKey(' acme ')).toEqual({ value: 'acme' });
		expect(readKey(7)).toEqual({ value: 7 });
		expect([readKey(2 ** 53), readKey(true), readKey({ _id: kim })]).toEqual(Array(3).fill({ refused: undefined }));
	});

	it('is refused in words where it has lost its object, or holds what nobody sees', () => {
		expect(readKey('[object Object]')).toEqual({ refused: expect.stringMatching(/leave it out$/) });
		expect(readKey('ac\u200bme')).toEqual({ refused: expect.stringContaining('zero-width') });
	});
});

describe('An email', () => {
	it('is taken without the blanks around it', () => {
		expect(readEmail(' Kim@Example.com ')).toEqual({ value: 'Kim@Example.com' });
		expect(readEmail('kim')).toEqual({ refused: undefined });
		expect(readEmail('kim\u200b@example.com')).toEqual({ refused: expect.stringContaining('zero-width') });
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
