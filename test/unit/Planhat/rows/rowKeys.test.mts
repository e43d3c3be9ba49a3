import { describe, expect, it } from '@jest/globals';

import { companyOf, keysOf } from '../../../../nodes/Planhat/rows/keys.ts';
import { RowKeys } from '../../../../nodes/Planhat/rows/rowKeys.ts';
import { columnsOf } from '../columns/fakeColumns.mts';

const rows = [
	{ externalId: ' a ', sourceId: 7, email: 'A@b.io', companyId: 'extid-acme' },
	{ email: 'c@d.io' },
	{ lastName: 'Nobody', sourceId: 'N/A' },
];

describe('The keys of the rows of a run', () => {
	it('are those of each row, whether they were read before or not', async () => {
		const columns = await columnsOf(rows, { resource: 'enduser' });
		const given = rows.map((row, item) => ({ item, given: row }));
		const read = new RowKeys(given, columns);
		for (const [at, row] of rows.entries()) {
			expect(read.read(at)).toEqual({ keys: keysOf(row, columns), company: companyOf(row, columns) });
		}
		for (const keys of [read, new RowKeys(given, columns)]) {
			expect(rows.map((_row, at) => keys.of(at))).toEqual([
				[
					{ name: 'sourceId', value: '7' },
					{ name: 'externalId', value: 'a' },
					{ name: 'email', value: 'A@b.io' },
				],
				[{ name: 'email', value: 'c@d.io' }],
				[],
			]);
			expect(rows.map((_row, at) => [keys.isKeyed(at), keys.namesCompany(at)])).toEqual([
				[true, true],
				[true, false],
				[false, false],
			]);
		}
	});

	it('are the same where they are kept without an object for each', async () => {
		const rows = [
			{ externalId: 'a', email: 'A@b.io', companyId: 'extid-x' },
			{ externalId: 'N/A', email: ' c@d.io' },
			{ sourceId: 5 },
		];
		const columns = await columnsOf(rows, { resource: 'enduser' });
		const given = rows.map((row, item) => ({ item, given: row }));
		const [read, kept] = [new RowKeys(given, columns), new RowKeys(given, columns)];
		for (const at of rows.keys()) {
			const told: unknown[] = [];
			const { keys } = read.read(at);
			kept.keep(at, (name, value) => told.push({ name: kept.names[name], value }));
			expect(told).toEqual(keys.map(({ name, value }) => ({ name, value })));
			expect([kept.of(at), kept.isKeyed(at), kept.namesCompany(at)]).toEqual([
				read.of(at),
				read.isKeyed(at),
				read.namesCompany(at),
			]);
		}
	});

	it('take one look at each row', async () => {
		let looks = 0;
		const row = Object.defineProperty({}, 'externalId', { enumerable: true, get: () => `a${(looks += 1)}` });
		const keys = new RowKeys([{ item: 0, given: row }], await columnsOf([row]));
		looks = 0;
		keys.read(0);
		expect([keys.of(0), keys.isKeyed(0), keys.of(0)]).toEqual([
			[{ name: 'externalId', value: 'a1' }],
			true,
			[{ name: 'externalId', value: 'a1' }],
		]);
	});
});
