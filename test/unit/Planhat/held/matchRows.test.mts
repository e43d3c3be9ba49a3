import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { readMatchRule, type MatchRule } from '../../../../nodes/Planhat/held/matchOptions.ts';
import { matchRows } from '../../../../nodes/Planhat/held/matchRows.ts';
import type { BatchRun } from '../../../../nodes/Planhat/run/context.ts';
import { model, node, openDoor } from '../../fakeItem.mts';
import { columnsOf } from '../columns/fakeColumns.mts';

const ids = ['a', 'b', 'c'].map((letter) => letter.repeat(24));

async function matched(rows: IDataObject[], held: IDataObject[], rule: MatchRule, resource = 'enduser') {
	const asked: unknown[] = [];
	const send = async ({ qs }: { qs?: IDataObject }) => {
		asked.push(qs?.select);
		return { status: 200, body: held, resent: false };
	};
	const transport = { ...openDoor, send, trySend: send, effort: { requests: 0, retries: 0, waited: 0 } };
	const run = { model: model(resource), node, transport, yieldToEventLoop: () => undefined } as unknown as BatchRun;
	const given = { rows: rows.map((row, item) => ({ item, given: row })), refused: [] };
	const result = await matchRows(run, given, await columnsOf(rows, { resource }), rule);
	return { asked, result, sent: result.rows.map((row) => row.given._id) };
}

describe('Match On', () => {
	it('is off where it names nothing', () => {
		const read = (options: IDataObject) =>
			readMatchRule({ parameter: (name) => options[name.replace('options.', '')] });
		expect(read({ matchOn: ' ' })).toBeUndefined();
		expect(read({ matchOn: ' name ', manyMatches: 'first' })).toEqual({ field: 'name', several: 'first' });
		expect(read({ matchOn: 'name', manyMatches: 'last' })).toEqual({ field: 'name', several: 'fail' });
	});

	it('compares emails in any case, and each entry of a list', async () => {
		const held = [{ _id: ids[0], email: 'Kim@example.com', tags: ['x', 'y'] }];
		const byEmail = await matched([{ email: 'kim@example.com' }], held, { field: 'email', several: 'fail' });
		expect(byEmail.sent).toEqual([ids[0]]);
		expect(byEmail.asked).toEqual(['_id,archived,sourceId,externalId,email,companyId']);
		const byTag = await matched([{ tags: 'y' }], held, { field: 'tags', several: 'fail' });
		expect(byTag.sent).toEqual([ids[0]]);
	});

	it('leaves rows alone that name their record by ID, and refuses those without a value or a key', async () => {
		const { sent, result } = await matched(
			[
				{ _id: ids[1], phone: '7' },
				{ phone: '', name: 'A' },
			],
			[{ _id: ids[0], phone: '7' }],
			{ field: 'phone', several: 'fail' },
		);
		expect([sent, result.refused.map(({ at }) => at), result.fresh.size]).toEqual([[ids[1], undefined], [1], 0]);
	});

	it('refuses rows of which several records have the value, and a second new one', async () => {
		const rows = [{ phone: '7' }, { phone: '8' }, { phone: '8' }];
		const held = [ids[2], ids[0]].map((_id) => ({ _id, phone: 7 }));
		const { result } = await matched(rows, held, { field: 'phone', several: 'fail' });
		expect(result.refused.map(({ at, why }) => [at, why.code])).toEqual([
			[0, 'badValues'],
			[2, 'duplicateKey'],
		]);
		expect([...result.fresh]).toEqual([1]);
		const first = await matched(rows, held, { field: 'phone', several: 'first' });
		expect(first.sent[0]).toBe(ids[0]);
	});
});
