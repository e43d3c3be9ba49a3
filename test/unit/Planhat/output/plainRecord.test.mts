import { describe, expect, it } from '@jest/globals';

import { plainRecords } from '../../../../nodes/Planhat/output/plainRecord.ts';
import { models } from '../../../../nodes/Planhat/resources/index.ts';
import { model } from '../../fakeItem.mts';

const company = model('company');
const people = { userName: (id: unknown) => (id === 'u1' ? 'Kim' : undefined) };
const plain = (record: object, names = company.simplified) => plainRecords(names, company, people)({ ...record });

describe('a record as people know it', () => {
	it('has custom fields beside the others and the score as health', () => {
		const record = { _id: '1', name: 'Acme', h: 7, custom: { Plan: 'Pro', 'No. of seats': 5, Old: null } };
		expect(plain(record)).toEqual({ _id: '1', name: 'Acme', health: 7, Plan: 'Pro', 'No. of seats': 5, Old: null });
		expect(Object.keys(plain(record)).slice(0, 3)).toEqual(['_id', 'name', 'health']);
	});

	it('keeps a custom field apart that has the name of a standard field, of the health score, or of what n8n reads', () => {
		const custom = { name: 'x', zip: 'y', health: 1, h: 2, ownerName: 'z', error: 'e', Name: 'N', ['__proto__']: 3 };
		expect(plain({ name: 'Acme', custom })).toEqual({
			name: 'Acme',
			'custom.name': 'x',
			'custom.zip': 'y',
			'custom.health': 1,
			'custom.h': 2,
			'custom.ownerName': 'z',
			'custom.error': 'e',
			'custom.__proto__': 3,
			Name: 'N',
		});
	});

	it('names the owner beside the ID where the users are known', () => {
		expect(plain({ owner: 'u1' })).toEqual({ owner: 'u1', ownerName: 'Kim' });
		expect(plain({ owner: 'u2' })).toEqual({ owner: 'u2' });
	});

	it('shows an owner who came as an object as an ID and a name', () => {
		const lee = { _id: 'u2', firstName: 'Lee', lastName: 'Chan', email: 'lee@example.com' };
		expect(plain({ owner: lee })).toEqual({ owner: 'u2', ownerName: 'Lee Chan' });
		expect(plain({ owner: { _id: 'u1' } })).toEqual({ owner: 'u1', ownerName: 'Kim' });
		expect(plain({ owner: null })).toEqual({ owner: null });
	});

	it('holds every key that the next system may know it by, and what renewals are reported by', () => {
		const record = { _id: '1', externalId: 'a', sourceId: 's', renewalArr: 12, domains: ['a.com'] };
		expect(plain(record)).toEqual({ _id: '1', externalId: 'a', sourceId: 's', renewalArr: 12 });
		for (const each of models.filter(({ simplified }) => simplified.length > 0))
			for (const key of each.keys) expect([each.resource, ...each.simplified]).toContain(key);
	});

	it.each([null, 'text', 5])('shows custom as it is where it is no object: %j', (custom) => {
		expect(plain({ custom })).toEqual({ custom });
	});
});
