import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { writeRows } from '../../../../nodes/Planhat/batch/writeRows.ts';
import type { Settled } from '../../../../nodes/Planhat/batch/outcomes.ts';
import type { Given, Written } from '../../../../nodes/Planhat/rows/row.ts';
import { columnsOf, type FakeRun } from '../columns/fakeColumns.mts';

const givenOf = (rows: IDataObject[]): Given => ({ rows: rows.map((given, item) => ({ item, given })), refused: [] });

interface Others extends FakeRun {
	given?: Given;
	order?: Parameters<typeof writeRows>[3];
	raw?: IDataObject;
}

async function run(rows: IDataObject[], { given = givenOf(rows), order, raw, ...others }: Others = {}) {
	const columns = await columnsOf(rows, others);
	const fields = raw === undefined ? {} : { fields: { mappingMode: 'defineBelow', value: raw } };
	const node = { type: 'planhat', parameters: fields } as never;
	const written: Array<Written | Settled> = [];
	for (const row of writeRows({ node }, given, columns, order)) written.push(row);
	return written;
}

describe('Rows are written', () => {
	it('each once, and looked at once more for each of the stages before', async () => {
		let looks = 0;
		const rows = Array.from({ length: 1_000 }, (_row, index) =>
			Object.defineProperty({ externalId: `c${index}` }, 'description', {
				enumerable: true,
				get: () => {
					looks += 1;
					return 'x';
				},
			}),
		);
		const written = await run(rows);
		expect(written.map(({ at }) => at)).toEqual(rows.map((_row, at) => at));
		expect(looks).toBe(1_000);
	});

	it('when they are asked for', async () => {
		let looks = 0;
		const row = Object.defineProperty({ externalId: 'a' }, 'description', {
			enumerable: true,
			get: () => (looks += 1),
		});
		const columns = await columnsOf([row, row]);
		const rows = writeRows({ node: { type: 'planhat', parameters: {} } as never }, givenOf([row, row]), columns);
		rows.next();
		expect(looks).toBe(1);
	});

	it('round after round, without those that are settled before', async () => {
		const rows = ['a', 'b', 'a', 'c', 'd', 'a'].map((externalId, index) => ({ externalId, name: `N${index}` }));
		const given: Given = { ...givenOf(rows), refused: [{ at: 1, why: { code: 'unreadable', said: 'No' } }] };
		const written = await run(rows, {
			given,
			order: {
				layers: Uint16Array.from([0, 0, 1, 0, 0, 2]),
				refused: [{ at: 3, why: { code: 'duplicateKey' } }],
				superseded: [{ at: 4, by: 5 }],
			} as never,
		});
		expect(written).toEqual([
			{ at: 1, why: { code: 'unreadable', said: 'No' } },
			{ at: 3, why: { code: 'duplicateKey' } },
			{ at: 4, outcome: { is: 'superseded', by: 5 } },
			{ at: 0, layer: 0, fields: rows[0], missing: [] },
			{ at: 2, layer: 1, fields: rows[2], missing: [] },
			{ at: 5, layer: 2, fields: rows[5], missing: [] },
		]);
	});
});

describe('A row is refused', () => {
	it('for values that its fields cannot take', async () => {
		const [row] = await run([{ externalId: 'a', csmScore: 'many' }]);
		expect(row).toEqual({
			at: 0,
			why: {
				code: 'badValues',
				problems: [{ field: 'csmScore', given: 'many', wants: 'a number such as 1200 or 1200.5' }],
			},
		});
	});

	it('that has nothing to send', async () => {
		const rows = [{ externalId: '' }, { name: ' ', phase: null }, { colour: 'red' }, {}];
		expect(await run(rows)).toEqual(rows.map((_row, at) => ({ at, why: { code: 'nothingToSend' } })));
	});

	it('that has no key, unless such rows may become new records', async () => {
		const rows = [{ name: 'A' }, { name: 'B', externalId: ' ' }, { name: 'C', externalId: 'c' }];
		const why = { code: 'noKey' };
		expect(await run(rows)).toMatchObject([
			{ at: 0, why },
			{ at: 1, why },
			{ at: 2, layer: 0 },
		]);
		const created = await run(rows, { options: { keylessRows: 'create' } });
		expect(created.map((row) => 'fields' in row && row.fields)).toEqual([
			{ name: 'A' },
			{ name: 'B' },
			{ name: 'C', externalId: 'c' },
		]);
		expect(await run([{ dimensionId: 'x', value: 1, externalId: 'a' }], { resource: 'metric', writes: 'new' })).toEqual(
			[{ at: 0, layer: 0, fields: { dimensionId: 'x', value: 1, externalId: 'a' }, missing: [] }],
		);
	});

	it('with the name of a key that is mapped by hand and blank in every row', async () => {
		const rows = [{ name: 'A', externalId: null }, { name: 'B' }];
		const raw = { name: '={{ $json.name }}', externalId: '={{ $json.extId }}' };
		const [one, other] = await run(rows, { raw, isAutomatic: false });
		const why = { code: 'noKey', said: "'externalId' ({{ $json.extId }}) is empty in every row" };
		expect([one, other]).toEqual([
			{ at: 0, why },
			{ at: 1, why },
		]);
		// The words are made once.
		expect('why' in (one ?? {}) && 'why' in (other ?? {}) && (one as { why: unknown }).why).toBe(
			(other as { why: unknown }).why,
		);
		const [some] = await run([{ name: 'A' }, { name: 'B', externalId: 'b' }], { raw, isAutomatic: false });
		expect(some).toEqual({ at: 0, why: { code: 'noKey' } });
	});

	it('that lacks what a new record needs, with the column that is spelled alike', async () => {
		const [row, keyed] = await run(
			[
				{ Nmae: 'A', phase: 'Live' },
				{ externalId: 'b', phase: 'Live' },
			],
			{ options: { keylessRows: 'create' } },
		);
		expect(row).toMatchObject({
			at: 0,
			why: { code: 'missingFields', said: "lacks name (the column 'Nmae' may be meant)" },
		});
		expect(keyed).toMatchObject({ at: 1, missing: ['name'] });
		const [ticket] = await run([{ sourceId: 't', companyId: 'extid-a' }], { resource: 'ticket' });
		expect(ticket).toMatchObject({ why: { code: 'missingFields', said: 'lacks email' } });
	});

	it('whose value fails when it is looked at', async () => {
		const row = Object.defineProperty({ externalId: 'b' }, 'phase', {
			enumerable: true,
			get: () => {
				throw new Error('No such node');
			},
		});
		expect(await run([row])).toEqual([{ at: 0, why: { code: 'unreadable', said: 'No such node' } }]);
	});
});
