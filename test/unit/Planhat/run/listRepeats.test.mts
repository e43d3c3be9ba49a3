import { describe, expect, it } from '@jest/globals';

import { ListRepeats } from '../../../../nodes/Planhat/run/listRepeats.ts';
import type { PlanhatRequest } from '../../../../nodes/Planhat/transport/request.ts';

const target = { verb: 'list', record: 'companies', permission: 'Company' };
const list: PlanhatRequest = { method: 'GET', url: '/companies', qs: { status: 'customer' }, target };

function hintFor(requests: Array<PlanhatRequest | undefined>, declared: Pick<PlanhatRequest, 'method' | 'url'> = list) {
	const repeats = new ListRepeats(declared);
	for (const request of requests) repeats.add(request);
	return repeats.hint();
}

describe('the hint at a list that is asked for again and again', () => {
	it('says how often each record is there, and what to do', () => {
		const hint = hintFor([list, structuredClone(list), list]);
		expect(hint).toContain('All 3 input items requested the same list');
		expect(hint).toContain("'Execute Once'");
	});

	it.each<[string, Array<PlanhatRequest | undefined>]>([
		['one item', [list]],
		['no item', []],
		['items that ask for different lists', [list, { ...list, qs: { status: 'lost' } }, list]],
		['an item that came to no request', [list, undefined, list]],
		['single records', [1, 2].map(() => ({ ...list, url: '/companies/5f1000000000000000000001' }))],
	])('is not there for %s', (_case, requests) => {
		expect(hintFor(requests)).toBeUndefined();
	});

	it('is not there for what is no list', () => {
		const write: PlanhatRequest = { ...list, method: 'POST' };
		expect(hintFor([write, write], write)).toBeUndefined();
	});
});
