import { expect, it } from '@jest/globals';

import { guardRows } from '../../../../nodes/Planhat/held/guardRows.ts';
import { Touched } from '../../../../nodes/Planhat/held/touched.ts';
import { columnsOf } from '../columns/fakeColumns.mts';
import { fakeRun } from './fakeRun.mts';

it('rows are planned by the records of Planhat, and those that are left out are settled', async () => {
	const { run } = fakeRun('company', { '/companies': [{ _id: '1', externalId: 'a', name: 'A', phase: 'Live' }] });
	const rows = [
		{ externalId: 'a', name: 'B', phase: 'Lost' },
		{ externalId: 'n', name: 'N' },
		{ externalId: 'm', name: 'M' },
	].map((fields, at) => ({ at, layer: 0, fields, missing: [] }));
	const columns = await columnsOf(rows.map(({ fields }) => fields));
	const guards = { mode: 'updateOnly', isPreview: true, kept: new Set(['phase']) } as const;
	const guarded = await guardRows(run, rows, columns, guards, new Set(['name', 'phase']), new Touched());
	expect(guarded.planned.map((row) => 'is' in row && row.is)).toEqual(['update', 'skipped', 'skipped']);
	expect(guarded.rows[0]).toMatchObject({ fields: { externalId: 'a', name: 'B' } });
	expect(guarded.rows[1]).toMatchObject({ at: 1, outcome: { is: 'skipped' } });
});

it('a row that gives its record another key is sent, although it holds keys alone', async () => {
	const { run } = fakeRun('company', { '/leancompanies': [{ _id: '1', sourceId: 's', externalId: 'e' }] });
	const rows = [{ sourceId: 's', externalId: 'new' }, { sourceId: 's' }].map((fields, at) => ({
		...{ at, layer: 0, fields, missing: [] },
	}));
	const columns = await columnsOf(rows.map(({ fields }) => fields));
	const guards = { mode: 'updateOnly', isPreview: false, kept: new Set<string>() } as const;
	const guarded = await guardRows(run, rows, columns, guards, new Set(), new Touched());
	expect(guarded.rows).toEqual([rows[0], { at: 1, outcome: { is: 'unchanged', _id: '1' } }]);
});

it('a preview says of a row that gives way what becomes of the later one, where that is refused', async () => {
	const { run } = fakeRun('company', { '/companies': [] });
	const rows = [
		{ at: 0, outcome: { is: 'superseded', by: 1 } as const },
		{ at: 1, layer: 0, fields: { externalId: 'n' }, missing: ['name'] },
	];
	const guards = { mode: 'createOrUpdate', isPreview: true, kept: new Set<string>() } as const;
	const columns = await columnsOf([{ externalId: 'n' }]);
	const { planned } = await guardRows(run, rows, columns, guards, new Set(), new Touched());
	expect(planned.map((row) => [row.at, 'is' in row && row.is])).toEqual([
		[0, 'refused'],
		[1, 'refused'],
	]);
});
