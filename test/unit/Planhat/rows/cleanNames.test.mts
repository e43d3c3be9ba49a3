import { describe, expect, it } from '@jest/globals';

import { cleanName, withCleanNames } from '../../../../nodes/Planhat/rows/cleanNames.ts';

describe('names of metrics', () => {
	it.each([
		['logins', 'logins'],
		[' Active Users (30d) ', 'Active_Users_30d'],
		['Größe/Tag', 'Größe_Tag'],
	])('are cleaned: %s', (name, clean) => {
		expect(cleanName(name)).toBe(clean);
	});

	it('that would become one are refused', async () => {
		const rows = ['a b', 'a b', 'a-b'].map((dimensionId, item) => ({ item, given: { dimensionId } }));
		const { given, changed } = await withCleanNames({ rows, refused: [] }, () => undefined);
		expect(given.refused.map(({ at }) => at)).toEqual([2]);
		expect([...changed]).toEqual([['a b', 'a_b']]);
	});

	it('of which nothing is left are refused', async () => {
		const rows = [{ item: 0, given: { dimensionId: '!!!' } }];
		const { given, changed } = await withCleanNames({ rows, refused: [] }, () => undefined);
		expect([given.refused.map(({ at }) => at), changed.size]).toEqual([[0], 0]);
	});
});
