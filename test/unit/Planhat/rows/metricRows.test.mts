import { describe, expect, it } from '@jest/globals';

import { longRows, missingMetrics } from '../../../../nodes/Planhat/rows/metricRows.ts';

const table = { metrics: [], target: 'externalId', date: 'date' };

describe('rows that hold several metrics', () => {
	it('become one row for each value, and stay where they have none or were refused', async () => {
		const why = { code: 'unreadable' as const };
		const given = {
			rows: [
				{ item: 0, given: { externalId: 'a', date: '', Model: 'Asset', x: 1, y: 2 } },
				{ item: 1, given: { externalId: 'b', x: ' ' } },
				{ item: 2, given: {} },
			],
			refused: [{ at: 2, why }],
		};
		const shared = { externalId: 'a', date: '', model: 'Asset' };
		const x = { given: { dimensionId: 'x', value: 1, ...shared }, valueColumn: 'x' };
		const y = { given: { dimensionId: 'y', value: 2, ...shared }, valueColumn: 'y' };
		expect(await longRows(given, table, () => undefined)).toEqual({
			rows: [
				{ ...x, item: 0, tableRow: 0 },
				{ ...y, item: 0, tableRow: 0 },
				{ item: 1, given: {}, tableRow: 1 },
				{ item: 2, given: {}, tableRow: 2 },
			],
			refused: [{ at: 3, why }],
			called: { externalId: 'externalId', date: 'date', model: 'Model' },
		});
	});
});

it('A metric is missing where no row has its column, whatever the spelling', async () => {
	const rows = [
		{ item: 0, given: { 'Log ins': 1 } },
		{ item: 1, given: { exports: 1 } },
	];
	expect(await missingMetrics(rows, { ...table, metrics: ['logIns', 'Exports', 'seats'] }, () => undefined)).toEqual([
		'seats',
	]);
});
