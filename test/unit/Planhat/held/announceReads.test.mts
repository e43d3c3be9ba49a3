import { expect, it } from '@jest/globals';

import { announce, readsOf } from '../../../../nodes/Planhat/held/announceReads.ts';
import { RowKeys } from '../../../../nodes/Planhat/rows/rowKeys.ts';
import { columnsOf } from '../columns/fakeColumns.mts';
import { fakeRun } from './fakeRun.mts';

it('the requests that it takes to read records are said before', async () => {
	const { run, asked } = fakeRun('asset', {});
	const rows = [{ externalId: 'a', companyId: 'extid-c' }];
	const columns = await columnsOf(rows, { resource: 'asset' });
	const given = { rows: rows.map((row, item) => ({ item, given: row })), refused: [] };
	const guards = { mode: 'createOrUpdate', isPreview: true, kept: new Set<string>() } as const;
	const { first } = await readsOf({ run, given, columns, keys: new RowKeys(given.rows, columns) }, guards, undefined);
	const said: string[] = [];
	announce({ model: run.model, tell: (message) => said.push(message) }, first);
	expect(said).toEqual([
		'Create or Update reads the assets first: at most 2 requests, and 1 more for every 2,000 assets in Planhat.',
	]);
	expect(asked).toEqual([]);
});
