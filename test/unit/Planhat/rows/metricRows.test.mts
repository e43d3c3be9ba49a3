import { describe, expect, it } from '@jest/globals';

import { cleanName, longRows, withCleanNames } from '../../../../nodes/Planhat/rows/metricRows.ts';

const table = { metrics: [], target: 'externalId', date: 'date' };

describe('rows that hold several metrics', () => {
	it('become one row for each value, and stay where they have none or were refused', () => {
		const why = { code: 'unreadable' as const };
		const given = {
			rows: [
				{ item: 0, given: { externalId: 'a', model: 'Asset', x: 1, y: 2 } },
				{ item: 1, given: { externalId: 'b', x: ' ' } },
				{ item: 2, given: {} },
			],
			refused: [{ at: 2, why }],
		};
		expect(longRows(given, table)).toEqual({
			rows: [
				{ item: 0, given: { dimensionId: 'x', value: 1, externalId: 'a', model: 'Asset' } },
				{ item: 0, given: { dimensionId: 'y', value: 2, externalId: 'a', model: 'Asset' } },
				{ item: 1, given: {} },
				{ item: 2, given: {} },
			],
			refused: [{ at: 3, why }],
		});
	});
});

describe('names of metrics', () => {
	it.each([
		['logins', 'logins'],
		[' Active Users (30d) ', 'Active_Users_30d'],
		['Größe/Tag', 'Größe_Tag'],
	])('are cleaned: %s', (name, clean) => {
		expect(cleanName(name)).toBe(clean);
	});

	it('that would become one are refused', () => {
		const rows = ['a b', 'a b', 'a-b'].map((dimensionId, item) => ({ item, given: { dimensionId } }));
		const { given, changed } = withCleanNames({ rows, refused: [] });
		expect(given.refused.map(({ at }) => at)).toEqual([2]);
		expect([...changed]).toEqual([['a b', 'a_b']]);
	});
});
