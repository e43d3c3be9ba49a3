import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { titleReader } from '../../../../nodes/Planhat/rows/title.ts';
import { columnsOf, type FakeRun } from '../columns/fakeColumns.mts';

async function titles(rows: IDataObject[], run: FakeRun = {}) {
	return rows.map(titleReader(await columnsOf(rows, run)));
}

describe('The title of a row', () => {
	it('is what names its record to people, whatever the column is called', async () => {
		expect(await titles([{ name: ' Acme ' }])).toEqual([{ name: 'name', value: 'Acme' }]);
		expect(await titles([{ Name: 'Acme' }])).toEqual([{ name: 'name', value: 'Acme' }]);
		expect(await titles([{ Name: 'x', name: 'Acme' }])).toEqual([{ name: 'name', value: 'Acme' }]);
		expect(await titles([{ action: 'Call' }], { resource: 'task' })).toEqual([{ name: 'action', value: 'Call' }]);
		expect(await titles([{ title: 'Login' }], { resource: 'ticket' })).toEqual([{ name: 'title', value: 'Login' }]);
	});

	it('is none where the row has none, and where no text names the record', async () => {
		expect(await titles([{ phase: 'Live' }, { name: ' ' }])).toEqual([undefined, undefined]);
		expect(await titles([{ churnDate: '2026-01-01' }], { resource: 'churn' })).toEqual([undefined]);
	});
});
