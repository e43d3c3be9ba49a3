import { describe, expect, it } from '@jest/globals';

import { readEnduser, readMember, readUser } from '../../../../nodes/Planhat/readers/readPeople.ts';
import { kim, lee, placeOf } from './fakePlace.mts';

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

	it('is named by ID or by a key, and not by email', () => {
		expect(readEnduser({ id: kim, name: 'Kim' }, place)).toEqual({ value: { name: 'Kim', id: kim } });
		expect(readEnduser('extid-7', place)).toEqual({ value: { id: 'extid-7' } });
		expect(readEnduser('kim@example.com', place)).toEqual({ refused: expect.stringContaining('not looked up') });
		expect(readEnduser({ id: kim, seen: Number.NaN }, place)).toEqual({ refused: undefined });
	});
});
