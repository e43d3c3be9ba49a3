import { describe, expect, it } from '@jest/globals';

import { changesNames } from '../../../../nodes/Planhat/tenant/directory.ts';
import { model } from '../../fakeItem.mts';

describe('what is known of names', () => {
	it.each([
		['POST', undefined],
		['DELETE', undefined],
		['PUT', { name: 'Acme' }],
		['PUT', { externalId: 'acme-1' }],
		['PUT', { archived: true }],
		['PUT', [{ _id: 'a', phase: 'Live' }, { name: 'Acme' }]],
	])('may change by %s %j', (method, body) => {
		expect(changesNames(model('company'), { method, body })).toBe(true);
	});

	it.each([
		['GET', undefined],
		['PUT', { phase: 'Live', custom: { name: 'x' } }],
		['PUT', [{ _id: 'a', owner: 'b' }]],
	])('stays by %s %j', (method, body) => {
		expect(changesNames(model('company'), { method, body })).toBe(false);
	});

	it('of users are short names, and who is gone', () => {
		const change = (body: object) => changesNames(model('user'), { method: 'PUT', body });
		expect([change({ nickName: 'Ada' }), change({ inactive: true }), change({ roles: [] })]).toEqual([
			true,
			true,
			false,
		]);
	});
});
