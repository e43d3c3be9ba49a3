import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { columnOfDates } from '../../../../nodes/Planhat/rows/undated.ts';

async function found(given: unknown): Promise<string | undefined> {
	return await columnOfDates([{ given: given as IDataObject }], Object.keys, () => undefined);
}

describe('a column of dates', () => {
	it.each(['2026-03-31', '31.03.2026', '3/4/26', 'Mar 31, 2026', '2026-03-31T10:00:00Z'])(
		'is seen by %j',
		async (text) => {
			expect(await found({ x: 1, any: text })).toBe('any');
		},
	);

	it.each(['12', '20260331', '1,5', 'many', '', 46112, '46112.5', 1769817600, null])(
		'is none for %j',
		async (value) => {
			expect(await found({ x: value })).toBeUndefined();
		},
	);

	it.each([
		'Day',
		'month',
		'WEEK',
		'Period',
		'time',
		'Time stamp',
		'Datum',
		'Report Date',
		'date_of_report',
		'timestamp_ms',
	])('is seen by a number where its name is that of a date: %s', async (name) => {
		expect(await found({ [name]: 46112 })).toBe(name);
		expect(await found({ [name]: '20260331' })).toBe(name);
		expect(await found({ [name]: 12 })).toBeUndefined();
	});

	it.each(['seats', 'Days', 'uptime', 'Time spent', 'monthly users', 'candidates'])(
		'is none for a number under another name: %s',
		async (name) => {
			expect(await found({ [name]: 46112 })).toBeUndefined();
		},
	);
});
