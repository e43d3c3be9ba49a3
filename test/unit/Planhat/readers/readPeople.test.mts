import { describe, expect, it } from '@jest/globals';

import { readEnduser, readMember, readUser } from '../../../../nodes/Planhat/readers/readPeople.ts';
import type { UnknownReferences } from '../../../../nodes/Planhat/readers/referenceRules.ts';
import { gone, kim, lee, placeOf } from './fakePlace.mts';

describe('A user', () => {
	const place = placeOf('user');

	it('is named by ID, or by the email of one user in any case', () => {
		expect(readUser(kim, place)).toEqual({ value: kim });
		expect(readUser(' Kim@Example.com ', place)).toEqual({ value: kim });
		expect(readUser('extid-kim', place)).toEqual({ refused: undefined });
	});

	it('is refused with how many users have the email, or why they are not known', () => {
		const unread = placeOf('user', {}, { usersBy: () => ({ reason: 'not allowed' }) });
		expect(readUser('max@example.com', place)).toEqual({
			refused: "'max@example.com' is the email of no user in Planhat",
		});
		expect(readUser('twin@example.com', place)).toEqual({
			refused: "'twin@example.com' is the email of 2 users in Planhat",
		});
		expect(readUser('kim@example.com', unread)).toEqual({
			refused: 'Only IDs can be given, since the users cannot be looked up: not allowed',
		});
	});
});

describe('A user who is unknown or deactivated', () => {
	const by = (unknown: UnknownReferences, fallbackUser?: string) =>
		placeOf('user', {}, { by: { companyBy: 'id', endUsersBy: 'id', unknown, fallbackUser } });

	it('fails the row where unknown, and is set with a note where deactivated', () => {
		expect(readUser('max@example.com', by('fail'))).toMatchObject({ refused: expect.stringContaining('no user') });
		expect(readUser('gone@example.com', by('fail'))).toEqual({
			value: gone,
			note: { kind: 'inactive', given: 'gone@example.com' },
		});
		expect(readUser(lee, by('fail'))).toEqual({ value: lee });
	});

	it('is left out with a note, by ID too', () => {
		for (const given of ['max@example.com', 'gone@example.com', lee]) {
			expect(readUser(given, by('leaveOut'))).toEqual({ value: undefined, note: { kind: 'leftOut', given } });
		}
		expect(readMember('max@example.com', by('leaveOut'))).toMatchObject({ value: undefined });
		expect(readUser('twin@example.com', by('leaveOut'))).toEqual({ refused: expect.stringContaining('2 users') });
	});

	it('gives way to the fallback user, or says that there is none', () => {
		const note = { kind: 'fallback', given: 'max@example.com', taken: 'kim@example.com' };
		expect(readUser('max@example.com', by('useFallback', 'kim@example.com'))).toEqual({ value: kim, note });
		expect(readUser('lee@example.com', by('useFallback', 'kim@example.com'))).toEqual({ value: lee });
		expect(readUser('max@example.com', by('useFallback', 'no@example.com'))).toEqual({
			refused: "The Fallback User cannot be used: 'no@example.com' is the email of no user in Planhat",
		});
	});
});

describe('A member of a list of people', () => {
	const place = placeOf('members');

	it('keeps what is given of it, under its ID, with the name that Planhat has', () => {
		expect(readMember({ _id: kim, role: 'owner' }, place)).toEqual({ value: { role: 'owner', id: kim } });
		expect(readMember({ id: 'kim@example.com', role: 'owner' }, place)).toEqual({
			value: { name: 'Kim', role: 'owner', id: kim },
		});
		expect(readMember('lee@example.com', place)).toEqual({ value: { id: lee } });
		expect(readMember({ id: 'kim@example.com', name: 'Kimmy' }, place)).toEqual({ value: { name: 'Kimmy', id: kim } });
	});

	it('is refused where it names nobody, or holds what JSON loses', () => {
		expect(readMember({ name: 'Kim' }, place)).toEqual({ refused: undefined });
		expect(readMember({ id: kim, age: Number.NaN }, place)).toEqual({ refused: undefined });
		expect(readMember('max@example.com', place)).toEqual({ refused: expect.stringContaining('no user') });
	});
});

describe('An end user of a list of people', () => {
	const place = placeOf('endusers');

	it('is named by ID, by a key, or by an email, also within what a calendar says of a guest', () => {
		expect(readEnduser({ id: kim, name: 'Kim' }, place)).toEqual({ value: { name: 'Kim', id: kim } });
		expect(readEnduser('extid-7', place)).toEqual({ value: { id: 'extid-7' } });
		const known = placeOf('endusers', {}, { find: () => [{ _id: kim }] });
		expect(readEnduser('kim@example.com', known)).toEqual({ value: { id: kim } });
		expect(readEnduser({ email: 'kim@example.com', responseStatus: 'accepted' }, known)).toEqual({
			value: { responseStatus: 'accepted', id: kim },
		});
		expect(readEnduser('kim@example.com', place)).toEqual({
			refused: "'kim@example.com' is the email of no end user in Planhat",
		});
		expect(readEnduser({ id: kim, seen: Number.NaN }, place)).toEqual({ refused: undefined });
	});
});
