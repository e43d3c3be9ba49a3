import { describe, expect, it } from '@jest/globals';

import { withNamedFilters } from '../../../../nodes/Planhat/list/namedFilters.ts';
import { fakeItem, fakeTenant, model, node } from '../../fakeItem.mts';

const companies = [
	{ _id: '5f0000000000000000000001', name: 'Acme, Inc' },
	{ _id: '5f0000000000000000000002', name: 'Seabird' },
];

function toolWith(filters: Record<string, unknown>) {
	const item = fakeItem('task', { filters } as never);
	const tenant = fakeTenant(model('task'), {
		...item.transport,
		send: async () => ({ status: 200, body: companies, resent: false }),
	});
	return { ...item, tenant, node: { ...node, type: 'n8n-nodes-planhat.planhatTool' } };
}

describe('filters that a model fills in', () => {
	it.each([
		['company', 'acme, inc', '5f0000000000000000000001'],
		['companyId', 'Acme, Inc', ['5f0000000000000000000001']],
		['companyId', ['seabird'], ['5f0000000000000000000002']],
		['companyId', '5f0000000000000000000001,5f0000000000000000000002', companies.map(({ _id }) => _id)],
	])('name companies: %s %p', async (name, given, expected) => {
		const item = await withNamedFilters(toolWith({ [name]: given }));
		expect(item.parameter('filters')).toEqual({ [name]: expected });
	});

	it('are as they were where they are blank', async () => {
		const item = await withNamedFilters(toolWith({ company: { mode: 'id', value: '' } }));
		expect(item.parameter('filters')).toEqual({ company: { mode: 'id', value: '' } });
	});

	it('refuse a company that nobody has', async () => {
		await expect(withNamedFilters(toolWith({ company: 'Zzz' }))).rejects.toThrow(
			"'Company': No company is called 'Zzz'",
		);
	});
});
