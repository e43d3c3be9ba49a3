import { describe, expect, it } from '@jest/globals';

import { withNotice } from '../../../../nodes/Planhat/list/leftBlank.ts';
import { node } from '../../fakeItem.mts';

const records = [{ _id: '1' }, { _id: '2' }];

describe('a list of which an agent left filters blank', () => {
	it('says so in its first record, before the fields', () => {
		const noticed = withNotice(node, records, ['Company', 'Status'], 50);
		expect(noticed).toEqual([
			{ notice: 'Not filtered by Company, Status, which is empty: these are all records.', _id: '1' },
			{ _id: '2' },
		]);
		expect(Object.keys(noticed[0] ?? {})[0]).toBe('notice');
	});

	it('says that there may be more where it ends with the limit', () => {
		const [first] = withNotice(node, records, ['Company'], 2);
		expect(first?.notice).toMatch(/these are the first 2 records, and there may be more\.$/);
	});

	it('says so even where there is no record', () => {
		expect(withNotice(node, [], ['Company'], 50)).toEqual([
			{ notice: expect.stringContaining('Not filtered by Company') },
		]);
	});

	it('says to an agent that a list ends with its limit, but to a node of the first version', () => {
		const tool = { ...node, type: 'n8n-nodes-planhat.planhatTool' };
		const notice = 'These are the first 2 records, and there may be more.';
		expect(withNotice(tool, records, [], 2)).toEqual([{ notice, _id: '1' }, { _id: '2' }]);
		expect(withNotice(tool, records, [], 3)).toBe(records);
		expect(withNotice({ ...tool, typeVersion: 1 }, records, [], 2)).toBe(records);
		expect(withNotice(node, records, [], 2)).toBe(records);
	});

	it('is left as it is where nothing was left blank', () => {
		expect(withNotice(node, records, [], 1)).toBe(records);
	});
});
