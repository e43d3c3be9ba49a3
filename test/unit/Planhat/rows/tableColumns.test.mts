import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { commonSpelling } from '../../../../nodes/Planhat/columns/columnNames.ts';
import { columnNamed, sharedColumn, unclearName } from '../../../../nodes/Planhat/rows/tableColumns.ts';

const rows = (...given: IDataObject[]) => given.map((each, item) => ({ item, given: each }));

const noBreath = () => undefined;

describe('the column that a name means', () => {
	it.each<[string, IDataObject, string | undefined]>([
		['its very name', { date: 1, Date: 2 }, 'date'],
		['another spelling', { 'Da-te': 2 }, 'Da-te'],
		['the one that holds something', { date: '', DATE: 0 }, 'DATE'],
		['its very name where all are empty', { Date: null, date: '' }, 'date'],
		['none', { dates: 1 }, undefined],
	])('is %s', (_what, given, column) => {
		expect(columnNamed(given, 'date')).toBe(column);
	});

	it('is none of those that every object has', () => {
		expect(columnNamed({}, 'constructor')).toBeUndefined();
	});

	it('may be called as other models call it', () => {
		expect(columnNamed({ ext_id: 'a' }, 'externalId')).toBeUndefined();
		expect(columnNamed({ ext_id: 'a' }, 'externalId', commonSpelling)).toBe('ext_id');
	});
});

describe('a name that may mean several columns', () => {
	it('is told with them', async () => {
		const given = rows({ Logins: 1 }, { 'Log ins': 1, log_ins: 2 });
		expect(await unclearName(given, ['date', 'logins'], noBreath)).toEqual({
			name: 'logins',
			columns: ['Log ins', 'log_ins'],
		});
	});

	it.each<[string, IDataObject]>([
		['one has that name', { logins: 1, Logins: 2 }],
		['the others are empty', { Logins: 1, LOGINS: '' }],
		['all hold the same', { Logins: 1, LOGINS: 1 }],
	])('is clear where %s', async (_what, given) => {
		expect(await unclearName(rows(given), ['logins'], noBreath)).toBeUndefined();
	});
});

describe('names that mean one column', () => {
	it('are told', async () => {
		expect(await sharedColumn(rows({ x: 1, X: 2 }, { x: 1 }), ['X', 'x', 'y'], noBreath)).toEqual(['X', 'x']);
	});

	it('are none where each has a column', async () => {
		expect(await sharedColumn(rows({ x: 1, X: 2 }), ['X', 'x'], noBreath)).toBeUndefined();
	});
});
