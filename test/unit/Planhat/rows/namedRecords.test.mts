import { describe, expect, it } from '@jest/globals';

import { withNamedRecords } from '../../../../nodes/Planhat/rows/namedRecords.ts';
import { fakeItem, fakeTenant, model, node } from '../../fakeItem.mts';

const users = [
	{ _id: '5f0000000000000000000001', nickName: 'Ada', email: 'ada@team.example.com' },
	{ _id: '5f0000000000000000000002', nickName: 'Ben', email: 'ben@team.example.com' },
];

function toolOf(resource: string) {
	const { transport, timezone } = fakeItem(resource);
	const tenant = fakeTenant(model(resource), {
		...transport,
		send: async () => ({ status: 200, body: users, resent: false }),
	});
	return { model: model(resource), tenant, timezone, node: { ...node, type: 'n8n-nodes-planhat.planhatTool' } };
}

describe('what a model writes', () => {
	it('names users by their names, one or several, with the name where people are listed', async () => {
		const row = await withNamedRecords(toolOf('conversation'), { users: 'Ada, Ben', subject: 'Ada' });
		expect(row).toEqual({
			users: users.map(({ _id, nickName }) => ({ id: _id, name: nickName })),
			subject: 'Ada',
		});
		const [ada] = users;
		expect(await withNamedRecords(toolOf('company'), { owner: 'Ada', followers: ['Ben'] })).toEqual({
			owner: ada?._id,
			followers: [users[1]?._id],
		});
	});

	it('keeps IDs, links and keys with a prefix', async () => {
		const given = { companyId: 'extid-acme', ownerId: '5f0000000000000000000001' };
		expect(await withNamedRecords(toolOf('task'), given)).toEqual(given);
	});

	it('is the row itself where the node is no tool', async () => {
		const given = { owner: 'Ada' };
		expect(await withNamedRecords({ ...toolOf('company'), node }, given)).toBe(given);
	});
});
