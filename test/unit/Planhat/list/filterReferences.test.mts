import { expect, it } from '@jest/globals';

import { withFilterIds } from '../../../../nodes/Planhat/list/filterReferences.ts';
import { fakeItem, fakeTenant } from '../../fakeItem.mts';

const _id = '5f1000000000000000000001';

it('the filters of an item get IDs where they name companies by keys, and others stay as they are', async () => {
	const item = fakeItem('task', { filters: { companyId: ['extid-a', _id], status: 'Done' } });
	const lists = {
		...item.runTransport,
		send: async () => ({ status: 200, body: [{ _id, externalId: 'a' }], resent: false }),
	};
	const resolved = await withFilterIds({ ...item, tenant: fakeTenant(item.model, lists) });
	expect(resolved.parameter('filters', {})).toEqual({ companyId: [_id, _id], status: 'Done' });
});
