import { describe, expect, it } from '@jest/globals';

import { withNotice } from '../../../../nodes/Planhat/list/leftBlank.ts';

const records = [{ _id: '1' }, { _id: '2' }];

describe('a list of which an agent left filters blank', () => {
	it('says so in its first record, before the fields', () => {
		const noticed = withNotice(records, ['Company', 'Status'], 50);
		expect(noticed).toEqual([
			{ notice: 'Not filtered by Company, Status, which is empty: these are all records.', _id: '1' },
			{ _id: '2' },
		]);
		expect(Object.keys(noticed[0] ?? {})[0]).toBe('notice');
	});

	it('says that there may be more where it ends with the limit', () => {
		const [first] = withNotice(records, ['Company'], 2);
		expect(first?.notice).toMatch(/these are the first 2 records, and there may be more\.$/);
	});

	it('says so even where there is no record', () => {
		expect(withNotice([], ['Company'], 50)).toEqual([{ notice: expect.stringContaining('Not filtered by Company') }]);
	});

	it('is left as it is where nothing was left blank', () => {
		expect(withNotice(records, [], 1)).toBe(records);
	});
});
