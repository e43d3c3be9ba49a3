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

	it('names users in custom fields too, wherever they stand', async () => {
		const run = toolOf('company');
		const { transport } = fakeItem('company');
		const definitions = [{ name: 'Sponsor', parent: 'company', type: 'team member' }];
		const tenant = fakeTenant(model('company'), {
			...transport,
			send: async ({ url }) => ({ status: 200, body: url === '/customfields' ? definitions : users, resent: false }),
		});
		const [ada] = users;
		const given = { 'custom.Sponsor': 'Ada', Sponsor: 'Ada', custom: { Sponsor: 'Ada', Other: 'Ada' } };
		expect(await withNamedRecords({ ...run, tenant }, given)).toEqual({
			...{ 'custom.Sponsor': ada?._id, Sponsor: ada?._id },
			custom: { Sponsor: ada?._id, Other: 'Ada' },
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
