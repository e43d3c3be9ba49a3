import { expect, it } from '@jest/globals';

import type { ItemRow } from '../../../../nodes/Planhat/rows/itemRow.ts';
import { mergedRow, needsMerging } from '../../../../nodes/Planhat/compared/mergedRow.ts';
import { node } from '../../fakeItem.mts';
import { columnsOf } from '../columns/fakeColumns.mts';

it('A row of an item is merged with its record, or refused where an entry cannot be told', async () => {
	const row = async (fields: ItemRow['fields'], resource: string): Promise<ItemRow> => ({
		fields,
		keys: {},
		columns: await columnsOf([fields], { resource }),
	});
	const tagged = await row({ tags: ['b'] }, 'company');
	expect([needsMerging(tagged, 'add'), needsMerging(tagged, 'replace')]).toEqual([true, false]);
	expect(needsMerging(await row({ name: 'A' }, 'company'), 'add')).toBe(false);
	expect(mergedRow({ node }, tagged, { tags: ['a'] }, 'add').fields).toEqual({ tags: ['a', 'b'] });
	const named = await row({ companyIds: ['extid-acme'] }, 'issue');
	expect(() => mergedRow({ node }, named, {}, 'remove')).toThrow("'extid-acme' cannot be told from those in Planhat");
});
