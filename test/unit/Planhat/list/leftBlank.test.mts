import { describe, expect, it } from '@jest/globals';

import { withNotice } from '../../../../nodes/Planhat/list/leftBlank.ts';
import { model, node } from '../../fakeItem.mts';

const records = [{ _id: '1' }, { _id: '2' }];
const people = { model: model('company'), node };
const tool = { ...people, node: { ...node, type: 'n8n-nodes-planhat.planhatTool' } };
const olderTool = { ...tool, node: { ...tool.node, typeVersion: 1 } };

describe('a list of which an agent left filters blank', () => {
	it('says so in its first record, before the fields', () => {
		const noticed = withNotice(people, records, { leftBlank: ['Company', 'Status'], limit: 50 });
		expect(noticed).toEqual([
			{ notice: 'Not filtered by Company, Status, which is empty: these are all companies.', _id: '1' },
			{ _id: '2' },
		]);
		expect(Object.keys(noticed[0] ?? {})[0]).toBe('notice');
	});

	it('says that other filters hold', () => {
		const [first] = withNotice(people, records, { leftBlank: ['date', 'date'], limit: 50, isNarrowed: true });
		expect(first?.notice).toBe('Not filtered by date, which is empty: these are all companies by the other filters.');
	});

	it('says that there may be more where it ends with the limit', () => {
		const [first] = withNotice(people, records, { leftBlank: ['Company'], limit: 2 });
		expect(first?.notice).toMatch(/these are the first 2 companies, and there may be more\.$/);
	});

	it('says so even where there is no record', () => {
		expect(withNotice(people, [], { leftBlank: ['Company'], limit: 50 })).toEqual([
			{ notice: expect.stringContaining('Not filtered by Company') },
		]);
	});
});

describe('a list for a model', () => {
	it('says that it ends with its limit, but to a node of the first version', () => {
		const notice = 'These are the first 2 companies, and there may be more. To see others, narrow the search.';
		expect(withNotice(tool, records, { leftBlank: [], limit: 2 })).toEqual([{ notice, _id: '1' }, { _id: '2' }]);
		expect(withNotice(tool, records, { leftBlank: [], limit: 3 })).toBe(records);
		expect(withNotice(olderTool, records, { leftBlank: [], limit: 2 })).toBe(records);
		expect(withNotice(people, records, { leftBlank: [], limit: 2 })).toBe(records);
	});

	it('says how many there are where all were seen', () => {
		const [first] = withNotice(tool, records, { leftBlank: [], limit: 2, total: 300 });
		expect(first?.notice).toBe('These are 2 of 300 companies. To see others, narrow the search.');
		expect(withNotice(tool, records, { leftBlank: [], limit: 2, total: 2 })[0]?.notice).toBe(
			'These are all companies.',
		);
	});

	it('says that nothing matches', () => {
		expect(withNotice(tool, [], { leftBlank: [], limit: 50 })).toEqual([{ notice: 'No company matches.' }]);
		expect(withNotice(olderTool, [], { leftBlank: [], limit: 50 })).toEqual([]);
	});
});
