import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { fetchList } from '../../../../nodes/Planhat/list/fetchList.ts';
import type { ListQuery } from '../../../../nodes/Planhat/list/query.ts';
import { fakeItem } from '../../fakeItem.mts';

const everything: ListQuery = {
	queries: [{ sort: '_id' }],
	limit: Infinity,
	filter: { queries: [{}], checks: [], leftBlank: [] },
};

/** Lists end users, and says what was asked for. */
async function list(query: Partial<ListQuery>, bodies: unknown[]) {
	const item = fakeItem('enduser', {}, bodies);
	const records = await fetchList(item, {
		method: 'GET',
		url: '/endusers',
		target: { verb: 'list', record: 'end users', permission: 'End User' },
		query: { ...everything, ...query },
	});
	return { records, asked: item.sent.map(({ qs }) => qs) };
}

const named = (...names: string[]): IDataObject[] => names.map((name) => ({ _id: `id-${name}`, name }));

describe('a list that is fetched', () => {
	it('is asked for page by page, in the words of its query', async () => {
		const full = Array.from({ length: 2_000 }, (_, index) => ({ _id: `${index}` }));
		const { records, asked } = await list({ queries: [{ sort: '_id', email: 'a' }], limit: 2_003 }, [
			full,
			named('a', 'b', 'c', 'd'),
		]);
		expect(records).toEqual([...full, ...named('a', 'b', 'c')]);
		expect(asked).toEqual([
			{ sort: '_id', email: 'a', limit: 2_000, offset: 0 },
			{ sort: '_id', email: 'a', limit: 3, offset: 2_000 },
		]);
	});

	it('holds each record of several lists once, in the order that is wanted, up to the limit', async () => {
		const queries = [{ companyId: '1' }, { companyId: '2' }];
		const bodies = [named('d', 'b'), named('c', 'b', 'a')];
		const order = { field: 'name', descending: false };
		expect((await list({ queries, order, limit: 3 }, bodies)).records).toEqual(named('a', 'b', 'c'));
		expect((await list({ queries }, bodies)).records).toEqual(named('d', 'b', 'c', 'a'));
	});

	it('keeps every record without an ID', async () => {
		expect((await list({}, [[{ name: 'a' }, { name: 'a' }]])).records).toEqual([{ name: 'a' }, { name: 'a' }]);
	});

	it('holds only what passes the filter', async () => {
		const filter = { ...everything.filter, checks: [{ fields: ['name'], value: 'B' }] };
		expect((await list({ filter }, [named('a', 'b')])).records).toEqual(named('b'));
	});

	it('of what changed has all of it before it is put in order and cut', async () => {
		const filter = { ...everything.filter, changed: { field: 'at', after: 10 } };
		const body = [30, 20, 15, 5].map((at) => ({ _id: `${at}`, at }));
		const query = { filter, order: { field: 'at', descending: false }, limit: 2 };
		expect((await list(query, [body])).records.map(({ at }) => at)).toEqual([15, 20]);
	});

	it('shows the fields that are wanted', async () => {
		expect((await list({ fields: { names: ['name'] } }, [named('a')])).records).toEqual([{ name: 'a' }]);
	});
});
