import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { columnHints, keepNotes, leftOut, type ColumnHints } from '../../../../nodes/Planhat/columns/columnHints.ts';
import { writeRow } from '../../../../nodes/Planhat/rows/writeRow.ts';
import { columnsOf, knownTenant, type FakeRun } from './fakeColumns.mts';

/** What the user is told after rows were written. */
async function hintsOf(rows: IDataObject[], run: FakeRun = {}): Promise<ColumnHints> {
	const columns = await columnsOf(rows, run);
	for (const row of rows) {
		const wrote = writeRow(row, columns);
		if ('notes' in wrote) keepNotes(columns, wrote.notes ?? []);
	}
	return columnHints(columns);
}

/** The same in one list. */
async function hints(rows: IDataObject[], run: FakeRun = {}): Promise<string[]> {
	const { lost, told } = await hintsOf(rows, run);
	return [...lost, ...told];
}

describe('The hints of a run', () => {
	it('are none where all went out as it was given', async () => {
		expect(await hints([{ externalId: 'a', name: 'A', row_number: 2, __v: 1 }])).toEqual([]);
	});

	it('name unknown columns once, with the nearest fields', async () => {
		const rows = Array.from({ length: 100 }, (_, index) => ({ externalId: `${index}`, phse: 'x', colour: 'y', '': 1 }));
		expect(await hints(rows)).toEqual([
			"2 columns match no company field, and Planhat ignores them: phse (did you mean 'phase'?), colour. See the option 'Unknown Fields'.",
		]);
		const others = await Promise.all(
			(['custom', 'ignore', 'refuse'] as const).map(
				async (unknownFields) => await hints(rows, { options: { unknownFields } }),
			),
		);
		expect(others.flat()).toEqual([
			expect.stringMatching(/were sent as custom fields: phse/),
			expect.stringMatching(/were left out: phse/),
			expect.stringMatching(/rows that have them were refused: phse/),
		]);
	});

	it('say that unknown names within custom are kept where nobody sees them', async () => {
		const tenant = knownTenant({ customFields: [{ name: 'Plan', type: 'text', parent: 'company' }] });
		expect(await hints([{ name: 'A', custom: { plan: 1 }, 'custom.size': 2, colour: 3 }], { tenant })).toEqual([
			expect.stringMatching(/no company field, and Planhat ignores them: colour\. See/),
			"The tenant has no such custom field of a company, and Planhat keeps the values where nobody sees them: custom.plan (did you mean 'Plan'?), custom.size. See the option 'Unknown Fields'.",
		]);
	});

	it('name what Planhat sets itself', async () => {
		expect(await hints([{ name: 'A', mrr: 1, arr: 2, _id: 'x' }], { writes: 'new' })).toEqual([
			'These were left out, since only Planhat sets them: mrr, arr, _id.',
		]);
		expect(await hints([{ name: 'A', _id: 'x' }], { writes: 'changes' })).toEqual([]);
	});

	it('name what was taken for what, a few of each column', async () => {
		const rows = [45_283, 45_284, '2026-01-01'].map((fromDate, index) => ({
			...{
				externalId: index,
				companyId: 'extid-a',
				FromDate: fromDate,
				renewalStatus: ['Lost', 'gone', 'x', 'y', 'z'][index + 1],
			},
		}));
		rows.push(...rows.map((row) => ({ ...row, renewalStatus: 'more' })));
		expect(await hintsOf(rows as IDataObject[], { resource: 'license' })).toEqual({
			lost: [
				"'renewalStatus' has values that are not in the field's list (ongoing, renewed, lost). They are not changed: gone, x, y.",
			],
			told: [
				"Columns were matched to fields with a different spelling: 'FromDate' as 'fromDate'.",
				"Numbers in 'FromDate' were read as Excel dates: 45283 as 2023-12-23.",
			],
		});
	});

	it('say which column gave way, and what could not be read', async () => {
		expect(
			await hints([{ 'External ID': 'x', externalId: 'a', name: 'A' }], {
				tenant: knownTenant({ reason: 'no permission' }),
			}),
		).toEqual([
			'Custom fields could not be read, so their names were treated as unknown: no permission',
			"'External ID' was left out where the column 'externalId' has a value, since that is the field's own name.",
			"Columns were matched to fields with a different spelling: 'External ID' as 'externalId'.",
		]);
	});

	it('are short, whatever the input', async () => {
		const row = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`Column${index}`, index]));
		const [hint = ''] = await hints([row]);
		expect(hint).toMatch(/Column19, and 480 more\. See/);
		expect(leftOut(await columnsOf([row])).unknown).toHaveLength(500);
	});
});
