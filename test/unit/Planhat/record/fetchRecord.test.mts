import { describe, expect, it } from '@jest/globals';

import { lookUp } from '../../../../nodes/Planhat/record/fetchRecord.ts';
import { thrownBy } from '../../../thrownBy.mts';
import { fakeItem } from '../../fakeItem.mts';

const _id = '5f1000000000000000000001';

describe('a record whose ID is not known', () => {
	const target = { verb: 'get', record: `ticket with ID '${_id}'`, permission: 'Ticket', _id };

	it('is never addressed by what is no ID', async () => {
		const byKey = {
			path: 'extid-acme',
			target: { ...target, record: "company with external ID 'acme'", _id: undefined },
		};
		const item = fakeItem('company', {}, [{ message: 'no such company' }]);
		const error = await thrownBy(async () => await lookUp(item, byKey));
		expect(error.message).toBe(
			"Planhat answered with something other than the company with external ID 'acme': no such company",
		);
	});

	it('is looked up by its key where its id is needed, and only then', async () => {
		const byKey = { path: 'extid-acme', target: { ...target, _id: undefined } };
		const item = fakeItem('company', {}, [{ _id, name: 'Acme' }]);
		expect(await lookUp(item, byKey)).toMatchObject({ path: _id, _id, target: { _id } });
		expect(item.sent).toMatchObject([{ method: 'GET', url: '/companies/extid-acme' }]);
		const known = fakeItem('company');
		expect(await lookUp(known, { path: _id, target })).toMatchObject({ _id });
		expect(known.sent).toEqual([]);
	});
});
