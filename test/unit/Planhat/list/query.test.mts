import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { readListQuery } from '../../../../nodes/Planhat/list/query.ts';
import { thrownBy } from '../../../thrownBy.mts';
import { fakeItem, model } from '../../fakeItem.mts';

const read = (resource: string, parameters: IDataObject = {}) =>
	readListQuery(fakeItem(resource, { limit: 50, simplify: false, ...parameters }));

const byName = { 'sort.values': { field: 'name', direction: 'desc' } };
const since = '2026-03-31T12:00:00Z';
const companies = Array.from({ length: 200 }, (_, index) => index.toString(16).padStart(24, '0'));

describe('the limit of a list', () => {
	it.each<[unknown, number]>([
		[1, 1],
		['20', 20],
		[' 7 ', 7],
	])('is a whole number, also as text: %j', (limit, read) => {
		expect(readListQuery(fakeItem('company', { limit: limit as number })).limit).toBe(read);
	});

	it.each([0, -1, 2.5, '1e3', 'all', '', null, true, [5], Number.MAX_SAFE_INTEGER + 1])(
		'is refused where it is %j',
		async (limit) => {
			const error = await thrownBy(() => read('company', { limit: limit as number }));
			expect(error.message).toMatch(/^'Limit' takes a whole number of 1 or more, not '/);
		},
	);

	it('is the usual one where a model leaves it empty', async () => {
		const item = fakeItem('company', { limit: '', output: 'raw' });
		const node = { ...item.node, type: 'n8n-nodes-planhat.planhatTool' };
		expect(readListQuery({ ...item, node }).limit).toBe(50);
		await expect(thrownBy(() => readListQuery(item))).resolves.toBeInstanceOf(Error);
	});

	it('is none with Return All, whatever Limit says', () => {
		expect(read('company', { returnAll: true, limit: 'all' }).limit).toBe(Infinity);
	});

	it('is 50 for all records of a list that an agent did not filter', () => {
		const filters = { companyId: "={{ $fromAI('Company') }}" };
		const item = fakeItem('enduser', { returnAll: true, filters: { companyId: '' } });
		const tool = { ...item.node, type: 'n8n-nodes-planhat.planhatTool', parameters: { filters } };
		expect(readListQuery({ ...item, node: tool })).toMatchObject({ limit: 50, filter: { leftBlank: ['Company'] } });
	});
});

describe('what Planhat is asked to list', () => {
	it('is sorted by what never changes, unless the user sorts', () => {
		expect(read('company').queries).toEqual([{ sort: '_id' }]);
		expect(read('company', byName).queries).toEqual([{ sort: '-name' }]);
	});

	it('has no order where the list takes none', () => {
		expect(read('metric', byName)).toMatchObject({ queries: [{}], order: undefined });
		expect(read('metric', byName).queries[0]).not.toHaveProperty('sort');
	});

	it('is newest first where only what changed is wanted, and the order of the user is made on our side', () => {
		const query = read('enduser', { ...byName, filters: { updatedAfter: since } });
		expect(query.queries).toEqual([{ sort: '-updatedAt' }]);
		expect(query.order).toEqual({ field: 'name', descending: true });
		expect(read('enduser', { filters: { updatedAfter: since } }).order).toBeUndefined();
	});

	it('is put in order on our side where it takes several lists', () => {
		const split = (more = {}) => read('enduser', { ...more, filters: { companyId: companies as never } });
		expect(split().queries.length).toBeGreaterThan(1);
		expect(split().order).toEqual({ field: '_id', descending: false });
		expect(split(byName).order).toEqual({ field: 'name', descending: true });
		for (const { sort } of split(byName).queries) expect(sort).toBe('-name');
		for (const { select } of split({ ...byName, 'options.select': ['phone'] }).queries)
			expect(select).toBe('phone,name');
	});

	it('has the fields that are shown, and those that are compared or sorted by on our side', () => {
		const filters = { email: 'a@example.org', updatedAfter: since };
		const query = read('enduser', { ...byName, filters, 'options.select': ['phone'] });
		expect(query.fields).toEqual({ names: ['_id', 'phone'] });
		expect(String(query.queries[0]?.select).split(',').sort()).toEqual(['email', 'name', 'phone', 'updatedAt']);
	});

	it('has all fields where all are shown, and the simplified ones where they are', () => {
		expect(read('company').queries[0]).not.toHaveProperty('select');
		expect(read('company', { simplify: true }).fields?.names).toBe(model('company').simplified);
	});
});
