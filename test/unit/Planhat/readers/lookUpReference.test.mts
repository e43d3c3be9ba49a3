import { describe, expect, it } from '@jest/globals';

import { lookUpReference, mayBeLookedUp } from '../../../../nodes/Planhat/readers/lookUpReference.ts';
import type { NamedCompany } from '../../../../nodes/Planhat/readers/reading.ts';
import { usualReferenceRules, type CompanyBy } from '../../../../nodes/Planhat/readers/referenceRules.ts';
import type { Referenced } from '../../../../nodes/Planhat/tenant/references.ts';
import { kim, lee, placeOf } from './fakePlace.mts';

const companyField = { name: 'companyId', refersTo: 'company' };

function companyPlace(companyBy: CompanyBy, found: Record<string, Referenced[]> = {}, field = companyField) {
	return placeOf('id', field, {
		by: { ...usualReferenceRules, companyBy },
		find: (way, text) => found[`${way} ${text}`] ?? [],
	});
}

describe('A company', () => {
	it('is read as an ID, unless the user says otherwise', () => {
		expect(mayBeLookedUp(companyPlace('id'))).toBe(false);
		expect(lookUpReference('acme.com', companyPlace('id'), 'company')).toBeUndefined();
		expect(lookUpReference(kim, companyPlace('domain'), 'company')).toBeUndefined();
		expect(lookUpReference('extid-acme', companyPlace('name'), 'company')).toBeUndefined();
		expect(mayBeLookedUp(companyPlace('domain', {}, { name: '_id', refersTo: 'company' }))).toBe(false);
	});

	it.each<[CompanyBy, unknown, string]>([
		['externalId', 'acme', 'extid-acme'],
		['externalId', 7, 'extid-7'],
		['externalId', kim, `extid-${kim}`],
		['sourceId', 'acme', 'srcid-acme'],
	])('by %s %j goes out with the prefix that Planhat takes', (companyBy, value, sent) => {
		expect(lookUpReference(value, companyPlace(companyBy), 'company')).toEqual({ value: sent });
	});

	it.each<[CompanyBy, string, Referenced]>([
		['externalId', 'companyExternalId acme', { _id: kim }],
		['sourceId', 'companySourceId acme', { _id: kim }],
		['name', 'companyName acme', { _id: kim }],
		['domain', 'companyDomain acme', { _id: kim }],
		['endUserEmail', 'enduserEmail acme', { _id: lee, companyId: kim }],
	])('by %s is looked up where Planhat takes no prefix', (companyBy, asked, found) => {
		const place = companyPlace(companyBy, { [asked]: [found] }, { name: 'cId', refersTo: 'company' });
		expect(lookUpReference('acme', place, 'company')).toEqual({ value: kim });
	});

	it('is refused where none or several have the name, unless unknown ones are left out', () => {
		const place = companyPlace('name', { 'companyName Twin': [{ _id: kim }, { _id: lee }] });
		expect(lookUpReference('Acme', place, 'company')).toEqual({
			refused: "'Acme' is the name of no company in Planhat",
		});
		expect(lookUpReference('Twin', place, 'company')).toEqual({
			refused: "'Twin' is the name of 2 companies in Planhat",
		});
		const leaving = { ...place, by: { ...place.by, unknown: 'leaveOut' as const } };
		expect(lookUpReference('Acme', leaving, 'company')).toEqual({
			value: undefined,
			note: { kind: 'leftOut', given: 'Acme' },
		});
		expect(lookUpReference('Twin', leaving, 'company')).toMatchObject({
			refused: expect.stringContaining('2 companies'),
		});
	});

	it('is refused with the reason where it cannot be looked up', () => {
		const place = { ...companyPlace('name'), find: () => ({ reason: 'no permission' }) };
		expect(lookUpReference('Acme', place, 'company')).toEqual({
			refused: 'Only IDs can be given, since the companies cannot be looked up: no permission',
		});
	});
});

describe('An end user', () => {
	const people: Record<string, Referenced[]> = {
		'enduserEmail kim@example.com': [{ _id: kim }],
		'enduserEmail twin@example.com': [
			{ _id: kim, companyId: 'c1' },
			{ _id: lee, companyId: 'c2', isPrimary: true },
		],
		'enduserEmail same@example.com': [
			{ _id: kim, companyId: 'c1' },
			{ _id: lee, companyId: 'c2' },
		],
		'enduserExternalId 7': [{ _id: lee }],
		'companyExternalId acme': [{ _id: 'c1' }],
	};
	const place = (endUsersBy: 'id' | 'externalId' = 'id', company?: NamedCompany) =>
		placeOf(
			'id',
			{ name: 'enduserIds', refersTo: 'enduser' },
			{ by: { ...usualReferenceRules, endUsersBy }, company, find: (way, text) => people[`${way} ${text}`] ?? [] },
		);

	it('is known by email in any case, and by external ID where the user says so', () => {
		expect(lookUpReference('kim@example.com', place(), 'enduser')).toEqual({ value: kim });
		expect(lookUpReference({ email: 'kim@example.com' }, place(), 'enduser')).toEqual({ value: kim });
		expect(lookUpReference('7', place(), 'enduser')).toBeUndefined();
		expect(lookUpReference(7, place('externalId'), 'enduser')).toEqual({ value: lee });
		expect(lookUpReference('kim@example.com', place('externalId'), 'enduser')).toEqual({ value: kim });
		expect(lookUpReference(kim, place('externalId'), 'enduser')).toBeUndefined();
	});

	it('with an email in several companies is the one of the row’s company, or the one that Planhat prefers', () => {
		const by = (email: string, company?: NamedCompany) => lookUpReference(email, place('id', company), 'enduser');
		expect(by('twin@example.com')).toEqual({ value: lee });
		expect(by('twin@example.com', { form: '_id', value: 'c1' })).toEqual({ value: kim });
		expect(by('same@example.com', { form: 'extid', value: 'acme' })).toEqual({ value: kim });
		expect(by('same@example.com')).toEqual({ refused: expect.stringContaining('2 end users') });
	});
});
